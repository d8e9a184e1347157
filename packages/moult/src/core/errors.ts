/**
 * Raising and catching Python exceptions from natives (D8): the exception is in the heap
 * (`RootRef.CurrentException`), what is thrown is `PYTHON_THROW`.
 */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { RootNum, RootRef } from './roots.ts';
import { PYTHON_THROW, PythonThrow } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { S, T } from './static.ts';
import { newStr } from './str.ts';
import { chainContext, createException, exceptionMatches } from './exceptions.ts';
import { popArgs, releaseTemps } from './temps.ts';

/** Raises `type(message)`, with the exception being handled as its context. `type` is a static exception type. */
export function raise(rt: Runtime, type: Ref, message: string): never {
  const text = newStr(rt, message);
  raiseTake(rt, createException(rt, type, text));
}

/** Raises `type(value)`; `value` (owned) becomes the only argument. */
export function raiseWithTake(rt: Runtime, type: Ref, value: Owned): never {
  raiseTake(rt, createException(rt, type, value));
}

/** Raises `type()` without arguments. */
export function raiseEmpty(rt: Runtime, type: Ref): never {
  raiseTake(rt, createException(rt, type, 0 as Owned));
}

/** Raises an exception object. Sets its context. Takes `exception`. */
export function raiseTake(rt: Runtime, exception: Owned): never {
  pendTake(rt, exception);
  throw PYTHON_THROW;
}

/** Makes an exception object pending as if it were raised, for the caller to leave with, without a throw. Sets its context. Takes
 *  `exception`. (A throw takes V8 some 0.5 to 3 µs.) */
export function pendTake(rt: Runtime, exception: Owned): void {
  setCurrent(rt, chainContext(rt, exception));
}

/** Throws again what is already the current exception. A function of its own since V8 looks up where a `throw` stands, by walking the
 *  positions of the whole function: in the evaluation loop that took fifty times as long as the throw. */
export function rethrow(): never {
  throw PYTHON_THROW;
}

export function typeError(rt: Runtime, message: string): never {
  raise(rt, T.TypeError, message);
}
export function valueError(rt: Runtime, message: string): never {
  raise(rt, T.ValueError, message);
}
export function indexError(rt: Runtime, message: string): never {
  raise(rt, T.IndexError, message);
}
export function overflowError(rt: Runtime, message: string): never {
  raise(rt, T.OverflowError, message);
}
export function runtimeError(rt: Runtime, message: string): never {
  raise(rt, T.RuntimeError, message);
}
export function systemError(rt: Runtime, message: string): never {
  raise(rt, T.SystemError, message);
}
export function attributeError(rt: Runtime, message: string): never {
  raise(rt, T.AttributeError, message);
}
/** Raises `KeyError(key)`. */
export function keyError(rt: Runtime, key: Ref): never {
  raiseWithTake(rt, T.KeyError, newRef(rt, key));
}

function setCurrent(rt: Runtime, exception: Owned): void {
  const H = rt.words;
  const old = H[RootRef.CurrentException];
  H[RootRef.CurrentException] = exception;
  if (old !== 0) decref(rt, old);
}

/** The pending exception, borrowed; 0 if none. */
export function currentException(rt: Runtime): Ref {
  return rt.words[RootRef.CurrentException];
}

/** Takes the pending exception; 0 if none. */
export function takeException(rt: Runtime): Owned {
  const H = rt.words;
  const e = H[RootRef.CurrentException];
  H[RootRef.CurrentException] = 0;
  return e as Owned;
}

/** Drops the pending exception. @runsPython */
export function clearException(rt: Runtime): void {
  const e = takeException(rt);
  if (e !== 0) decref(rt, e);
}

/** Makes `exception` pending without throwing. Takes it. */
export function restoreException(rt: Runtime, exception: Owned): void {
  setCurrent(rt, exception);
}

/** True if the pending exception is an instance of the static type `type`. */
export function pendingMatches(rt: Runtime, type: Ref): boolean {
  const e = rt.words[RootRef.CurrentException];
  return e !== 0 && exceptionMatches(rt, e, type);
}

/** State to return to when an exception is caught in a native. */
export interface Mark {
  readonly temps: number;
  readonly args: number;
  readonly native: number;
}

/** Remembers the stacks before a `try`; hand the mark to `caught`. */
export function mark(rt: Runtime): Mark {
  const H = rt.words;
  return { temps: H[RootNum.TempTop], args: H[RootNum.ArgTop], native: H[RootNum.NativeRecursionRemaining] };
}

/** To be called first in a `catch`: rethrows what is no Python exception, else unwinds the stacks to `m`. The
 *  exception stays pending. */
export function caught(rt: Runtime, error: unknown, m: Mark): void {
  if (!(error instanceof PythonThrow)) throw error;
  popArgs(rt, m.args);
  rt.words[RootNum.NativeRecursionRemaining] = m.native;
  releaseTemps(rt, m.temps);
}

/** As `caught`, and rethrows unless the exception is an instance of `type`, which is then cleared. */
export function catchOnly(rt: Runtime, error: unknown, m: Mark, type: Ref): void {
  caught(rt, error, m);
  if (!pendingMatches(rt, type)) throw error;
  clearException(rt);
}

/** None, owned: what natives without a result return. */
export function none(): Owned {
  return S.None as Ref as Owned;
}
