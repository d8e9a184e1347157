/**
 * The module `moult`: programs ask about their own heap. It lies with the API, not with the other modules, because it needs the
 * description of the heap. Its natives read the heap before they make their result; the context managers are Python (`source.ts`).
 */
import { decref, generationHead, GENERATIONS, GenWord, stopTraces } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGet, dictNext, dictKeyAt, dictSet, newDict } from '../../core/dict/index.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { intValue, newInt } from '../../core/int.ts';
import { listAppend, newList } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S } from '../../core/static.ts';
import { bytesData, internText, newBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps, tupleItem } from '../../core/tuple.ts';
import { isBytes, isDict } from '../../core/types.ts';
import { compileProgram } from '../../modules/builtins/compile.ts';
import { evalCode } from '../../modules/builtins/run-code.ts';
import { startTracing } from '../../modules/tracemalloc/module.ts';
import { cycleTexts, leaksText, markNow, newCyclesText, typeCounts, whyText } from './look.ts';
import { SOURCE } from './source.ts';

const USUAL_WAYS = 3;
const USUAL_CYCLES = 20;

function why(rt: Runtime, _module: Ref, o: Ref, limit: Ref): Owned {
  return newStr(rt, whyText(rt, o, limitOf(rt, limit, USUAL_WAYS)));
}

function cycles(rt: Runtime, _module: Ref, limit: Ref): Owned {
  const texts = cycleTexts(rt, limitOf(rt, limit, USUAL_CYCLES));
  const list = temp(rt, newList(rt, 0));
  for (const text of texts) {
    const item = temp(rt, newStr(rt, text));
    listAppend(rt, list, item);
    dropTemp(rt, item);
  }
  return untemp(rt, list);
}

function limitOf(rt: Runtime, limit: Ref, usual: number): number {
  const n = limit === 0 ? usual : asSsize(rt, limit);
  if (n < 1) valueError(rt, 'limit must be at least 1');
  return n;
}

/** `{type: (objects, bytes)}` */
function snapshot(rt: Runtime): Owned {
  return dictOf(rt, typeCounts(rt));
}

/** What came and went since a snapshot, or between two. Types whose numbers are the same are left out. */
function diff(rt: Runtime, _module: Ref, before: Ref, after: Ref): Owned {
  const now = after === 0 || after === S.None ? typeCounts(rt) : countsOf(rt, after);
  const changes = new Map(now.map(([name, count, bytes]) => [name, [count, bytes]]));
  for (const [name, count, bytes] of countsOf(rt, before)) {
    const [nowCount = 0, nowBytes = 0] = changes.get(name) ?? [];
    changes.set(name, [nowCount - count, nowBytes - bytes]);
  }
  const rows = [...changes].map(([name, [count = 0, bytes = 0]]) => [name, count, bytes] as const);
  return dictOf(
    rt,
    rows.filter(([, count, bytes]) => count !== 0 || bytes !== 0),
  );
}

function dictOf(rt: Runtime, rows: readonly (readonly [string, number, number])[]): Owned {
  const dict = temp(rt, newDict(rt));
  for (const [name, count, bytes] of rows) {
    const key = temp(rt, internText(rt, name));
    const value = temp(rt, tupleFromTemps(rt, tempMark(rt), temp(rt, newInt(rt, count)), temp(rt, newInt(rt, bytes))));
    dictSet(rt, dict, key, value);
    dropTemp(rt, value);
    dropTemp(rt, key);
  }
  return untemp(rt, dict);
}

/** What `dictOf` was made of. */
function countsOf(rt: Runtime, dict: Ref): [name: string, count: number, bytes: number][] {
  if (!isDict(rt, dict)) typeError(rt, 'a snapshot is what snapshot() returned');
  const rows: [string, number, number][] = [];
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    const value = dictGet(rt, dict, key);
    rows.push([
      strText(rt, key),
      Number(intValue(rt, tupleItem(rt, value, 0))),
      Number(intValue(rt, tupleItem(rt, value, 1))),
    ]);
  }
  return rows;
}

function mark(rt: Runtime): Owned {
  const words = markNow(rt);
  return newBytes(rt, new Uint8Array(words.buffer));
}

function markOf(rt: Runtime, o: Ref): Int32Array {
  if (!isBytes(rt, o)) typeError(rt, 'a mark is what _mark() returned');
  return new Int32Array(bytesData(rt, o).slice().buffer);
}

function leaks(rt: Runtime, _module: Ref, before: Ref, limit: Ref): Owned {
  return newStr(rt, leaksText(rt, markOf(rt, before), limitOf(rt, limit, 1)));
}

function cyclesSince(rt: Runtime, _module: Ref, before: Ref, collected: Ref, limit: Ref): Owned {
  return newStr(rt, newCyclesText(rt, markOf(rt, before), asSsize(rt, collected), limitOf(rt, limit, 1)));
}

/** Objects that the collector has freed so far. */
function collected(rt: Runtime): Owned {
  let sum = 0;
  for (let i = 0; i < GENERATIONS; i++) sum += rt.words[generationHead(i) + GenWord.Collected];
  return newInt(rt, sum);
}

/** Begins to remember where blocks are taken; False if somebody does already. */
function beginPlaces(rt: Runtime): Owned {
  if (rt.traces !== null) return pyBool(false) as Owned;
  startTracing(rt, 1);
  return pyBool(true) as Owned;
}

function endPlaces(rt: Runtime): Owned {
  stopTraces(rt);
  return none();
}

/** Runs the Python part in the new module's namespace. @runsPython */
function addPython(rt: Runtime, dict: Ref): void {
  const code = temp(rt, compileProgram(rt, SOURCE, { filename: '<moult>', mode: 'exec', flags: 0 }));
  decref(rt, evalCode(rt, code, dict, dict));
  dropTemp(rt, code);
}

defineModule({
  name: 'moult',
  doc: 'Questions about the heap that the program runs in. Asking changes no reference count.',
  hidden: true,
  functions: [
    native('why(object, /, limit=3)', why, { doc: 'Why an object is alive: ways from the roots to it, as text.' }),
    native('cycles(limit=20)', cycles, { doc: 'The reference cycles that the program has made, a text for each.' }),
    native('snapshot()', snapshot, { doc: 'A dict: for each type the number of its objects and their bytes.' }),
    native('diff(before, after=None, /)', diff, {
      doc: 'What came and went since a snapshot, or between two: types with differences of objects and bytes.',
    }),
    native('_mark()', mark),
    native('_leaks(mark, limit, /)', leaks),
    native('_cycles_since(mark, collected, limit, /)', cyclesSince),
    native('_collected()', collected),
    native('_begin_places()', beginPlaces),
    native('_end_places()', endPlaces),
  ],
  populate: addPython,
});
