/** The types `datetime.tzinfo` and `datetime.timezone`, and what is asked of time zones. */
import { LayoutKind, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { lookupAttrText } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { stateOf } from '../../objects/object/reduce.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { genericGetAttr } from '../../objects/object/generic-attributes.ts';
import { parsePlainArguments } from '../arguments.ts';
import { ModuleRef } from '../module-roots.ts';
import { addToDateTime, dstOf, utcOffsetOf } from './make.ts';
import {
  addDeltas,
  compareDeltas,
  daysOf,
  hashDeltaFields,
  isZeroDelta,
  microsecondsOf,
  secondsOf,
} from './delta-values.ts';
import { dateTimeZone, isDateTime, isDelta, TIMEZONE, TZINFO, ZoneWord } from './layout.ts';
import { offsetText } from './text.ts';
import { callZoneMethod } from './zone-calls.ts';

function abstract(name: string) {
  return (rt: Runtime): Owned => raise(rt, T.NotImplementedError, `a tzinfo subclass must implement ${name}()`);
}

/** `tzinfo.fromutc(dt)` by the zone's own methods. @runsPython
 *  Source: CPython 3.12 tzinfo_fromutc. */
function fromUtc(rt: Runtime, self: Ref, dt: Ref): Owned {
  if (!isDateTime(rt, dt)) typeError(rt, 'fromutc: argument must be a datetime');
  if (dateTimeZone(rt, dt) !== self) valueError(rt, 'fromutc: dt.tzinfo is not self');
  const offset = temp(rt, utcOffsetOf(rt, dt));
  if (offset === S.None) valueError(rt, 'fromutc: non-None utcoffset() result required');
  const dst = temp(rt, dstOf(rt, dt));
  if (dst === S.None) valueError(rt, 'fromutc: non-None dst() result required');
  const standard = temp(rt, addDeltas(rt, offset, dst, -1));
  const local = temp(rt, addToDateTime(rt, dt, standard, 1));
  const finalDst = temp(rt, callZoneMethod(rt, self, 'dst', local));
  if (finalDst === S.None) valueError(rt, 'fromutc: tz.dst() gave inconsistent results; cannot convert');
  return isZeroDelta(rt, finalDst) ? newRef(rt, local) : addToDateTime(rt, local, finalDst, 1);
}

/** @runsPython
 *  Source: CPython 3.12 tzinfo_reduce. */
function reduceZone(rt: Runtime, self: Ref): Owned {
  const method = lookupAttrText(rt, self, '__getinitargs__');
  const args = temp(rt, method === 0 ? (S.EmptyTuple as Ref as Owned) : call0(rt, temp(rt, method)));
  const state = temp(rt, stateOf(rt, self, false));
  return tupleTake(rt, newRef(rt, rt.words[self + ObjectWord.Type]), newRef(rt, args), newRef(rt, state));
}

const METHOD_DOCS = {
  tzname: 'datetime -> string name of time zone.',
  utcoffset: 'datetime -> timedelta showing offset from UTC, negative values indicating West of UTC',
  dst: 'datetime -> DST offset as timedelta positive east of UTC.',
  fromutc: 'datetime in UTC -> datetime in local time.',
} as const;

const method = (name: string, run: (rt: Runtime, self: Ref, dt: Ref) => Owned, doc: string): NativeDefinition =>
  native(`${name}(dt, /)`, run, { unsigned: true, doc });

defineType({
  ref: TZINFO,
  name: 'datetime.tzinfo',
  basicSize: 16,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [],
  doc: 'Abstract base class for time zone info objects.',
  slots: { new: (rt, type) => allocInstance(rt, type, 0), getattro: genericGetAttr },
  methods: [
    method('tzname', abstract('tzname'), METHOD_DOCS.tzname),
    method('utcoffset', abstract('utcoffset'), METHOD_DOCS.utcoffset),
    method('dst', abstract('dst'), METHOD_DOCS.dst),
    method('fromutc', fromUtc, METHOD_DOCS.fromutc),
    native('__reduce__()', reduceZone, { unsigned: true, doc: '-> (cls, state)' }),
  ],
});

/** `timezone.utc`, borrowed. */
export function utcZone(rt: Runtime): Ref {
  return rt.words[ModuleRef.DateTimeUtc];
}

/** A timezone object of an offset (borrowed) and a name (0: none), without a check. */
export function createZone(rt: Runtime, offset: Ref, name: Ref): Owned {
  const self = allocInstance(rt, TIMEZONE, 0);
  rt.words[self + ZoneWord.Name] = 0;
  setWord(rt, self + ZoneWord.Offset, newRef(rt, offset));
  if (name !== 0) setWord(rt, self + ZoneWord.Name, newRef(rt, name));
  return self;
}

/** A timezone object; the one for UTC if the offset is zero and no name is given. Raises ValueError.
 *  Source: CPython 3.12 new_timezone. */
export function newZone(rt: Runtime, offset: Ref, name: Ref): Owned {
  if (name === 0 && isZeroDelta(rt, offset)) return newRef(rt, utcZone(rt));
  const days = daysOf(rt, offset);
  const isLeast = days === -1 && secondsOf(rt, offset) === 0 && microsecondsOf(rt, offset) < 1;
  if (isLeast || days < -1 || days >= 1) {
    valueError(
      rt,
      'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), ' +
        `not ${reprText(rt, offset)}.`,
    );
  }
  return createZone(rt, offset, name);
}

/** `timezone(offset, name=None)` */
function zoneNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const [offset = 0, name = 0] = parsePlainArguments(rt, 'timezone', ['offset', 'name'], 1, args, kwargs);
  if (!isDelta(rt, offset))
    typeError(
      rt,
      `timezone() argument 1 must be datetime.timedelta, not ${offset === S.None ? 'None' : kindName(rt, offset)}`,
    );
  if (name !== 0 && !isStr(rt, name))
    typeError(rt, `timezone() argument 2 must be str, not ${name === S.None ? 'None' : kindName(rt, name)}`);
  return newZone(rt, offset, name);
}

