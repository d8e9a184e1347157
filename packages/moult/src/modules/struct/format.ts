/** Formats of `struct`: what is packed where. */
import { itemSize } from '../../objects/bytes/item-codes.ts';

/** One item, or for 's' and 'p' one run of bytes. */
export interface Field {
  readonly code: string;
  readonly offset: number;
  readonly size: number;
}

export interface Layout {
  readonly fields: readonly Field[];
  readonly size: number;
  /** Codes with their repeat counts, each counted once. */
  readonly runs: number;
  readonly little: boolean;
  readonly native: boolean;
}

/** A malformed format, with its message. */
export class FormatFault {
  constructor(readonly message: string) {}
}

const STANDARD_SIZES: Readonly<Record<string, number>> = { i: 4, I: 4, l: 4, L: 4, q: 8, Q: 8 };

function sizeOf(code: string, native: boolean): number {
  if (code === 's' || code === 'p' || code === 'x') return 1;
  if (native) return itemSize(code);
  if (code === 'n' || code === 'N' || code === 'P') return 0;
  return STANDARD_SIZES[code] ?? itemSize(code);
}

const MAX_SIZE = 2 ** 63;
/** The most items that a format may have here. */
const MAX_FIELDS = 2 ** 26;

/** Reads a format. Throws FormatFault. */
export function parseFormat(text: string): Layout {
  if (text.includes('\0')) throw new FormatFault('embedded null character');
  const order = '@=<>!'.includes(text[0] ?? ' ') ? (text[0] as string) : '';
  const native = order === '' || order === '@';
  const fields: Field[] = [];
  let offset = 0;
  let runs = 0;
  const items = /\s*(\d*)(.?)/gsy;
  items.lastIndex = order.length;
  for (let match = items.exec(text); match !== null && match[0] !== ''; match = items.exec(text)) {
    const code = match[2] as string;
    if (code === '') {
      if (match[1] !== '') throw new FormatFault('repeat count given without format specifier');
      break;
    }
    if (code.trim() === '' && match[1] === '') continue;
    if (code !== 'x' && (match[1] === '' || Number(match[1]) > 0 || code === 's' || code === 'p')) runs++;
    offset = addItems(fields, offset, code, match[1] === '' ? 1 : Number(match[1]), native);
    if (offset >= MAX_SIZE) throw new FormatFault('total struct size too long');
  }
  return { fields, size: offset, runs, little: order !== '>' && order !== '!', native };
}

function addItems(fields: Field[], start: number, code: string, count: number, native: boolean): number {
  const size = sizeOf(code, native);
  if (size === 0) throw new FormatFault('bad char in struct format');
  let offset = native && size > 1 ? Math.ceil(start / size) * size : start;
  if (offset + size * count >= MAX_SIZE || (code !== 's' && code !== 'p' && count > MAX_FIELDS)) return Infinity;
  if (code === 'x') return offset + count;
  if (code === 's' || code === 'p') {
    fields.push({ code, offset, size: count });
    return offset + count;
  }
  for (let i = 0; i < count; i++, offset += size) fields.push({ code, offset, size });
  return offset;
}
