/** The type `datetime.date`. */
import { LayoutKind, newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getset, native, nativeRaw } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S } from '../../core/static.ts';
import { hashOfBytes, newBytes, newStr, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, kindName } from '../../core/types.ts';
import { genericGetAttr } from '../../objects/object/generic-attributes.ts';
import { parsePlainArguments, parseRawArguments } from '../arguments.ts';
import { integerOf } from '../buffers.ts';
import { civilOf, isoCalendarOf, ordinalOf, ordinalOfIso, weekdayOf } from './calendar.ts';
import { daysOf, newDelta } from './delta-values.ts';
import { cInt, intOr, isMonth, requireCount, requireIntegers, stateArgument } from './fields.ts';
import { newIsoCalendarDate } from './iso-calendar-date.ts';
import { parseIsoDate } from './iso.ts';
import { DATE, dateOf, DateWord, dayOf, isDate, isDateTime, isDelta, monthOf, yearOf } from './layout.ts';
import { localSeconds } from './local.ts';
import { civilInRange, civilOfDate, makeDate, newDate, newDateOf, ordinalOfDate } from './make.ts';
import { format, formatArgument, newStructTime, wrapStrftime } from './strftime.ts';
import { ctimeText, isoDateText } from './text.ts';
import { partsOfSeconds, wholeSeconds } from './timestamps.ts';

export const DATE_FIELDS = ['year', 'month', 'day'];

export const DATE_STATE_BYTES = 4;

/** `date(year, month, day)`, or of a pickle's state. @runsPython */
function dateNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const state = stateArgument(rt, args, 'date', 1, DATE_STATE_BYTES, (data) => isMonth(data[2] ?? 0));
  if (state !== null) return makeDate(rt, state[0] * 256 + state[1], state[2], state[3], type);
  requireIntegers(rt, args, 3);
  const [year = 0, month = 0, day = 0] = parsePlainArguments(rt, '', DATE_FIELDS, 3, args, kwargs);
  return newDate(rt, cInt(rt, year), cInt(rt, month), cInt(rt, day), type);
}

/** The bytes that a pickle keeps of a date. */
export function dateState(rt: Runtime, self: Ref): number[] {
  const year = yearOf(rt, self);
  return [year >> 8, year & 255, monthOf(rt, self), dayOf(rt, self)];
}

function dateHash(rt: Runtime, self: Ref): number {
  return hashOfBytes(rt, Uint8Array.from(dateState(rt, self)));
}

function dateCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (!isDate(rt, other)) return S.NotImplemented as Ref as Owned;
  return pyBool(satisfies(dateOf(rt, self) - dateOf(rt, other), op)) as Owned;
}

/** `date + sign * delta`, whole days. Raises OverflowError. @runsPython */
function addDays(rt: Runtime, date: Ref, delta: Ref, sign: number): Owned {
  const civil = civilInRange(rt, ordinalOfDate(rt, date) + sign * daysOf(rt, delta));
  return newDateOf(rt, rt.words[date + ObjectWord.Type], civil);
}

function dateAdd(rt: Runtime, a: Ref, b: Ref): Owned {
  if (isDateTime(rt, a) || isDateTime(rt, b)) return S.NotImplemented as Ref as Owned;
  if (isDate(rt, a)) return isDelta(rt, b) ? addDays(rt, a, b, 1) : (S.NotImplemented as Ref as Owned);
  return isDelta(rt, a) ? addDays(rt, b, a, 1) : (S.NotImplemented as Ref as Owned);
}

function dateSubtract(rt: Runtime, a: Ref, b: Ref): Owned {
  if (isDateTime(rt, a) || isDateTime(rt, b) || !isDate(rt, a)) return S.NotImplemented as Ref as Owned;
  if (isDate(rt, b)) return newDelta(rt, ordinalOfDate(rt, a) - ordinalOfDate(rt, b), 0, 0);
  return isDelta(rt, b) ? addDays(rt, a, b, -1) : (S.NotImplemented as Ref as Owned);
}

