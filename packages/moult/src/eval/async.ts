/** Instructions of coroutines and asynchronous iteration. */
import { decref, newRef, ObjectWord, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import { Op } from '../compiler/opcodes.ts';
import { call0 } from '../core/call.ts';
import { caught, mark, restoreException, rethrow, runtimeError, takeException, typeError } from '../core/errors.ts';
import { createException } from '../core/exceptions.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import type { UnarySlot } from '../core/functions.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { Id } from '../core/names.ts';
import { isIterator, iter } from '../core/protocol/iterate.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { temp, untemp } from '../core/temps.ts';
import { kindName, slotOf } from '../core/types.ts';
import { lookupSpecial } from '../objects/type/lookup.ts';
import { delegate } from './generators.ts';
import { executable } from '../frames/frames.ts';
import { replaceMany } from './operands.ts';

/** Executes one of the asynchronous instructions; 0 if `op` is none of them. @runsPython */
export function asyncInstruction(rt: Runtime, frame: number, sp: number, op: number, arg: number): number {
  const H = rt.words;
  switch (op) {
    case Op.GET_AWAITABLE:
      return replaceMany(rt, frame, sp, 1, getAwaitable(rt, H[sp - 1], arg));
    case Op.GET_YIELD_FROM_ITER:
      return yieldFromIterator(rt, frame, sp);
    case Op.GET_AITER:
      return replaceMany(rt, frame, sp, 1, getAsyncIterator(rt, H[sp - 1]));
    case Op.GET_ANEXT:
      H[sp] = getAsyncNext(rt, H[sp - 1]);
      return sp + 1;
    case Op.BEFORE_ASYNC_WITH:
      return beforeAsyncWith(rt, frame, sp);
    default:
      return 0;
  }
}

const enum AwaitSource {
  Enter = 1,
  Exit = 2,
}

function getAwaitable(rt: Runtime, o: Ref, source: number): Owned {
  const H = rt.words;
  if (source !== 0 && H[H[o + ObjectWord.Type] + TypeWord.AmAwait] === 0 && !isCoroutineLike(rt, o)) {
    const method = source === (AwaitSource.Enter as number) ? '__aenter__' : '__aexit__';
    typeError(
      rt,
      `'async with' received an object from ${method} that does not implement __await__: ${kindName(rt, o)}`,
    );
  }
  const awaitable = awaitableIterator(rt, o);
  if (H[awaitable + ObjectWord.Type] === T.coroutine && delegate(rt, awaitable) !== 0) {
    decref(rt, awaitable);
    runtimeError(rt, 'coroutine is being awaited already');
  }
  return awaitable;
}

/** Coroutines, and generators made by `types.coroutine`. */
function isCoroutineLike(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  if (H[o + ObjectWord.Type] === T.coroutine) return true;
  if (H[o + ObjectWord.Type] !== T.generator) return false;
  return (executable(rt, H[o + GeneratorWord.Frame]).flags & CodeFlag.ITERABLE_COROUTINE) !== 0;
}

/** What `await o` iterates (_PyCoro_GetAwaitableIter). Owned. @runsPython */
export function awaitableIterator(rt: Runtime, o: Ref): Owned {
  if (isCoroutineLike(rt, o)) return newRef(rt, o);
  const slot = slotOf(rt, o, TypeWord.AmAwait);
  if (slot === 0) typeError(rt, `object ${kindName(rt, o)} can't be used in 'await' expression`);
  const result = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o);
  if (isCoroutineLike(rt, result)) {
    decref(rt, result);
    typeError(rt, '__await__() returned a coroutine');
  }
  if (isIterator(rt, result)) return result;
  const name = kindName(rt, result);
  decref(rt, result);
  return typeError(rt, `__await__() returned non-iterator of type '${name}'`);
}

function yieldFromIterator(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const o = H[sp - 1];
  if (H[o + ObjectWord.Type] === T.coroutine) {
    const flags = executable(rt, H[frame + FrameWord.Code]).flags;
    if ((flags & (CodeFlag.COROUTINE | CodeFlag.ITERABLE_COROUTINE)) !== 0) return sp;
    typeError(rt, "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return H[o + ObjectWord.Type] === T.generator ? sp : replaceMany(rt, frame, sp, 1, iter(rt, o));
}

function getAsyncIterator(rt: Runtime, o: Ref): Owned {
  const slot = slotOf(rt, o, TypeWord.AmAiter);
  if (slot === 0) typeError(rt, `'async for' requires an object with __aiter__ method, got ${kindName(rt, o)}`);
  const iterator = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o);
  if (slotOf(rt, iterator, TypeWord.AmAnext) !== 0) return iterator;
  const name = kindName(rt, iterator);
  decref(rt, iterator);
  return typeError(rt, `'async for' received an object from __aiter__ that does not implement __anext__: ${name}`);
}

function getAsyncNext(rt: Runtime, iterator: Ref): Owned {
  const slot = slotOf(rt, iterator, TypeWord.AmAnext);
  if (slot === 0)
    typeError(rt, `'async for' requires an iterator with __anext__ method, got ${kindName(rt, iterator)}`);
  const next = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, iterator);
  if (rt.words[iterator + ObjectWord.Type] === T.asyncGenerator) return next;
  temp(rt, next);
  const awaitable = awaitableOfNext(rt, next);
  decref(rt, untemp(rt, next));
  return awaitable;
}

/** What awaiting the result of `__anext__` iterates. Any exception becomes the cause of a TypeError. */
function awaitableOfNext(rt: Runtime, next: Ref): Owned {
  const m = mark(rt);
  try {
    return awaitableIterator(rt, next);
  } catch (error) {
    caught(rt, error, m);
    return raiseFromPending(rt, `'async for' received an invalid object from __anext__: ${kindName(rt, next)}`);
  }
}

/** Raises TypeError with the pending exception as its cause and context. */
function raiseFromPending(rt: Runtime, message: string): never {
  const cause = takeException(rt);
  const error = createException(rt, T.TypeError, newStr(rt, message));
  setWord(rt, error + ExcWord.Cause, newRef(rt, cause));
  setWord(rt, error + ExcWord.Context, cause);
  rt.words[error + ExcWord.SuppressContext] = 1;
  restoreException(rt, error);
  return rethrow();
}

function beforeAsyncWith(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const manager = H[sp - 1];
  const enter = temp(rt, asyncMethod(rt, manager, Id.__aenter__, ''));
  const exit = asyncMethod(rt, manager, Id.__aexit__, ' (missed __aexit__ method)');
  H[sp] = untemp(rt, enter);
  H[sp - 1] = exit;
  H[frame + FrameWord.StackTop] = sp + 1 - frame - FrameWord.LocalsPlus;
  decref(rt, manager);
  H[sp] = call0(rt, enter);
  decref(rt, enter);
  return sp + 1;
}

function asyncMethod(rt: Runtime, manager: Ref, name: Ref, hint: string): Owned {
  const method = lookupSpecial(rt, manager, name);
  if (method !== 0) return method;
  return typeError(
    rt,
    `'${kindName(rt, manager)}' object does not support the asynchronous context manager protocol${hint}`,
  );
}
