/** The module `_datetime`, which `datetime` is made of. */
import { decref, newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { typeModified } from '../../objects/type/lookup.ts';
import { setTake } from '../make.ts';
import { ModuleRef } from '../module-roots.ts';
import { MAX_YEAR, MIN_YEAR } from './calendar.ts';
import './date.ts';
import './datetime.ts';
import { MAX_DELTA_DAYS, newDelta } from './delta-values.ts';
import './delta.ts';
import { DATE, DATETIME, TIME, TIMEDELTA, TIMEZONE, TZINFO } from './layout.ts';
import { MIDNIGHT, newDate, newDateTime, newTime } from './make.ts';
import './time.ts';
import { createZone, utcZone } from './zone.ts';

const LAST_CLOCK = { hour: 23, minute: 59, second: 59, microsecond: 999999 };
const FIRST_DAY = { year: MIN_YEAR, month: 1, day: 1 };
const LAST_DAY = { year: MAX_YEAR, month: 12, day: 31 };

/** Adds a constant to a type. Takes `value`. */
function constant(rt: Runtime, type: Ref, name: string, value: Owned): void {
  dictSetText(rt, rt.words[type + TypeWord.Dict], name, value);
  decref(rt, value);
  typeModified(rt, type);
}

function fixedZone(rt: Runtime, seconds: number): Owned {
  return createZone(rt, temp(rt, newDelta(rt, 0, seconds, 0)), 0);
}

/** The constants of the types, once, however often the module is imported anew. */
function addConstants(rt: Runtime): void {
  setWord(rt, ModuleRef.DateTimeUtc, fixedZone(rt, 0));
  constant(rt, TIMEDELTA, 'resolution', newDelta(rt, 0, 0, 1));
  constant(rt, TIMEDELTA, 'min', newDelta(rt, -MAX_DELTA_DAYS, 0, 0));
  constant(rt, TIMEDELTA, 'max', newDelta(rt, MAX_DELTA_DAYS, 86399, 999999));
  constant(rt, DATE, 'min', newDate(rt, MIN_YEAR, 1, 1));
  constant(rt, DATE, 'max', newDate(rt, MAX_YEAR, 12, 31));
  constant(rt, DATE, 'resolution', newDelta(rt, 1, 0, 0));
  constant(rt, TIME, 'min', newTime(rt, MIDNIGHT, S.None));
  constant(rt, TIME, 'max', newTime(rt, LAST_CLOCK, S.None));
  constant(rt, TIME, 'resolution', newDelta(rt, 0, 0, 1));
  constant(rt, DATETIME, 'min', newDateTime(rt, FIRST_DAY, MIDNIGHT, S.None));
  constant(rt, DATETIME, 'max', newDateTime(rt, LAST_DAY, LAST_CLOCK, S.None));
  constant(rt, DATETIME, 'resolution', newDelta(rt, 0, 0, 1));
  constant(rt, TIMEZONE, 'utc', newRef(rt, utcZone(rt)));
  constant(rt, TIMEZONE, 'min', fixedZone(rt, -86340));
  constant(rt, TIMEZONE, 'max', fixedZone(rt, 86340));
}

defineModule({
  name: '_datetime',
  doc: 'Fast implementation of the datetime type.',
  populate(rt, dict) {
    if (rt.words[ModuleRef.DateTimeUtc] === 0) addConstants(rt);
    setTake(rt, dict, 'date', newRef(rt, DATE));
    setTake(rt, dict, 'datetime', newRef(rt, DATETIME));
    setTake(rt, dict, 'time', newRef(rt, TIME));
    setTake(rt, dict, 'timedelta', newRef(rt, TIMEDELTA));
    setTake(rt, dict, 'tzinfo', newRef(rt, TZINFO));
    setTake(rt, dict, 'timezone', newRef(rt, TIMEZONE));
    setTake(rt, dict, 'MINYEAR', newInt(rt, MIN_YEAR));
    setTake(rt, dict, 'MAXYEAR', newInt(rt, MAX_YEAR));
    setTake(rt, dict, 'UTC', newRef(rt, utcZone(rt)));
  },
});
