/**
 * Green threads. All run on the host's one stack, one at a time; a thread gives way when it waits, and at the eval breaker
 * when its slice is used up.
 *
 * The *Python frames* of a thread lie on a frame stack of its own. Its *activations* (calls of `run` and of natives) lie on
 * the host's stack, which cannot be switched. So:
 *
 * - A run that the scheduler itself started (`ThreadWord.Base`) leaves by returning 0; later another run goes on with the
 *   frames. Such a thread is *parked* and has nothing on the host's stack. An inner run leaves to the one below it when the
 *   natives between can be made up for (links.ts).
 * - Any other run becomes a *holder*: it lets the scheduler run threads on top of it. When its own thread may go on while
 *   the holder is not the newest activation, a run on top goes on with the frames down to the holder's entry; the holder
 *   only hands the result to the native below it, once it is the newest again.
 * - What waits inside of a native (`sorted(key=lock.acquire)`) goes on only when it is the newest.
 *
 * Temporaries and arguments need no stack for each thread: a parked thread has none, and those of holders nest as holders do.
 */
import { clearWord } from '@moult/heap';
import type { Owned } from '@moult/heap';
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import { caught, mark, runtimeError } from '../../core/errors.ts';
import { FrameOwner, FrameWord } from '../../core/layout/frame.ts';
import { ThreadState, ThreadWord, TimedOut } from '../../core/layout/thread.ts';
import { RootNum } from '../../core/roots.ts';
import { PYTHON_THROW } from '../../core/runtime.ts';
import type { Runtime } from '../../core/runtime.ts';
import { currentThread, makeReady, THREAD_PARK, WAITS } from '../../core/threads.ts';
import { handleSignals, pollInterrupt } from '../signals.ts';
import { run } from '../run.ts';
import { abandonThreads, isProgramOver, THREADS_ABANDONED } from './abandon.ts';
import { advanceClock, expireDeadlines, nextDeadline, sleepUntil } from './clock.ts';
import { beginThread, endThread } from './life.ts';
import { completeBlockingCall, leaveBlockingCall, linkOf, nextOp, originalOp } from './links.ts';
import { loadThread, nextReady, saveThread, watchThreads } from './switch.ts';
import { startWaiting } from './wait.ts';

/** Runs other threads on top of this activation until what the running thread waits for is there: the result of the run that
 *  began at `entry`, or of the wait itself if `entry` is 0. Returns it, owned, or throws. @runsPython @mayCollect */
export function hold(rt: Runtime, entry: number): Owned {
  const H = rt.words;
  const t = currentThread(rt);
  const outerEntry = H[t + ThreadWord.Entry];
  const outerBase = H[t + ThreadWord.Base];
  const outerHolder = H[t + ThreadWord.Holder];
  H[t + ThreadWord.Entry] = entry;
  H[t + ThreadWord.Base] = 0;
  H[t + ThreadWord.Holder] = ++H[RootNum.ThreadHolders];
  if (t === H[RootNum.FirstThread]) H[t + ThreadWord.Outermost] = isOutermost(rt, entry) ? 1 : 0;
  saveThread(rt, t);
  runOthers(rt, t);
  const threw = H[t + ThreadWord.State] === ThreadState.Threw;
  loadThread(rt, t);
  H[RootNum.ThreadHolders]--;
  H[t + ThreadWord.Entry] = outerEntry;
  H[t + ThreadWord.Base] = outerBase;
  H[t + ThreadWord.Holder] = outerHolder;
  if (threw) throw PYTHON_THROW;
  const result = H[t + ThreadWord.Result] as Owned;
  H[t + ThreadWord.Result] = 0;
  return result;
}

/** Whether the run that began at `entry` is that of the program. */
function isOutermost(rt: Runtime, entry: number): boolean {
  return entry !== 0 && rt.words[entry + FrameWord.Previous] === 0;
}

