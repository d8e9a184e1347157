/** The type `datetime.time`. */
import { LayoutKind, newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { getset, native, nativeRaw } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S } from '../../core/static.ts';
import { hashOfBytes, newBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleItem, tupleSize, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { genericGetAttr } from '../../objects/object/generic-attributes.ts';
import { parsePlainArguments, parseRawArguments } from '../arguments.ts';
import { isoArgument, refuseIso } from './date.ts';
import { compareDeltas, daysOf, microsecondsOf, newDelta, secondsOf, hashDeltaFields } from './delta-values.ts';
import { cInt, intOr, requireCount, stateArgument } from './fields.ts';
import { parseIsoTime } from './iso.ts';
import type { IsoTime } from './iso.ts';
import {
  hourOf,
  isTime,
  microsecondOf,
  Remembered,
  rememberedOffset,
  rememberOffset,
  secondsOfTime,
  TIME,
  timeFold,
  timeMinute,
  timeSecond,
  TimeWord,
  timeZone,
  TZINFO,
} from './layout.ts';
import { makeTime, newTime, newTimeOf } from './make.ts';
import type { ClockFields } from './make.ts';
import { argumentKind, format, formatArgument, newStructTime, utcOffsetText, wrapStrftime } from './strftime.ts';
import { isoTimeText } from './text.ts';
import { newZone, utcZone } from './zone.ts';
import { callZoneMethod, callZoneName, checkZone } from './zone-calls.ts';

const FIELDS = ['hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'];

export const TIME_STATE_BYTES = 6;

/** The zone that a pickle gives beside a state. Raises TypeError. */
export function stateZone(rt: Runtime, args: Ref): Ref {
  const zone = tupleSize(rt, args) === 2 ? tupleItem(rt, args, 1) : S.None;
  if (zone !== S.None && !isInstance(rt, zone, TZINFO)) typeError(rt, 'bad tzinfo state arg');
  return zone;
}

/** `time(hour=0, …)`, or of a pickle's state. @runsPython */
function timeNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const state = stateArgument(rt, args, 'time', 2, TIME_STATE_BYTES, (data) => ((data[0] ?? 0) & 0x7f) < 24);
  if (state !== null) return timeFromState(rt, type, args, state);
  const [hour, minute, second, micro, zone = 0, fold] = parsePlainArguments(rt, '', FIELDS, 0, args, kwargs, 5);
  const clock = clockFields(rt, hour, minute, second, micro);
  const foldValue = intOr(rt, fold, 0);
  checkZone(rt, zone || S.None);
  return newTime(rt, clock, zone || S.None, foldValue, type);
}

/** Four arguments as a time of day; 0 where they are not given. @runsPython */
export function clockFields(rt: Runtime, hour = 0, minute = 0, second = 0, micro = 0): ClockFields {
  return {
    hour: intOr(rt, hour, 0),
    minute: intOr(rt, minute, 0),
    second: intOr(rt, second, 0),
    microsecond: intOr(rt, micro, 0),
  };
}

/** The time of day in six bytes of a state from `at` on. */
export function clockOfState(state: ArrayLike<number>, at: number): ClockFields {
  const microsecond = (state[at + 3] << 16) | (state[at + 4] << 8) | state[at + 5];
  return { hour: state[at], minute: state[at + 1], second: state[at + 2], microsecond };
}

function timeFromState(rt: Runtime, type: Ref, args: Ref, state: ArrayLike<number>): Owned {
  const clock = clockOfState(state, 0);
  return makeTime(rt, { ...clock, hour: clock.hour & 0x7f }, stateZone(rt, args), state[0] >> 7, type);
}

/** The six bytes of a time of day in states and hashes. */
export function clockState(rt: Runtime, self: Ref, minute: number, second: number): number[] {
  const micro = microsecondOf(rt, self);
  return [hourOf(rt, self), minute, second, micro >> 16, (micro >> 8) & 255, micro & 255];
}

function timeState(rt: Runtime, self: Ref): number[] {
  return clockState(rt, self, timeMinute(rt, self), timeSecond(rt, self));
}

