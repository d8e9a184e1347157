/**
 * Green threads, as natives see them: which one runs, who waits for what, waking them. Switching is in `eval/threads/`.
 *
 * A native that would block describes what it waits for by a *wait*: a function that tries to finish it. The scheduler
 * calls it when the thread may go on; 0 means: not yet.
 */
import { GcRoot } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { ThreadState, ThreadWord } from './layout/thread.ts';
import type { NativeDefinition } from './native.ts';
import { RootNum, RootRef } from './roots.ts';
import type { Runtime } from './runtime.ts';

/** What is thrown to leave the evaluation loop for the scheduler: one value, no stack. */
class ThreadPark {
  readonly name = 'ThreadPark';
}
export const THREAD_PARK = new ThreadPark();

/** Words of the root record that each thread has for itself: plain numbers, and owned references. */
export const SAVED_NUMS: number[] = [
  RootNum.CurrentFrame,
  RootNum.FrameBase,
  RootNum.FrameTop,
  RootNum.FrameLimit,
  RootNum.RecursionRemaining,
  RootNum.RecursionHeadroom,
  RootNum.ExcInfo,
];
export const SAVED_REFS: number[] = [RootRef.CurrentException, RootRef.AsyncGenFirstIter, RootRef.AsyncGenFinalizer];

/** Declares a root word, which owns a reference, as each thread's own. Only while modules load. */
export function perThreadRef(word: number): void {
  SAVED_REFS.push(word);
  if (SAVED_REFS.length > ThreadWord.Outermost - ThreadWord.SavedRefs)
    throw new RangeError('no room for another word of threads');
}

/** As `perThreadRef` for a plain number, which is 0 in a new thread. */
export function perThreadNum(word: number): void {
  SAVED_NUMS.push(word);
  if (SAVED_NUMS.length > ThreadWord.SavedRefs - ThreadWord.SavedNums)
    throw new RangeError('no room for another word of threads');
}

/** Tries to finish what a thread waits for: the owned result, or 0 if it is not there yet. After the deadline it must not
 *  give 0. May raise. */
type WaitFunction = (rt: Runtime, on: Ref, withRef: Ref, timedOut: boolean) => Owned | 0;

/** Indexed by `ThreadWord.WaitKind`. */
export const WAITS: WaitFunction[] = [() => 0];

/** Registers a wait and returns its kind. Only while modules load. */
export function defineWait(finish: WaitFunction): number {
  return WAITS.push(finish) - 1;
}

/** Natives that may wait: when the loop itself calls one of these, the thread can be parked. */
export const BLOCKING = new Set<NativeDefinition>();

/** Registers a native that may wait. */
export function blocking(definition: NativeDefinition): NativeDefinition {
  BLOCKING.add(definition);
  return definition;
}

/** Natives that call their first argument with the rest of the arguments and return its result, and what they have to undo
 *  then; `self` is what they are bound to. A thread can be parked below them. */
export const PASSING_NATIVES = new Map<NativeDefinition, (rt: Runtime, self: Ref) => void>();

/** Types whose instances pass calls on: what is called in the end, and with which first argument (`first` is the one given,
 *  0: unknown). */
export const PASSING_TYPES = new Map<Ref, (rt: Runtime, callable: Ref, first: Ref) => [target: Ref, first: Ref]>();

/** The running thread's record. */
export function currentThread(rt: Runtime): number {
  return rt.words[RootNum.CurrentThread];
}

/** The running thread's number; the main thread is 0. */
export function threadNumber(rt: Runtime): number {
  return rt.words[rt.words[RootNum.CurrentThread] + ThreadWord.Number];
}

/** A plain number that each thread has for itself (`SAVED_NUMS`), as thread `t` has it. */
export function savedNum(rt: Runtime, t: number, word: number): number {
  const H = rt.words;
  return t === H[RootNum.CurrentThread] ? H[word] : H[t + ThreadWord.SavedNums + SAVED_NUMS.indexOf(word)];
}

/** The record of thread `number`; 0 if it has ended. */
export function findThread(rt: Runtime, number: number): number {
  const H = rt.words;
  let t = H[RootNum.FirstThread];
  while (t !== 0 && H[t + ThreadWord.Number] !== number) t = H[t + ThreadWord.Next];
  return t;
}

/** A waiting thread may try to go on, after those that are ready already. */
export function makeReady(rt: Runtime, t: number): void {
  const H = rt.words;
  if (H[t + ThreadWord.State] === ThreadState.Waiting) H[RootNum.ThreadsWaiting]--;
  H[t + ThreadWord.State] = ThreadState.Ready;
  H[t + ThreadWord.Turn] = ++H[RootNum.ThreadTurn];
  H[RootNum.ThreadsWatch] = 1;
  H[GcRoot.EvalBreaker] = 1;
}

/** Makes the thread ready that has waited longest for `on`, if any. */
export function wakeOne(rt: Runtime, on: Ref): void {
  const H = rt.words;
  if (H[RootNum.ThreadsWaiting] === 0) return;
  let first = 0;
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.State] !== ThreadState.Waiting || H[t + ThreadWord.WaitOn] !== on) continue;
    if (first === 0 || H[t + ThreadWord.Turn] < H[first + ThreadWord.Turn]) first = t;
  }
  if (first !== 0) makeReady(rt, first);
}

/** Makes all threads ready that wait for something of this kind. */
export function wakeKind(rt: Runtime, kind: number): void {
  const H = rt.words;
  if (H[RootNum.ThreadsWaiting] === 0) return;
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.State] === ThreadState.Waiting && H[t + ThreadWord.WaitKind] === kind) makeReady(rt, t);
  }
}
