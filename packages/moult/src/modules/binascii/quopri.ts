/** Quoted-printable, as `binascii` has it. Pure functions. */

const enum Ch {
  Tab = 9,
  Newline = 10,
  Return = 13,
  Space = 32,
  Period = 46,
  Equals = 61,
  Underscore = 95,
}

/** Longest line that is written. */
const MAX_LINE = 76;

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Decodes; `header` turns underscores into spaces. Source: CPython 3.12 binascii_a2b_qp_impl. */
export function decodeQuoted(data: Uint8Array, header: boolean): Uint8Array {
  const out: number[] = [];
  let i = 0;
  while (i < data.length) {
    const code = data[i] ?? 0;
    if (code !== Ch.Equals) {
      out.push(header && code === Ch.Underscore ? Ch.Space : code);
      i++;
      continue;
    }
    if (++i >= data.length) break;
    const next = data[i] ?? 0;
    if (next === Ch.Newline || next === Ch.Return) {
      if (next !== Ch.Newline) while (i < data.length && data[i] !== Ch.Newline) i++;
      if (i < data.length) i++;
    } else if (next === Ch.Equals) {
      out.push(Ch.Equals);
      i++;
    } else if (i + 1 < data.length && hexValue(next) >= 0 && hexValue(data[i + 1] ?? 0) >= 0) {
      out.push(hexValue(next) * 16 + hexValue(data[i + 1] ?? 0));
      i += 2;
    } else out.push(Ch.Equals);
  }
  return Uint8Array.from(out);
}

interface QuotedOptions {
  readonly quoteTabs: boolean;
  readonly isText: boolean;
  readonly header: boolean;
}

/** Whether the byte at `i` must be written as `=XX`. */
function needsQuoting(
  data: Uint8Array,
  i: number,
  lineLength: number,
  { quoteTabs, isText, header }: QuotedOptions,
): boolean {
  const code = data[i] ?? 0;
  const next = data[i + 1];
  if (code > 126 || code === Ch.Equals || (header && code === Ch.Underscore)) return true;
  if (code === Ch.Period && lineLength === 0)
    return next === undefined || next === Ch.Newline || next === Ch.Return || next === 0;
  if (!isText && (code === Ch.Return || code === Ch.Newline)) return true;
  if ((code === Ch.Tab || code === Ch.Space) && next === undefined) return true;
  if (code >= 33 || code === Ch.Return || code === Ch.Newline) return false;
  return quoteTabs || (code !== Ch.Tab && code !== Ch.Space);
}

const HEX = '0123456789ABCDEF';

function pushQuoted(out: number[], code: number): void {
  out.push(Ch.Equals, HEX.charCodeAt(code >> 4), HEX.charCodeAt(code & 15));
}

/** Encodes; lines end as the first line of the data does. Source: CPython 3.12 binascii_b2a_qp_impl. */
export function encodeQuoted(data: Uint8Array, options: QuotedOptions): Uint8Array {
  const first = data.indexOf(Ch.Newline);
  const end = first > 0 && data[first - 1] === Ch.Return ? [Ch.Return, Ch.Newline] : [Ch.Newline];
  const out: number[] = [];
  let line = 0;
  const softBreak = (): void => {
    out.push(Ch.Equals, ...end);
    line = 0;
  };
  for (let i = 0; i < data.length;) {
    const code = data[i] ?? 0;
    if (needsQuoting(data, i, line, options)) {
      if (line + 3 >= MAX_LINE) softBreak();
      pushQuoted(out, code);
      line += 3;
      i++;
      continue;
    }
    const breaks = code === Ch.Newline || (code === Ch.Return && data[i + 1] === Ch.Newline);
    if (options.isText && breaks) {
      line = 0;
      const last = out[out.length - 1] ?? 0;
      if (out.length > 0 && (last === Ch.Space || last === Ch.Tab)) {
        out.pop();
        pushQuoted(out, last);
      }
      out.push(...end);
      i += code === Ch.Return ? 2 : 1;
      continue;
    }
    if (i + 1 !== data.length && data[i + 1] !== Ch.Newline && line + 1 >= MAX_LINE) softBreak();
    line++;
    out.push(options.header && code === Ch.Space ? Ch.Underscore : code);
    i++;
  }
  return Uint8Array.from(out);
}