/** `(class, (state, zone))`, without the zone if there is none. */
export function reduceState(rt: Runtime, self: Ref, state: readonly number[], zone: Ref): Owned {
  const data = newBytes(rt, Uint8Array.from(state));
  const args = temp(rt, zone === S.None ? tupleTake(rt, data) : tupleTake(rt, data, newRef(rt, zone)));
  return tupleTake(rt, newRef(rt, rt.words[self + ObjectWord.Type]), untemp(rt, args));
}

function reduceWith(rt: Runtime, self: Ref, protocol: number): Owned {
  const state = timeState(rt, self);
  if (protocol > 3 && timeFold(rt, self) === 1) state[0] = (state[0] ?? 0) | 0x80;
  return reduceState(rt, self, state, timeZone(rt, self));
}

/** The protocol that `__reduce_ex__` was given. */
export function protocolArgument(rt: Runtime, args: number, nargs: number): number {
  requireCount(rt, '__reduce_ex__', nargs, 1);
  return cInt(rt, rt.words[args]);
}

function utcOffset(rt: Runtime, self: Ref): Owned {
  return callZoneMethod(rt, timeZone(rt, self), 'utcoffset', S.None);
}

/** The hash of bytes. The high half goes to `rt.hashHigh`. */
export function hashState(rt: Runtime, state: readonly number[]): number {
  return hashOfBytes(rt, Uint8Array.from(state));
}

/** What an offset is remembered as; `Unknown` for one of a fraction of a minute. */
export function rememberable(rt: Runtime, offset: Ref): number {
  if (offset === S.None) return Remembered.None;
  const seconds = daysOf(rt, offset) * 86400 + secondsOf(rt, offset);
  return microsecondsOf(rt, offset) !== 0 || seconds % 60 !== 0 ? Remembered.Unknown : Remembered.Zero + seconds / 60;
}

/** Seconds and microseconds of an offset; null for None. */
export type OffsetParts = readonly [seconds: number, micro: number] | null;

/** The offset that an object's Rest word remembers, or what `ask` gives. @runsPython */
export function offsetForHash(rt: Runtime, word: number, hasZone: boolean, ask: () => Owned): OffsetParts {
  if (!hasZone) return null;
  let known = rememberedOffset(rt, word);
  if (known === Remembered.Unknown) {
    const m = tempMark(rt);
    const offset = temp(rt, ask());
    known = rememberable(rt, offset);
    const parts = known === Remembered.Unknown ? partsOfOffset(rt, offset) : null;
    releaseTemps(rt, m);
    if (parts !== null) return parts;
    rememberOffset(rt, word, known);
  }
  return known === Remembered.None ? null : [(known - Remembered.Zero) * 60, 0];
}

const partsOfOffset = (rt: Runtime, offset: Ref): OffsetParts => [
  daysOf(rt, offset) * 86400 + secondsOf(rt, offset),
  microsecondsOf(rt, offset),
];

/** The hash of a moment: `days` and `seconds` less the offset. */
export function hashMoment(rt: Runtime, days: number, seconds: number, micro: number): number {
  const carried = Math.floor(micro / 1000000);
  const all = seconds + carried;
  const moreDays = Math.floor(all / 86400);
  return hashDeltaFields(rt, days + moreDays, all - moreDays * 86400, micro - carried * 1000000);
}

/** Source: CPython 3.12 time_hash. @runsPython */
function timeHash(rt: Runtime, self: Ref): number {
  const hasZone = timeZone(rt, self) !== S.None;
  const offset = offsetForHash(rt, self + TimeWord.Rest, hasZone, () =>
    utcOffset(rt, timeFold(rt, self) === 0 ? self : temp(rt, withoutFold(rt, self))),
  );
  if (offset === null) return hashState(rt, timeState(rt, self));
  return hashMoment(rt, 0, secondsOfTime(rt, self) - offset[0], microsecondOf(rt, self) - offset[1]);
}

function withoutFold(rt: Runtime, self: Ref): Owned {
  return newTime(rt, fieldsOf(rt, self), timeZone(rt, self), 0, rt.words[self + ObjectWord.Type]);
}

