/** Padding, signs and grouping: the last step of formatting. Widths count code points. */

import { ValueFault } from './fault.ts';
import type { FormatSpec } from './format-spec.ts';

/** The longest string that V8 can make, in units. */
const MAX_LENGTH = 0x1fffffe8;

/** How many code points a string has. */
export function charCount(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length;
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--;
      i++;
    }
  }
  return count;
}

/** `fill` repeated. Throws MemoryError beyond what a string can hold. */
export function repeat(fill: string, count: number): string {
  if (count * fill.length > MAX_LENGTH) throw new ValueFault('MemoryError', '');
  return fill.repeat(count);
}

/** Pads `text` to `width`; '^' puts the odd one at the right, '=' counts as '>'. */
export function pad(text: string, fill: string, align: FormatSpec['align'], width: number): string {
  if (width <= text.length >> 1) return text;
  const missing = width - charCount(text);
  if (missing <= 0) return text;
  if (align === '<') return text + repeat(fill, missing);
  if (align !== '^') return repeat(fill, missing) + text;
  const left = missing >> 1;
  return repeat(fill, left) + text + repeat(fill, missing - left);
}

/** Puts a number together: sign, prefix ('0x'), digits in groups, and the rest ('.5e+10').
 *  With '=' alignment the filling goes between prefix and digits; zeros as filling are grouped like digits. */
export function layOutNumber(
  spec: FormatSpec,
  negative: boolean,
  prefix: string,
  digits: string,
  rest: string,
  groupSize = 3,
): string {
  const sign = negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const head = sign + prefix;
  const zeros = spec.fill === '0' && spec.align === '=';
  const grouped =
    digits === '' || (spec.grouping === '' && !zeros)
      ? digits
      : group(digits, spec.grouping, groupSize, zeros ? spec.width - head.length - charCount(rest) : 0);
  const body = grouped + rest;
  if (spec.align !== '=') return pad(head + body, spec.fill, spec.align, spec.width);
  const missing = spec.width - head.length - charCount(body);
  return missing > 0 ? head + repeat(spec.fill, missing) + body : head + body;
}

/** Digits with a separator between groups, extended by zeros to at least `minWidth` characters. A separator never
 *  comes first, so the result can be one character longer. */
function group(digits: string, separator: string, size: number, minWidth: number): string {
  if (separator === '') return minWidth > digits.length ? repeat('0', minWidth - digits.length) + digits : digits;
  const groups: string[] = [];
  let end = digits.length;
  let wanted = minWidth;
  for (;;) {
    const length = Math.min(size, Math.max(end, wanted, 1));
    groups.push(digits.slice(Math.max(end - length, 0), Math.max(end, 0)).padStart(length, '0'));
    end -= length;
    wanted -= length;
    if (end <= 0 && wanted <= 0) break;
    wanted--;
  }
  return groups.reverse().join(separator);
}
