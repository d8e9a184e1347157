/** `groupby` and `tee`. */
import {
  clearWeakrefs,
  clearWord,
  decref,
  freeObject,
  genericAlloc,
  LayoutKind,
  limitBytes,
  ListWord,
  newRef,
  ObjectWord,
  setWord,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
  usedBytes,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { bindNew, parameters, unpackArguments } from '../../core/bind-new.ts';
import { call0, call1 } from '../../core/call.ts';
import { runtimeError, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { native } from '../../core/native.ts';
import { getAttrText, lookupAttrText } from '../../core/protocol/attribute.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import { iter } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { newTuple, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isList } from '../../core/types.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { defineIterator, nextClean } from './define.ts';
import { GROUPBY, GroupByWord as Word, GROUPER, GrouperWord, TEE, TEE_DATA, TeeDataWord, TeeWord } from './layout.ts';
import { GROUPER_PICKLING, TEE_DATA_PICKLING, TEE_PICKLING } from './pickling.ts';

const GROUPBY_PARAMETERS = parameters('groupby(iterable, key=None)');

function groupbyNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [iterable, key] = bindNew(rt, GROUPBY_PARAMETERS, args, kwargs);
  const o = temp(rt, allocInstance(rt, type, 0));
  rt.words[o + Word.KeyFunction] = newRef(rt, key || S.None);
  rt.words[o + Word.Iterator] = iter(rt, iterable);
  return untemp(rt, o);
}

/** Reads the next item and its key; false at the end. @runsPython Source: CPython 3.12 groupby_step. */
function step(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const item = nextClean(rt, H[o + Word.Iterator]);
  if (item === 0) return false;
  temp(rt, item);
  const fn = H[o + Word.KeyFunction];
  const key = fn === S.None ? newRef(rt, item) : call1(rt, fn, item);
  const old = H[o + Word.CurrentValue];
  H[o + Word.CurrentValue] = untemp(rt, item);
  setWord(rt, o + Word.CurrentKey, key);
  if (old !== 0) decref(rt, old);
  return true;
}

/** The next key with an iterator over its items. @runsPython */
function groupbyNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  H[o + Word.Grouper] = 0;
  while (
    H[o + Word.CurrentKey] === 0 ||
    (H[o + Word.TargetKey] !== 0 && sameKey(rt, H[o + Word.TargetKey], H[o + Word.CurrentKey]))
  ) {
    if (!step(rt, o)) return 0;
  }
  setWord(rt, o + Word.TargetKey, newRef(rt, H[o + Word.CurrentKey]));
  const grouper = genericAlloc(rt, GROUPER);
  H[grouper + GrouperWord.Parent] = newRef(rt, o);
  H[grouper + GrouperWord.TargetKey] = newRef(rt, H[o + Word.TargetKey]);
  H[o + Word.Grouper] = grouper;
  return tupleTake(rt, newRef(rt, H[o + Word.CurrentKey]), grouper);
}

function sameKey(rt: Runtime, a: Ref, b: Ref): boolean {
  return compareBool(rt, a, b, CompareOp.Eq);
}

function grouperNext(rt: Runtime, grouper: Ref): Owned | 0 {
  const H = rt.words;
  const o = H[grouper + GrouperWord.Parent];
  if (H[o + Word.Grouper] !== grouper) return 0;
  if (H[o + Word.CurrentValue] === 0 && !step(rt, o)) return 0;
  if (!sameKey(rt, H[grouper + GrouperWord.TargetKey], H[o + Word.CurrentKey])) return 0;
  const value = H[o + Word.CurrentValue] as Owned;
  H[o + Word.CurrentValue] = 0;
  clearWord(rt, o + Word.CurrentKey);
  return value;
}

function grouperNew(rt: Runtime, _type: Ref, args: Ref): Owned {
  const [parent, key] = unpackArguments(rt, '_grouper', args, 2, 2);
  if (rt.words[parent + ObjectWord.Type] !== GROUPBY)
    typeError(rt, `_grouper() argument 1 must be itertools.groupby, not ${rt.typeNameOf(parent)}`);
  const grouper = genericAlloc(rt, GROUPER);
  const H = rt.words;
  H[grouper + GrouperWord.Parent] = newRef(rt, parent);
  H[grouper + GrouperWord.TargetKey] = newRef(rt, key);
  H[parent + Word.Grouper] = grouper;
  return grouper;
}

