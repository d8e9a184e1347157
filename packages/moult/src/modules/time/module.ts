/** The module `time`, in UTC. The clocks are the host's. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { blocking, defineWait } from '../../core/threads.ts';
import { tupleItem, tupleSize, tupleTake } from '../../core/tuple.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isStr, isTuple, kindName } from '../../core/types.ts';
import { waitFor } from '../../eval/threads/wait.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { setTake } from '../make.ts';
import { asctimeText, daysFromCivil, formatTime, partsOf } from './calendar.ts';
import { clockInfo } from './clock-info.ts';
import type { TimeParts } from './calendar.ts';

const STRUCT_TIME = defineStructSeq(
  moduleType(),
  'time.struct_time',
  ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'],
  'The time value as returned by gmtime(), localtime(), and strptime(), and\naccepted by asctime(), mktime() and strftime().',
  { hidden: ['tm_zone', 'tm_gmtoff'] },
);

type Clock = (rt: Runtime) => bigint;

const wall: Clock = (rt) => rt.host?.time?.() ?? 0n;
const steady: Clock = (rt) => rt.host?.monotonic?.() ?? wall(rt);
const cpu: Clock = (rt) => rt.host?.processTime?.() ?? steady(rt);

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

function clock(name: string, read: Clock, doc: string) {
  return [
    native(`${name}()`, (rt) => newFloat(rt, seconds(read(rt))), { unsigned: true, doc }),
    native(`${name}_ns()`, (rt) => newBigInt(rt, read(rt)), { unsigned: true, doc: `${doc} In nanoseconds.` }),
  ];
}

function sleep(rt: Runtime, _module: Ref, duration = 0): Owned {
  const time = toFloat(rt, duration);
  if (time !== time) valueError(rt, 'Invalid value NaN (not a number)');
  if (time < 0) valueError(rt, 'sleep length must be non-negative');
  return waitFor(rt, SLEEP, 0, 0, time);
}

/** Nothing but the deadline ends a sleep. */
const SLEEP = defineWait((_rt, _on, _with, timedOut) => (timedOut ? none() : 0));

/** Whole seconds of an argument; now if there is none. */
function secondsArgument(rt: Runtime, o: Ref): number {
  if (o === 0 || o === S.None) return Math.floor(seconds(wall(rt)));
  const time = Math.floor(toFloat(rt, o));
  if (time !== time) valueError(rt, 'Invalid value NaN (not a number)');
  if (Math.abs(time) > 67768036191676790) raise(rt, T.OverflowError, 'timestamp out of range for platform time_t');
  return time;
}

/** A `struct_time` in UTC, which is called `zone`. */
function structTime(rt: Runtime, t: TimeParts, zone: string): Owned {
  const values = [t.year, t.month, t.day, t.hour, t.minute, t.second, t.weekday, t.yearDay, 0];
  const numbers = values.map((value) => newInt(rt, value));
  return newStructSeq(rt, STRUCT_TIME, [...numbers, newStr(rt, zone), newInt(rt, 0)]);
}

const timeIn =
  (zone: string) =>
  (rt: Runtime, _module: Ref, time = 0): Owned =>
    structTime(rt, partsOf(secondsArgument(rt, time)), zone);

/** The parts of a tuple or struct_time argument. */
function partsArgument(rt: Runtime, o: Ref): TimeParts {
  if (!isTuple(rt, o)) typeError(rt, 'Tuple or struct_time argument required');
  if (tupleSize(rt, o) !== 9) {
    typeError(
      rt,
      `${kindName(rt, o) === 'tuple' ? 'function takes exactly 9 arguments' : 'argument must have 9 items'} (${tupleSize(rt, o)} given)`,
    );
  }
  const n = (i: number): number => indexNumber(rt, tupleItem(rt, o, i), T.OverflowError);
  return {
    year: n(0),
    month: Math.max(n(1), 1),
    day: Math.max(n(2), 1),
    hour: n(3),
    minute: n(4),
    second: n(5),
    weekday: ((n(6) % 7) + 7) % 7,
    yearDay: Math.max(n(7), 1),
  };
}

function optionalParts(rt: Runtime, o: Ref): TimeParts {
  const parts = o === 0 || o === S.None ? partsOf(secondsArgument(rt, 0)) : partsArgument(rt, o);
  if (parts.month > 12) valueError(rt, 'month out of range');
  if (parts.day > 31) valueError(rt, 'day of month out of range');
  if (parts.hour < 0 || parts.hour > 23) valueError(rt, 'hour out of range');
  if (parts.minute < 0 || parts.minute > 59) valueError(rt, 'minute out of range');
  if (parts.second < 0 || parts.second > 61) valueError(rt, 'seconds out of range');
  return parts;
}

function mktime(rt: Runtime, _module: Ref, o = 0): Owned {
  const t = partsArgument(rt, o);
  const days = daysFromCivil(t.year, t.month, t.day);
  return newFloat(rt, days * 86400 + t.hour * 3600 + t.minute * 60 + t.second);
}

function strftime(rt: Runtime, _module: Ref, format = 0, time = 0): Owned {
  if (!isStr(rt, format)) typeError(rt, `strftime() argument 1 must be str, not ${kindName(rt, format)}`);
  const parts = optionalParts(rt, time);
  return newStr(rt, formatTime(strText(rt, format), parts));
}

defineModule({
  name: 'time',
  doc: 'This module provides various functions to manipulate time values.',
  functions: [
    ...clock('time', wall, 'Seconds since the epoch.'),
    ...clock('monotonic', steady, 'Seconds of a clock that never goes back.'),
    ...clock('perf_counter', steady, 'Seconds of the finest clock.'),
    ...clock('process_time', cpu, 'Seconds that the process has computed.'),
    ...clock('thread_time', cpu, 'Seconds that the thread has computed.'),
    blocking(native('sleep($module, seconds, /)', sleep, { unsigned: true, doc: 'Wait that many seconds.' })),
    native('get_clock_info(name, /)', clockInfo, { unsigned: true, doc: 'Facts about a clock.' }),
    native('gmtime(seconds=None, /)', timeIn('GMT'), { unsigned: true, doc: 'The time in UTC as struct_time.' }),
    native('localtime(seconds=None, /)', timeIn('UTC'), { unsigned: true, doc: 'The local time as struct_time.' }),
    native('mktime(tuple, /)', mktime, { unsigned: true, doc: 'Seconds since the epoch of a local time.' }),
    native('asctime(tuple=None, /)', (rt, _module, o = 0) => newStr(rt, asctimeText(optionalParts(rt, o))), {
      unsigned: true,
      doc: 'A time as text.',
    }),
    native('ctime(seconds=None, /)', (rt, _module, o = 0) => newStr(rt, asctimeText(partsOf(secondsArgument(rt, o)))), {
      unsigned: true,
      doc: 'Seconds as text.',
    }),
    native('strftime(format, tuple=None, /)', strftime, { unsigned: true, doc: 'A time as text by a format.' }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, 'timezone', newInt(rt, 0));
    setTake(rt, dict, 'altzone', newInt(rt, 0));
    setTake(rt, dict, 'daylight', newInt(rt, 0));
    setTake(rt, dict, 'tzname', tupleTake(rt, newStr(rt, 'UTC'), newStr(rt, 'UTC')));
    setTake(rt, dict, 'struct_time', newRef(rt, STRUCT_TIME.ref));
  },
});
