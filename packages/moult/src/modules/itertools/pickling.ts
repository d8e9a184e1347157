/**
 * `__reduce__` and `__setstate__` of the iterators, by name. CPython 3.12 deprecates all of them.
 * Source: CPython 3.12 itertoolsmodule.c.
 */
import { ListWord, newRef, ObjectWord, setWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../../core/call.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { FixedSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { newList } from '../../core/list.ts';
import type { NativeDefinition, NativeFunction } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { iter } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, smallInt, T } from '../../core/static.ts';
import { dropTemp, temp, tempMark, untemp } from '../../core/temps.ts';
import { newTuple, tupleFromTemps, tupleOf, tupleTake } from '../../core/tuple.ts';
import { argumentName, isInstance, isInt, isTuple, typeFullName } from '../../core/types.ts';
import { reduceMethod, reduceToEmpty, setStateMethod } from '../../objects/iterators/reduce.ts';
import { callMethod1 } from '../../objects/type/call-method.ts';
import { Id } from '../../core/names.ts';
import {
  ACCUMULATE,
  AccumulateWord,
  CHAIN,
  ChainWord,
  CompressWord,
  CycleWord,
  FunctionWord,
  GroupByWord,
  GrouperWord,
  ISLICE,
  IsliceWord,
  TEE_DATA,
  TeeDataWord,
  TeeWord,
  ZipLongestWord,
} from './layout.ts';

const DEPRECATED = 'Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.';

const deprecated =
  (fn: NativeFunction): NativeFunction =>
  (rt, o, ...args) => {
    rt.warnDeprecated(DEPRECATED);
    return fn(rt, o, ...args);
  };

/** `__reduce__` with the warning. */
export const deprecatedReduce = (fn: NativeFunction): NativeDefinition => reduceMethod(deprecated(fn));

type SetState = (rt: Runtime, o: Ref, state: Ref) => void;

/** `__setstate__` with the warning. */
export const deprecatedSetState = (set: SetState): NativeDefinition =>
  setStateMethod(
    deprecated((rt, o, state = 0) => {
      set(rt, o, state);
      return none();
    }),
  );

function typeOf(rt: Runtime, o: Ref): Ref {
  return rt.words[o + ObjectWord.Type];
}

/** `(type(o), (…))` for the arguments in these words; an empty one is None. */
function remake(rt: Runtime, o: Ref, ...words: number[]): Owned {
  return tupleTake(rt, newRef(rt, typeOf(rt, o)), tupleOf(rt, ...words.map((word) => rt.words[o + word] || S.None)));
}

/** `(type(o), (…), state)`. Takes `state`. */
function remakeWith(rt: Runtime, o: Ref, state: Owned, ...words: number[]): Owned {
  temp(rt, state);
  const args = tupleOf(rt, ...words.map((word) => rt.words[o + word] || S.None));
  return tupleTake(rt, newRef(rt, typeOf(rt, o)), args, untemp(rt, state));
}

function storeRef(rt: Runtime, word: number, value: Ref): void {
  setWord(rt, word, newRef(rt, value));
}

/** The items of a state that must be a tuple of `least` to `most`; those left out as 0. Raises TypeError. */
export function stateItems(rt: Runtime, state: Ref, least: number, most: number): Ref[] {
  if (!isTuple(rt, state)) typeError(rt, 'state is not a tuple');
  const H = rt.words;
  const n = H[state + TupleWord.Size];
  if (n < least || n > most) {
    const how = least === most ? 'exactly' : n < least ? 'at least' : 'at most';
    const wanted = n < least ? least : most;
    typeError(rt, `function takes ${how} ${wanted} argument${wanted === 1 ? '' : 's'} (${n} given)`);
  }
  return Array.from({ length: most }, (_, i) => (i < n ? H[state + TupleWord.Items + i] : 0));
}

function requireKind(rt: Runtime, value: Ref, type: Ref): void {
  if (!isInstance(rt, value, type))
    typeError(rt, `argument 1 must be ${typeFullName(rt, type)}, not ${argumentName(rt, value)}`);
}

function accumulateReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const fn = H[o + AccumulateWord.Function] || S.None;
  const total = H[o + AccumulateWord.Total];
  if (H[o + AccumulateWord.Initial] !== S.None) {
    const it = temp(rt, chained(rt, H[o + AccumulateWord.Initial], H[o + AccumulateWord.Iterator]));
    const args = temp(rt, tupleOf(rt, it, fn));
    return tupleOf(rt, typeOf(rt, o), args, S.None);
  }
  if (total !== S.None) {
    return remakeWith(rt, o, newRef(rt, total || S.None), AccumulateWord.Iterator, AccumulateWord.Function);
  }
  const it = temp(rt, chained(rt, total, H[o + AccumulateWord.Iterator]));
  const again = temp(rt, call2(rt, ACCUMULATE, it, fn));
  const args = temp(rt, tupleOf(rt, again, smallInt(1), S.None));
  return tupleOf(rt, ISLICE, args);
}

