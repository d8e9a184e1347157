/** Indexing, slicing, repeating and comparing strings; truth of `in`. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, overflowError, typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { StrState, StrWord } from '../../core/layout/text.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { sliceIndices } from '../../core/slice.ts';
import { charStr, pyBool, S, T } from '../../core/static.ts';
import { newStr, newStrKnown, strHash, strKind, strLength, strText } from '../../core/str.ts';
import { isStr, kindName } from '../../core/types.ts';
import { compareStr } from '../../text/code-points.ts';
import { strContains } from '../../text/search.ts';
import { everyUnit } from '../../text/units.ts';
import { strConcat } from './concat.ts';
import { newPart, newUnsharedPart, refuseLong, unchanged } from './make.ts';
import { codePointOffsets } from './offsets.ts';

/** `hash(self)` */
export function strHashSlot(rt: Runtime, self: Ref): number {
  return strHash(rt, self);
}

/** Character `i`, which must be within the string, as a `str`. */
export function strCharAt(rt: Runtime, self: Ref, i: number): Owned {
  const H = rt.words;
  const text = strText(rt, self);
  const kind = H[self + StrWord.State] & StrState.KindMask;
  if (kind !== StrState.Ucs4) {
    const code = text.charCodeAt(i);
    return code < 256 ? (charStr(code) as Owned) : newStrKnown(rt, text[i] as string, StrState.Ucs2, 1);
  }
  const offsets = codePointOffsets(text, H[self + StrWord.Length]);
  return newStr(rt, text.slice(offsets[i], offsets[i + 1]));
}

/** `self[i]` for an index counted from the start. */
export function strItem(rt: Runtime, self: Ref, i: number): Owned {
  if (i < 0 || i >= rt.words[self + StrWord.Length]) indexError(rt, 'string index out of range');
  return strCharAt(rt, self, i);
}

/** `self[key]` @runsPython */
export function strSubscript(rt: Runtime, self: Ref, key: Ref): Owned {
  if (hasIndex(rt, key)) {
    const i = indexNumber(rt, key, T.IndexError);
    return strItem(rt, self, i < 0 ? i + rt.words[self + StrWord.Length] : i);
  }
  if (rt.words[key + ObjectWord.Type] !== T.slice)
    typeError(rt, `string indices must be integers, not '${kindName(rt, key)}'`);
  const { start, stop, step, count } = sliceIndices(rt, key, rt.words[self + StrWord.Length]);
  if (step === 1) return strSlice(rt, self, start, stop);
  return strStepSlice(rt, self, start, step, count);
}

/** The characters from `start` up to `stop`, both within the string. */
export function strSlice(rt: Runtime, self: Ref, start: number, stop: number): Owned {
  const H = rt.words;
  const length = H[self + StrWord.Length];
  if (start >= stop) return S.EmptyStr as Ref as Owned;
  if (start === 0 && stop === length) return unchanged(rt, self);
  const text = strText(rt, self);
  const kind = strKind(rt, self);
  if (kind !== StrState.Ucs4) return newPart(rt, text.slice(start, stop), kind);
  const offsets = codePointOffsets(text, length);
  return newStr(rt, text.slice(offsets[start], offsets[stop]));
}

function strStepSlice(rt: Runtime, self: Ref, start: number, step: number, count: number): Owned {
  const text = strText(rt, self);
  const kind = strKind(rt, self);
  if (kind !== StrState.Ucs4) return newUnsharedPart(rt, everyUnit(text, start, step, count), kind);
  let result = '';
  const offsets = codePointOffsets(text, strLength(rt, self));
  for (let i = 0, at = start; i < count; i++, at += step) result += text.slice(offsets[at], offsets[at + 1]);
  return newStr(rt, result);
}

/** `self + other` */
export function strConcatSlot(rt: Runtime, self: Ref, other: Ref): Owned {
  if (!isStr(rt, other)) typeError(rt, `can only concatenate str (not "${kindName(rt, other)}") to str`);
  if (rt.words[self + StrWord.Length] === 0) return unchanged(rt, other);
  if (rt.words[other + StrWord.Length] === 0) return unchanged(rt, self);
  return strConcat(rt, self, other);
}

/** Lengths are below. */
const SSIZE_LIMIT = 2 ** 63;

/** `self * count` */
export function strRepeat(rt: Runtime, self: Ref, count: number): Owned {
  const length = rt.words[self + StrWord.Length];
  if (count < 1 || length === 0) return S.EmptyStr as Ref as Owned;
  if (count === 1) return unchanged(rt, self);
  const text = strText(rt, self);
  if (length > 1 && length * count >= SSIZE_LIMIT) overflowError(rt, 'repeated string is too long');
  refuseLong(rt, text.length * count);
  return newStrKnown(rt, text.repeat(count), strKind(rt, self), length * count);
}

/** `part in self` */
export function strContainsSlot(rt: Runtime, self: Ref, part: Ref): boolean {
  if (!isStr(rt, part)) typeError(rt, `'in <string>' requires string as left operand, not ${kindName(rt, part)}`);
  const H = rt.words;
  if (H[part + StrWord.Length] > H[self + StrWord.Length]) return false;
  if (strKind(rt, self) !== StrState.Ucs4) return strText(rt, self).includes(strText(rt, part));
  return strContains(strText(rt, self), strText(rt, part));
}

/** True if both strings have the same characters. */
function strEquals(rt: Runtime, a: Ref, b: Ref): boolean {
  if (a === b) return true;
  const H = rt.words;
  if (H[a + StrWord.Length] !== H[b + StrWord.Length]) return false;
  return strText(rt, a) === strText(rt, b);
}

/** `a <op> b` */
export function strCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  if (!isStr(rt, a) || !isStr(rt, b)) return S.NotImplemented as Ref as Owned;
  if (op === CompareOp.Eq) return pyBool(strEquals(rt, a, b)) as Owned;
  if (op === CompareOp.Ne) return pyBool(!strEquals(rt, a, b)) as Owned;
  return pyBool(satisfies(a === b ? 0 : compareTexts(rt, a, b), op)) as Owned;
}

function compareTexts(rt: Runtime, a: Ref, b: Ref): number {
  const x = strText(rt, a);
  const y = strText(rt, b);
  if (strKind(rt, a) !== StrState.Ucs4 && strKind(rt, b) !== StrState.Ucs4) return x < y ? -1 : x > y ? 1 : 0;
  return compareStr(x, y);
}

/** `str(self)`: the string itself. */
export function strStr(rt: Runtime, self: Ref): Owned {
  return unchanged(rt, self);
}

/** `len(self)` */
export function strLengthSlot(rt: Runtime, self: Ref): number {
  return rt.words[self + StrWord.Length];
}
