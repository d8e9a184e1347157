/**
 * Asynchronous generators: hooks, the marking of what `yield` gives, and the step that all awaitables of
 * `async-generator-awaitables.ts` make.
 *
 * The body awaits by yielding plain values, and yields by yielding *wrapped* ones. A step therefore ends in one of three
 * ways: a plain value (handed on to the event loop), a wrapped one (it becomes `StopIteration(value)`, the result of the
 * `await`), or the body's end (`StopAsyncIteration`).
 */
import { decref, gcNew, LayoutKind, newRef, ObjectWord, TypeFlag, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../core/call.ts';
import { caught, mark, pendingMatches, raiseEmpty, restoreException, takeException } from '../core/errors.ts';
import { GeneratorWord } from '../core/layout/frame.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { dropTemp, temp, untemp } from '../core/temps.ts';
import { defineType } from '../core/type-spec.ts';
import { writeUnraisable } from '../objects/exceptions/unraisable.ts';
import { endWithValue, sendGenerator } from './generators.ts';

/** `async_generator_wrapped_value` */
const enum WrappedWord {
  Value = 2,
}

/** INTRINSIC ASYNC_GEN_WRAP: marks `value` as yielded by the body. Borrows it. */
export function wrapAsyncValue(rt: Runtime, value: Ref): Owned {
  const wrapped = gcNew(rt, T.asyncGenWrappedValue);
  rt.words[wrapped + WrappedWord.Value] = newRef(rt, value);
  track(rt, wrapped);
  return wrapped;
}

/** True if a step's result is what the body yielded, not what it awaits. */
export function isWrapped(rt: Runtime, result: Ref): boolean {
  return rt.words[result + ObjectWord.Type] === T.asyncGenWrappedValue;
}

/** Before the first step: takes the finalizer hook and calls the first-iteration hook. @runsPython */
export function initHooks(rt: Runtime, generator: Ref): void {
  const H = rt.words;
  if (H[generator + GeneratorWord.HooksInited] !== 0) return;
  H[generator + GeneratorWord.HooksInited] = 1;
  const finalizer = H[RootRef.AsyncGenFinalizer];
  if (finalizer !== 0) H[generator + GeneratorWord.OriginOrFinalizer] = newRef(rt, finalizer);
  if (H[RootRef.AsyncGenFirstIter] === 0) return;
  const hook = temp(rt, newRef(rt, H[RootRef.AsyncGenFirstIter]));
  const result = call1(rt, hook, generator);
  decref(rt, untemp(rt, hook));
  decref(rt, result);
}

/** Sends `value` into the body. 0, with StopIteration pending, if it yielded; what it awaits otherwise. @runsPython */
export function sendUnwrapped(rt: Runtime, generator: Ref, value: Ref): Owned | 0 {
  const m = mark(rt);
  try {
    return unwrap(rt, generator, sendGenerator(rt, generator, value, false, false));
  } catch (error) {
    caught(rt, error, m);
    noteFailure(rt, generator);
    throw error;
  }
}

/** The outcome of a step that ended without an exception (`rt.sendFinished` tells whether the body is done): see `sendUnwrapped`.
 *  Throws StopAsyncIteration at the end. Takes `result`. */
export function unwrap(rt: Runtime, generator: Ref, result: Owned): Owned | 0 {
  const H = rt.words;
  if (rt.sendFinished) {
    decref(rt, result);
    raiseEmpty(rt, T.StopAsyncIteration);
  }
  if (!isWrapped(rt, result)) return result;
  temp(rt, result);
  endWithValue(rt, newRef(rt, H[result + WrappedWord.Value]), true);
  dropTemp(rt, result);
  H[generator + GeneratorWord.RunningAsync] = 0;
  return 0;
}

/** A step ended with the pending exception. */
export function noteFailure(rt: Runtime, generator: Ref): void {
  const H = rt.words;
  if (endsIteration(rt)) H[generator + GeneratorWord.Closed] = 1;
  H[generator + GeneratorWord.RunningAsync] = 0;
}

/** True if the pending exception is StopAsyncIteration or GeneratorExit. */
export function endsIteration(rt: Runtime): boolean {
  return pendingMatches(rt, T.StopAsyncIteration) || pendingMatches(rt, T.GeneratorExit);
}

/** Lets the finalizer hook care for a generator that dies suspended. False if there is none. Errors are unraisable. @runsPython */
export function finalizeByHook(rt: Runtime, generator: Ref): boolean {
  const H = rt.words;
  const hook = H[generator + GeneratorWord.OriginOrFinalizer];
  if (hook === 0 || H[generator + GeneratorWord.Closed] !== 0) return false;
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const m = mark(rt);
  try {
    decref(rt, call1(rt, hook, generator));
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, generator);
  }
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
  return true;
}

defineType({
  ref: T.asyncGenWrappedValue,
  name: 'async_generator_wrapped_value',
  basicSize: 24,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [WrappedWord.Value],
  noClear: true,
});
