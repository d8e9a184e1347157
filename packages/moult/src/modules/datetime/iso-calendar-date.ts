/** The type of what `date.isocalendar()` gives: a tuple whose items have names. */
import { newRef, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import { strTextOf } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleFromWords, tupleItem, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { kindName } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { parsePlainArguments } from '../arguments.ts';
import { cInt } from './fields.ts';
import { ISO_CALENDAR_DATE } from './layout.ts';

const FIELDS = ['year', 'week', 'weekday'];

function newOfType(rt: Runtime, type: Ref, values: readonly number[]): Owned {
  const self = temp(rt, allocInstance(rt, type, values.length));
  values.forEach((value, i) => {
    rt.words[self + TupleWord.Items + i] = newInt(rt, value);
  });
  return untemp(rt, self);
}

export function newIsoCalendarDate(rt: Runtime, year: number, week: number, weekday: number): Owned {
  return newOfType(rt, ISO_CALENDAR_DATE, [year, week, weekday]);
}

function calendarDateNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const values = parsePlainArguments(rt, 'IsoCalendarDate', FIELDS, 3, args, kwargs);
  return newOfType(
    rt,
    type,
    values.map((value) => cInt(rt, value)),
  );
}

function repr(rt: Runtime, self: Ref): Owned {
  const shown = FIELDS.map((name, i) => `${name}=${strTextOf(rt, tupleItem(rt, self, i))}`);
  return newStr(rt, `${kindName(rt, self)}(${shown.join(', ')})`);
}

/** As an ordinary tuple. */
function reduce(rt: Runtime, self: Ref): Owned {
  const items = temp(rt, tupleFromWords(rt, self + TupleWord.Items, FIELDS.length));
  const args = temp(rt, tupleTake(rt, newRef(rt, items)));
  return tupleTake(rt, newRef(rt, T.tuple), newRef(rt, args));
}

defineType({
  ref: ISO_CALENDAR_DATE,
  name: 'datetime.IsoCalendarDate',
  base: T.tuple,
  doc: 'The result of date.isocalendar() or datetime.isocalendar()\n\nThis object may be accessed either as a tuple of\n  ((year, week, weekday))\nor via the object attributes as named in the above tuple.',
  slots: { new: calendarDateNew, repr },
  methods: [native('__reduce__()', reduce, { unsigned: true, doc: '__reduce__() -> (cls, state)' })],
  getset: FIELDS.map((name, i) => getset(name, (rt, self) => newRef(rt, tupleItem(rt, self, i)))),
});
