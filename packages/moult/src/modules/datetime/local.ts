/**
 * Local time. *Local seconds* are what the fields of local time would stand for in UTC; a *moment* is seconds since 1970.
 *
 * Where clocks are set back, two moments have the same local seconds: the fold says which is meant. Clocks are taken to be
 * set by less than a day.
 */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { localZone } from '../time/local.ts';
import { newDelta, SECONDS_PER_DAY } from './delta-values.ts';
import { dateTimeFold, secondsOfDateTime } from './layout.ts';
import { civilOfDate } from './make.ts';
import { partsOfSeconds, secondsOfParts } from './timestamps.ts';
import { createZone } from './zone.ts';

/** Raises ValueError, OSError for what is no date. Source: CPython 3.12 local. */
export function localSeconds(rt: Runtime, moment: number): number {
  const seconds = moment + localZone(rt)(moment).offset;
  partsOfSeconds(rt, seconds);
  return seconds;
}

/** 1 if clocks were set back so that the local time of the moment was there before. Source: CPython 3.12
 *  datetime_from_timet_and_us. */
export function foldOf(rt: Runtime, moment: number): number {
  const seconds = localSeconds(rt, moment);
  const transition = seconds - localSeconds(rt, moment - SECONDS_PER_DAY) - SECONDS_PER_DAY;
  return transition < 0 && localSeconds(rt, moment + transition) === seconds ? 1 : 0;
}

/** The moment of local seconds; in a gap, one of the two that the offsets before and after it give.
 *  Source: CPython 3.12 local_to_seconds. */
function momentOfSeconds(rt: Runtime, seconds: number, fold: number): number {
  const offset = localSeconds(rt, seconds) - seconds;
  const first = seconds - offset;
  const isSolution = localSeconds(rt, first) === seconds;
  const probe = isSolution ? first + (fold === 1 ? SECONDS_PER_DAY : -SECONDS_PER_DAY) : first;
  const other = localSeconds(rt, probe) - probe;
  if (other === offset) return first;
  const second = seconds - other;
  if (localSeconds(rt, second) === seconds) return second;
  if (isSolution) return first;
  return fold === 1 ? Math.min(first, second) : Math.max(first, second);
}

const secondsOfFields = (rt: Runtime, dt: Ref): number =>
  secondsOfParts(civilOfDate(rt, dt), secondsOfDateTime(rt, dt));

/** The moment of a datetime without a zone. */
export function momentOf(rt: Runtime, dt: Ref): number {
  return momentOfSeconds(rt, secondsOfFields(rt, dt), dateTimeFold(rt, dt));
}

/** The moment from which the offset of a datetime without a zone is taken: in a gap, that of the other side.
 *  Source: CPython 3.12 local_timezone_from_local. */
function momentOfOffset(rt: Runtime, dt: Ref): number {
  const fold = dateTimeFold(rt, dt);
  const moment = momentOf(rt, dt);
  const other = momentOfSeconds(rt, secondsOfFields(rt, dt), 1 - fold);
  return other !== moment && other > moment === (fold === 1) ? other : moment;
}

/** The offset of local time at a datetime without a zone: a timedelta. */
export function localOffsetOf(rt: Runtime, dt: Ref): Owned {
  return newDelta(rt, 0, localZone(rt)(momentOfOffset(rt, dt)).offset, 0);
}

/** A fixed zone of local time at the moment that a datetime in UTC has. */
export function localZoneAt(rt: Runtime, utc: Ref): Owned {
  const { offset, name } = localZone(rt)(secondsOfFields(rt, utc));
  const delta = temp(rt, newDelta(rt, 0, offset, 0));
  const text = temp(rt, newStr(rt, name));
  const zone = temp(rt, createZone(rt, delta, text));
  const result = newRef(rt, zone);
  dropTemp(rt, zone);
  dropTemp(rt, text);
  dropTemp(rt, delta);
  return result;
}
