/** Source lines for tracebacks. Lines are read when an error is shown; what cannot be read is not shown. */
import { Finalizing, RootNum } from '../../../core/roots.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { decodeSource } from '../../../syntax/source.ts';
import { hasUndecoded } from '../../../syntax/undecoded.ts';

/** Lines of the files an error has shown so far. */
export type SourceCache = Map<string, readonly string[] | null>;

/** Line `line` (from 1) of the file without its end; null for names like `<string>`, if there is none, or once the modules
 *  are gone. */
export function sourceLine(rt: Runtime, cache: SourceCache, file: string, line: number): string | null {
  if (line < 1 || rt.words[RootNum.Finalizing] === Finalizing.Modules || (file.startsWith('<') && file.endsWith('>')))
    return null;
  let lines = cache.get(file);
  if (lines === undefined) {
    lines = readLines(rt, file);
    cache.set(file, lines);
  }
  return lines?.[line - 1] ?? null;
}

function readLines(rt: Runtime, file: string): readonly string[] | null {
  const data = rt.host?.readFile?.(file) ?? null;
  if (data === null) return null;
  const text = decode(data, file);
  if (text === null) return null;
  const lines = text.split(/\r\n|\r|\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** Null for what is not in its encoding: CPython then shows no line. */
function decode(data: Uint8Array, file: string): string | null {
  try {
    const { text } = decodeSource(data, file);
    return hasUndecoded(text) ? null : text;
  } catch {
    return new TextDecoder().decode(data);
  }
}