/** Runs threads until what `t` waits for is there. */
function runOthers(rt: Runtime, t: number): void {
  const H = rt.words;
  const m = mark(rt);
  try {
    while (H[t + ThreadWord.State] < (ThreadState.Returned as number)) step(rt);
  } catch (error) {
    if (error !== THREADS_ABANDONED || H[t + ThreadWord.Holder] !== 1) throw error;
    abandonThreads(rt, m);
  }
}

/** Runs one thread until it gives way, or lets time pass. @runsPython @mayCollect */
function step(rt: Runtime): void {
  if (isProgramOver(rt)) throw THREADS_ABANDONED;
  expireDeadlines(rt);
  const ready = nextReady(rt);
  if (ready !== 0) runThread(rt, ready);
  else if (!pollInterrupt(rt)) passTime(rt);
}

/** Nobody is ready: sleeps until somebody is. If that can never be, the wait of the newest activation ends with an error. */
function passTime(rt: Runtime): void {
  const first = nextDeadline(rt);
  if (first === 0) breakDeadlock(rt);
  else sleepUntil(rt, first);
}

function breakDeadlock(rt: Runtime): void {
  const H = rt.words;
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.Holder] !== H[RootNum.ThreadHolders] || H[t + ThreadWord.State] !== ThreadState.Waiting)
      continue;
    H[t + ThreadWord.TimedOut] = TimedOut.Deadlock;
    makeReady(rt, t);
    return;
  }
  throw new Error('no thread can go on');
}

/** Runs `t` until it parks or what its holder waits for is there; without a holder the thread then ends. */
function runThread(rt: Runtime, t: number): void {
  const H = rt.words;
  const m = mark(rt);
  const isNew = H[t + ThreadWord.State] === ThreadState.New;
  loadThread(rt, t);
  let value: number = 0;
  let threw = false;
  try {
    value = isNew ? beginThread(rt, t) : resumeThread(rt, t);
  } catch (error) {
    caught(rt, error, m);
    threw = true;
  }
  if (threw || value !== 0) {
    // The base frame's words may be another frame's from now on.
    H[t + ThreadWord.Base] = 0;
    if (H[t + ThreadWord.Holder] === 0) return endThread(rt, t, value as Owned | 0);
    H[t + ThreadWord.State] = threw ? ThreadState.Threw : ThreadState.Returned;
    H[t + ThreadWord.Result] = value;
  }
  saveThread(rt, t);
}

/** Lets the thread go on where it gave way. Returns what its entry returned, or the result of its wait if that was inside of a
 *  native; 0 if it gave way again. */
function resumeThread(rt: Runtime, t: number): Owned | 0 {
  const H = rt.words;
  const entry = H[t + ThreadWord.Entry];
  H[t + ThreadWord.Base] = 0;
  if (entry === 0) return finishWait(rt, t);
  if (H[t + ThreadWord.WaitKind] === 0 && looksAgain(rt)) H[RootNum.SliceLeft]++;
  const m = mark(rt);
  try {
    if (H[t + ThreadWord.WaitKind] !== 0) {
      const result = finishWait(rt, t);
      if (result === 0) return 0;
      completeBlockingCall(rt, result);
      // Where the loop would look at the eval breaker: after the call, still in its `try` block.
      handleSignals(rt);
    }
  } catch (error) {
    // Pending now: the run below raises it at the call.
    caught(rt, error, m);
    leaveBlockingCall(rt);
  }
  return runFrames(rt, t, entry);
}

/** Runs the thread's frames down to `entry`, inner runs that it has left first. Returns as `run`. */
function runFrames(rt: Runtime, t: number, entry: number): Owned | 0 {
  const H = rt.words;
  for (let inner = innerEntry(rt, entry); inner !== entry; inner = innerEntry(rt, entry)) {
    H[t + ThreadWord.Base] = inner;
    if (!finishInner(rt, inner)) return 0;
  }
  H[t + ThreadWord.Base] = entry;
  return run(rt, entry);
}

