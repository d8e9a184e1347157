/**
 * Records of the types of `datetime`, of CPython's sizes. Fields are packed, so that the words suffice:
 *
 * ```
 * Date word    │ – │ fold │ second 6 │ year 14 │ month 4 │ day 5 │     of a date only the lower 23 bits
 * Clock word   │ – │ hour 5 │ minute 6 │ microsecond 20 │
 * Second word  │ – │ fold │ second 6 │                               of a time; the upper 25 bits are its offset's
 * ```
 *
 * CPython caches hashes; here an aware object remembers its offset from UTC instead, which is all of its hash that Python
 * code computes (`rememberedOffset`). Comparing packed words compares what they hold.
 */
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isInstance } from '../../core/types.ts';

export const DATE = moduleType();
export const DATETIME = moduleType();
export const TIME = moduleType();
export const TIMEDELTA = moduleType();
export const TZINFO = moduleType();
export const TIMEZONE = moduleType();
export const ISO_CALENDAR_DATE = moduleType();

/** `PyDateTime_Date` (32 bytes). */
export const enum DateWord {
  Date = 3,
  Words = 4,
}

/** `PyDateTime_DateTime` (48 bytes). `TzInfo` is owned; 0 without. */
export const enum DateTimeWord {
  Clock = 2,
  Date = 3,
  Offset = 4,
  TzInfo = 5,
  Words = 6,
}

/** `PyDateTime_Time` (40 bytes). `TzInfo` is owned; 0 without. */
export const enum TimeWord {
  Clock = 2,
  Second = 3,
  TzInfo = 4,
  Words = 5,
}

/** `PyDateTime_Delta` (40 bytes), normalized: 0 ≤ seconds < 86400, 0 ≤ microseconds < 1000000. */
export const enum DeltaWord {
  Days = 2,
  Seconds = 3,
  Microseconds = 4,
  Words = 5,
}

/** `PyDateTime_TimeZone` (32 bytes). A timedelta, and a str or 0; owned. */
export const enum ZoneWord {
  Offset = 2,
  Name = 3,
  Words = 4,
}

const enum Bits {
  MonthShift = 5,
  YearShift = 9,
  SecondShift = 23,
  FoldShift = 29,
  DateMask = 0x7fffff,
  MinuteShift = 20,
  HourShift = 26,
  MicrosecondMask = 0xfffff,
  TimeFoldShift = 6,
  TimeOffsetShift = 7,
}

export const isDate = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, DATE);
export const isDateTime = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, DATETIME);
export const isTime = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, TIME);
export const isDelta = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, TIMEDELTA);

export function packDate(year: number, month: number, day: number): number {
  return (year << Bits.YearShift) | (month << Bits.MonthShift) | day;
}

/** The Date word of a datetime. */
export function packDateSecond(date: number, second: number, fold: number): number {
  return date | (second << Bits.SecondShift) | (fold << Bits.FoldShift);
}

export function packClock(hour: number, minute: number, microsecond: number): number {
  return (hour << Bits.HourShift) | (minute << Bits.MinuteShift) | microsecond;
}

/** The Second word of a time. */
export function packSecond(second: number, fold: number): number {
  return second | (fold << Bits.TimeFoldShift);
}

/** The packed date of a date or datetime. */
export const dateOf = (rt: Runtime, o: Ref): number => rt.words[o + DateWord.Date] & Bits.DateMask;
export const yearOf = (rt: Runtime, o: Ref): number => dateOf(rt, o) >> Bits.YearShift;
export const monthOf = (rt: Runtime, o: Ref): number => (rt.words[o + DateWord.Date] >> Bits.MonthShift) & 15;
export const dayOf = (rt: Runtime, o: Ref): number => rt.words[o + DateWord.Date] & 31;

/* The clock has the same word in a time and in a datetime. */
export const hourOf = (rt: Runtime, o: Ref): number => rt.words[o + TimeWord.Clock] >> Bits.HourShift;
export const minuteOf = (rt: Runtime, o: Ref): number => (rt.words[o + TimeWord.Clock] >> Bits.MinuteShift) & 63;
export const microsecondOf = (rt: Runtime, o: Ref): number => rt.words[o + TimeWord.Clock] & Bits.MicrosecondMask;

export const timeSecond = (rt: Runtime, o: Ref): number => rt.words[o + TimeWord.Second] & 63;
export const timeFold = (rt: Runtime, o: Ref): number => (rt.words[o + TimeWord.Second] >> Bits.TimeFoldShift) & 1;
export const dateTimeSecond = (rt: Runtime, o: Ref): number =>
  (rt.words[o + DateTimeWord.Date] >> Bits.SecondShift) & 63;
export const dateTimeFold = (rt: Runtime, o: Ref): number => (rt.words[o + DateTimeWord.Date] >> Bits.FoldShift) & 1;

/** Sets the fold of a new time. */
export function setTimeFold(rt: Runtime, o: Ref, fold: number): void {
  const rest = rt.words[o + TimeWord.Second] & ~(1 << Bits.TimeFoldShift);
  rt.words[o + TimeWord.Second] = rest | (fold << Bits.TimeFoldShift);
}

/** The time zone of a datetime, borrowed; None without. */
export const dateTimeZone = (rt: Runtime, o: Ref): Ref => rt.words[o + DateTimeWord.TzInfo] || S.None;
export const timeZone = (rt: Runtime, o: Ref): Ref => rt.words[o + TimeWord.TzInfo] || S.None;

/** Seconds since midnight. */
export const secondsOfTime = (rt: Runtime, o: Ref): number =>
  hourOf(rt, o) * 3600 + minuteOf(rt, o) * 60 + timeSecond(rt, o);
export const secondsOfDateTime = (rt: Runtime, o: Ref): number =>
  hourOf(rt, o) * 3600 + minuteOf(rt, o) * 60 + dateTimeSecond(rt, o);

/** What is remembered of an offset: nothing, that it is None, or its whole seconds from `Zero` on. */
export const enum Remembered {
  Unknown = 0,
  None = 1,
  Zero = 86402,
}

export function rememberedOffset(rt: Runtime, o: Ref, isOfTime: boolean): number {
  return isOfTime ? rt.words[o + TimeWord.Second] >>> Bits.TimeOffsetShift : rt.words[o + DateTimeWord.Offset];
}

export function rememberOffset(rt: Runtime, o: Ref, isOfTime: boolean, value: number): void {
  if (isOfTime) rt.words[o + TimeWord.Second] |= value << Bits.TimeOffsetShift;
  else rt.words[o + DateTimeWord.Offset] = value;
}