/** `cls.fromtimestamp(time.time())` @runsPython */
function today(rt: Runtime, cls: Ref): Owned {
  const time = temp(rt, rt.importModule('time'));
  const now = temp(rt, call0(rt, temp(rt, getAttrText(rt, time, 'time'))));
  return call1(rt, temp(rt, getAttrText(rt, cls, 'fromtimestamp')), now);
}

function fromTimestamp(rt: Runtime, cls: Ref, timestamp: Ref): Owned {
  return newDateOf(rt, cls, partsOfSeconds(rt, localSeconds(rt, wholeSeconds(rt, timestamp))));
}

function fromOrdinal(rt: Runtime, cls: Ref, args: number, nargs: number): Owned {
  requireCount(rt, 'fromordinal', nargs, 1);
  const ordinal = cInt(rt, rt.words[args]);
  if (ordinal < 1) valueError(rt, 'ordinal must be >= 1');
  return newDateOf(rt, cls, civilOf(ordinal));
}

/** The text of an argument of a `fromisoformat`. */
export function isoArgument(rt: Runtime, o: Ref): string {
  return isStr(rt, o) ? strText(rt, o) : typeError(rt, 'fromisoformat: argument must be str');
}

export function refuseIso(rt: Runtime, o: Ref): never {
  return valueError(rt, `Invalid isoformat string: ${reprText(rt, o)}`);
}

function fromIsoFormat(rt: Runtime, cls: Ref, o: Ref): Owned {
  const text = isoArgument(rt, o);
  const date = [7, 8, 10].includes(text.length) ? parseIsoDate(text, text.length) : null;
  return date === null ? refuseIso(rt, o) : newDateOf(rt, cls, date);
}

function fromIsoCalendar(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const names = ['year', 'week', 'day'];
  const values = parseRawArguments(rt, 'fromisocalendar', names, 3, args, nargs, kwnames);
  const [year = 0, week = 0, weekday = 0] = values.map((o) => isoField(rt, o));
  const ordinal = ordinalOfIso(year, week, weekday);
  if (ordinal === 'year') valueError(rt, `Year is out of range: ${year}`);
  if (ordinal === 'week') valueError(rt, `Invalid week: ${week}`);
  if (ordinal === 'weekday') valueError(rt, `Invalid day: ${weekday} (range is [1, 7])`);
  return newDateOf(rt, cls, civilOf(ordinal));
}

/** Raises ValueError for an int that C cannot hold. */
function isoField(rt: Runtime, o: Ref): number {
  const value = integerOf(rt, o);
  return BigInt.asIntN(32, value) === value ? Number(value) : valueError(rt, 'ISO calendar component out of range');
}

export const clockText = (hour: number, minute: number, second: number): string =>
  [hour, minute, second].map((n) => String(n).padStart(2, '0')).join(':');

function ctime(rt: Runtime, self: Ref): Owned {
  const { year, month, day } = civilOfDate(rt, self);
  return newStr(rt, ctimeText(year, month, day, weekdayOf(ordinalOfDate(rt, self)), '00:00:00'));
}

/** @runsPython */
function strftime(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const spec = formatArgument(rt, args, nargs, kwnames);
  const tuple = temp(rt, call0(rt, temp(rt, getAttrText(rt, self, 'timetuple'))));
  return wrapStrftime(rt, self, spec, tuple, self);
}

/** The nine numbers of a `struct_time`. */
export function timeTupleOf(rt: Runtime, self: Ref, seconds: number, dst: number): Owned {
  const { year, month, day } = civilOfDate(rt, self);
  const ordinal = ordinalOfDate(rt, self);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const yearDay = ordinal - ordinalOf(year, 1, 1) + 1;
  return newStructTime(rt, [year, month, day, ...clock, weekdayOf(ordinal), yearDay, dst]);
}

function isoCalendar(rt: Runtime, self: Ref): Owned {
  return newIsoCalendarDate(rt, ...isoCalendarOf(yearOf(rt, self), ordinalOfDate(rt, self)));
}

function isoFormat(rt: Runtime, self: Ref): Owned {
  return newStr(rt, isoDateText(yearOf(rt, self), monthOf(rt, self), dayOf(rt, self)));
}

function repr(rt: Runtime, self: Ref): Owned {
  return newStr(rt, `${kindName(rt, self)}(${yearOf(rt, self)}, ${monthOf(rt, self)}, ${dayOf(rt, self)})`);
}

