/** Comparing, subtracting and hashing datetimes, where zones matter. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S } from '../../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { kindName } from '../../core/types.ts';
import { dateState } from './date.ts';
import { addDeltas, daysOf, microsecondsOf, newDelta, secondsOf } from './delta-values.ts';
import {
  dateOf,
  dateTimeFold,
  dateTimeMinute,
  dateTimeSecond,
  DateTimeWord,
  dateTimeZone,
  hourOf,
  isDate,
  isDateTime,
  isDelta,
  microsecondOf,
  secondsOfDateTime,
} from './layout.ts';
import { addToDateTime, civilOfDate, newDateTime, ordinalOfDate, utcOffsetOf } from './make.ts';
import { clockState, hashMoment, hashState, offsetForHash, sameOffsets } from './time.ts';

/** The difference of the fields, whatever the zones. */
function difference(rt: Runtime, a: Ref, b: Ref): number {
  const days = dateOf(rt, a) - dateOf(rt, b);
  if (days !== 0) return days;
  return secondsOfDateTime(rt, a) - secondsOfDateTime(rt, b) || microsecondOf(rt, a) - microsecondOf(rt, b);
}

/** A datetime with another fold. */
function withFold(rt: Runtime, dt: Ref, fold: number): Owned {
  const clock = {
    hour: hourOf(rt, dt),
    minute: dateTimeMinute(rt, dt),
    second: dateTimeSecond(rt, dt),
    microsecond: microsecondOf(rt, dt),
  };
  const type = rt.words[dt + ObjectWord.Type];
  return newDateTime(rt, civilOfDate(rt, dt), clock, dateTimeZone(rt, dt), fold, type);
}

/** Whether the offset depends on the fold: such a datetime equals none of another zone. @runsPython */
function dependsOnFold(rt: Runtime, dt: Ref, offset: Ref): boolean {
  const m = tempMark(rt);
  const flipped = temp(rt, withFold(rt, dt, 1 - dateTimeFold(rt, dt)));
  const result = !sameOffsets(rt, temp(rt, utcOffsetOf(rt, flipped)), offset);
  releaseTemps(rt, m);
  return result;
}

/** @runsPython
 *  Source: CPython 3.12 datetime_richcompare. */
export function datetimeCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  const isEquality = op === CompareOp.Eq || op === CompareOp.Ne;
  if (!isDateTime(rt, other)) {
    if (!isDate(rt, other)) return S.NotImplemented as Ref as Owned;
    if (isEquality) return pyBool(op === CompareOp.Ne) as Owned;
    return typeError(rt, `can't compare ${kindName(rt, self)} to ${kindName(rt, other)}`);
  }
  const result = (sign: number): Owned => pyBool(satisfies(sign, op)) as Owned;
  if (dateTimeZone(rt, self) === dateTimeZone(rt, other)) return result(difference(rt, self, other));
  const m = tempMark(rt);
  const mine = temp(rt, utcOffsetOf(rt, self));
  const its = temp(rt, utcOffsetOf(rt, other));
  let sign = compareWithOffsets(rt, self, other, mine, its, isEquality);
  if (isEquality && sign === 0 && (dependsOnFold(rt, self, mine) || dependsOnFold(rt, other, its))) sign = 1;
  releaseTemps(rt, m);
  return result(sign);
}

function compareWithOffsets(rt: Runtime, self: Ref, other: Ref, mine: Ref, its: Ref, isEquality: boolean): number {
  if (sameOffsets(rt, mine, its)) return difference(rt, self, other);
  if (mine !== S.None && its !== S.None) {
    const delta = temp(rt, datetimeSubtract(rt, self, other));
    return daysOf(rt, delta) || secondsOf(rt, delta) | microsecondsOf(rt, delta);
  }
  return isEquality ? 1 : typeError(rt, "can't compare offset-naive and offset-aware datetimes");
}

/** `a - b`: a timedelta for two datetimes, a datetime for one and a timedelta. @runsPython
 *  Source: CPython 3.12 datetime_subtract. */
export function datetimeSubtract(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isDateTime(rt, a)) return S.NotImplemented as Ref as Owned;
  if (isDelta(rt, b)) return addToDateTime(rt, a, b, -1);
  return isDateTime(rt, b) ? between(rt, a, b) : (S.NotImplemented as Ref as Owned);
}

/** The time from `b` to `a`. @runsPython */
function between(rt: Runtime, a: Ref, b: Ref): Owned {
  const m = tempMark(rt);
  const isSameZone = dateTimeZone(rt, a) === dateTimeZone(rt, b);
  const mine = isSameZone ? S.None : temp(rt, utcOffsetOf(rt, a));
  const its = isSameZone ? S.None : temp(rt, utcOffsetOf(rt, b));
  if ((mine === S.None) !== (its === S.None)) typeError(rt, "can't subtract offset-naive and offset-aware datetimes");
  const days = ordinalOfDate(rt, a) - ordinalOfDate(rt, b);
  const seconds = secondsOfDateTime(rt, a) - secondsOfDateTime(rt, b);
  const delta = newDelta(rt, days, seconds, microsecondOf(rt, a) - microsecondOf(rt, b));
  if (sameOffsets(rt, mine, its)) return releaseKeeping(rt, m, delta);
  temp(rt, delta);
  const offsets = temp(rt, addDeltas(rt, mine, its, -1));
  return releaseKeeping(rt, m, addDeltas(rt, delta, offsets, -1));
}

/** Source: CPython 3.12 datetime_hash. @runsPython */
export function datetimeHash(rt: Runtime, self: Ref): number {
  const hasZone = dateTimeZone(rt, self) !== S.None;
  const offset = offsetForHash(rt, self + DateTimeWord.Rest, hasZone, () =>
    utcOffsetOf(rt, dateTimeFold(rt, self) === 0 ? self : temp(rt, withFold(rt, self, 0))),
  );
  if (offset === null) return hashState(rt, datetimeState(rt, self));
  const seconds = secondsOfDateTime(rt, self) - offset[0];
  return hashMoment(rt, ordinalOfDate(rt, self), seconds, microsecondOf(rt, self) - offset[1]);
}

/** The ten bytes of a datetime in states and hashes, without the fold. */
export function datetimeState(rt: Runtime, self: Ref): number[] {
  return [...dateState(rt, self), ...clockState(rt, self, dateTimeMinute(rt, self), dateTimeSecond(rt, self))];
}