const fieldsOf = (rt: Runtime, self: Ref): ClockFields => ({
  hour: hourOf(rt, self),
  minute: timeMinute(rt, self),
  second: timeSecond(rt, self),
  microsecond: microsecondOf(rt, self),
});

/** The difference of the fields. */
function difference(rt: Runtime, a: Ref, b: Ref): number {
  return secondsOfTime(rt, a) - secondsOfTime(rt, b) || microsecondOf(rt, a) - microsecondOf(rt, b);
}

/** Whether two offsets (timedeltas or None) are the same. */
export function sameOffsets(rt: Runtime, a: Ref, b: Ref): boolean {
  if (a === b) return true;
  return a !== S.None && b !== S.None && compareDeltas(rt, a, b) === 0;
}

/** @runsPython
 *  Source: CPython 3.12 time_richcompare. */
function timeCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (!isTime(rt, other)) return S.NotImplemented as Ref as Owned;
  const result = (sign: number): Owned => pyBool(satisfies(sign, op)) as Owned;
  if (timeZone(rt, self) === timeZone(rt, other)) return result(difference(rt, self, other));
  const mine = temp(rt, utcOffset(rt, self));
  const its = temp(rt, utcOffset(rt, other));
  const comparison = compareWithOffsets(rt, self, other, mine, its, op);
  dropTemp(rt, its);
  dropTemp(rt, mine);
  return result(comparison);
}

function compareWithOffsets(rt: Runtime, self: Ref, other: Ref, mine: Ref, its: Ref, op: number): number {
  if (sameOffsets(rt, mine, its)) return difference(rt, self, other);
  if (mine !== S.None && its !== S.None) {
    const seconds = secondsOfTime(rt, self) - daysOf(rt, mine) * 86400 - secondsOf(rt, mine);
    const others = secondsOfTime(rt, other) - daysOf(rt, its) * 86400 - secondsOf(rt, its);
    return seconds - others || microsecondOf(rt, self) - microsecondOf(rt, other);
  }
  if (op === CompareOp.Eq || op === CompareOp.Ne) return 1;
  return typeError(rt, "can't compare offset-naive and offset-aware times");
}

/** The argument `timespec` of an `isoformat`; `auto` if it was not given. */
export function timespecArgument(rt: Runtime, o: Ref, position: number): string {
  if (o === 0) return 'auto';
  return isStr(rt, o)
    ? strText(rt, o)
    : typeError(rt, `isoformat() argument ${position} must be str, not ${argumentKind(rt, o)}`);
}

function isoFormat(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const [spec = 0] = parseRawArguments(rt, 'isoformat', ['timespec'], 0, args, nargs, kwnames);
  const { hour, minute, second, microsecond } = fieldsOf(rt, self);
  const text = isoTimeText(hour, minute, second, microsecond, timespecArgument(rt, spec, 1));
  if (text === null) return valueError(rt, 'Unknown timespec value');
  return newStr(rt, text + utcOffsetText(rt, timeZone(rt, self), S.None, ':'));
}

/** A zone in a repr. @runsPython */
export function reprZone(rt: Runtime, zone: Ref): string {
  return zone === S.None ? '' : `, tzinfo=${reprText(rt, zone)}`;
}

export const reprFold = (fold: number): string => (fold === 0 ? '' : ', fold=1');

function repr(rt: Runtime, self: Ref): Owned {
  const { hour, minute, second, microsecond } = fieldsOf(rt, self);
  const parts = [hour, minute, ...(microsecond !== 0 ? [second, microsecond] : second !== 0 ? [second] : [])];
  const text = `${kindName(rt, self)}(${parts.join(', ')}`;
  return newStr(rt, `${text}${reprZone(rt, timeZone(rt, self))}${reprFold(timeFold(rt, self))})`);
}

/** @runsPython */
function strftime(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const spec = formatArgument(rt, args, nargs, kwnames);
  const { hour, minute, second } = fieldsOf(rt, self);
  const tuple = temp(rt, newStructTime(rt, [1900, 1, 1, hour, minute, second, 0, 1, -1]));
  return wrapStrftime(rt, self, spec, tuple, S.None);
}

