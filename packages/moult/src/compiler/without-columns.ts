/** Code that knows the lines of its source and nothing more (`-X no_debug_ranges`). */
import { LocationKind } from './assemble.ts';
import { ByteWriter } from './byte-writer.ts';
import { CodeData } from './code-data.ts';
import { decodeLocations } from './locations.ts';

/** Units one entry can cover. */
const MAX_ENTRY_LENGTH = 8;

/** The same code with a location table without columns and last lines. What is nested in it is as it was.
 *  Source: CPython 3.12 remove_column_info. */
export function withoutColumns(code: CodeData): CodeData {
  const locations = decodeLocations(code);
  const out = new ByteWriter();
  let line = code.firstlineno;
  for (let unit = 0; unit < locations.length;) {
    const location = locations[unit]!;
    let length = 1;
    while (length < MAX_ENTRY_LENGTH && locations[unit + length] === location) length++;
    unit += length;
    const kind = location.lineno < 0 ? LocationKind.None : LocationKind.NoColumns;
    out.byte(0x80 | (kind << 3) | (length - 1));
    if (location.lineno < 0) continue;
    out.signedVarint(location.lineno - line);
    line = location.lineno;
  }
  return new CodeData({ ...code, linetable: out.finish() });
}
