/** Numbers as doubles. */
import { decref, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { UnarySlot } from '../../core/functions.ts';
import { floatValue, newFloat } from '../../core/int.ts';
import { index, strictSubclass } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { isInstance, isInt, kindName, slotOf } from '../../core/types.ts';
import { intToDouble } from '../int/int.ts';

/** True if `o` is a float or an instance of a subclass. */
export function isFloat(rt: Runtime, o: Ref): boolean {
  return rt.words[o + ObjectWord.Type] === T.float || isInstance(rt, o, T.float);
}

/** The value of a real number as a double: a float, or what has `__float__` or `__index__` (PyFloat_AsDouble).
 *  Raises TypeError, and OverflowError for ints that are too large. @runsPython */
export function toFloat(rt: Runtime, o: Ref): number {
  if (rt.words[o + ObjectWord.Type] === T.float || isInstance(rt, o, T.float)) return floatValue(rt, o);
  if (rt.words[o + ObjectWord.Type] === T.int) return intToDouble(rt, o);
  const slot = slotOf(rt, o, TypeWord.NbFloat);
  if (slot !== 0) return valueOfResult(rt, o, (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o));
  if (slotOf(rt, o, TypeWord.NbIndex) === 0) typeError(rt, `must be real number, not ${kindName(rt, o)}`);
  const i = index(rt, o);
  const value = intToDouble(rt, i);
  decref(rt, i);
  return value;
}

function valueOfResult(rt: Runtime, o: Ref, result: Owned): number {
  if (!isFloat(rt, result)) {
    const name = kindName(rt, result);
    decref(rt, result);
    typeError(rt, `${kindName(rt, o)}.__float__ returned non-float (type ${name})`);
  }
  const exact = rt.words[result + ObjectWord.Type] === T.float;
  const held = exact ? result : strictSubclass(rt, result, `${kindName(rt, o)}.__float__`, 'float');
  const value = floatValue(rt, held);
  decref(rt, held);
  return value;
}

/** The double that `float(o)` gives for a number: unlike `toFloat`, a subclass of float is asked for `__float__`.
 *  @runsPython Source: CPython 3.12 PyNumber_Float. */
export function convertToFloat(rt: Runtime, o: Ref): number {
  if (rt.words[o + ObjectWord.Type] === T.float) return floatValue(rt, o);
  const slot = slotOf(rt, o, TypeWord.NbFloat);
  return slot === 0 ? toFloat(rt, o) : valueOfResult(rt, o, (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o));
}

/** An exact float with the value of a float: itself if it is one. */
export function exactFloat(rt: Runtime, o: Ref): Owned {
  return rt.words[o + ObjectWord.Type] === T.float ? newRef(rt, o) : newFloat(rt, floatValue(rt, o));
}

/** True if `o` is a number that arithmetic of floats takes: float or int. */
export function isRealOperand(rt: Runtime, o: Ref): boolean {
  return isFloat(rt, o) || isInt(rt, o);
}
