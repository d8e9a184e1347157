/** Generators and coroutines: making, resuming, suspending, finishing. Types and methods are in `generator-types.ts`. */
import {
  callFinalizerFromDealloc,
  clearWeakrefs,
  clearWord,
  decref,
  freeSized,
  gcNewVar,
  newRef,
  ObjectWord,
  track,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import { Op } from '../compiler/opcodes.ts';
import { call1 } from '../core/call.ts';
import {
  clearException,
  currentException,
  mark,
  catchOnly,
  pendingMatches,
  raise,
  restoreException,
  rethrow,
  takeException,
  typeError,
} from '../core/errors.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import type { IterNextSlot } from '../core/functions.ts';
import { ExcValueWord } from '../core/layout/exceptions.ts';
import { FrameObjectWord, FrameOwner, FrameRoom, FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { FunctionWord } from '../core/layout/functions.ts';
import { moveWords } from '../core/move-words.ts';
import { getAttrText } from '../core/protocol/attribute.ts';
import { isIterator } from '../core/protocol/iterate.ts';
import { enterRecursion, leaveRecursion } from '../core/recursion.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { forgetTemp, temp, untemp } from '../core/temps.ts';

import { chainContext, createException } from '../core/exceptions.ts';

import {
  clearAndPop,
  clearDying,
  enterRecursivePy,
  executable,
  closeInstruments,
  linkFrame,
  unlinkFrame,
} from '../frames/frames.ts';
import { coroutineOrigin } from './coroutine-origin.ts';
import { run } from './run.ts';
import { tellStop, tellThrow } from './unwind.ts';

/** Index of the generator that holds `frame`. */
function generatorOf(frame: number): Ref {
  return frame - GeneratorWord.Frame;
}

/** RETURN_GENERATOR: moves the running frame into a new generator (coroutine, …). Returns it, owned. The frame's old words are free
 *  afterwards. */
export function makeGenerator(rt: Runtime, frame: number): Owned {
  const H = rt.words;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  const func = H[frame + FrameWord.Function];
  const generator = gcNewVar(rt, generatorType(exec.flags), exec.nlocalsplus + exec.stacksize);
  const size = exec.nlocalsplus + exec.stacksize;
  H[generator + GeneratorWord.WeakList] = 0;
  H[generator + GeneratorWord.Name] = newRef(rt, H[func + FunctionWord.Name]);
  H[generator + GeneratorWord.Qualname] = newRef(rt, H[func + FunctionWord.Qualname]);
  H[generator + GeneratorWord.State] = FrameState.Created;
  const moved = generator + GeneratorWord.Frame;
  moveWords(H, moved, frame, FrameWord.LocalsPlus + Math.min(size, H[frame + FrameWord.StackTop]));
  H[moved + FrameWord.Previous] = 0;
  H[moved + FrameWord.Owner] = FrameOwner.Generator;
  const object = H[moved + FrameWord.FrameObject];
  if (object !== 0) H[object + FrameObjectWord.Frame] = moved;
  if (H[RootNum.OriginDepth] !== 0 && (exec.flags & CodeFlag.COROUTINE) !== 0) {
    H[generator + GeneratorWord.OriginOrFinalizer] = coroutineOrigin(rt, H[frame + FrameWord.Previous]);
  }
  track(rt, generator);
  return generator;
}

function generatorType(flags: number): Ref {
  if ((flags & CodeFlag.COROUTINE) !== 0) return T.coroutine;
  return (flags & CodeFlag.ASYNC_GENERATOR) !== 0 ? T.asyncGenerator : T.generator;
}

/** The entry frame has moved into `generator`: leaves the loop with it. */
export function leaveMoved(rt: Runtime, frame: number, generator: Owned): Owned {
  const H = rt.words;
  unlinkFrame(rt, frame);
  H[RootNum.FrameTop] = frame;
  return generator;
}

/** YIELD_VALUE: the entry frame, inside a generator, is suspended. Its stack top is saved. */
export function suspendGenerator(rt: Runtime, frame: number): void {
  const H = rt.words;
  const generator = generatorOf(frame);
  if (H[frame + FrameWord.FrameObject] !== 0) leaveObserved(rt, frame);
  H[generator + GeneratorWord.State] = FrameState.Suspended;
  popExcInfo(rt, generator);
  unlinkFrame(rt, frame);
  H[frame + FrameWord.Previous] = 0;
}

/** A trace function may have sent the frame elsewhere while it yields (`FrameObjectWord.LastTraced`). */
function leaveObserved(rt: Runtime, frame: number): void {
  const H = rt.words;
  closeInstruments(rt, frame);
  const last = H[frame + FrameWord.FrameObject] + FrameObjectWord.LastTraced;
  if (H[last] >= 0) return;
  H[frame + FrameWord.PrevInstr] = -1 - H[last];
  H[last] = -H[last];
}

function popExcInfo(rt: Runtime, generator: Ref): void {
  const H = rt.words;
  H[RootNum.ExcInfo] = H[generator + GeneratorWord.ExcPrevious];
  H[generator + GeneratorWord.ExcPrevious] = 0;
}

/** The entry frame returned `value`: leaves the loop with it. @runsPython */
export function leaveEntry(rt: Runtime, frame: number, value: Owned): Owned {
  unlinkFrame(rt, frame);
  temp(rt, value);
  if (rt.words[frame + FrameWord.Owner] === FrameOwner.Generator) abandonGenerator(rt, frame);
  else clearAndPop(rt, frame);
  return untemp(rt, value);
}

/** The generator's frame is done (returned or threw): it is cleared. The frame is unlinked already. @runsPython */
export function abandonGenerator(rt: Runtime, frame: number): void {
  const H = rt.words;
  const generator = generatorOf(frame);
  H[generator + GeneratorWord.State] = FrameState.Cleared;
  popExcInfo(rt, generator);
  if (H[generator + GeneratorWord.ExcValue] === S.None) H[generator + GeneratorWord.ExcValue] = 0;
  // A frame object that is left takes the caller's as its `f_back`.
  clearDying(rt, frame);
  H[frame + FrameWord.Previous] = 0;
}

/** The frame of a generator that the loop resumed returned; it is unlinked, the value is the caller's. @runsPython */
export function leaveGenerator(rt: Runtime, frame: number): void {
  abandonGenerator(rt, frame);
}

/** Resumes a generator with `value` (borrowed; 0: None, as `next` does), or, with `throwing`, with the pending exception. Returns what it
 *  yielded or returned; `rt.sendFinished` tells which. Throws what it raises. @runsPython */
export function sendGenerator(rt: Runtime, generator: Ref, value: Ref, throwing: boolean, closing: boolean): Owned {
  const H = rt.words;
  const state = H[generator + GeneratorWord.State];
  if (state === FrameState.Created && value !== 0 && value !== S.None) {
    typeError(rt, `can't send non-None value to a just-started ${kindOf(rt, generator)}`);
  }
  if (state === FrameState.Executing) raise(rt, T.ValueError, `${kindOf(rt, generator)} already executing`);
  if (state > FrameState.Executing) return sendToFinished(rt, generator, value, throwing, closing);
  return resume(rt, generator, value === 0 ? S.None : value, throwing);
}

/** What messages call it. */
export function kindOf(rt: Runtime, generator: Ref): string {
  const type = rt.words[generator + ObjectWord.Type];
  if (type === T.coroutine) return 'coroutine';
  return type === T.asyncGenerator ? 'async generator' : 'generator';
}

function sendToFinished(rt: Runtime, generator: Ref, value: Ref, throwing: boolean, closing: boolean): Owned {
  if (rt.words[generator + ObjectWord.Type] === T.coroutine && !closing) {
    if (throwing) clearException(rt);
    raise(rt, T.RuntimeError, 'cannot reuse already awaited coroutine');
  }
  if (throwing) rethrow();
  rt.sendFinished = true;
  void value;
  return S.None as Ref as Owned;
}

function resume(rt: Runtime, generator: Ref, value: Ref, throwing: boolean): Owned {
  const H = rt.words;
  const frame = generator + GeneratorWord.Frame;
  enterRecursion(rt, '');
  if (H[RootNum.RecursionRemaining] <= 0) enterRecursivePy(rt);
  else H[RootNum.RecursionRemaining]--;
  H[frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop]] = newRef(rt, value);
  H[frame + FrameWord.StackTop]++;
  H[generator + GeneratorWord.ExcPrevious] = H[RootNum.ExcInfo];
  H[RootNum.ExcInfo] = generator + GeneratorWord.ExcValue;
  H[generator + GeneratorWord.State] = FrameState.Executing;
  if (throwing && H[generator + GeneratorWord.ExcValue] !== 0)
    restoreException(rt, chainContext(rt, takeException(rt)));
  linkFrame(rt, frame);
  if (throwing) tellThrow(rt, frame);
  const result = run(rt, frame);
  leaveRecursion(rt);
  rt.sendFinished = H[generator + GeneratorWord.State] !== FrameState.Suspended;
  if (H[generator + GeneratorWord.OriginOrFinalizer] !== generator) return result;
  H[generator + GeneratorWord.OriginOrFinalizer] = 0;
  return releaseOver(rt, generator as Owned, result);
}

/** The last reference to a running generator is gone, which whoever resumed it should have had: it owns itself until it stops. */
function ownItself(rt: Runtime, generator: Ref): void {
  const H = rt.words;
  clearWord(rt, generator + GeneratorWord.OriginOrFinalizer);
  H[generator + GeneratorWord.OriginOrFinalizer] = generator;
  H[generator]++;
}

/** `result`, once `keep` is released. Takes `keep`. */
function releaseOver(rt: Runtime, keep: Owned, result: Owned): Owned {
  temp(rt, result);
  const finished = rt.sendFinished;
  decref(rt, keep);
  rt.sendFinished = finished;
  return untemp(rt, result);
}

/** `tp_iternext` of generators: 0 at the end, with a StopIteration pending if the value is not None. @runsPython */
export function generatorNext(rt: Runtime, generator: Ref): Owned | 0 {
  const result = sendGenerator(rt, generator, 0, false, false);
  return rt.sendFinished ? endWithValue(rt, result) : result;
}

/** 0, with `StopIteration(value)` pending unless the value is None. With `always` it is pending anyway. Takes `value`. */
export function endWithValue(rt: Runtime, value: Owned, always = false): 0 {
  const none = value === (S.None as number);
  if (none && !always) return 0;
  restoreException(rt, chainContext(rt, createException(rt, T.StopIteration, none ? (0 as Owned) : value)));
  return 0;
}

/** SEND: sends `value` to any receiver. Owned result; `rt.sendFinished` tells whether the receiver returned it. @runsPython */
export function sendValue(rt: Runtime, receiver: Ref, value: Ref): Owned {
  const H = rt.words;
  const type = H[receiver + ObjectWord.Type];
  if (type === T.generator || type === T.coroutine) return sendGenerator(rt, receiver, value, false, false);
  const m = mark(rt);
  try {
    const item = sendToOther(rt, receiver, value);
    rt.sendFinished = item === 0;
    if (item === 0) tellStop(rt, H[RootNum.CurrentFrame]);
    return item === 0 ? fetchStopValue(rt) : item;
  } catch (error) {
    if (!pendingMatches(rt, T.StopIteration)) throw error;
    tellStop(rt, H[RootNum.CurrentFrame]);
    const stop = newRef(rt, currentException(rt));
    catchOnly(rt, error, m, T.StopIteration);
    rt.sendFinished = true;
    return stopValue(rt, stop);
  }
}

function sendToOther(rt: Runtime, receiver: Ref, value: Ref): Owned | 0 {
  const H = rt.words;
  if (value === S.None && isIterator(rt, receiver)) {
    return (SLOT_FUNCTIONS[H[H[receiver + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot)(rt, receiver);
  }
  const send = temp(rt, getAttrText(rt, receiver, 'send'));
  const result = call1(rt, send, value);
  forgetTemp(rt, send);
  return releaseOver(rt, send as Owned, result);
}

/** The value of the pending StopIteration (None if there is none); it is cleared. Throws any other pending exception. */
export function fetchStopValue(rt: Runtime): Owned {
  if (currentException(rt) === 0) return S.None as Ref as Owned;
  if (!pendingMatches(rt, T.StopIteration)) rethrow();
  return stopValue(rt, takeException(rt));
}

/** `stop.value`. Takes `stop`. */
function stopValue(rt: Runtime, stop: Owned): Owned {
  const value = newRef(rt, rt.words[stop + ExcValueWord.Value] || S.None);
  decref(rt, stop);
  return value;
}

/** The iterator that a suspended generator delegates to (`yield from`, `await`), borrowed; 0 if none. */
export function delegate(rt: Runtime, generator: Ref): Ref {
  const H = rt.words;
  if (H[generator + GeneratorWord.State] !== FrameState.Suspended) return 0;
  const frame = generator + GeneratorWord.Frame;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  const next = H[frame + FrameWord.PrevInstr] + 1;
  if (exec.originalOp(next) !== (Op.RESUME as number) || exec.units[next] >> 8 < 2) return 0;
  return H[frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop] - 1];
}

/** `tp_dealloc`: finalizes (closes), clears what is left, frees. */
export function deallocGenerator(rt: Runtime, generator: Ref): void {
  const H = rt.words;
  if (H[generator + GeneratorWord.State] === FrameState.Executing) return ownItself(rt, generator);
  untrack(rt, generator);
  if (H[generator + GeneratorWord.WeakList] !== 0) clearWeakrefs(rt, generator);
  track(rt, generator);
  if (callFinalizerFromDealloc(rt, generator)) return;
  untrack(rt, generator);
  if (H[generator + ObjectWord.Type] === T.asyncGenerator) clearWord(rt, generator + GeneratorWord.OriginOrFinalizer);
  const frame = generator + GeneratorWord.Frame;
  if (H[generator + GeneratorWord.State] !== FrameState.Cleared) {
    H[generator + GeneratorWord.State] = FrameState.Cleared;
    H[frame + FrameWord.Previous] = 0;
    clearDying(rt, frame);
  }
  const code = H[frame + FrameWord.Code];
  const size = executable(rt, code).nlocalsplus + executable(rt, code).stacksize;
  H[frame + FrameWord.Code] = 0;
  decref(rt, code);
  clearWord(rt, generator + GeneratorWord.Name);
  clearWord(rt, generator + GeneratorWord.Qualname);
  clearWord(rt, generator + GeneratorWord.OriginOrFinalizer);
  clearWord(rt, generator + GeneratorWord.ExcValue);
  freeSized(rt, generator, generatorWords(size), generatorBytes(size));
}

/** Physical words of a generator whose frame has `size` variables and stack words. */
export function generatorWords(size: number): number {
  return GeneratorWord.Frame + FrameWord.LocalsPlus + size + FrameRoom.Spare;
}

const GENERATOR_BASIC_BYTES = 144;

/** CPython's bytes of the same. */
export function generatorBytes(size: number): number {
  return GENERATOR_BASIC_BYTES + 8 * size;
}
