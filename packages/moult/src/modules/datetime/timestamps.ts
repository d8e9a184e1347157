/** Seconds since 1970, from numbers and to fields. */
import type { Ref } from '@moult/heap';
import { overflowError, valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue, isSafeInt, safeIntValue } from '../../core/int.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isInstance } from '../../core/types.ts';
import { raiseErrno } from '../posix/paths.ts';
import { civilOf, MAX_ORDINAL, ordinalOf } from './calendar.ts';
import type { Civil } from './calendar.ts';
import { SECONDS_PER_DAY } from './delta-values.ts';
import type { ClockFields } from './make.ts';

/** The ordinal of January 1, 1970. */
const EPOCH_ORDINAL = 719163;

const LIMIT = 2 ** 63;

/** Beyond these, the year does not fit a C int: the system gives `EOVERFLOW`. */
const FIRST_SECOND = -67768040609740800;
const AFTER_LAST_SECOND = 67768036191676800;
const OVERFLOW = 75;

function outOfRange(rt: Runtime): never {
  return overflowError(rt, 'timestamp out of range for platform time_t');
}

function finiteFloat(rt: Runtime, o: Ref): number {
  const value = floatValue(rt, o);
  if (value !== value) valueError(rt, 'Invalid value NaN (not a number)');
  return value;
}

/** An int argument that fits 64 bits. */
function intSeconds(rt: Runtime, o: Ref): number {
  const i = temp(rt, index(rt, o));
  const value = isSafeInt(rt, i) ? safeIntValue(rt, i) : Number(bigIntValue(rt, i));
  dropTemp(rt, i);
  return value >= LIMIT || value < -LIMIT ? outOfRange(rt) : value;
}

/** A timestamp's whole seconds, rounded down. Raises OverflowError. @runsPython
 *  Source: CPython 3.12 _PyTime_ObjectToTime_t. */
export function wholeSeconds(rt: Runtime, o: Ref): number {
  if (!isInstance(rt, o, T.float)) return intSeconds(rt, o);
  const value = Math.floor(finiteFloat(rt, o));
  return value >= LIMIT || value < -LIMIT ? outOfRange(rt) : value;
}

/** A timestamp's seconds and microseconds, the latter rounded to the nearest, ties to even. @runsPython
 *  Source: CPython 3.12 _PyTime_ObjectToTimeval. */
export function secondsAndMicroseconds(rt: Runtime, o: Ref): readonly [number, number] {
  if (!isInstance(rt, o, T.float)) return [intSeconds(rt, o), 0];
  const value = finiteFloat(rt, o);
  let seconds = Math.trunc(value);
  let micro = roundHalfEven((value - seconds) * 1e6);
  if (micro >= 1000000) {
    micro -= 1000000;
    seconds++;
  } else if (micro < 0) {
    micro += 1000000;
    seconds--;
  }
  return seconds >= LIMIT || seconds < -LIMIT ? outOfRange(rt) : [seconds, micro];
}

function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

/** The date and time that seconds since 1970 stand for in UTC. Raises ValueError for a year that dates do not have. */
export function partsOfSeconds(rt: Runtime, seconds: number): Civil & ClockFields {
  if (seconds >= AFTER_LAST_SECOND || seconds < FIRST_SECOND) raiseErrno(rt, OVERFLOW, 0);
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const rest = seconds - days * SECONDS_PER_DAY;
  const ordinal = days + EPOCH_ORDINAL;
  const civil = ordinal >= 1 && ordinal <= MAX_ORDINAL ? civilOf(ordinal) : refuseYear(rt, ordinal);
  const minutes = Math.floor(rest / 60);
  return { ...civil, hour: Math.floor(minutes / 60), minute: minutes % 60, second: rest % 60, microsecond: 0 };
}

function refuseYear(rt: Runtime, ordinal: number): never {
  const cycles = Math.floor((ordinal - 1) / 146097);
  const { year } = civilOf(ordinal - cycles * 146097);
  return valueError(rt, `year ${year + cycles * 400} is out of range`);
}

/** The inverse of `partsOfSeconds`. */
export function secondsOfParts(date: Civil, secondsOfDay: number): number {
  return (ordinalOf(date.year, date.month, date.day) - EPOCH_ORDINAL) * SECONDS_PER_DAY + secondsOfDay;
}
