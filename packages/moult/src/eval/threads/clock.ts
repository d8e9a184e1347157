/**
 * The scheduler's clock. It advances by what threads wait for, by how often they look at the eval breaker and by their calls
 * of the host's files, not by the time they really take: which of two threads wakes first never depends on how fast the machine is.
 */
import { ThreadState, ThreadWord, TimedOut } from '../../core/layout/thread.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { makeReady } from '../../core/threads.ts';
import { pollInterrupt } from '../signals.ts';

/** 5 ms for each 100,000 looks. */
const MICROSECONDS_PER_LOOK = 0.05;
const MICROSECONDS = 1e6;
/** Longest sleep without a look at Ctrl-C. */
const NAP_SECONDS = 0.05;

/** Advances the clock by what so many looks at the eval breaker stand for. */
export function advanceClock(rt: Runtime, looks: number): void {
  rt.floats[RootNum.ThreadClock / 2] += looks * MICROSECONDS_PER_LOOK;
}

/** Microseconds of the host's steady clock; the scheduler's where the host has none. */
function hostClock(rt: Runtime): number {
  const now = rt.host?.monotonic?.();
  return now === undefined ? rt.floats[RootNum.ThreadClock / 2] : Number(now) / 1000;
}

/** Sets when `t` stops waiting: `seconds` from now, never if that is negative. */
export function setDeadline(rt: Runtime, t: number, seconds: number): void {
  const F = rt.floats;
  const micros = seconds < 0 ? Infinity : seconds * MICROSECONDS;
  F[(t + ThreadWord.Deadline) / 2] = F[RootNum.ThreadClock / 2] + micros;
  F[(t + ThreadWord.HostDeadline) / 2] = micros === Infinity ? Infinity : hostClock(rt) + micros;
}

function deadlineOf(rt: Runtime, t: number): number {
  return rt.floats[(t + ThreadWord.Deadline) / 2];
}

/** The waiting thread with the earliest deadline; 0 if none has one. */
export function nextDeadline(rt: Runtime): number {
  const H = rt.words;
  let first = 0;
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.State] !== ThreadState.Waiting || deadlineOf(rt, t) === Infinity) continue;
    if (first === 0 || isEarlier(rt, t, first)) first = t;
  }
  return first;
}

function isEarlier(rt: Runtime, a: number, b: number): boolean {
  const difference = deadlineOf(rt, a) - deadlineOf(rt, b);
  return difference !== 0 ? difference < 0 : rt.words[a + ThreadWord.Turn] < rt.words[b + ThreadWord.Turn];
}

/** Makes ready whose deadline has passed, the earliest first. */
export function expireDeadlines(rt: Runtime): void {
  for (let t = nextDeadline(rt); t !== 0; t = nextDeadline(rt)) {
    if (deadlineOf(rt, t) > rt.floats[RootNum.ThreadClock / 2]) return;
    rt.words[t + ThreadWord.TimedOut] = TimedOut.Yes;
    makeReady(rt, t);
  }
}

/** Sleeps until the deadline of `t` by the host's clock, then sets the clock to it; or until the user interrupts. */
export function sleepUntil(rt: Runtime, t: number): void {
  const end = rt.floats[(t + ThreadWord.HostDeadline) / 2];
  let seconds = (end - hostClock(rt)) / MICROSECONDS;
  while (seconds > 0 && rt.host?.sleep !== undefined) {
    rt.host.sleep(Math.min(seconds, NAP_SECONDS));
    if (pollInterrupt(rt)) return;
    seconds = rt.host.monotonic === undefined ? seconds - NAP_SECONDS : (end - hostClock(rt)) / MICROSECONDS;
  }
  const clock = RootNum.ThreadClock / 2;
  rt.floats[clock] = Math.max(rt.floats[clock], deadlineOf(rt, t));
}
