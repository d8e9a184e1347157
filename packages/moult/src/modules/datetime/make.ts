/** Making dates, times and datetimes from fields, which are checked; and adding a timedelta, which several types do. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { overflowError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { civilOf, daysInMonth, MAX_ORDINAL, MAX_YEAR, MIN_YEAR, ordinalOf } from './calendar.ts';
import type { Civil } from './calendar.ts';
import { daysOf, microsecondsOf, SECONDS_PER_DAY, secondsOf } from './delta-values.ts';
import {
  DATE,
  dateTimeZone,
  DATETIME,
  DateTimeWord,
  DateWord,
  dayOf,
  microsecondOf,
  monthOf,
  packClock,
  packDate,
  packRest,
  secondsOfDateTime,
  TIME,
  TimeWord,
  yearOf,
} from './layout.ts';
import { callZoneMethod } from './zone-calls.ts';

/** Raises ValueError unless there is such a day. Source: CPython 3.12 check_date_args. */
export function checkDate(rt: Runtime, year: number, month: number, day: number): void {
  if (year < MIN_YEAR || year > MAX_YEAR) valueError(rt, `year ${year} is out of range`);
  if (month < 1 || month > 12) valueError(rt, 'month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) valueError(rt, 'day is out of range for month');
}

/** A time of day. */
export interface ClockFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

export const MIDNIGHT: ClockFields = { hour: 0, minute: 0, second: 0, microsecond: 0 };

/** Source: CPython 3.12 check_time_args. */
export function checkClock(rt: Runtime, clock: ClockFields, fold: number): void {
  if (clock.hour < 0 || clock.hour > 23) valueError(rt, 'hour must be in 0..23');
  if (clock.minute < 0 || clock.minute > 59) valueError(rt, 'minute must be in 0..59');
  if (clock.second < 0 || clock.second > 59) valueError(rt, 'second must be in 0..59');
  if (clock.microsecond < 0 || clock.microsecond > 999999) valueError(rt, 'microsecond must be in 0..999999');
  if (fold !== 0 && fold !== 1) valueError(rt, 'fold must be either 0 or 1');
}

/** A date of `type`, without calling it. Raises ValueError. */
export function newDate(rt: Runtime, year: number, month: number, day: number, type: Ref = DATE): Owned {
  checkDate(rt, year, month, day);
  return makeDate(rt, year, month, day, type);
}

/** As `newDate`, of any bytes. */
export function makeDate(rt: Runtime, year: number, month: number, day: number, type: Ref): Owned {
  const self = allocInstance(rt, type, 0);
  rt.words[self + DateWord.Date] = packDate(year, month, day);
  return self;
}

/** Calls a class with numbers, and then with `zone` (0: without). @runsPython */
function callClass(rt: Runtime, cls: Ref, numbers: readonly number[], zone: Ref): Owned {
  const m = tempMark(rt);
  const count = numbers.length + (zone === 0 ? 0 : 1);
  const base = pushArgs(rt, count);
  const H = rt.words;
  numbers.forEach((value, i) => {
    H[base + i] = temp(rt, newInt(rt, value));
  });
  if (zone !== 0) H[base + numbers.length] = zone;
  const result = vectorcall(rt, cls, base, count, 0);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

/** A date of `cls`, which is called unless it is `date` itself. @runsPython */
export function newDateOf(rt: Runtime, cls: Ref, { year, month, day }: Civil): Owned {
  return cls === DATE ? newDate(rt, year, month, day) : callClass(rt, cls, [year, month, day], 0);
}

/** A datetime of `type`, without calling it; `zone` is borrowed, None without. Raises ValueError. */
export function newDateTime(
  rt: Runtime,
  date: Civil,
  clock: ClockFields,
  zone: Ref,
  fold = 0,
  type: Ref = DATETIME,
): Owned {
  checkDate(rt, date.year, date.month, date.day);
  checkClock(rt, clock, fold);
  return makeDateTime(rt, date, clock, zone, fold, type);
}

/** As `newDateTime`, of any bytes. */
export function makeDateTime(rt: Runtime, date: Civil, clock: ClockFields, zone: Ref, fold: number, type: Ref): Owned {
  const self = allocInstance(rt, type, 0);
  const H = rt.words;
  H[self + DateTimeWord.Clock] = packClock(clock.hour, clock.microsecond);
  H[self + DateTimeWord.Date] = packDate(date.year, date.month, date.day);
  H[self + DateTimeWord.Rest] = packRest(clock.minute, clock.second, fold);
  H[self + DateTimeWord.TzInfo] = 0;
  if (zone !== S.None) setWord(rt, self + DateTimeWord.TzInfo, newRef(rt, zone));
  return self;
}

/** A datetime of `cls`, which is called unless it is `datetime` itself: then it gets no fold. @runsPython
 *  Source: CPython 3.12 new_datetime_subclass_fold_ex. */
export function newDateTimeOf(rt: Runtime, cls: Ref, date: Civil, clock: ClockFields, zone: Ref, fold = 0): Owned {
  if (cls === DATETIME) return newDateTime(rt, date, clock, zone, fold);
  const { hour, minute, second, microsecond } = clock;
  return callClass(rt, cls, [date.year, date.month, date.day, hour, minute, second, microsecond], zone);
}

/** A time of `type`, without calling it. Raises ValueError. */
export function newTime(rt: Runtime, clock: ClockFields, zone: Ref, fold = 0, type: Ref = TIME): Owned {
  checkClock(rt, clock, fold);
  return makeTime(rt, clock, zone, fold, type);
}

/** As `newTime`, of any bytes. */
export function makeTime(rt: Runtime, clock: ClockFields, zone: Ref, fold: number, type: Ref): Owned {
  const self = allocInstance(rt, type, 0);
  const H = rt.words;
  H[self + TimeWord.Clock] = packClock(clock.hour, clock.microsecond);
  H[self + TimeWord.Rest] = packRest(clock.minute, clock.second, fold);
  H[self + TimeWord.TzInfo] = 0;
  if (zone !== S.None) setWord(rt, self + TimeWord.TzInfo, newRef(rt, zone));
  return self;
}

/** As `newTime`, calling `cls` unless it is `time` itself. @runsPython */
export function newTimeOf(rt: Runtime, cls: Ref, clock: ClockFields, zone: Ref): Owned {
  if (cls === TIME) return newTime(rt, clock, zone);
  return callClass(rt, cls, [clock.hour, clock.minute, clock.second, clock.microsecond], zone);
}

/** The day of an ordinal. Raises OverflowError. */
export function civilInRange(rt: Runtime, ordinal: number): Civil {
  return ordinal < 1 || ordinal > MAX_ORDINAL ? overflowError(rt, 'date value out of range') : civilOf(ordinal);
}

export function ordinalOfDate(rt: Runtime, date: Ref): number {
  return ordinalOf(yearOf(rt, date), monthOf(rt, date), dayOf(rt, date));
}

export const civilOfDate = (rt: Runtime, date: Ref): Civil => ({
  year: yearOf(rt, date),
  month: monthOf(rt, date),
  day: dayOf(rt, date),
});

export function clockOfSeconds(seconds: number, microsecond: number): ClockFields {
  const minutes = Math.floor(seconds / 60);
  return { hour: Math.floor(minutes / 60), minute: minutes % 60, second: seconds % 60, microsecond };
}

/** `dt + sign * delta`, of the same class and zone. Raises OverflowError. @runsPython
 *  Source: CPython 3.12 add_datetime_timedelta. */
export function addToDateTime(rt: Runtime, dt: Ref, delta: Ref, sign: number): Owned {
  const micro = microsecondOf(rt, dt) + sign * microsecondsOf(rt, delta);
  const carried = Math.floor(micro / 1000000);
  const seconds = secondsOfDateTime(rt, dt) + sign * secondsOf(rt, delta) + carried;
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const date = civilInRange(rt, ordinalOfDate(rt, dt) + sign * daysOf(rt, delta) + days);
  const clock = clockOfSeconds(seconds - days * SECONDS_PER_DAY, micro - carried * 1000000);
  return newDateTimeOf(rt, rt.words[dt + ObjectWord.Type], date, clock, dateTimeZone(rt, dt));
}

/** A datetime's offset from UTC, a timedelta or None. @runsPython */
export function utcOffsetOf(rt: Runtime, dt: Ref): Owned {
  return callZoneMethod(rt, dateTimeZone(rt, dt), 'utcoffset', dt);
}

/** @runsPython */
export function dstOf(rt: Runtime, dt: Ref): Owned {
  return callZoneMethod(rt, dateTimeZone(rt, dt), 'dst', dt);
}
