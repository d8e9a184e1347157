/** What the loop does when `GcRoot.EvalBreaker` is set: signals, a due collection, the end of a thread's slice. Only the loop
 *  itself may call it, where it can be left: a thread's slice ends by a throw. */
import { GcRoot, runScheduled } from '@moult/heap';
import { FrameWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { countStep, stepsMade } from '../core/limits.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { handleSignals, pollInterrupt } from './signals.ts';
import { endSlice } from './threads/scheduler.ts';

/** Looks between two questions to the host while threads make the breaker count; a power of two. */
const POLL_INTERVAL = 1024;

/** Serves what is pending; the frame's stack is saved. @runsPython @mayCollect */
export function handleBreaker(rt: Runtime): void {
  const H = rt.words;
  if (H[RootNum.Limited] !== 0) {
    countStep(rt);
    if (H[RootNum.ThreadsWatch] === 0 && isQuietStep(rt)) return;
  }
  if (H[RootNum.ThreadsWatch] === 0) H[GcRoot.EvalBreaker] = H[RootNum.Limited];
  else if (--H[RootNum.SliceLeft] > 0 && isQuiet(rt)) return;
  else H[GcRoot.EvalBreaker] = 1;
  pollInterrupt(rt);
  if (H[RootNum.PendingSignals] !== 0) handleSignals(rt);
  if (H[GcRoot.Scheduled] !== 0) runScheduled(rt);
  if (H[RootNum.ThreadsWatch] !== 0 && H[RootNum.SliceLeft] <= 0) endSlice(rt);
}

/** Only the step was to be counted. */
function isQuietStep(rt: Runtime): boolean {
  const H = rt.words;
  if (H[GcRoot.Scheduled] !== 0 || H[RootNum.PendingSignals] !== 0) return false;
  return (stepsMade(rt) & (POLL_INTERVAL - 1)) !== 0;
}

/** Only the slice was to be counted. */
function isQuiet(rt: Runtime): boolean {
  const H = rt.words;
  if (H[GcRoot.Scheduled] !== 0 || H[RootNum.PendingSignals] !== 0) return false;
  return (H[RootNum.SliceLeft] & (POLL_INTERVAL - 1)) !== 0;
}

/** What the first cache unit of CALL says about calls after which CPython's specialised instructions do not look at the breaker. */
const enum CallForm {
  Plain = 0,
  /** One such call was made: CPython specialises at the next. */
  Seen = 1,
  Quiet = 2,
}

/** Notes that the CALL at which `frame` stands is one of `list.append`, or of a class with a plain `__init__`. */
export function noteQuietCall(H: Int32Array, frame: number): void {
  const form = H[H[frame] + CodeWord.Units] + H[frame + FrameWord.PrevInstr] + 1;
  if (H[form] < (CallForm.Quiet as number)) H[form]++;
}

/** As `handleBreaker`, after a call; `form` is the first cache unit of CALL. A collection that is due then waits for the next look.
 *  @runsPython @mayCollect */
export function handleBreakerAfterCall(rt: Runtime, form: number): void {
  const H = rt.words;
  if (H[form] === (CallForm.Quiet as number) && H[RootNum.Limited] === 0 && H[RootNum.ThreadsWatch] === 0) return;
  handleBreaker(rt);
}