const offsetOf = (rt: Runtime, zone: Ref): Ref => rt.words[zone + ZoneWord.Offset];

/** Source: CPython 3.12 timezone_str. */
function zoneText(rt: Runtime, self: Ref): Owned {
  const name = rt.words[self + ZoneWord.Name];
  if (name !== 0) return newRef(rt, name);
  const offset = offsetOf(rt, self);
  if (self === utcZone(rt) || isZeroDelta(rt, offset)) return newStr(rt, 'UTC');
  const seconds = daysOf(rt, offset) * 86400 + secondsOf(rt, offset);
  return newStr(rt, `UTC${offsetText(seconds, microsecondsOf(rt, offset), ':')}`);
}

function zoneRepr(rt: Runtime, self: Ref): Owned {
  if (self === utcZone(rt)) return newStr(rt, 'datetime.timezone.utc');
  const name = rt.words[self + ZoneWord.Name];
  const parts = [offsetOf(rt, self), ...(name === 0 ? [] : [name])].map((part) => reprText(rt, part));
  return newStr(rt, `${kindName(rt, self)}(${parts.join(', ')})`);
}

function zoneCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (op !== CompareOp.Eq && op !== CompareOp.Ne) return S.NotImplemented as Ref as Owned;
  if (!isInstance(rt, other, TIMEZONE)) return S.NotImplemented as Ref as Owned;
  return pyBool(satisfies(compareDeltas(rt, offsetOf(rt, self), offsetOf(rt, other)), op)) as Owned;
}

/** A method that a datetime or None is given to. */
function zoneMethod(name: string, run: (rt: Runtime, self: Ref) => Owned) {
  return (rt: Runtime, self: Ref, dt: Ref): Owned => {
    if (dt !== S.None && !isDateTime(rt, dt))
      typeError(rt, `${name}(dt) argument must be a datetime instance or None, not ${kindName(rt, dt)}`);
    return run(rt, self);
  };
}

function zoneFromUtc(rt: Runtime, self: Ref, dt: Ref): Owned {
  if (!isDateTime(rt, dt)) typeError(rt, 'fromutc: argument must be a datetime');
  if (dateTimeZone(rt, dt) !== self) valueError(rt, 'fromutc: dt.tzinfo is not self');
  return addToDateTime(rt, dt, offsetOf(rt, self), 1);
}

function zoneInitArgs(rt: Runtime, self: Ref): Owned {
  const name = rt.words[self + ZoneWord.Name];
  const offset = newRef(rt, offsetOf(rt, self));
  return name === 0 ? tupleTake(rt, offset) : tupleTake(rt, offset, newRef(rt, name));
}

function zoneHash(rt: Runtime, self: Ref): number {
  const offset = offsetOf(rt, self);
  return hashDeltaFields(rt, daysOf(rt, offset), secondsOf(rt, offset), microsecondsOf(rt, offset));
}

defineType({
  ref: TIMEZONE,
  name: 'datetime.timezone',
  base: TZINFO,
  basicSize: 8 * ZoneWord.Words,
  layout: LayoutKind.Fixed,
  traverse: [],
  owned: [ZoneWord.Offset, ZoneWord.Name],
  doc: 'Fixed offset from UTC implementation of tzinfo.',
  slots: { new: zoneNew, repr: zoneRepr, str: zoneText, hash: zoneHash, richcompare: zoneCompare },
  methods: [
    method(
      'tzname',
      zoneMethod('tzname', zoneText),
      "If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'.",
    ),
    method(
      'utcoffset',
      zoneMethod('utcoffset', (rt, self) => newRef(rt, offsetOf(rt, self))),
      'Return fixed offset.',
    ),
    method(
      'dst',
      zoneMethod('dst', () => none()),
      'Return None.',
    ),
    method('fromutc', zoneFromUtc, METHOD_DOCS.fromutc),
    native('__getinitargs__()', zoneInitArgs, { unsigned: true, doc: 'pickle support' }),
  ],
});
