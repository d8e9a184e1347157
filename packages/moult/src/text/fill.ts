/** Taking characters off the ends of a str and filling it up: strip, justify, zfill, expandtabs. Widths and columns
 *  count code points. */

import { charCount } from './code-points.ts';
import { ValueFault } from './fault.ts';
import { repeat } from './format-layout.ts';
import { isSpaceChar } from './unicode.ts';

/** Which ends to strip; both bits for `strip`. */
export const enum StripSide {
  LEFT = 1,
  RIGHT = 2,
  BOTH = 3,
}

/** `text.strip()`, `lstrip` or `rstrip` of white space. */
export function stripSpace(text: string, side: StripSide): string {
  let start = 0;
  let end = text.length;
  if (side & StripSide.LEFT) while (start < end && isSpaceChar(text.charCodeAt(start))) start++;
  if (side & StripSide.RIGHT) while (end > start && isSpaceChar(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** `text.strip(chars)`, `lstrip` or `rstrip` of a set of characters. */
export function stripChars(text: string, chars: string, side: StripSide): string {
  const set = new Set(chars);
  const all = [...text];
  let start = 0;
  let end = all.length;
  if (side & StripSide.LEFT) while (start < end && set.has(all[start]!)) start++;
  if (side & StripSide.RIGHT) while (end > start && set.has(all[end - 1]!)) end--;
  return start === 0 && end === all.length ? text : all.slice(start, end).join('');
}

/** `text.ljust(width, fill)`. */
export function leftJustify(text: string, width: number, fill = ' '): string {
  const missing = width - charCount(text);
  return missing > 0 ? text + repeat(fill, missing) : text;
}

/** `text.rjust(width, fill)`. */
export function rightJustify(text: string, width: number, fill = ' '): string {
  const missing = width - charCount(text);
  return missing > 0 ? repeat(fill, missing) + text : text;
}

/** `text.center(width, fill)`: an odd one goes left if the width is odd, otherwise right. */
export function center(text: string, width: number, fill = ' '): string {
  const missing = width - charCount(text);
  if (missing <= 0) return text;
  const left = (missing >> 1) + (missing & width & 1);
  return repeat(fill, left) + text + repeat(fill, missing - left);
}

/** `text.zfill(width)`: zeros after a sign. */
export function zeroFill(text: string, width: number): string {
  const missing = width - charCount(text);
  if (missing <= 0) return text;
  const sign = text[0] === '+' || text[0] === '-' ? text[0] : '';
  return sign + repeat('0', missing) + text.slice(sign.length);
}

/** `text.expandtabs(tabSize)`: columns start anew after '\n' and '\r'. Throws OverflowError if the result is huge. */
export function expandTabs(text: string, tabSize = 8): string {
  if (!text.includes('\t')) return text;
  let result = '';
  let column = 0;
  for (const char of text) {
    if (char === '\t') {
      const blanks = tabSize > 0 ? tabSize - (column % tabSize) : 0;
      if (result.length + blanks > 0x1fff_ffe8) throw new ValueFault('OverflowError', 'new string is too long');
      result += ' '.repeat(blanks);
      column += blanks;
    } else {
      result += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return result;
}