/** Cells for the items of `it` that several iterators of a tee share. */
function newTeeData(rt: Runtime, it: Ref): Owned {
  const data = genericAlloc(rt, TEE_DATA);
  rt.words[data + TeeDataWord.Iterator] = newRef(rt, it);
  return data;
}

/** `_tee_dataobject(iterable, values, next)`: cells as they were pickled. */
function teeDataNew(rt: Runtime, _type: Ref, args: Ref): Owned {
  const H = rt.words;
  const [it, values, next] = unpackArguments(rt, 'teedataobject', args, 3, 3);
  if (!isList(rt, values)) typeError(rt, `teedataobject() argument 2 must be list, not ${argumentName(rt, values)}`);
  const count = H[values + ListWord.Size];
  const linked = count === TeeDataWord.Cells && H[next + ObjectWord.Type] === TEE_DATA;
  if (count > TeeDataWord.Cells || (next !== S.None && !linked)) valueError(rt, 'Invalid arguments');
  const data = newTeeData(rt, it);
  for (let i = 0; i < count; i++) H[data + TeeDataWord.Values + i] = newRef(rt, H[H[values + ListWord.Items] + i]);
  H[data + TeeDataWord.Read] = count;
  if (linked) H[data + TeeDataWord.Next] = newRef(rt, next);
  return data;
}

/** Item `i` of the cells, read from the source if it is the first not yet there; 0 at the end. @runsPython */
function teeDataItem(rt: Runtime, data: Ref, i: number): Owned | 0 {
  const H = rt.words;
  const read = H[data + TeeDataWord.Read];
  if (i < (read & 0xff)) return newRef(rt, H[data + TeeDataWord.Values + i]);
  if ((read & TeeDataWord.Running) !== 0) runtimeError(rt, 'cannot re-enter the tee iterator');
  H[data + TeeDataWord.Read] |= TeeDataWord.Running;
  let item: Owned | 0 = 0;
  try {
    item = nextClean(rt, H[data + TeeDataWord.Iterator]);
  } finally {
    H[data + TeeDataWord.Read] &= ~TeeDataWord.Running;
  }
  if (item === 0) return 0;
  H[data + TeeDataWord.Values + i] = newRef(rt, item);
  H[data + TeeDataWord.Read]++;
  return item;
}

function teeNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + TeeWord.Index] >= TeeDataWord.Cells) {
    setWord(rt, o + TeeWord.Data, newRef(rt, nextCells(rt, H[o + TeeWord.Data])));
    H[o + TeeWord.Index] = 0;
  }
  const item = teeDataItem(rt, H[o + TeeWord.Data], H[o + TeeWord.Index]);
  if (item !== 0) H[o + TeeWord.Index]++;
  return item;
}

function nextCells(rt: Runtime, data: Ref): Ref {
  const H = rt.words;
  if (H[data + TeeDataWord.Next] === 0) H[data + TeeDataWord.Next] = newTeeData(rt, H[data + TeeDataWord.Iterator]);
  return H[data + TeeDataWord.Next];
}

function teeCopy(rt: Runtime, o: Ref): Owned {
  const copy = genericAlloc(rt, TEE);
  const H = rt.words;
  H[copy + TeeWord.Data] = newRef(rt, H[o + TeeWord.Data]);
  H[copy + TeeWord.Index] = H[o + TeeWord.Index];
  return copy;
}

/** An iterator of a tee over `iterable`; one of a tee is copied. @runsPython */
function teeFrom(rt: Runtime, iterable: Ref): Owned {
  const it = temp(rt, iter(rt, iterable));
  if (rt.words[it + ObjectWord.Type] === TEE) {
    const copy = teeCopy(rt, it);
    dropTemp(rt, it);
    return copy;
  }
  const data = temp(rt, newTeeData(rt, it));
  const o = genericAlloc(rt, TEE);
  rt.words[o + TeeWord.Data] = untemp(rt, data);
  dropTemp(rt, it);
  return o;
}

function teeNew(rt: Runtime, _type: Ref, args: Ref): Owned {
  const [iterable] = unpackArguments(rt, '_tee', args, 1, 1);
  return teeFrom(rt, iterable);
}

