/** `complex(text)` and `repr(complex)`. */

import { valueError } from '../text/fault.ts';
import { strRepr } from '../text/repr.ts';
import { decimalValue, isSpaceChar } from '../text/unicode.ts';
import { isNegative } from './float-bits.ts';
import { floatOfLiteral, floatPrefix } from './float-parse.ts';
import { floatRepr } from './float-repr.ts';
import { toAsciiDigits } from './int-parse.ts';

/** Real and imaginary part. */
type ComplexParts = [real: number, imag: number];

/** `complex(text)`. Throws ValueError. */
export function complexFromStr(text: string): ComplexParts {
  const plain = withoutUnderscores(toAsciiDigits(readable(text)), text);
  const inner = /^\([ \t\n\v\f\r]*([^]*?)[ \t\n\v\f\r]*\)$/.exec(plain)?.[1] ?? plain;
  return readParts(inner) ?? valueError('complex() arg is a malformed string');
}

/** The text up to the first character that is neither ASCII nor a digit nor white space: what follows is not looked at. Where
 *  there is one beyond ASCII, DEL counts as such too. */
function readable(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  for (const char of text) {
    const cp = char.codePointAt(0)!;
    if (cp >= 0x7f && decimalValue(cp) < 0 && !isSpaceChar(cp)) return `${text.slice(0, text.indexOf(char))}?`;
  }
  return text;
}

/** Takes underscores out where each stands between two digits. Throws ValueError elsewhere. */
function withoutUnderscores(plain: string, original: string): string {
  if (!plain.split('\0', 1)[0]!.includes('_')) return plain;
  if (/(^|[^0-9])_|_([^0-9]|$)/.test(plain)) {
    valueError('could not convert string to complex: ' + strRepr(original));
  }
  return plain.replaceAll('_', '');
}

/** <float>, <float>j, <float><signed float>j, where j alone may stand for 1j. */
function readParts(text: string): ComplexParts | undefined {
  const first = floatPrefix(text);
  if (first === '') {
    const bare = /^([+-]?)[jJ]$/.exec(text);
    return bare === null ? undefined : [0, bare[1] === '-' ? -1 : 1];
  }
  const rest = text.slice(first.length);
  if (rest === '') return [floatOfLiteral(first), 0];
  if (rest === 'j' || rest === 'J') return [0, floatOfLiteral(first)];
  if (rest[0] !== '+' && rest[0] !== '-') return undefined;
  const second = floatPrefix(rest);
  const tail = rest.slice(second === '' ? 1 : second.length);
  if (tail !== 'j' && tail !== 'J') return undefined;
  return [floatOfLiteral(first), second === '' ? Number(rest[0] + '1') : floatOfLiteral(second)];
}

/** `repr` of a complex: '1j', '(1+2j)', '(-0-0j)'. */
export function complexRepr(real: number, imag: number): string {
  const imagText = partRepr(imag);
  if (real === 0 && !isNegative(real)) return imagText + 'j';
  const sign = imagText[0] === '-' ? '' : '+';
  return `(${partRepr(real)}${sign}${imagText}j)`;
}

/** A float as part of a complex: without '.0'. */
function partRepr(value: number): string {
  const text = floatRepr(value);
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}
