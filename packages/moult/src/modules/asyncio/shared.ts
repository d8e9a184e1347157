/** What the types of `_asyncio` share: the module's references, methods called by name, errors. */
import { ObjectWord, newRef, setWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { instanceGet } from '../../core/dict/index.ts';
import { attributeError, currentException, raise, runtimeError, valueError } from '../../core/errors.ts';
import { exceptionMatches } from '../../core/exceptions.ts';
import { finishHeld } from '../../core/held.ts';
import { getAttr, isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, popArgs, pushArgs, temp, tempMark } from '../../core/temps.ts';
import { tupleSize } from '../../core/tuple.ts';
import { looksUpPlainly } from '../../eval/learn-attributes.ts';
import { typeLookup } from '../../objects/type/lookup.ts';
import { ModuleRef } from '../module-roots.ts';
import { FUTURE, FutureWord, Kept, TASK } from './layout.ts';

/** A reference of the module, borrowed; 0 before it is imported. */
export function kept(rt: Runtime, which: Kept): Ref {
  return rt.words[ModuleRef.AsyncioFirst + which];
}

/** Sets a reference of the module. Takes `value`. @runsPython */
export function keep(rt: Runtime, which: Kept, value: Owned): void {
  setWord(rt, ModuleRef.AsyncioFirst + which, value);
}

/** Whether `o` is a future or task of just these types, not of classes derived from them. */
export function isPlainFuture(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return type === FUTURE || type === TASK;
}

/** `o.name(*given)`, the last of them by keyword if `kwnames` (a tuple) is not 0. No bound method is made of a function.
 *  @runsPython Source: CPython 3.12 PyObject_VectorcallMethod. */
export function callNamed(rt: Runtime, o: Ref, name: Ref, given: readonly Ref[], kwnames: Ref = 0): Owned {
  const m = tempMark(rt);
  const found = plainMethod(rt, o, name);
  const callable = temp(rt, found === 0 ? getAttr(rt, o, name) : newRef(rt, found));
  const base = pushArgs(rt, given.length + 1);
  rt.words[base] = o;
  rt.words.set(given, base + 1);
  const nargs = given.length - (kwnames === 0 ? 0 : tupleSize(rt, kwnames));
  const result =
    found === 0
      ? vectorcall(rt, callable, base + 1, nargs, kwnames)
      : vectorcall(rt, callable, base, nargs + 1, kwnames);
  popArgs(rt, base);
  return finishHeld(rt, m, callable, result);
}

/** The function to be called with `o` in front, borrowed; 0: the attribute is something else. */
function plainMethod(rt: Runtime, o: Ref, name: Ref): Ref {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if (!looksUpPlainly(rt, type)) return 0;
  const found = typeLookup(rt, type, name);
  if (found === 0 || (H[H[found + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.MethodDescriptor) === 0) return 0;
  return isHidden(rt, o, type, name) ? 0 : found;
}

/** Whether the object has, or may have, an attribute of its own that hides a method. */
function isHidden(rt: Runtime, o: Ref, type: Ref, name: Ref): boolean {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) return instanceGet(rt, o, name) !== 0;
  const offset = H[type + TypeWord.DictOffset];
  return offset !== 0 && (offset < 0 || H[o + (offset >> 3)] !== 0);
}

/** The truth of a result. Takes it. @runsPython */
export function isTrueTake(rt: Runtime, result: Owned): boolean {
  temp(rt, result);
  const truth = isTrue(rt, result);
  dropTemp(rt, result);
  return truth;
}

/** Raises `asyncio.InvalidStateError(message)`. */
export function invalidState(rt: Runtime, message: string): never {
  raise(rt, kept(rt, Kept.InvalidStateError), message);
}

/** Whether the exception is an `asyncio.CancelledError`. */
export function isCancellation(rt: Runtime, exception: Ref): boolean {
  return exceptionMatches(rt, exception, kept(rt, Kept.CancelledError));
}

/** Whether the pending exception is an `asyncio.CancelledError`. */
export function pendingCancellation(rt: Runtime): boolean {
  return isCancellation(rt, currentException(rt));
}

/** Whether `__init__` has been called. */
export function isAlive(rt: Runtime, future: Ref): boolean {
  return rt.words[future + FutureWord.Loop] !== 0;
}

/** Raises RuntimeError for a future without a loop. */
export function requireAlive(rt: Runtime, future: Ref): void {
  if (!isAlive(rt, future)) runtimeError(rt, 'Future object is not initialized.');
}

/** The truth of a value that an attribute is set to; 0 deletes, which is refused. @runsPython */
export function truthToSet(rt: Runtime, value: Ref): boolean {
  if (value === 0) attributeError(rt, 'cannot delete attribute');
  return isTrue(rt, value);
}

/** As `truthToSet` for `_log_traceback`. */
export function falseToSet(rt: Runtime, value: Ref): void {
  if (truthToSet(rt, value)) valueError(rt, '_log_traceback can only be set to False');
}
