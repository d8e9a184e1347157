/** The module `time`. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../../core/call.ts';
import { none, overflowError, typeError, valueError } from '../../core/errors.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { blocking, defineWait } from '../../core/threads.ts';
import { moduleType } from '../../core/type-spec.ts';
import { argumentName, isStr } from '../../core/types.ts';
import { waitFor } from '../../eval/threads/wait.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { moduleDict, setTake } from '../make.ts';
import { checkedParts, momentArgument, partsArgument } from './arguments.ts';
import { asctimeText, partsOf } from './calendar.ts';
import { clockInfo } from './clock-info.ts';
import { CLOCK_FUNCTIONS, CLOCK_NUMBERS, wall } from './clocks.ts';
import { formatTime } from './format.ts';
import type { ZonedParts } from './format.ts';
import { localZone, momentOf, readZone, setZoneNames } from './local.ts';
import type { ZoneTime } from './zone.ts';

const STRUCT_TIME = defineStructSeq(
  moduleType(),
  'time.struct_time',
  ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'],
  'The time value as returned by gmtime(), localtime(), and strptime(), and\n' +
    ' accepted by asctime(), mktime() and strftime().  May be considered as a\n' +
    ' sequence of 9 integers.\n\n' +
    " Note that several fields' values are not the same as those defined by\n" +
    ' the C language standard for struct tm.  For example, the value of the\n' +
    ' field tm_year is the actual year, not year - 1900.  See individual\n' +
    " fields' descriptions for details.",
  { hidden: ['tm_zone', 'tm_gmtoff'] },
);
const STRUCT_ITEMS = 11;
const GMT: ZoneTime = { offset: 0, isDst: false, name: 'GMT' };

/** Nothing but the deadline ends a sleep. */
const SLEEP = defineWait((_rt, _on, _with, timedOut) => (timedOut ? none() : 0));

function sleep(rt: Runtime, _module: Ref, duration = 0): Owned {
  const time = toFloat(rt, duration);
  if (time !== time) valueError(rt, 'Invalid value NaN (not a number)');
  if (time < 0) valueError(rt, 'sleep length must be non-negative');
  return waitFor(rt, SLEEP, 0, 0, time);
}

const now = (rt: Runtime): number => Number(wall(rt) / 1_000_000_000n);

/** A moment's parts where `zone` holds. */
function partsAt(moment: number, zone: ZoneTime): ZonedParts {
  return {
    ...partsOf(moment + zone.offset),
    isDst: zone.isDst ? 1 : 0,
    zoneName: zone.name,
    offset: zone.offset,
    moment: () => moment,
  };
}

function localParts(rt: Runtime, moment: number): ZonedParts {
  return partsAt(moment, localZone(rt)(moment));
}

function structTime(rt: Runtime, t: ZonedParts): Owned {
  const values = [t.year, t.month, t.day, t.hour, t.minute, t.second, t.weekday, t.yearDay, t.isDst];
  return newStructSeq(rt, STRUCT_TIME, tempMark(rt), [
    ...values.map((value) => temp(rt, newInt(rt, value))),
    temp(rt, newStr(rt, t.zoneName)),
    temp(rt, newInt(rt, t.offset)),
  ]);
}

function moment(rt: Runtime, o: Ref): number {
  return momentArgument(rt, o, () => now(rt));
}

/** The argument of `asctime` and `strftime`; the local time if there is none. */
function timeArgument(rt: Runtime, name: string, o: Ref): ZonedParts {
  if (o === 0) return localParts(rt, now(rt));
  return checkedParts(rt, partsArgument(rt, name, STRUCT_TIME.ref, o));
}

function mktime(rt: Runtime, _module: Ref, o = 0): Owned {
  const t = partsArgument(rt, 'mktime', STRUCT_TIME.ref, o);
  const found = momentOf(localZone(rt), t, t.isDst);
  return Number.isFinite(found) ? newFloat(rt, found) : overflowError(rt, 'mktime argument out of range');
}

function strftime(rt: Runtime, _module: Ref, format = 0, time = 0): Owned {
  if (!isStr(rt, format)) typeError(rt, `strftime() argument 1 must be str, not ${argumentName(rt, format)}`);
  const t = timeArgument(rt, 'strftime', time);
  const text = strText(rt, format);
  if (text.includes('\0')) valueError(rt, 'embedded null character');
  return newStr(rt, formatTime(text, t));
}

/** Python's `_strptime` does it. @runsPython */
function strptime(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  if (nargs < 1) typeError(rt, 'strptime expected at least 1 argument, got 0');
  if (nargs > 2) typeError(rt, `strptime expected at most 2 arguments, got ${nargs}`);
  const parse = temp(rt, getAttrText(rt, temp(rt, rt.importModule('_strptime')), '_strptime_time'));
  const format = nargs === 2 ? H[args + 1] : temp(rt, newStr(rt, '%a %b %d %H:%M:%S %Y'));
  return call2(rt, parse, H[args], format);
}

function tzset(rt: Runtime, module: Ref): Owned {
  readZone(rt);
  setZoneNames(rt, moduleDict(rt, module));
  return none();
}

defineModule({
  name: 'time',
  doc: 'This module provides various functions to manipulate time values.',
  functions: [
    ...CLOCK_FUNCTIONS,
    blocking(native('sleep($module, seconds, /)', sleep, { unsigned: true, doc: 'Wait that many seconds.' })),
    native('get_clock_info(name, /)', clockInfo, { unsigned: true, doc: 'Facts about a clock.' }),
    native('gmtime(seconds=None, /)', (rt, _module, o = 0) => structTime(rt, partsAt(moment(rt, o), GMT)), {
      unsigned: true,
      doc: 'The time in UTC as struct_time.',
    }),
    native('localtime(seconds=None, /)', (rt, _module, o = 0) => structTime(rt, localParts(rt, moment(rt, o))), {
      unsigned: true,
      doc: 'The local time as struct_time.',
    }),
    native('mktime(tuple, /)', mktime, { unsigned: true, doc: 'Seconds since the epoch of a local time.' }),
    native('asctime(tuple=None, /)', (rt, _module, o = 0) => newStr(rt, asctimeText(timeArgument(rt, 'asctime', o))), {
      unsigned: true,
      doc: 'A time as text.',
    }),
    native('ctime(seconds=None, /)', (rt, _module, o = 0) => newStr(rt, asctimeText(localParts(rt, moment(rt, o)))), {
      unsigned: true,
      doc: 'Seconds as text.',
    }),
    native('strftime(format, tuple=None, /)', strftime, { unsigned: true, doc: 'A time as text by a format.' }),
    nativeRaw('strptime', strptime, { doc: 'The time that a text by a format tells.' }),
    native('tzset()', tzset, { unsigned: true, doc: 'Read the time zone from the environment again.' }),
  ],
  populate(rt, dict) {
    readZone(rt);
    setZoneNames(rt, dict);
    for (const [name, id] of CLOCK_NUMBERS) setTake(rt, dict, name, newInt(rt, id));
    setTake(rt, dict, '_STRUCT_TM_ITEMS', newInt(rt, STRUCT_ITEMS));
    setTake(rt, dict, 'struct_time', newRef(rt, STRUCT_TIME.ref));
  },
});
