/** Callbacks of futures: kept with the context they run in, handed to the loop when the future is done. */
import { clearWord, decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CompareOp } from '../../core/functions.ts';
import { runtimeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, listItem, listLength, listOf, listTake, newList } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { compareBool } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { listAssSlice } from '../../objects/list/items.ts';
import { copyCurrentContext } from '../contextvars.ts';
import { FutureState, FutureWord, Kept } from './layout.ts';
import { callNamed, isAlive, kept, requireAlive } from './shared.ts';

/** `loop.call_soon(callback, *argument, context=context)`; `argument` and `context` may be 0. @runsPython */
export function callSoon(rt: Runtime, loop: Ref, callback: Ref, argument: Ref, context: Ref): void {
  const given = [callback];
  if (argument !== 0) given.push(argument);
  if (context !== 0) given.push(context);
  decref(rt, callNamed(rt, loop, Id.call_soon, given, context === 0 ? 0 : kept(rt, Kept.ContextKeyword)));
}

/** Hands all callbacks to the loop, the first one first. If that fails none is left. @runsPython
 *  Source: CPython 3.12 future_schedule_callbacks. */
export function scheduleCallbacks(rt: Runtime, future: Ref): void {
  let done = false;
  try {
    scheduleFirst(rt, future);
    scheduleRest(rt, future);
    done = true;
  } finally {
    if (!done) clearWord(rt, future + FutureWord.Callbacks);
  }
  clearWord(rt, future + FutureWord.Callbacks);
}

function scheduleFirst(rt: Runtime, future: Ref): void {
  const H = rt.words;
  const callback = H[future + FutureWord.Callback0];
  if (callback === 0) return;
  try {
    callSoon(rt, H[future + FutureWord.Loop], callback, future, H[future + FutureWord.Context0]);
  } finally {
    forgetFirst(rt, future);
  }
}

function forgetFirst(rt: Runtime, future: Ref): void {
  clearWord(rt, future + FutureWord.Callback0);
  clearWord(rt, future + FutureWord.Context0);
}

function scheduleRest(rt: Runtime, future: Ref): void {
  const H = rt.words;
  const m = tempMark(rt);
  const list = H[future + FutureWord.Callbacks];
  if (list === 0) return;
  temp(rt, newRef(rt, list));
  for (let i = 0; i < listLength(rt, list); i++) {
    const pair = temp(rt, newRef(rt, listItem(rt, list, i)));
    callSoon(rt, H[future + FutureWord.Loop], tupleItem(rt, pair, 0), future, tupleItem(rt, pair, 1));
    dropTemp(rt, pair);
  }
  releaseTemps(rt, m);
}

/** Adds a callback; that of a future that is done is handed to the loop at once. @runsPython */
export function addCallback(rt: Runtime, future: Ref, callback: Ref, context: Ref): void {
  const H = rt.words;
  if (!isAlive(rt, future)) runtimeError(rt, 'uninitialized Future object');
  if (H[future + FutureWord.State] !== (FutureState.Pending as number))
    return callSoon(rt, H[future + FutureWord.Loop], callback, future, context);
  const list = H[future + FutureWord.Callbacks];
  if (list === 0 && H[future + FutureWord.Callback0] === 0) {
    H[future + FutureWord.Callback0] = newRef(rt, callback);
    H[future + FutureWord.Context0] = newRef(rt, context);
    return;
  }
  const pair = tupleOf(rt, callback, context);
  if (list !== 0) listAppendTake(rt, list, pair);
  else H[future + FutureWord.Callbacks] = listTake(rt, [pair]);
}

/** `add_done_callback(fn, /, *, context)`: without a context it runs in a copy of the running one. @runsPython */
export function addDoneCallback(rt: Runtime, future: Ref, callback: Ref, context: Ref): Owned {
  if (context !== 0) addCallback(rt, future, callback, context);
  else {
    const copy = temp(rt, copyCurrentContext(rt));
    addCallback(rt, future, callback, copy);
    dropTemp(rt, copy);
  }
  return S.None as Ref as Owned;
}

/** `remove_done_callback(fn, /)`: how many were equal to it. @runsPython
 *  Source: CPython 3.12 _asyncio_Future_remove_done_callback. */
export function removeDoneCallback(rt: Runtime, future: Ref, callback: Ref): Owned {
  requireAlive(rt, future);
  const H = rt.words;
  let removed = 0;
  const first = H[future + FutureWord.Callback0];
  if (first !== 0 && sameCallback(rt, first, callback)) {
    forgetFirst(rt, future);
    removed = 1;
  }
  return newInt(rt, removed + removeFromList(rt, future, callback));
}

function sameCallback(rt: Runtime, known: Ref, callback: Ref): boolean {
  temp(rt, newRef(rt, known));
  const same = compareBool(rt, known, callback, CompareOp.Eq);
  dropTemp(rt, known);
  return same;
}

/** Comparisons may change the list while it is walked. */
function removeFromList(rt: Runtime, future: Ref, callback: Ref): number {
  const H = rt.words;
  const list = H[future + FutureWord.Callbacks];
  if (list === 0) return 0;
  const count = listLength(rt, list);
  const m = tempMark(rt);
  temp(rt, newRef(rt, list));
  const left = temp(rt, newList(rt, 0));
  for (let i = 0; i < listLength(rt, list); i++) {
    const pair = temp(rt, newRef(rt, listItem(rt, list, i)));
    const same = sameCallback(rt, tupleItem(rt, pair, 0), callback);
    if (!same) listAppendTake(rt, left, newRef(rt, pair));
    dropTemp(rt, pair);
  }
  const remaining = listLength(rt, left);
  if (remaining === 0) clearWord(rt, future + FutureWord.Callbacks);
  else if (remaining !== listLength(rt, list)) listAssSlice(rt, list, 0, listLength(rt, list), left);
  releaseTemps(rt, m);
  return count - remaining;
}

/** `_callbacks`: a list of pairs, or None. */
export function getCallbacks(rt: Runtime, future: Ref): Owned {
  requireAlive(rt, future);
  const H = rt.words;
  const list = H[future + FutureWord.Callbacks];
  const first = H[future + FutureWord.Callback0];
  if (first === 0) return newRef(rt, list || S.None);
  const m = tempMark(rt);
  const pair = temp(rt, tupleOf(rt, first, H[future + FutureWord.Context0]));
  const pairs = [pair];
  for (let i = 0; list !== 0 && i < listLength(rt, list); i++) pairs.push(listItem(rt, list, i));
  return releaseKeeping(rt, m, listOf(rt, pairs));
}

/** Forgets all callbacks of a future that is made anew. @runsPython */
export function forgetCallbacks(rt: Runtime, future: Ref): void {
  forgetFirst(rt, future);
  clearWord(rt, future + FutureWord.Callbacks);
}
