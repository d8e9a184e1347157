/** Case methods, tests of characters, stripping and justifying. */
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { StrState } from '../../core/layout/text.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S } from '../../core/static.ts';
import { strKind, strLength, strText } from '../../core/str.ts';
import { isStr, kindName } from '../../core/types.ts';
import {
  center,
  expandTabs,
  leftJustify,
  rightJustify,
  stripChars,
  stripSpace,
  StripSide,
  zeroFill,
} from '../../text/fill.ts';
import * as unicode from '../../text/unicode.ts';
import { capitalize, casefold, lower, swapcase, title, upper } from '../../text/unicode-case.ts';
import { newFreshStr, newPart, newUnsharedPart, refuseLong, unchanged } from './make.ts';

function caseMethod(name: string, convert: (text: string) => string, doc: string): NativeDefinition {
  return native(`${name}($self, /)`, (rt, self) => newFreshStr(rt, convert(strText(rt, self)), strKind(rt, self)), {
    doc,
  });
}

function testMethod(name: string, test: (text: string) => boolean, doc: string): NativeDefinition {
  return native(`${name}($self, /)`, (rt, self) => pyBool(test(strText(rt, self))) as Owned, { doc });
}

function stripMethod(name: string, side: StripSide, doc: string): NativeDefinition {
  return native(
    `${name}($self, chars=None, /)`,
    (rt, self, chars = 0) => {
      const text = strText(rt, self);
      const all = chars === 0 || chars === S.None;
      if (!all && !isStr(rt, chars)) typeError(rt, `${name} arg must be None or str`);
      const result = all ? stripSpace(text, side) : stripChars(text, strText(rt, chars), side);
      return result.length === text.length ? unchanged(rt, self) : newPart(rt, result, strKind(rt, self));
    },
    { doc },
  );
}

function fillCharacter(rt: Runtime, fill: Ref): string {
  if (fill === 0) return ' ';
  if (!isStr(rt, fill)) typeError(rt, `The fill character must be a unicode character, not ${kindName(rt, fill)}`);
  if (strLength(rt, fill) !== 1) typeError(rt, 'The fill character must be exactly one character long');
  return strText(rt, fill);
}

type Justify = (text: string, width: number, fill: string) => string;

function justifyMethod(name: string, justify: Justify, doc: string): NativeDefinition {
  return native(
    `${name}($self, width, fillchar=' ', /)`,
    (rt, self, width = 0, fill = 0) => {
      const columns = asSsize(rt, width);
      const character = fillCharacter(rt, fill);
      if (columns <= strLength(rt, self)) return unchanged(rt, self);
      refuseLong(rt, columns * character.length);
      const kind = Math.max(strKind(rt, self), fill === 0 ? StrState.Ascii : strKind(rt, fill));
      return newUnsharedPart(rt, justify(strText(rt, self), columns, character), kind);
    },
    { doc },
  );
}

function zfill(rt: Runtime, self: Ref, width: Ref): Owned {
  const columns = asSsize(rt, width);
  if (columns <= strLength(rt, self)) return unchanged(rt, self);
  refuseLong(rt, columns);
  return newUnsharedPart(rt, zeroFill(strText(rt, self), columns), strKind(rt, self));
}

function expandtabs(rt: Runtime, self: Ref, tabsize: Ref): Owned {
  const columns = tabsize === 0 ? 8 : asSsize(rt, tabsize);
  const text = strText(rt, self);
  if (!text.includes('\t')) return unchanged(rt, self);
  return newPart(
    rt,
    guard(rt, () => expandTabs(text, columns)),
    strKind(rt, self),
  );
}

/** The methods of this file. */
export const CASE_METHODS: readonly NativeDefinition[] = [
  caseMethod('capitalize', capitalize, 'A copy with the first character in title case and the others in lower case.'),
  caseMethod('casefold', casefold, 'A copy for comparisons that ignore case.'),
  caseMethod('title', title, 'A copy in which each word starts with a title case character.'),
  caseMethod('lower', lower, 'A copy in lower case.'),
  caseMethod('swapcase', swapcase, 'A copy with upper and lower case exchanged.'),
  caseMethod('upper', upper, 'A copy in upper case.'),
  testMethod('isascii', unicode.isAscii, 'True if all characters are ASCII.'),
  testMethod('islower', unicode.isLower, 'True if there are cased characters and all are lower case.'),
  testMethod('isupper', unicode.isUpper, 'True if there are cased characters and all are upper case.'),
  testMethod('istitle', unicode.isTitle, 'True if the string is in title case.'),
  testMethod('isspace', unicode.isSpace, 'True if all characters are white space.'),
  testMethod('isdecimal', unicode.isDecimal, 'True if all characters are decimal digits.'),
  testMethod('isdigit', unicode.isDigit, 'True if all characters are digits.'),
  testMethod('isnumeric', unicode.isNumeric, 'True if all characters are numeric.'),
  testMethod('isalpha', unicode.isAlpha, 'True if all characters are letters.'),
  testMethod('isalnum', unicode.isAlnum, 'True if all characters are letters or numbers.'),
  testMethod('isidentifier', unicode.isIdentifier, 'True if the string can be a name.'),
  testMethod('isprintable', unicode.isPrintable, 'True if repr() shows all characters as they are.'),
  stripMethod('strip', StripSide.BOTH, 'A copy without white space, or the given characters, at both ends.'),
  stripMethod('lstrip', StripSide.LEFT, 'As strip, at the start only.'),
  stripMethod('rstrip', StripSide.RIGHT, 'As strip, at the end only.'),
  justifyMethod('center', center, 'The string in the middle of that many columns.'),
  justifyMethod('ljust', leftJustify, 'The string at the left of that many columns.'),
  justifyMethod('rjust', rightJustify, 'The string at the right of that many columns.'),
  native('zfill($self, width, /)', zfill, { doc: 'The string filled up with zeros after its sign.' }),
  native('expandtabs($self, /, tabsize=8)', expandtabs, { doc: 'A copy with tabs replaced by blanks.' }),
];
