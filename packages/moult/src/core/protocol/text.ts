/** `repr`, `str`, `format` of any object. All functions here may run Python. */
import { decref, newRef, ObjectWord, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, dictSetText, newDict } from '../dict/index.ts';
import { typeError } from '../errors.ts';
import { SLOT_FUNCTIONS } from '../functions.ts';
import type { UnarySlot } from '../functions.ts';
import { listAppend, listItem, listLength, listTruncate, newList } from '../list.ts';
import { enterRecursion, leaveRecursion } from '../recursion.ts';
import { RootRef } from '../roots.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { newStr, strText } from '../str.ts';
import { isStr, kindName } from '../types.ts';
import { addressOf } from '@moult/heap';
import { dropTemp, temp } from '../temps.ts';

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
  const list = printedList(rt);
  for (let i = 0; i < listLength(rt, list); i++) if (listItem(rt, list, i) === o) return true;
  listAppend(rt, list, o);
  return false;
}

export function reprLeave(rt: Runtime, o: Ref): void {
  const list = printedList(rt);
  for (let i = listLength(rt, list) - 1; i >= 0; i--) {
    if (listItem(rt, list, i) !== o) continue;
    listTruncate(rt, list, i);
    return;
  }
}

/** What is being printed: the list that CPython keeps in the dict of the thread's state, from the first use on. Both can be seen
 *  among `gc.get_objects()`. */
function printedList(rt: Runtime): Ref {
  const H = rt.words;
  if (H[RootRef.ThreadDict] === 0) setWord(rt, RootRef.ThreadDict, newDict(rt));
  const found = dictGetText(rt, H[RootRef.ThreadDict], 'Py_Repr');
  if (found !== 0) return found;
  const made = temp(rt, newList(rt, 0));
  dictSetText(rt, H[RootRef.ThreadDict], 'Py_Repr', made);
  dropTemp(rt, made);
  return made;
}
