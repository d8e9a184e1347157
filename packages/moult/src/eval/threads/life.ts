/** The life of a thread: its record and frame stack, the first call, the end. */
import { allocMetered, clearWord, decref, freeMetered, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../../core/call.ts';
import { dictLength, keywordsFromDict } from '../../core/dict/index.ts';
import { caught, clearException, mark, pendingMatches } from '../../core/errors.ts';
import { onConnect } from '../../core/installers.ts';
import { FunctionWord, MethodWord } from '../../core/layout/functions.ts';
import { ThreadState, ThreadWord } from '../../core/layout/thread.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { popArgs, pushArgs, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { findThread, makeReady, SAVED_NUMS, SAVED_REFS } from '../../core/threads.ts';
import { newFrame } from '../../frames/frames.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { bindArguments } from '../bind.ts';
import { enterFrame } from '../calls.ts';
import { run } from '../run.ts';

/** Words of a thread's record and frame stack: enough for the default recursion limit. */
const STACK_WORDS = 120_000;

/** To be done in a thread that ends, before and after its own words are cleared; and whether the program may not end before
 *  the thread does. */
export const threadHooks: {
  beforeClear: ((rt: Runtime) => void)[];
  atEnd: ((rt: Runtime) => void)[];
  mustFinish: (rt: Runtime, t: number) => boolean;
} = { beforeClear: [], atEnd: [], mustFinish: () => false };

/** Makes a thread that will call `func(*args, **kwargs)` (`kwargs` may be 0), ready after those that are. Returns its record. */
export function newThread(rt: Runtime, func: Ref, args: Ref, kwargs: Ref): number {
  const H = rt.words;
  const t = allocMetered(rt, STACK_WORDS, 0);
  H.fill(0, t, t + ThreadWord.Words);
  H[t + ThreadWord.Number] = lowestNumber(rt);
  H[t + ThreadWord.Serial] = ++H[RootNum.ThreadsMade];
  H[t + ThreadWord.Func] = newRef(rt, func);
  H[t + ThreadWord.Args] = newRef(rt, args);
  H[t + ThreadWord.Kwargs] = kwargs === 0 ? 0 : newRef(rt, kwargs);
  const start = t + ThreadWord.Words;
  saveNum(H, t, RootNum.FrameBase, start);
  saveNum(H, t, RootNum.FrameTop, start);
  saveNum(H, t, RootNum.FrameLimit, t + STACK_WORDS);
  saveNum(H, t, RootNum.RecursionRemaining, H[RootNum.RecursionLimit]);
  saveNum(H, t, RootNum.ExcInfo, t + ThreadWord.ExcValue);
  makeReady(rt, t);
  H[t + ThreadWord.State] = ThreadState.New;
  H[H[RootNum.LastThread] + ThreadWord.Next] = t;
  H[RootNum.LastThread] = t;
  return t;
}

/** The lowest number that no thread has: the identifier of one that has ended is used again. */
function lowestNumber(rt: Runtime): number {
  let number = 1;
  while (findThread(rt, number) !== 0) number++;
  return number;
}

function saveNum(H: Int32Array, t: number, word: number, value: number): void {
  H[t + ThreadWord.SavedNums + SAVED_NUMS.indexOf(word)] = value;
}

/** The thread's first call. Returns the function's result, or 0 if the thread has parked. @runsPython @mayCollect */
export function beginThread(rt: Runtime, t: number): Owned | 0 {
  const H = rt.words;
  const func = H[t + ThreadWord.Func];
  const args = H[t + ThreadWord.Args];
  const kwargs = H[t + ThreadWord.Kwargs];
  const bound = H[func + ObjectWord.Type] === T.method;
  const target = bound ? H[func + MethodWord.Function] : func;
  if (H[target + ObjectWord.Type] !== T.function) return callWithTuple(rt, func, args, kwargs);
  const frame = bindFrame(rt, target, bound ? H[func + MethodWord.Self] : 0, args, kwargs);
  enterFrame(rt, 0, frame);
  H[t + ThreadWord.Entry] = H[t + ThreadWord.Base] = frame;
  return run(rt, frame);
}

/** A frame for `func(self, *args, **kwargs)`, not yet current; `self` and `kwargs` may be 0. */
function bindFrame(rt: Runtime, func: Ref, self: Ref, args: Ref, kwargs: Ref): number {
  const H = rt.words;
  const m = tempMark(rt);
  const count = H[args + TupleWord.Size];
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  const base = pushArgs(rt, count + nkw + 1);
  const first = self === 0 ? base : base + 1;
  H[base] = self;
  H.copyWithin(first, args + TupleWord.Items, args + TupleWord.Items + count);
  const names = nkw === 0 ? 0 : temp(rt, keywordsFromDict(rt, kwargs, first + count));
  const code = H[func + FunctionWord.Code];
  const frame = newFrame(rt, func, code, 0);
  bindArguments(rt, frame, func, base, first + count - base, names);
  popArgs(rt, base);
  releaseTemps(rt, m);
  return frame;
}

/** The thread's function has returned `value`, or thrown (0): everything that was the thread's own dies.
 *  Source: CPython 3.12 thread_run, PyThreadState_Clear. @runsPython */
export function endThread(rt: Runtime, t: number, value: Owned | 0): void {
  const H = rt.words;
  if (value !== 0) decref(rt, value);
  else if (pendingMatches(rt, T.SystemExit)) clearException(rt);
  else writeUnraisable(rt, 'in thread started by', H[t + ThreadWord.Func]);
  for (const word of [ThreadWord.Func, ThreadWord.Args, ThreadWord.Kwargs]) clearWord(rt, t + word);
  for (const hook of threadHooks.beforeClear) guarded(rt, hook);
  clearWord(rt, t + ThreadWord.ExcValue);
  for (const word of SAVED_REFS) clearWord(rt, word);
  for (const hook of threadHooks.atEnd) guarded(rt, hook);
  unlinkThread(rt, t);
  freeMetered(rt, t, STACK_WORDS, 0);
}

function guarded(rt: Runtime, hook: (rt: Runtime) => void): void {
  const m = mark(rt);
  try {
    hook(rt);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, 0);
  }
}

function unlinkThread(rt: Runtime, t: number): void {
  const H = rt.words;
  let before = H[RootNum.FirstThread];
  while (H[before + ThreadWord.Next] !== t) before = H[before + ThreadWord.Next];
  H[before + ThreadWord.Next] = H[t + ThreadWord.Next];
  if (H[RootNum.LastThread] === t) H[RootNum.LastThread] = before;
}

onConnect((rt) => {
  rt.blockScanners.push((heap, add) => {
    const H = heap.words;
    for (let t = H[H[RootNum.FirstThread] + ThreadWord.Next]; t !== 0; t = H[t + ThreadWord.Next]) add(0);
  });
});