function replace(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const [year, month, day] = parseRawArguments(rt, 'replace', DATE_FIELDS, 0, args, nargs, kwnames);
  const fields = [intOr(rt, year, yearOf(rt, self)), intOr(rt, month, monthOf(rt, self))] as const;
  return newDate(rt, ...fields, intOr(rt, day, dayOf(rt, self)), rt.words[self + ObjectWord.Type]);
}

function reduce(rt: Runtime, self: Ref): Owned {
  const data = temp(rt, newBytes(rt, Uint8Array.from(dateState(rt, self))));
  const args = temp(rt, tupleTake(rt, untemp(rt, data)));
  return tupleTake(rt, newRef(rt, rt.words[self + ObjectWord.Type]), untemp(rt, args));
}

const unsigned = (doc: string) => ({ unsigned: true, doc });

defineType({
  ref: DATE,
  name: 'datetime.date',
  basicSize: 8 * DateWord.Words,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [],
  doc: 'date(year, month, day) --> date object',
  slots: {
    new: dateNew,
    repr,
    str: (rt, self) => call0(rt, temp(rt, getAttrText(rt, self, 'isoformat'))),
    hash: dateHash,
    getattro: genericGetAttr,
    richcompare: dateCompare,
    nbAdd: dateAdd,
    nbSubtract: dateSubtract,
  },
  methods: [
    native('fromtimestamp($type, timestamp, /)', fromTimestamp, {
      binding: 'class',
      doc:
        'Create a date from a POSIX timestamp.\n\nThe timestamp is a number, e.g. created via time.time(), that is ' +
        'interpreted\nas local time.',
    }),
    nativeRaw('fromordinal', fromOrdinal, {
      binding: 'class',
      doc: 'int -> date corresponding to a proleptic Gregorian ordinal.',
    }),
    native('fromisoformat(text, /)', fromIsoFormat, {
      ...unsigned('str -> Construct a date from a string in ISO 8601 format.'),
      binding: 'class',
    }),
    nativeRaw('fromisocalendar', fromIsoCalendar, {
      keywords: true,
      binding: 'class',
      doc:
        'int, int, int -> Construct a date from the ISO year, week number and weekday.\n\n' +
        'This is the inverse of the date.isocalendar() function',
    }),
    native('today()', today, {
      ...unsigned('Current date or datetime:  same as self.__class__.fromtimestamp(time.time()).'),
      binding: 'class',
    }),
    native('ctime()', ctime, unsigned('Return ctime() style string.')),
    nativeRaw('strftime', strftime, { keywords: true, doc: 'format -> strftime() style string.' }),
    nativeRaw('__format__', format, { doc: 'Formats self with strftime.' }),
    native(
      'timetuple()',
      (rt, self) => timeTupleOf(rt, self, 0, -1),
      unsigned('Return time tuple, compatible with time.localtime().'),
    ),
    native(
      'isocalendar()',
      isoCalendar,
      unsigned('Return a named tuple containing ISO year, week number, and weekday.'),
    ),
    native('isoformat()', isoFormat, unsigned('Return string in ISO 8601 format, YYYY-MM-DD.')),
    native(
      'isoweekday()',
      (rt, self) => newInt(rt, weekdayOf(ordinalOfDate(rt, self)) + 1),
      unsigned('Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7'),
    ),
    native(
      'toordinal()',
      (rt, self) => newInt(rt, ordinalOfDate(rt, self)),
      unsigned('Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1.'),
    ),
    native(
      'weekday()',
      (rt, self) => newInt(rt, weekdayOf(ordinalOfDate(rt, self))),
      unsigned('Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6'),
    ),
    nativeRaw('replace', replace, { keywords: true, doc: 'Return date with new specified fields.' }),
    native('__reduce__()', reduce, unsigned('__reduce__() -> (cls, state)')),
  ],
  getset: [
    getset('year', (rt, self) => newInt(rt, yearOf(rt, self))),
    getset('month', (rt, self) => newInt(rt, monthOf(rt, self))),
    getset('day', (rt, self) => newInt(rt, dayOf(rt, self))),
  ],
});
