/** The module `gc`: what programs see and set of the heap's collector. */
import {
  collect,
  freeze,
  freezeCount,
  GcRoot,
  generationHead,
  GENERATIONS,
  GenWord,
  getObjects,
  getReferrers,
  isFinalized,
  isTracked,
  TypeWord,
  unfreeze,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../core/audit.ts';
import { dictSetText, newDict } from '../core/dict/index.ts';
import { none, raise, typeError, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listAppend, listAppendTake, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native, nativeRaw } from '../core/native.ts';
import { indexNumber } from '../core/protocol/index.ts';
import { SSIZE_MAX } from '../core/protocol/number.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { temp, tempMark, untemp } from '../core/temps.ts';
import { tupleFromWords, tupleFromTemps } from '../core/tuple.ts';
import { kindName, slotOf } from '../core/types.ts';
import { visibleReferents } from './gc-referents.ts';
import { setTake } from './make.ts';

const INT_MAX = 0x7fffffff;

/** An argument of C's type int. @runsPython */
function cInt(rt: Runtime, o: Ref): number {
  const value = indexNumber(rt, o, T.OverflowError);
  if (value > INT_MAX) raise(rt, T.OverflowError, 'Python int too large to convert to C int');
  if (value < -INT_MAX - 1) raise(rt, T.OverflowError, 'Python int too small to convert to C int');
  return value;
}

/** As `cInt`, with the words of functions that parse by a format. @runsPython */
function cIntOfFormat(rt: Runtime, o: Ref): number {
  const value = indexNumber(rt, o, 0);
  if (Math.abs(value) >= SSIZE_MAX) raise(rt, T.OverflowError, 'Python int too large to convert to C long');
  if (value > INT_MAX) raise(rt, T.OverflowError, 'signed integer is greater than maximum');
  if (value < -INT_MAX - 1) raise(rt, T.OverflowError, 'signed integer is less than minimum');
  return value;
}

function collectFunction(rt: Runtime, _module: Ref, generation: Ref): Owned {
  const number = generation === 0 ? GENERATIONS - 1 : cInt(rt, generation);
  if (number < 0 || number >= GENERATIONS) valueError(rt, 'invalid generation');
  return newInt(rt, collect(rt, number));
}

function setEnabled(rt: Runtime, value: number): Owned {
  rt.words[GcRoot.Enabled] = value;
  return none();
}

function setDebug(rt: Runtime, _module: Ref, flags: Ref): Owned {
  rt.words[GcRoot.Debug] = cInt(rt, flags);
  return none();
}

function setThreshold(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  if (nargs < 1) typeError(rt, `set_threshold() takes at least 1 argument (${nargs} given)`);
  if (nargs > GENERATIONS) typeError(rt, `set_threshold() takes at most 3 arguments (${nargs} given)`);
  for (let i = 0; i < nargs; i++) {
    const threshold = cIntOfFormat(rt, rt.words[args + i]);
    rt.words[generationHead(i) + GenWord.Threshold] = threshold;
  }
  return none();
}

function tupleOfGenerations(rt: Runtime, word: number): Owned {
  const m = tempMark(rt);
  const numbers = Array.from({ length: GENERATIONS }, (_, i) =>
    temp(rt, newInt(rt, rt.words[generationHead(i) + word])),
  );
  return tupleFromTemps(rt, m, ...numbers);
}

function getStats(rt: Runtime): Owned {
  const list = temp(rt, newList(rt, 0));
  for (let i = 0; i < GENERATIONS; i++) {
    const record = generationHead(i);
    const stats = temp(rt, newDict(rt));
    setTake(rt, stats, 'collections', newInt(rt, rt.words[record + GenWord.Collections]));
    setTake(rt, stats, 'collected', newInt(rt, rt.words[record + GenWord.Collected]));
    setTake(rt, stats, 'uncollectable', newInt(rt, rt.words[record + GenWord.Uncollectable]));
    listAppendTake(rt, list, untemp(rt, stats));
  }
  return untemp(rt, list);
}

function objectsOf(rt: Runtime, _module: Ref, generation: Ref): Owned {
  let number = -1;
  if (generation !== 0 && generation !== S.None) {
    if (slotOf(rt, generation, TypeWord.NbIndex) === 0) {
      typeError(rt, `argument should be integer or None, not '${kindName(rt, generation)}'`);
    }
    number = indexNumber(rt, generation, T.OverflowError);
    if (number >= GENERATIONS) {
      valueError(rt, `generation parameter must be less than the number of available generations (${GENERATIONS})`);
    }
    if (number < -1) valueError(rt, 'generation parameter cannot be negative');
  }
  audit(rt, 'gc.get_objects', temp(rt, newInt(rt, number)));
  const list = temp(rt, newList(rt, 0));
  for (const o of getObjects(rt, number)) if (o !== list) listAppend(rt, list, o);
  return untemp(rt, list);
}

function referrers(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const targets = Array.from(rt.words.subarray(args, args + nargs));
  const holder = temp(rt, tupleFromWords(rt, args, nargs));
  audit(rt, 'gc.get_referrers', holder);
  const found: Ref[] = [];
  const list = temp(rt, newList(rt, 0));
  getReferrers(rt, targets, (o) => {
    if (o !== list && o !== holder) found.push(o);
  });
  for (const o of found) listAppend(rt, list, o);
  return untemp(rt, list);
}

function referents(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  if (rt.words[RootRef.AuditHooks] !== 0) audit(rt, 'gc.get_referents', temp(rt, tupleFromWords(rt, args, nargs)));
  const list = temp(rt, newList(rt, 0));
  for (let i = 0; i < nargs; i++) {
    for (const o of visibleReferents(rt, rt.words[args + i])) listAppend(rt, list, o);
  }
  return untemp(rt, list);
}

const DEBUG_FLAGS = { DEBUG_STATS: 1, DEBUG_COLLECTABLE: 2, DEBUG_UNCOLLECTABLE: 4, DEBUG_SAVEALL: 32, DEBUG_LEAK: 38 };

function populate(rt: Runtime, dict: Ref): void {
  dictSetText(rt, dict, 'garbage', rt.words[GcRoot.Garbage]);
  dictSetText(rt, dict, 'callbacks', rt.words[RootRef.GcCallbacks]);
  for (const [name, value] of Object.entries(DEBUG_FLAGS)) setTake(rt, dict, name, newInt(rt, value));
}

defineModule({
  name: 'gc',
  doc: 'Access to the cycle collector: run it, tune it, look at what it knows.',
  functions: [
    native('enable($module, /)', (rt) => setEnabled(rt, 1), { doc: 'Enable automatic garbage collection.' }),
    native('disable($module, /)', (rt) => setEnabled(rt, 0), { doc: 'Disable automatic garbage collection.' }),
    native('isenabled($module, /)', (rt) => pyBool(rt.words[GcRoot.Enabled] !== 0) as Owned, {
      doc: 'Return whether automatic garbage collection is enabled.',
    }),
    native('set_debug($module, flags, /)', setDebug, { doc: 'Set the debugging flags.' }),
    native('get_debug($module, /)', (rt) => newInt(rt, rt.words[GcRoot.Debug]), { doc: 'Get the debugging flags.' }),
    native('get_count($module, /)', (rt) => tupleOfGenerations(rt, GenWord.Count), {
      doc: 'Return the current collection counts as a tuple.',
    }),
    nativeRaw('set_threshold', setThreshold, {
      tuple: true,
      doc: 'set_threshold(threshold0, [threshold1, threshold2]) -> None',
    }),
    native('get_threshold($module, /)', (rt) => tupleOfGenerations(rt, GenWord.Threshold), {
      doc: 'Return the current collection thresholds.',
    }),
    native('collect($module, /, generation=2)', collectFunction, {
      doc: 'Run the collector; return the number of unreachable objects.',
    }),
    native('get_objects($module, /, generation=None)', objectsOf, { doc: 'Return a list of the tracked objects.' }),
    native('get_stats($module, /)', getStats, { doc: 'Return a list of a dict of numbers for each generation.' }),
    native('is_tracked($module, obj, /)', (rt, _m, o) => pyBool(isTracked(rt, o)) as Owned, {
      doc: 'Return whether the object is tracked by the collector.',
    }),
    nativeRaw('get_referrers', referrers, {
      doc: 'get_referrers(*objs) -> list\nReturn the list of objects that directly refer to any of objs.',
    }),
    nativeRaw('get_referents', referents, {
      tuple: true,
      doc: 'get_referents(*objs) -> list\nReturn the list of objects that are directly referred to by objs.',
    }),
    native('is_finalized($module, obj, /)', (rt, _m, o) => pyBool(isFinalized(rt, o)) as Owned, {
      doc: "Return whether the object's finalizer has run.",
    }),
    native(
      'freeze($module, /)',
      (rt) => {
        freeze(rt);
        return none();
      },
      { doc: 'Freeze all current tracked objects and ignore them for future collections.' },
    ),
    native(
      'unfreeze($module, /)',
      (rt) => {
        unfreeze(rt);
        return none();
      },
      { doc: 'Unfreeze all objects in the permanent generation.' },
    ),
    native('get_freeze_count($module, /)', (rt) => newInt(rt, freezeCount(rt)), {
      doc: 'Return the number of objects in the permanent generation.',
    }),
  ],
  populate,
});