/** `tee(iterable, n=2, /)` @runsPython Source: CPython 3.12 itertools_tee_impl. */
function tee(rt: Runtime, _module: Ref, iterable: Ref, count: Ref): Owned {
  const n = count === 0 ? 2 : asSsize(rt, count);
  if (n < 0) valueError(rt, 'n must be >= 0');
  const m = tempMark(rt);
  const result = temp(rt, newTuple(rt, n));
  if (n === 0) return untemp(rt, result);
  let it = temp(rt, iter(rt, iterable));
  let copier = lookupAttrText(rt, it, '__copy__');
  if (copier === 0) {
    it = temp(rt, teeFrom(rt, it));
    copier = getAttrText(rt, it, '__copy__');
  }
  temp(rt, copier);
  const H = rt.words;
  if (H[it + ObjectWord.Type] === TEE) refuseCopies(rt, n);
  H[result + TupleWord.Items] = newRef(rt, it);
  for (let i = 1; i < n; i++) H[result + TupleWord.Items + i] = call0(rt, copier);
  return releaseKeeping(rt, m, newRef(rt, result));
}

/** Raises MemoryError at once if there is no room for so many iterators: making them until there is none takes minutes. */
function refuseCopies(rt: Runtime, n: number): void {
  const nbytes = rt.words[TEE + TypeWord.BasicSize] * (n - 1);
  const room = Math.min(limitBytes(rt) - usedBytes(rt), 8 * rt.words.length);
  if (nbytes > room) rt.onOutOfMemory(nbytes);
}

function teeDealloc(rt: Runtime, o: Ref): void {
  untrack(rt, o);
  if (rt.words[o + TeeWord.WeakList] !== 0) clearWeakrefs(rt, o);
  clearWord(rt, o + TeeWord.Data);
  freeObject(rt, o);
}

const teeDataLayout: CustomLayout = {
  name: 'tee data',
  traverse(heap: Heap, data: Ref, visit: Visit): void {
    const H = heap.words;
    if (H[data + TeeDataWord.Iterator] !== 0) visit(H[data + TeeDataWord.Iterator]);
    for (let i = 0; i < TeeDataWord.Cells; i++)
      if (H[data + TeeDataWord.Values + i] !== 0) visit(H[data + TeeDataWord.Values + i]);
    if (H[data + TeeDataWord.Next] !== 0) visit(H[data + TeeDataWord.Next]);
  },
  clear: clearTeeData,
};

function clearTeeData(rt: Heap, data: Ref): void {
  clearWord(rt, data + TeeDataWord.Iterator);
  for (let i = 0; i < TeeDataWord.Cells; i++) clearWord(rt, data + TeeDataWord.Values + i);
  clearWord(rt, data + TeeDataWord.Next);
}

function teeDataDealloc(rt: Runtime, data: Ref): void {
  untrack(rt, data);
  clearTeeData(rt, data);
  freeObject(rt, data);
}

/** `itertools.tee` */
export const TEE_FUNCTION = native('tee($module, iterable, n=2, /)', tee, {
  doc: 'Returns a tuple of n independent iterators.',
});

defineIterator({
  ref: GROUPBY,
  name: 'groupby',
  basicSize: 72,
  refs: [Word.Iterator, Word.KeyFunction, Word.TargetKey, Word.CurrentKey, Word.CurrentValue],
  doc:
    'groupby(iterable, key=None)\n--\n\nmake an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n' +
    '    Elements to divide into groups.\n  key\n    A function that computes the group of each element; the element itself if ' +
    'None.',
  next: groupbyNext,
  make: groupbyNew,
});

defineType({
  ref: GROUPER,
  name: 'itertools._grouper',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [GrouperWord.Parent, GrouperWord.TargetKey],
  noClear: true,
  slots: { iter: identitySlot, iternext: grouperNext, new: grouperNew },
  methods: GROUPER_PICKLING,
});

defineType({
  ref: TEE,
  name: 'itertools._tee',
  heapType: 'immutable',
  basicSize: 48,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [TeeWord.Data],
  weakListWord: TeeWord.WeakList,
  dealloc: teeDealloc,
  doc: '_tee(iterable, /)\n--\n\nIterator wrapped to make it copyable.',
  slots: { iter: identitySlot, iternext: teeNext, new: teeNew },
  methods: [
    native('__copy__()', teeCopy, { unsigned: true, doc: 'Returns an independent iterator.' }),
    ...TEE_PICKLING,
  ],
});

defineType({
  ref: TEE_DATA,
  name: 'itertools._tee_dataobject',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 496,
  flags: TypeFlag.HaveGc,
  layout: teeDataLayout,
  dealloc: teeDataDealloc,
  doc: 'teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.',
  slots: { new: teeDataNew },
  methods: TEE_DATA_PICKLING,
});