function replace(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const values = parseRawArguments(rt, 'replace', FIELDS, 0, args, nargs, kwnames, 5);
  const [hour, minute, second, micro, zone = 0, fold] = values;
  const old = fieldsOf(rt, self);
  const clock = {
    hour: intOr(rt, hour, old.hour),
    minute: intOr(rt, minute, old.minute),
    second: intOr(rt, second, old.second),
    microsecond: intOr(rt, micro, old.microsecond),
  };
  const newFold = intOr(rt, fold, timeFold(rt, self));
  if (zone !== 0) checkZone(rt, zone);
  return newTime(rt, clock, zone || timeZone(rt, self), newFold, rt.words[self + ObjectWord.Type]);
}

/** The zone that an ISO time names: None, UTC or a fixed offset.
 *  Source: CPython 3.12 tzinfo_from_isoformat_results. */
export function isoZone(rt: Runtime, time: IsoTime): Owned {
  if (time.offset === null) return S.None as Ref as Owned;
  if (time.offset.seconds === 0) return newRef(rt, utcZone(rt));
  const offset = temp(rt, newDelta(rt, 0, time.offset.seconds, time.offset.microseconds));
  const zone = temp(rt, newZone(rt, offset, 0));
  const result = newRef(rt, zone);
  dropTemp(rt, zone);
  dropTemp(rt, offset);
  return result;
}

function fromIsoFormat(rt: Runtime, cls: Ref, o: Ref): Owned {
  const text = isoArgument(rt, o);
  const time = parseIsoTime(text, text.startsWith('T') ? 1 : 0);
  if (time === null) return refuseIso(rt, o);
  return newTimeOf(rt, cls, time.clock, temp(rt, isoZone(rt, time)));
}

const unsigned = (doc: string) => ({ unsigned: true, doc });

defineType({
  ref: TIME,
  name: 'datetime.time',
  basicSize: 8 * TimeWord.Words,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [],
  owned: [TimeWord.TzInfo],
  doc:
    'time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\nAll arguments are optional. tzinfo may ' +
    'be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints.\n',
  slots: {
    new: timeNew,
    repr,
    str: (rt, self) => call0(rt, temp(rt, getAttrText(rt, self, 'isoformat'))),
    hash: timeHash,
    getattro: genericGetAttr,
    richcompare: timeCompare,
  },
  methods: [
    nativeRaw('isoformat', isoFormat, {
      keywords: true,
      doc:
        'Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\nThe optional argument timespec specifies ' +
        "the number of additional terms\nof the time to include. Valid options are 'auto', 'hours', 'minutes',\n" +
        "'seconds', 'milliseconds' and 'microseconds'.\n",
    }),
    nativeRaw('strftime', strftime, { keywords: true, doc: 'format -> strftime() style string.' }),
    nativeRaw('__format__', format, { doc: 'Formats self with strftime.' }),
    native('utcoffset()', utcOffset, unsigned('Return self.tzinfo.utcoffset(self).')),
    native(
      'tzname()',
      (rt, self) => callZoneName(rt, timeZone(rt, self), S.None),
      unsigned('Return self.tzinfo.tzname(self).'),
    ),
    native(
      'dst()',
      (rt, self) => callZoneMethod(rt, timeZone(rt, self), 'dst', S.None),
      unsigned('Return self.tzinfo.dst(self).'),
    ),
    nativeRaw('replace', replace, { keywords: true, doc: 'Return time with new specified fields.' }),
    native('fromisoformat(text, /)', fromIsoFormat, {
      ...unsigned('string -> time from a string in ISO 8601 format'),
      binding: 'class',
    }),
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
    getset('minute', (rt, self) => newInt(rt, timeMinute(rt, self))),
    getset('second', (rt, self) => newInt(rt, timeSecond(rt, self))),
    getset('microsecond', (rt, self) => newInt(rt, microsecondOf(rt, self))),
    getset('tzinfo', (rt, self) => newRef(rt, timeZone(rt, self))),
    getset('fold', (rt, self) => newInt(rt, timeFold(rt, self))),
  ],
});
