/** What the loop's quick instructions for strings and tables call: the types' own functions, without a look at their slots. */
import { pendTake } from '../core/errors.ts';
import { createException } from '../core/exceptions.ts';
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictContains, dictGet, dictSetTake } from '../core/dict/index.ts';
import { CompareOp } from '../core/functions.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { IntTag, IntWord } from '../core/layout/numbers.ts';
import { StrState, StrWord } from '../core/layout/text.ts';
import { contains, getItem, setItem } from '../core/protocol/item.ts';
import { satisfies } from '../core/satisfies.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { strText } from '../core/str.ts';
import { setContains } from '../objects/set/methods.ts';
import { strCharAt } from '../objects/str/items.ts';
import { compareStr } from '../text/code-points.ts';
import { dropThree, popMany, replaceTwo } from './operands.ts';

/** BINARY_SUBSCR of what was a dict last time. Returns the new `sp`; 0 if a KeyError is pending, which is not thrown. @runsPython */
export function subscriptDict(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const d = H[sp - 2];
  const key = H[sp - 1];
  if (H[d + ObjectWord.Type] === T.dict) {
    const value = dictGet(rt, d, key);
    if (value !== 0) return replaceTwo(rt, frame, sp, newRef(rt, value));
    pendTake(rt, createException(rt, T.KeyError, newRef(rt, key)));
    return 0;
  }
  return replaceTwo(rt, frame, sp, getItem(rt, d, key));
}

/** BINARY_SUBSCR of what was a str with an int last time. Returns the new `sp`. @runsPython */
export function subscriptStr(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const text = H[sp - 2];
  const key = H[sp - 1];
  if (
    H[text + ObjectWord.Type] === T.str &&
    H[key + ObjectWord.Type] === T.int &&
    (H[key + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact
  ) {
    const size = H[text + StrWord.Length];
    const given = H[key + IntWord.Payload];
    const i = given < 0 ? given + size : given;
    if (i >= 0 && i < size) return replaceTwo(rt, frame, sp, strCharAt(rt, text, i));
  }
  return replaceTwo(rt, frame, sp, getItem(rt, text, key));
}

/** STORE_SUBSCR into what was a dict last time: as CPython's specialised instruction it hands key and value over. Returns the new
 *  `sp`. Source: CPython 3.12 STORE_SUBSCR_DICT. @runsPython */
export function storeSubscriptDict(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const value = H[sp - 3] as Owned;
  const d = H[sp - 2];
  const key = H[sp - 1] as Owned;
  if (H[d + ObjectWord.Type] !== T.dict) {
    setItem(rt, d, key, value);
    return dropThree(rt, frame, sp);
  }
  H[sp - 3] = d;
  H[frame + FrameWord.StackTop] = sp - 2 - frame - FrameWord.LocalsPlus;
  dictSetTake(rt, d, key, value);
  return popMany(rt, frame, sp - 2, 1);
}

/** `value in o` @runsPython */
export function containsItem(rt: Runtime, o: Ref, value: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  if (type === T.dict) return dictContains(rt, o, value);
  if (type === T.set || type === T.frozenset) return setContains(rt, o, value);
  return contains(rt, o, value);
}

/** Truth of `a <op> b` for two exact strings. */
export function compareTexts(rt: Runtime, a: Ref, b: Ref, op: number): boolean {
  if (op === CompareOp.Eq) return sameText(rt, a, b);
  if (op === CompareOp.Ne) return !sameText(rt, a, b);
  return satisfies(compareStr(strText(rt, a), strText(rt, b)), op);
}

function sameText(rt: Runtime, a: Ref, b: Ref): boolean {
  if (a === b) return true;
  const H = rt.words;
  if (H[a + StrWord.Length] !== H[b + StrWord.Length]) return false;
  if (((H[a + StrWord.State] ^ H[b + StrWord.State]) & StrState.KindMask) !== 0) return false;
  return strText(rt, a) === strText(rt, b);
}
