/** Timedelta objects: making them, and arithmetic that other types of the module need too. */
import type { Owned, Ref } from '@moult/heap';
import { overflowError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { hashInt, hashHi, TUPLE_START_HI, TUPLE_START_LO, tupleHashEnd, tupleHashStep } from '../../numeric/hash.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { DeltaWord, TIMEDELTA } from './layout.ts';

export const MAX_DELTA_DAYS = 999999999;
export const SECONDS_PER_DAY = 86400;
export const MICROSECONDS = 1000000;

/** A timedelta of `type` from fields that are normalized already. Raises OverflowError. */
export function newNormalDelta(rt: Runtime, days: number, seconds: number, micro: number, type: Ref): Owned {
  if (days > MAX_DELTA_DAYS || days < -MAX_DELTA_DAYS)
    overflowError(rt, `days=${days}; must have magnitude <= ${MAX_DELTA_DAYS}`);
  const self = allocInstance(rt, type, 0);
  const H = rt.words;
  H[self + DeltaWord.Days] = days;
  H[self + DeltaWord.Seconds] = seconds;
  H[self + DeltaWord.Microseconds] = micro;
  return self;
}

/** A timedelta from any numbers that are exact. Raises OverflowError. */
export function newDelta(rt: Runtime, days: number, seconds: number, micro: number): Owned {
  const carried = Math.floor(micro / MICROSECONDS);
  const allSeconds = seconds + carried;
  const moreDays = Math.floor(allSeconds / SECONDS_PER_DAY);
  const rest = allSeconds - moreDays * SECONDS_PER_DAY;
  return newNormalDelta(rt, days + moreDays, rest, micro - carried * MICROSECONDS, TIMEDELTA);
}

export const daysOf = (rt: Runtime, delta: Ref): number => rt.words[delta + DeltaWord.Days];
export const secondsOf = (rt: Runtime, delta: Ref): number => rt.words[delta + DeltaWord.Seconds];
export const microsecondsOf = (rt: Runtime, delta: Ref): number => rt.words[delta + DeltaWord.Microseconds];

/** `a + sign * b` */
export function addDeltas(rt: Runtime, a: Ref, b: Ref, sign: number): Owned {
  const days = daysOf(rt, a) + sign * daysOf(rt, b);
  const seconds = secondsOf(rt, a) + sign * secondsOf(rt, b);
  return newDelta(rt, days, seconds, microsecondsOf(rt, a) + sign * microsecondsOf(rt, b));
}

/** Negative, 0 or positive. */
export function compareDeltas(rt: Runtime, a: Ref, b: Ref): number {
  const days = daysOf(rt, a) - daysOf(rt, b);
  if (days !== 0) return days;
  return secondsOf(rt, a) - secondsOf(rt, b) || microsecondsOf(rt, a) - microsecondsOf(rt, b);
}

export function isZeroDelta(rt: Runtime, delta: Ref): boolean {
  return daysOf(rt, delta) === 0 && secondsOf(rt, delta) === 0 && microsecondsOf(rt, delta) === 0;
}

/** The hash of the timedelta of these fields, which are normalized: that of a tuple of them. The high half goes to
 *  `rt.hashHigh`. */
export function hashDeltaFields(rt: Runtime, days: number, seconds: number, micro: number): number {
  let lo = TUPLE_START_LO;
  let hi = TUPLE_START_HI;
  lo = step(lo, hi, days);
  hi = hashHi;
  lo = step(lo, hi, seconds);
  hi = hashHi;
  lo = step(lo, hi, micro);
  const result = tupleHashEnd(lo, hashHi, 3);
  rt.hashHigh = hashHi;
  return result;
}

function step(lo: number, hi: number, value: number): number {
  const item = hashInt(value);
  return tupleHashStep(lo, hi, item, hashHi);
}