/** Where the innermost run begins that is to be gone on with. A generator without a link runs in the run of the frame below. */
function innerEntry(rt: Runtime, entry: number): number {
  const H = rt.words;
  let frame = H[RootNum.CurrentFrame];
  while (frame !== entry) {
    const owner = H[frame + FrameWord.Owner];
    if (owner === FrameOwner.Parked) return frame;
    if (owner === FrameOwner.Generator && linkOf(rt, frame) !== null) return frame;
    frame = H[frame + FrameWord.Previous];
  }
  return entry;
}

/** Goes on with an inner run to its end and finishes its link; an exception is pending afterwards. False: it gave way again. */
function finishInner(rt: Runtime, inner: number): boolean {
  const link = linkOf(rt, inner);
  if (link === null) throw new Error('a run was left that cannot be finished');
  const m = mark(rt);
  let left = false;
  try {
    const value: number = run(rt, inner);
    if (value === 0) return false;
    left = true;
    rt.words[currentThread(rt) + ThreadWord.Base] = 0;
    link.finish(value as Owned);
  } catch (error) {
    caught(rt, error, m);
    rt.words[currentThread(rt) + ThreadWord.Base] = 0;
    if (!left) link.leave();
  }
  return true;
}

/** Tries to finish what the thread waits for; 0 if it has to wait on. Raises what the wait or a signal raises. */
function finishWait(rt: Runtime, t: number): Owned | 0 {
  const H = rt.words;
  const m = mark(rt);
  try {
    checkInterrupted(rt, t);
    const wait = WAITS[H[t + ThreadWord.WaitKind]] as (typeof WAITS)[number];
    const late = H[t + ThreadWord.TimedOut] !== TimedOut.No;
    const result = wait(rt, H[t + ThreadWord.WaitOn], H[t + ThreadWord.WaitWith], late);
    if (result === 0) startWaiting(rt, t);
    else clearWait(rt, t);
    return result;
  } catch (error) {
    caught(rt, error, m);
    clearWait(rt, t);
    throw error;
  }
}

/** A signal, or a wait that can never end. */
function checkInterrupted(rt: Runtime, t: number): void {
  const H = rt.words;
  if (H[t + ThreadWord.TimedOut] === TimedOut.Deadlock) runtimeError(rt, 'deadlock: no thread can run');
  if (H[t + ThreadWord.Interrupted] === 0) return;
  H[t + ThreadWord.Interrupted] = 0;
  handleSignals(rt);
}

function clearWait(rt: Runtime, t: number): void {
  const H = rt.words;
  H[t + ThreadWord.WaitKind] = 0;
  H[t + ThreadWord.WaitOn] = 0;
  clearWord(rt, t + ThreadWord.WaitWith);
}

/** The running thread's slice is used up: lets others run if there are any and the loop is at a point where it can be
 *  left. @mayCollect */
export function endSlice(rt: Runtime): void {
  const H = rt.words;
  advanceClock(rt, H[RootNum.SliceLength] - H[RootNum.SliceLeft]);
  H[RootNum.SliceLeft] = H[RootNum.SliceLength];
  expireDeadlines(rt);
  if (nextReady(rt) === 0) return watchThreads(rt);
  const skipped = unitsToSkip(rt);
  if (skipped === NOT_HERE) return;
  H[H[RootNum.CurrentFrame] + FrameWord.PrevInstr] += skipped;
  makeReady(rt, currentThread(rt));
  throw THREAD_PARK;
}

const NOT_HERE = -2;

/** Whether the current frame goes on with the look at which its slice ended. That look is not of the new slice: if a slice were one
 *  look long, the thread would not come any further. */
function looksAgain(rt: Runtime): boolean {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  return nextOp(rt, frame) === (Op.JUMP_BACKWARD as number);
}

/** How far the frame's instruction index must be moved so that a new run goes on after what has been done. */
function unitsToSkip(rt: Runtime): number {
  const op = originalOp(rt, rt.words[RootNum.CurrentFrame]);
  switch (op) {
    case Op.RESUME:
    case Op.CALL_FUNCTION_EX:
      return 0;
    case Op.CALL:
      return CACHE_COUNTS[op];
    case Op.JUMP_BACKWARD:
      // Done again: only the breaker comes after it.
      return -1;
    default:
      return NOT_HERE;
  }
}
