/** What the functions of `time` take: seconds, and times as tuples. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { overflowError, raise, typeError, valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { isStr, isTuple } from '../../core/types.ts';
import { isFloat, toFloat } from '../../objects/float/convert.ts';
import { asCInt, integerOf } from '../buffers.ts';
import { raiseErrno } from '../posix/paths.ts';
import type { ZonedParts } from './format.ts';
import { localZone, momentOf, zoneKinds } from './local.ts';

const EOVERFLOW = 75;
const ITEMS = 9;
const ZONE_NAME = 9;
const ZONE_OFFSET = 10;
/** Moments whose year is a C int. */
const FIRST_MOMENT = -67768040609740800n;
const LAST_MOMENT = 67768036191676799n;

/** Whole seconds of a moment; `now` if none is given. Raises ValueError, OverflowError, OSError. @runsPython */
export function momentArgument(rt: Runtime, o: Ref, now: () => number): number {
  if (o === 0 || o === S.None) return now();
  const moment = isFloat(rt, o) ? Math.floor(toFloat(rt, o)) : Number(integerOf(rt, o));
  if (moment !== moment) valueError(rt, 'Invalid value NaN (not a number)');
  if (Math.abs(moment) >= 2 ** 63) overflowError(rt, 'timestamp out of range for platform time_t');
  if (BigInt(moment) < FIRST_MOMENT || BigInt(moment) > LAST_MOMENT) raiseErrno(rt, EOVERFLOW, 0);
  return moment;
}

/** The parts of a tuple or struct_time, as they are. Raises TypeError, OverflowError. @runsPython
 *  Source: CPython 3.12 gettmarg. */
export function partsArgument(rt: Runtime, name: string, structTime: Ref, o: Ref): ZonedParts {
  if (!isTuple(rt, o)) typeError(rt, 'Tuple or struct_time argument required');
  const isStruct = rt.words[o + ObjectWord.Type] === structTime;
  if (tupleSize(rt, o) !== ITEMS) typeError(rt, `${name}(): illegal time tuple argument`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, weekday = 0, yearDay = 0, isDst = 0] =
    Array.from({ length: ITEMS }, (_, i) => asCInt(rt, tupleItem(rt, o, i)));
  if (year < -0x80000000 + 1900) overflowError(rt, 'year out of range');
  const parts = { year, month, day, hour, minute, second, weekday, yearDay };
  const hidden = (i: number): Ref => (isStruct ? tupleItem(rt, o, i) : 0) || S.None;
  const zoneName = hidden(ZONE_NAME);
  if (zoneName !== S.None && !isStr(rt, zoneName)) typeError(rt, 'bad argument type for built-in operation');
  const offset = hidden(ZONE_OFFSET);
  return {
    ...parts,
    isDst,
    zoneName: zoneName === S.None ? (zoneKinds(rt)[isDst > 0 ? 1 : 0]?.name ?? '') : strText(rt, zoneName),
    offset: offset === S.None ? 0 : asCInt(rt, offset),
    moment: () => momentOf(localZone(rt), parts, isDst),
  };
}

/** The parts in their ranges; 0 stands for the first month, day and day of the year. Raises ValueError.
 *  Source: CPython 3.12 checktm. */
export function checkedParts(rt: Runtime, t: ZonedParts): ZonedParts {
  const check = (ok: boolean, what: string): void => {
    if (!ok) raise(rt, T.ValueError, `${what} out of range`);
  };
  const within = (value: number, last: number): boolean => value >= 0 && value <= last;
  check(within(t.month, 12), 'month');
  check(within(t.day, 31), 'day of month');
  check(within(t.hour, 23), 'hour');
  check(within(t.minute, 59), 'minute');
  check(within(t.second, 61), 'seconds');
  check(t.weekday >= -1, 'day of week');
  check(within(t.yearDay, 366), 'day of year');
  return {
    ...t,
    month: Math.max(t.month, 1),
    day: Math.max(t.day, 1),
    weekday: (t.weekday + 7) % 7,
    yearDay: Math.max(t.yearDay, 1),
  };
}