/** `chain((first,), rest)` @runsPython */
function chained(rt: Runtime, first: Ref, rest: Ref): Owned {
  const head = temp(rt, tupleOf(rt, first));
  const chain = call2(rt, CHAIN, head, rest);
  temp(rt, chain);
  return newRef(rt, chain);
}

function chainReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const source = H[o + ChainWord.Source];
  const active = H[o + ChainWord.Active];
  if (source === 0) return remake(rt, o);
  return remakeWith(rt, o, active === 0 ? tupleOf(rt, source) : tupleOf(rt, source, active));
}

function chainSetState(rt: Runtime, o: Ref, state: Ref): void {
  const [source, active] = stateItems(rt, state, 1, 2);
  if (!isIterator(rt, source) || (active !== 0 && !isIterator(rt, active)))
    typeError(rt, 'Arguments must be iterators.');
  storeRef(rt, o + ChainWord.Source, source);
  setWord(rt, o + ChainWord.Active, active === 0 ? 0 : newRef(rt, active));
}

function isIterator(rt: Runtime, o: Ref): boolean {
  const next = rt.words[typeOf(rt, o) + TypeWord.IterNext];
  return next !== 0 && next !== (FixedSlot.NextNotImplemented as number);
}

function cycleReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const saved = H[o + CycleWord.Saved];
  const it = H[o + CycleWord.Iterator];
  if (it !== 0) {
    const state = tupleOf(rt, saved, pyBool(H[o + CycleWord.FirstPass] !== 0));
    return remakeWith(rt, o, state, CycleWord.Iterator);
  }
  const again = temp(rt, iter(rt, saved));
  if (H[o + CycleWord.Index] !== 0) setPosition(rt, again, H[o + CycleWord.Index]);
  const args = temp(rt, tupleOf(rt, again));
  const state = temp(rt, tupleOf(rt, saved, pyBool(true)));
  return tupleOf(rt, typeOf(rt, o), args, state);
}

function setPosition(rt: Runtime, it: Ref, index: number): void {
  const position = temp(rt, newInt(rt, index));
  const result = temp(rt, callMethod1(rt, it, Id.__setstate__, position));
  dropTemp(rt, result);
  dropTemp(rt, position);
}

function cycleSetState(rt: Runtime, o: Ref, state: Ref): void {
  const [saved, firstPass] = stateItems(rt, state, 2, 2);
  requireKind(rt, saved, T.list);
  const flag = asSsize(rt, firstPass) === 0 ? 0 : 1;
  storeRef(rt, o + CycleWord.Saved, saved);
  rt.words[o + CycleWord.FirstPass] = flag;
  rt.words[o + CycleWord.Index] = 0;
}

function whileReduce(rt: Runtime, o: Ref): Owned {
  const flag = newInt(rt, rt.words[o + FunctionWord.Flag]);
  return remakeWith(rt, o, flag, FunctionWord.Function, FunctionWord.Iterator);
}

function whileSetState(rt: Runtime, o: Ref, state: Ref): void {
  rt.words[o + FunctionWord.Flag] = isTrue(rt, state) ? 1 : 0;
}

const functionReduce: NativeFunction = (rt, o) => remake(rt, o, FunctionWord.Function, FunctionWord.Iterator);

function isliceReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const it = H[o + IsliceWord.Iterator];
  if (it === 0) {
    const empty = temp(rt, iter(rt, temp(rt, newList(rt, 0))));
    return tupleOf(rt, typeOf(rt, o), temp(rt, tupleOf(rt, empty, smallInt(0))), smallInt(0));
  }
  const last = H[o + IsliceWord.Stop];
  const stop = last === -1 ? none() : newInt(rt, last);
  const args = tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, it)),
    temp(rt, newInt(rt, H[o + IsliceWord.Next])),
    temp(rt, stop),
    temp(rt, newInt(rt, H[o + IsliceWord.Step])),
  );
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, typeOf(rt, o))),
    temp(rt, args),
    temp(rt, newInt(rt, H[o + IsliceWord.Count])),
  );
}

function isliceSetState(rt: Runtime, o: Ref, state: Ref): void {
  if (!isInt(rt, state)) typeError(rt, 'an integer is required');
  rt.words[o + IsliceWord.Count] = asSsize(rt, state);
}

function zipLongestReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const iterators = H[o + ZipLongestWord.Iterators];
  const n = H[iterators + TupleWord.Size];
  const args = newTuple(rt, n);
  for (let i = 0; i < n; i++) {
    H[args + TupleWord.Items + i] = newRef(rt, H[iterators + TupleWord.Items + i] || S.EmptyTuple);
  }
  return tupleTake(rt, newRef(rt, typeOf(rt, o)), args, newRef(rt, H[o + ZipLongestWord.Fill]));
}

function groupbyReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const key = H[o + GroupByWord.CurrentKey];
  const value = H[o + GroupByWord.CurrentValue];
  const target = H[o + GroupByWord.TargetKey];
  if (key === 0 || value === 0 || target === 0) return remake(rt, o, GroupByWord.Iterator, GroupByWord.KeyFunction);
  return remakeWith(rt, o, tupleOf(rt, key, value, target), GroupByWord.Iterator, GroupByWord.KeyFunction);
}

function groupbySetState(rt: Runtime, o: Ref, state: Ref): void {
  const [key, value, target] = stateItems(rt, state, 3, 3);
  storeRef(rt, o + GroupByWord.CurrentKey, key);
  storeRef(rt, o + GroupByWord.CurrentValue, value);
  storeRef(rt, o + GroupByWord.TargetKey, target);
}

function grouperReduce(rt: Runtime, grouper: Ref): Owned {
  const H = rt.words;
  if (H[H[grouper + GrouperWord.Parent] + GroupByWord.Grouper] !== grouper) return reduceToEmpty(rt);
  return remake(rt, grouper, GrouperWord.Parent, GrouperWord.TargetKey);
}

function teeReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const state = tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, H[o + TeeWord.Data])),
    temp(rt, newInt(rt, H[o + TeeWord.Index])),
  );
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, typeOf(rt, o))),
    temp(rt, tupleOf(rt, S.EmptyTuple)),
    temp(rt, state),
  );
}

function teeSetState(rt: Runtime, o: Ref, state: Ref): void {
  const [data, index] = stateItems(rt, state, 2, 2);
  requireKind(rt, data, TEE_DATA);
  const at = asSsize(rt, index);
  if (at < 0 || at > TeeDataWord.Cells) valueError(rt, 'Index out of range');
  storeRef(rt, o + TeeWord.Data, data);
  rt.words[o + TeeWord.Index] = at;
}

function teeDataReduce(rt: Runtime, data: Ref): Owned {
  const H = rt.words;
  const read = H[data + TeeDataWord.Read] & (TeeDataWord.Running - 1);
  const values = temp(rt, newList(rt, read));
  for (let i = 0; i < read; i++) {
    H[H[values + ListWord.Items] + i] = newRef(rt, H[data + TeeDataWord.Values + i]);
  }
  const args = temp(rt, tupleOf(rt, H[data + TeeDataWord.Iterator], values, H[data + TeeDataWord.Next] || S.None));
  return tupleOf(rt, typeOf(rt, data), args);
}

const FUNCTION_ONLY = [deprecatedReduce(functionReduce)];
const WHILE = [deprecatedReduce(whileReduce), deprecatedSetState(whileSetState)];

/** Methods by the name of the type, for those whose own files have none. */
export const PICKLING: Readonly<Record<string, readonly NativeDefinition[]>> = {
  accumulate: [
    deprecatedReduce(accumulateReduce),
    deprecatedSetState((rt, o, state) => storeRef(rt, o + AccumulateWord.Total, state)),
  ],
  chain: [deprecatedReduce(chainReduce), deprecatedSetState(chainSetState)],
  compress: [deprecatedReduce((rt, o) => remake(rt, o, CompressWord.Data, CompressWord.Selectors))],
  cycle: [deprecatedReduce(cycleReduce), deprecatedSetState(cycleSetState)],
  dropwhile: WHILE,
  filterfalse: FUNCTION_ONLY,
  groupby: [deprecatedReduce(groupbyReduce), deprecatedSetState(groupbySetState)],
  islice: [deprecatedReduce(isliceReduce), deprecatedSetState(isliceSetState)],
  starmap: FUNCTION_ONLY,
  takewhile: WHILE,
  zip_longest: [
    deprecatedReduce(zipLongestReduce),
    deprecatedSetState((rt, o, state) => storeRef(rt, o + ZipLongestWord.Fill, state)),
  ],
};

export const GROUPER_PICKLING = [deprecatedReduce(grouperReduce)];
export const TEE_PICKLING = [deprecatedReduce(teeReduce), deprecatedSetState(teeSetState)];
export const TEE_DATA_PICKLING = [deprecatedReduce(teeDataReduce)];
