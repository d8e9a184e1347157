/** `repr`, `str`, `format` of any object. All functions here may run Python. */
import { decref, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../errors.ts';
import { SLOT_FUNCTIONS } from '../functions.ts';
import type { UnarySlot } from '../functions.ts';
import { enterRecursion, leaveRecursion } from '../recursion.ts';
import { RootNum } from '../roots.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { newStr, strText } from '../str.ts';
import { isStr, kindName } from '../types.ts';
import { addressOf } from '@moult/heap';

/** `repr(o)`: a str. @runsPython */
export function repr(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const slot = H[H[o + ObjectWord.Type] + TypeWord.Repr];
  if (slot === 0) return newStr(rt, `<${kindName(rt, o)} object at ${hexAddress(o)}>`);
  enterRecursion(rt, ' while getting the repr of an object');
  const result = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o);
  leaveRecursion(rt);
  return checkText(rt, result, '__repr__');
}

/** `str(o)` @runsPython */
export function str(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  if (H[o + ObjectWord.Type] === T.str) return newRef(rt, o);
  const slot = H[H[o + ObjectWord.Type] + TypeWord.Str];
  if (slot === 0) return repr(rt, o);
  enterRecursion(rt, ' while getting the str of an object');
  const result = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o);
  leaveRecursion(rt);
  return checkText(rt, result, '__str__');
}

function checkText(rt: Runtime, result: Owned, method: string): Owned {
  if (isStr(rt, result)) return result;
  const name = kindName(rt, result);
  decref(rt, result);
  return typeError(rt, `${method} returned non-string (type ${name})`);
}

/** The text of `repr(o)`. @runsPython */
export function reprText(rt: Runtime, o: Ref): string {
  const result = repr(rt, o);
  const text = strText(rt, result);
  decref(rt, result);
  return text;
}

/** The text of `str(o)`. @runsPython */
export function strTextOf(rt: Runtime, o: Ref): string {
  const result = str(rt, o);
  const text = strText(rt, result);
  decref(rt, result);
  return text;
}

/** `0x7f…`: the address of an object as `%p` prints it. */
export function hexAddress(o: Ref): string {
  return `0x${addressOf(o).toString(16)}`;
}

/** For reprs of containers that may hold themselves: true if `o` is being printed already; else remembers it. Pair with
 *  `reprLeave`. (Py_ReprEnter) */
export function reprEnter(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  for (let i = H[RootNum.ReprBase]; i < H[RootNum.ReprTop]; i++) if (H[i] === o) return true;
  if (H[RootNum.ReprTop] >= H[RootNum.ReprLimit]) return false;
  H[H[RootNum.ReprTop]++] = o;
  return false;
}

export function reprLeave(rt: Runtime, o: Ref): void {
  const H = rt.words;
  for (let i = H[RootNum.ReprTop] - 1; i >= H[RootNum.ReprBase]; i--) {
    if (H[i] === o) {
      H[RootNum.ReprTop] = i;
      return;
    }
  }
}
