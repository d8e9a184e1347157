/** The type `datetime.datetime`. */
import { LayoutKind, newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { getset, native, nativeRaw } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { codePointLength, newStr, strLength, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { genericGetAttr } from '../../objects/object/generic-attributes.ts';
import { parsePlainArguments, parseRawArguments } from '../arguments.ts';
import { weekdayOf } from './calendar.ts';
import type { Civil } from './calendar.ts';
import { clockText, DATE_FIELDS, DATE_STATE_BYTES, isoArgument, refuseIso, timeTupleOf } from './date.ts';
import { isZeroDelta } from './delta-values.ts';
import { datetimeCompare, datetimeHash, datetimeState, datetimeSubtract } from './datetime-compare.ts';
import { cInt, intOr, isMonth, requireCount, requireIntegers, stateArgument } from './fields.ts';
import { findDateEnd, parseIsoDate, parseIsoTime } from './iso.ts';
import type { IsoTime } from './iso.ts';
import {
  DATE,
  dateTimeFold,
  dateTimeMinute,
  dateTimeSecond,
  DateTimeWord,
  dateTimeZone,
  DATETIME,
  dayOf,
  hourOf,
  isDate,
  isDelta,
  isTime,
  microsecondOf,
  monthOf,
  secondsOfDateTime,
  timeFold,
  timeMinute,
  timeSecond,
  timeZone,
  yearOf,
} from './layout.ts';
import { foldOf, localOffsetOf, localSeconds, localZoneAt, momentOf } from './local.ts';
import {
  addToDateTime,
  civilOfDate,
  dstOf,
  makeDateTime,
  MIDNIGHT,
  newDate,
  newDateTime,
  newDateTimeOf,
  newTime,
  ordinalOfDate,
  utcOffsetOf,
} from './make.ts';
import type { ClockFields } from './make.ts';
import { argumentKind, callStrptime, utcOffsetText } from './strftime.ts';
import { ctimeText, isoDateText, isoTimeText } from './text.ts';
import {
  clockFields,
  clockOfState,
  isoZone,
  protocolArgument,
  reduceState,
  reprFold,
  reprZone,
  stateZone,
  timespecArgument,
} from './time.ts';
import { partsOfSeconds, secondsAndMicroseconds } from './timestamps.ts';
import { utcZone } from './zone.ts';
import { callZoneName, checkZone } from './zone-calls.ts';

const FIELDS = [...DATE_FIELDS, 'hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'];

const STATE_BYTES = 10;

/** `datetime(year, month, day, hour=0, …)`, or of a pickle's state. @runsPython */
function datetimeNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const state = stateArgument(rt, args, 'datetime', 2, STATE_BYTES, (data) => isMonth((data[2] ?? 0) & 0x7f));
  if (state !== null) return datetimeFromState(rt, type, args, state);
  requireIntegers(rt, args, 3);
  const values = parsePlainArguments(rt, '', FIELDS, 3, args, kwargs, 8);
  const [year = 0, month = 0, day = 0, hour, minute, second, micro, zone = 0, fold] = values;
  const date = { year: cInt(rt, year), month: cInt(rt, month), day: cInt(rt, day) };
  const clock = clockFields(rt, hour, minute, second, micro);
  const foldValue = intOr(rt, fold, 0);
  checkZone(rt, zone || S.None);
  return newDateTime(rt, date, clock, zone || S.None, foldValue, type);
}

function datetimeFromState(rt: Runtime, type: Ref, args: Ref, state: ArrayLike<number>): Owned {
  const date = { year: state[0] * 256 + state[1], month: state[2] & 0x7f, day: state[3] };
  const clock = clockOfState(state, DATE_STATE_BYTES);
  return makeDateTime(rt, date, clock, stateZone(rt, args), state[2] >> 7, type);
}

const clockOf = (rt: Runtime, self: Ref): ClockFields => ({
  hour: hourOf(rt, self),
  minute: dateTimeMinute(rt, self),
  second: dateTimeSecond(rt, self),
  microsecond: microsecondOf(rt, self),
});

const typeOf = (rt: Runtime, self: Ref): Ref => rt.words[self + ObjectWord.Type];

/** The datetime of a moment in local time. @runsPython
 *  Source: CPython 3.12 datetime_from_timet_and_us. */
function inLocalTime(rt: Runtime, cls: Ref, moment: number, microsecond: number): Owned {
  const parts = partsOfSeconds(rt, localSeconds(rt, moment));
  return newDateTimeOf(rt, cls, parts, { ...parts, microsecond }, S.None, foldOf(rt, moment));
}

/** The datetime of a moment in UTC, with `zone`. @runsPython */
function inUtc(rt: Runtime, cls: Ref, moment: number, microsecond: number, zone: Ref): Owned {
  const parts = partsOfSeconds(rt, moment);
  return newDateTimeOf(rt, cls, parts, { ...parts, microsecond }, zone);
}

/** The datetime of a moment in a zone; in local time if that is None. @runsPython */
function atMoment(rt: Runtime, cls: Ref, moment: number, microsecond: number, zone: Ref): Owned {
  if (zone === S.None) return inLocalTime(rt, cls, moment, microsecond);
  const utc = temp(rt, inUtc(rt, cls, moment, microsecond, zone));
  return call1(rt, temp(rt, getAttrText(rt, zone, 'fromutc')), utc);
}

/** The wall clock's seconds and microseconds. */
function wallClock(rt: Runtime): readonly [number, number] {
  const micro = (rt.host?.time?.() ?? 0n) / 1000n;
  return [Number(micro / 1000000n), Number(micro % 1000000n)];
}

function now(rt: Runtime, cls: Ref, given: Ref): Owned {
  const zone = given || S.None;
  checkZone(rt, zone);
  return atMoment(rt, cls, ...wallClock(rt), zone);
}

const DEPRECATED =
  'is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent datetimes in UTC: ';

function utcNow(rt: Runtime, cls: Ref): Owned {
  rt.warnDeprecated(`datetime.datetime.utcnow() ${DEPRECATED}datetime.datetime.now(datetime.UTC).`);
  return inUtc(rt, cls, ...wallClock(rt), S.None);
}

function fromTimestamp(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const names = ['timestamp', 'tz'];
  const [timestamp = 0, tz = 0] = parseRawArguments(rt, 'fromtimestamp', names, 1, args, nargs, kwnames);
  const zone = tz || S.None;
  checkZone(rt, zone);
  return atMoment(rt, cls, ...secondsAndMicroseconds(rt, timestamp), zone);
}

function utcFromTimestamp(rt: Runtime, cls: Ref, args: number, nargs: number): Owned {
  rt.warnDeprecated(
    `datetime.datetime.utcfromtimestamp() ${DEPRECATED}datetime.datetime.fromtimestamp(timestamp, datetime.UTC).`,
  );
  requireCount(rt, 'utcfromtimestamp', nargs, 1);
  return inUtc(rt, cls, ...secondsAndMicroseconds(rt, rt.words[args]), S.None);
}

function strptime(rt: Runtime, cls: Ref, args: number, nargs: number): Owned {
  requireCount(rt, 'strptime', nargs, 2);
  const [string, spec] = [rt.words[args], rt.words[args + 1]];
  [string, spec].forEach((o, i) => {
    if (!isStr(rt, o)) typeError(rt, `strptime() argument ${i + 1} must be str, not ${argumentKind(rt, o)}`);
  });
  return callStrptime(rt, cls, string, spec);
}

function combine(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const names = ['date', 'time', 'tzinfo'];
  const [date = 0, time = 0, tzinfo = 0] = parseRawArguments(rt, 'combine', names, 2, args, nargs, kwnames);
  if (!isDate(rt, date)) typeError(rt, `combine() argument 1 must be datetime.date, not ${argumentKind(rt, date)}`);
  if (!isTime(rt, time)) typeError(rt, `combine() argument 2 must be datetime.time, not ${argumentKind(rt, time)}`);
  if (tzinfo !== 0) checkZone(rt, tzinfo);
  const clock = { ...clockOf(rt, time), minute: timeMinute(rt, time), second: timeSecond(rt, time) };
  return newDateTimeOf(rt, cls, civilOfDate(rt, date), clock, tzinfo || timeZone(rt, time), timeFold(rt, time));
}

function fromIsoFormat(rt: Runtime, cls: Ref, o: Ref): Owned {
  const text = isoArgument(rt, o);
  const end = findDateEnd(text);
  const date = end < 0 ? null : parseIsoDate(text.slice(0, end), end);
  const time = date === null ? null : timeAfter(text, end);
  if (date === null || time === null) return refuseIso(rt, o);
  const zone = temp(rt, isoZone(rt, time));
  return newDateTimeOf(rt, cls, date, time.clock, zone);
}

/** What follows the date: a separator of one character, and a time; midnight if nothing does. */
function timeAfter(text: string, end: number): IsoTime | null {
  if (text.length <= end) return { clock: { ...MIDNIGHT, hasMore: false }, offset: null };
  const isPair = codePointLength(text.slice(end, end + 2)) === 1 && text.length > end + 1;
  return parseIsoTime(text, end + (isPair ? 2 : 1));
}

function isoFormat(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const [sep = 0, spec = 0] = parseRawArguments(rt, 'isoformat', ['sep', 'timespec'], 0, args, nargs, kwnames);
  const separator = sep === 0 ? 'T' : separatorArgument(rt, sep);
  const { hour, minute, second, microsecond } = clockOf(rt, self);
  const time = isoTimeText(hour, minute, second, microsecond, timespecArgument(rt, spec, 2));
  if (time === null) return valueError(rt, 'Unknown timespec value');
  const { year, month, day } = civilOfDate(rt, self);
  const offset = utcOffsetText(rt, dateTimeZone(rt, self), self, ':');
  return newStr(rt, isoDateText(year, month, day) + separator + time + offset);
}

function separatorArgument(rt: Runtime, o: Ref): string {
  if (!isStr(rt, o)) typeError(rt, `isoformat() argument 1 must be a unicode character, not ${argumentKind(rt, o)}`);
  if (strLength(rt, o) !== 1) typeError(rt, 'isoformat() argument 1 must be a unicode character, not str');
  return strText(rt, o);
}

function repr(rt: Runtime, self: Ref): Owned {
  const { year, month, day } = civilOfDate(rt, self);
  const { hour, minute, second, microsecond } = clockOf(rt, self);
  const seconds = microsecond !== 0 ? [second, microsecond] : second !== 0 ? [second] : [];
  const text = `${kindName(rt, self)}(${[year, month, day, hour, minute, ...seconds].join(', ')}`;
  return newStr(rt, `${text}${reprFold(dateTimeFold(rt, self))}${reprZone(rt, dateTimeZone(rt, self))})`);
}

function str(rt: Runtime, self: Ref): Owned {
  const space = temp(rt, newStr(rt, ' '));
  return call1(rt, temp(rt, getAttrText(rt, self, 'isoformat')), space);
}

function ctime(rt: Runtime, self: Ref): Owned {
  const { year, month, day } = civilOfDate(rt, self);
  const { hour, minute, second } = clockOf(rt, self);
  return newStr(rt, ctimeText(year, month, day, weekdayOf(ordinalOfDate(rt, self)), clockText(hour, minute, second)));
}

/** @runsPython */
function replace(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const values = parseRawArguments(rt, 'replace', FIELDS, 0, args, nargs, kwnames, 8);
  const [year, month, day, hour, minute, second, micro, zone = 0, fold] = values;
  const date: Civil = {
    year: intOr(rt, year, yearOf(rt, self)),
    month: intOr(rt, month, monthOf(rt, self)),
    day: intOr(rt, day, dayOf(rt, self)),
  };
  const clock: ClockFields = {
    hour: intOr(rt, hour, hourOf(rt, self)),
    minute: intOr(rt, minute, dateTimeMinute(rt, self)),
    second: intOr(rt, second, dateTimeSecond(rt, self)),
    microsecond: intOr(rt, micro, microsecondOf(rt, self)),
  };
  const newFold = intOr(rt, fold, dateTimeFold(rt, self));
  if (zone !== 0) checkZone(rt, zone);
  return newDateTime(rt, date, clock, zone || dateTimeZone(rt, self), newFold, typeOf(rt, self));
}

/** `astimezone(tz=None)` @runsPython
 *  Source: CPython 3.12 datetime_astimezone. */
function asTimeZone(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const [tz = 0] = parseRawArguments(rt, 'astimezone', ['tz'], 0, args, nargs, kwnames);
  const target = tz || S.None;
  checkZone(rt, target);
  const own = dateTimeZone(rt, self);
  if (own !== S.None && own === target) return newRef(rt, self);
  let offset = temp(rt, utcOffsetOf(rt, self));
  if (offset === S.None) offset = temp(rt, localOffsetOf(rt, self));
  const utc = temp(rt, addToDateTime(rt, self, offset, -1));
  const zone = target === S.None ? temp(rt, localZoneAt(rt, utc)) : target;
  const attached = temp(rt, withZone(rt, utc, zone));
  return call1(rt, temp(rt, getAttrText(rt, zone, 'fromutc')), attached);
}

function withZone(rt: Runtime, dt: Ref, zone: Ref): Owned {
  return newDateTime(rt, civilOfDate(rt, dt), clockOf(rt, dt), zone, dateTimeFold(rt, dt), typeOf(rt, dt));
}

function timeTuple(rt: Runtime, self: Ref): Owned {
  const dst = temp(rt, dstOf(rt, self));
  const flag = dst === S.None ? -1 : isZeroDelta(rt, dst) ? 0 : 1;
  return timeTupleOf(rt, self, secondsOfDateTime(rt, self), flag);
}

function utcTimeTuple(rt: Runtime, self: Ref): Owned {
  const offset = temp(rt, utcOffsetOf(rt, self));
  const utc = offset === S.None ? self : temp(rt, addToDateTime(rt, self, offset, -1));
  return timeTupleOf(rt, utc, secondsOfDateTime(rt, utc), 0);
}

/** @runsPython */
function timestamp(rt: Runtime, self: Ref): Owned {
  if (dateTimeZone(rt, self) === S.None) {
    return newFloat(rt, momentOf(rt, self) + microsecondOf(rt, self) / 1e6);
  }
  const epoch = temp(rt, newDateTime(rt, { year: 1970, month: 1, day: 1 }, MIDNIGHT, utcZone(rt)));
  const delta = temp(rt, datetimeSubtract(rt, self, epoch));
  const seconds = temp(rt, getAttrText(rt, delta, 'total_seconds'));
  return call0(rt, seconds);
}

function reduceWith(rt: Runtime, self: Ref, protocol: number): Owned {
  const state = datetimeState(rt, self);
  if (protocol > 3 && dateTimeFold(rt, self) === 1) state[2] = (state[2] ?? 0) | 0x80;
  return reduceState(rt, self, state, dateTimeZone(rt, self));
}

function add(rt: Runtime, a: Ref, b: Ref): Owned {
  const [dt, delta] = isInstance(rt, a, DATETIME) ? [a, b] : [b, a];
  if (!isInstance(rt, dt, DATETIME) || !isDelta(rt, delta)) return S.NotImplemented as Ref as Owned;
  return addToDateTime(rt, dt, delta, 1);
}

const unsigned = (doc: string) => ({ unsigned: true, doc });
const classMethod = (doc: string) => ({ doc, binding: 'class', keywords: true }) as const;

defineType({
  ref: DATETIME,
  name: 'datetime.datetime',
  base: DATE,
  basicSize: 8 * DateTimeWord.Words,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [],
  owned: [DateTimeWord.TzInfo],
  doc:
    'datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nThe year, month and day arguments are ' +
    'required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining arguments may be ints.\n',
  slots: {
    new: datetimeNew,
    repr,
    str,
    hash: datetimeHash,
    getattro: genericGetAttr,
    richcompare: datetimeCompare,
    nbAdd: add,
    nbSubtract: datetimeSubtract,
  },
  methods: [
    native('now($type, /, tz=None)', now, {
      binding: 'class',
      doc:
        'Returns new datetime object representing current time local to tz.\n\n  tz\n    Timezone object.\n\nIf no tz is ' +
        'specified, uses local timezone.',
    }),
    native('utcnow()', utcNow, {
      ...unsigned('Return a new datetime representing UTC day and time.'),
      binding: 'class',
    }),
    nativeRaw('fromtimestamp', fromTimestamp, classMethod("timestamp[, tz] -> tz's local time from POSIX timestamp.")),
    nativeRaw('utcfromtimestamp', utcFromTimestamp, {
      binding: 'class',
      doc: 'Construct a naive UTC datetime from a POSIX timestamp.',
    }),
    nativeRaw('strptime', strptime, {
      binding: 'class',
      doc: 'string, format -> new datetime parsed from a string (like time.strptime()).',
    }),
    nativeRaw('combine', combine, classMethod('date, time -> datetime with same date and time fields')),
    native('fromisoformat(text, /)', fromIsoFormat, {
      ...unsigned('string -> datetime from a string in most ISO 8601 formats'),
      binding: 'class',
    }),
    native(
      'date()',
      (rt, self) => newDate(rt, yearOf(rt, self), monthOf(rt, self), dayOf(rt, self)),
      unsigned('Return date object with same year, month and day.'),
    ),
    native(
      'time()',
      (rt, self) => newTime(rt, clockOf(rt, self), S.None, dateTimeFold(rt, self)),
      unsigned('Return time object with same time but with tzinfo=None.'),
    ),
    native(
      'timetz()',
      (rt, self) => newTime(rt, clockOf(rt, self), dateTimeZone(rt, self), dateTimeFold(rt, self)),
      unsigned('Return time object with same time and tzinfo.'),
    ),
    native('ctime()', ctime, unsigned('Return ctime() style string.')),
    native('timetuple()', timeTuple, unsigned('Return time tuple, compatible with time.localtime().')),
    native('timestamp()', timestamp, unsigned('Return POSIX timestamp as float.')),
    native('utctimetuple()', utcTimeTuple, unsigned('Return UTC time tuple, compatible with time.localtime().')),
    nativeRaw('isoformat', isoFormat, {
      keywords: true,
      doc:
        '[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\nsep is used to separate the ' +
        "year from the time, and defaults to 'T'.\nThe optional argument timespec specifies the number of additional " +
        "terms\nof the time to include. Valid options are 'auto', 'hours', 'minutes',\n'seconds', 'milliseconds' and " +
        "'microseconds'.\n",
    }),
    native('utcoffset()', utcOffsetOf, unsigned('Return self.tzinfo.utcoffset(self).')),
    native(
      'tzname()',
      (rt, self) => callZoneName(rt, dateTimeZone(rt, self), self),
      unsigned('Return self.tzinfo.tzname(self).'),
    ),
    native('dst()', dstOf, unsigned('Return self.tzinfo.dst(self).')),
    nativeRaw('replace', replace, { keywords: true, doc: 'Return datetime with new specified fields.' }),
    nativeRaw('astimezone', asTimeZone, { keywords: true, doc: 'tz -> convert to local time in new timezone tz\n' }),
    nativeRaw(
      '__reduce_ex__',
      (rt, self, args = 0, nargs = 0) => reduceWith(rt, self, protocolArgument(rt, args, nargs)),
      {
        doc: '__reduce_ex__(proto) -> (cls, state)',
      },
    ),
    native('__reduce__()', (rt, self) => reduceWith(rt, self, 2), unsigned('__reduce__() -> (cls, state)')),
  ],
  getset: [
    getset('hour', (rt, self) => newInt(rt, hourOf(rt, self))),
    getset('minute', (rt, self) => newInt(rt, dateTimeMinute(rt, self))),
    getset('second', (rt, self) => newInt(rt, dateTimeSecond(rt, self))),
    getset('microsecond', (rt, self) => newInt(rt, microsecondOf(rt, self))),
    getset('tzinfo', (rt, self) => newRef(rt, dateTimeZone(rt, self))),
    getset('fold', (rt, self) => newInt(rt, dateTimeFold(rt, self))),
  ],
});
