/** Truth, comparison, hashing. All functions here may run Python. */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../errors.ts';
import { CompareOp, SLOT_FUNCTIONS } from '../functions.ts';
import type { CompareSlot, HashSlot, LengthSlot, PredicateSlot } from '../functions.ts';
import { enterRecursion, enterStep, leaveRecursion, leaveStep } from '../recursion.ts';
import type { Runtime } from '../runtime.ts';
import { pyBool, S, T } from '../static.ts';
import { strHash } from '../str.ts';
import { isSubtype, kindName } from '../types.ts';

/** `bool(o)` @runsPython */
export function isTrue(rt: Runtime, o: Ref): boolean {
  if (o === S.True) return true;
  if (o === S.False || o === S.None) return false;
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const nb = H[type + TypeWord.NbBool];
  if (nb !== 0) return (SLOT_FUNCTIONS[nb] as PredicateSlot)(rt, o);
  const len = H[type + TypeWord.MpLength] || H[type + TypeWord.SqLength];
  return len === 0 || (SLOT_FUNCTIONS[len] as LengthSlot)(rt, o) !== 0;
}

const SWAPPED: readonly number[] = [CompareOp.Gt, CompareOp.Ge, CompareOp.Eq, CompareOp.Ne, CompareOp.Lt, CompareOp.Le];
const SYMBOLS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** `left <op> right` as an object; `op` is a `CompareOp`. @runsPython */
export function richCompare(rt: Runtime, left: Ref, right: Ref, op: number): Owned {
  enterRecursion(rt, ' in comparison');
  const result = compareSlots(rt, left, right, op);
  leaveRecursion(rt);
  return result;
}

function compareSlots(rt: Runtime, left: Ref, right: Ref, op: number): Owned {
  const H = rt.words;
  const lt = H[left + ObjectWord.Type];
  const rtype = H[right + ObjectWord.Type];
  const reflectedFirst = lt !== rtype && isSubtype(rt, rtype, lt) && H[rtype + TypeWord.RichCompare] !== 0;
  let result: Owned | 0 = reflectedFirst ? tryCompare(rt, rtype, right, left, SWAPPED[op]) : 0;
  if (result === 0) result = tryCompare(rt, lt, left, right, op);
  if (result === 0 && !reflectedFirst) result = tryCompare(rt, rtype, right, left, SWAPPED[op]);
  if (result !== 0) return result;
  if (op === CompareOp.Eq) return pyBool(left === right) as Owned;
  if (op === CompareOp.Ne) return pyBool(left !== right) as Owned;
  return typeError(
    rt,
    `'${SYMBOLS[op]}' not supported between instances of '${kindName(rt, left)}' and '${kindName(rt, right)}'`,
  );
}

/** 0 when there is no slot or it gave NotImplemented. */
function tryCompare(rt: Runtime, type: Ref, a: Ref, b: Ref, op: number): Owned | 0 {
  const slot = rt.words[type + TypeWord.RichCompare];
  if (slot === 0) return 0;
  const result = (SLOT_FUNCTIONS[slot] as CompareSlot)(rt, a, b, op);
  return result === (S.NotImplemented as number) ? 0 : result;
}

/** Truth of `left <op> right`; identical objects are equal (PyObject_RichCompareBool). @runsPython */
export function compareBool(rt: Runtime, left: Ref, right: Ref, op: number): boolean {
  if (left === right) {
    if (op === CompareOp.Eq) return true;
    if (op === CompareOp.Ne) return false;
  }
  const result = richCompare(rt, left, right, op);
  if (result === (S.True as number)) return true;
  if (result === (S.False as number)) return false;
  const truth = isTrue(rt, result);
  decref(rt, result);
  return truth;
}

/** `hash(o)`: low half; the high half goes to `rt.hashHigh`. @runsPython */
export function hash(rt: Runtime, o: Ref): number {
  const H = rt.words;
  if (H[o + ObjectWord.Type] === T.str) return strHash(rt, o);
  const slot = H[H[o + ObjectWord.Type] + TypeWord.Hash];
  if (slot === 0) typeError(rt, `unhashable type: '${kindName(rt, o)}'`);
  enterStep(rt);
  const low = (SLOT_FUNCTIONS[slot] as HashSlot)(rt, o);
  leaveStep(rt);
  return low;
}
