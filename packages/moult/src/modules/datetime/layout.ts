/**
 * Records of the types of `datetime`, of CPython's sizes. Fields are packed, so that the words suffice. States of pickles
 * can have any bytes, so each field has as many bits as in CPython:
 *
 * ```
 * Date word    │ – 4 │ year 16 │ month 4 │ day 8 │
 * Clock word   │ hour 8 │ microsecond 24 │
 * Rest word    │ – │ fold │ – 2 │ offset 12 │ second 8 │ minute 8 │
 * ```
 *
 * CPython caches hashes; here an aware object remembers its offset from UTC in whole minutes instead, which is all of its
 * hash that Python code computes. Comparing Date words compares dates.
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
  Rest = 4,
  TzInfo = 5,
  Words = 6,
}

/** `PyDateTime_Time` (40 bytes). `TzInfo` is owned; 0 without. */
export const enum TimeWord {
  Clock = 2,
  Rest = 3,
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
  MonthShift = 8,
  YearShift = 12,
  HourShift = 24,
  MicrosecondMask = 0xffffff,
  SecondShift = 8,
  OffsetShift = 16,
  OffsetMask = 0xfff,
  FoldShift = 30,
}

export const isDate = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, DATE);
export const isDateTime = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, DATETIME);
export const isTime = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, TIME);
export const isDelta = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, TIMEDELTA);

export function packDate(year: number, month: number, day: number): number {
  return (year << Bits.YearShift) | (month << Bits.MonthShift) | day;
}

export function packClock(hour: number, microsecond: number): number {
  return (hour << Bits.HourShift) | microsecond;
}

export function packRest(minute: number, second: number, fold: number): number {
  return minute | (second << Bits.SecondShift) | (fold << Bits.FoldShift);
}

/** The packed date of a date or datetime. */
export const dateOf = (rt: Runtime, o: Ref): number => rt.words[o + DateWord.Date];
export const yearOf = (rt: Runtime, o: Ref): number => dateOf(rt, o) >> Bits.YearShift;
export const monthOf = (rt: Runtime, o: Ref): number => (dateOf(rt, o) >> Bits.MonthShift) & 15;
export const dayOf = (rt: Runtime, o: Ref): number => dateOf(rt, o) & 255;

/* A time and a datetime have their clock in the same word. */
export const hourOf = (rt: Runtime, o: Ref): number => rt.words[o + TimeWord.Clock] >>> Bits.HourShift;
export const microsecondOf = (rt: Runtime, o: Ref): number => rt.words[o + TimeWord.Clock] & Bits.MicrosecondMask;

const secondOf = (rest: number): number => (rest >> Bits.SecondShift) & 255;
const foldOf = (rest: number): number => (rest >> Bits.FoldShift) & 1;

export const timeMinute = (rt: Runtime, o: Ref): number => rt.words[o + TimeWord.Rest] & 255;
export const timeSecond = (rt: Runtime, o: Ref): number => secondOf(rt.words[o + TimeWord.Rest]);
export const timeFold = (rt: Runtime, o: Ref): number => foldOf(rt.words[o + TimeWord.Rest]);
export const dateTimeMinute = (rt: Runtime, o: Ref): number => rt.words[o + DateTimeWord.Rest] & 255;
export const dateTimeSecond = (rt: Runtime, o: Ref): number => secondOf(rt.words[o + DateTimeWord.Rest]);
export const dateTimeFold = (rt: Runtime, o: Ref): number => foldOf(rt.words[o + DateTimeWord.Rest]);

/** The time zone of a datetime, borrowed; None without. */
export const dateTimeZone = (rt: Runtime, o: Ref): Ref => rt.words[o + DateTimeWord.TzInfo] || S.None;
export const timeZone = (rt: Runtime, o: Ref): Ref => rt.words[o + TimeWord.TzInfo] || S.None;

/** Seconds since midnight. */
export const secondsOfTime = (rt: Runtime, o: Ref): number =>
  hourOf(rt, o) * 3600 + timeMinute(rt, o) * 60 + timeSecond(rt, o);
export const secondsOfDateTime = (rt: Runtime, o: Ref): number =>
  hourOf(rt, o) * 3600 + dateTimeMinute(rt, o) * 60 + dateTimeSecond(rt, o);

/** What is remembered of an offset: nothing, that it is None, or its whole minutes from `Zero` on. */
export const enum Remembered {
  Unknown = 0,
  None = 1,
  Zero = 1442,
}

/** What the Rest word of an object remembers. */
export function rememberedOffset(rt: Runtime, word: number): number {
  return (rt.words[word] >> Bits.OffsetShift) & Bits.OffsetMask;
}

export function rememberOffset(rt: Runtime, word: number, value: number): void {
  rt.words[word] |= value << Bits.OffsetShift;
}
