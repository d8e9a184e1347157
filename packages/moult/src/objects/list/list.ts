/** The type `list`. */
import { genericAlloc, LayoutKind, ListWord, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { slotIndex } from '../../core/functions.ts';
import { listClear, listExtend } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { newListIterator } from '../iterators/list-iterator.ts';
import { allocInstance } from '../type/alloc.ts';
import { listAssItem, listAssSubscript, listItemSlot, listSubscript } from './items.ts';
import { LIST_METHODS } from './methods.ts';
import {
  listCompare,
  listConcat,
  listContains,
  listInplaceConcat,
  listInplaceRepeat,
  listRepeat,
  listRepr,
} from './operators.ts';

function listNew(rt: Runtime, type: Ref): Owned {
  return allocInstance(rt, type, 0);
}

/** `list.__init__` @runsPython */
function listInit(rt: Runtime, list: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const type = H[list + ObjectWord.Type];
  const plain = type === T.list || H[type + TypeWord.New] === slotIndex(listNew);
  if (plain && kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, 'list() takes no keyword arguments');
  const nargs = H[args + TupleWord.Size];
  checkCount(rt, nargs);
  fill(rt, list, nargs === 0 ? 0 : H[args + TupleWord.Items]);
}

function checkCount(rt: Runtime, nargs: number): void {
  if (nargs > 1) typeError(rt, `list expected at most 1 argument, got ${nargs}`);
}

function fill(rt: Runtime, list: Ref, iterable: Ref): void {
  if (rt.words[list + ListWord.Items] !== 0) listClear(rt, list);
  if (iterable !== 0) listExtend(rt, list, iterable);
}

/** `list(...)` without an argument tuple. As in CPython the list does not come from the free list. @runsPython */
function listVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && rt.words[kwnames + TupleWord.Size] !== 0) typeError(rt, 'list() takes no keyword arguments');
  checkCount(rt, nargs);
  const list = temp(rt, genericAlloc(rt, type));
  if (nargs > 0) fill(rt, list, rt.words[args]);
  return untemp(rt, list);
}

function listLengthSlot(rt: Runtime, list: Ref): number {
  return rt.words[list + ListWord.Size];
}

defineType({
  ref: T.list,
  name: 'list',
  basicSize: 40,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.Sequence | TypeFlag.ListSubclass | TypeFlag.MatchSelf,
  layout: LayoutKind.ItemBlock,
  doc:
    'list(iterable=(), /)\n--\n\nBuilt-in mutable sequence.\n\n' +
    'If no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.',
  slots: {
    repr: listRepr,
    hash: null,
    richcompare: listCompare,
    iter: newListIterator,
    init: listInit,
    new: listNew,
    vectorcall: listVectorcall,
    mpLength: listLengthSlot,
    mpSubscript: listSubscript,
    mpAssSubscript: listAssSubscript,
    sqLength: listLengthSlot,
    sqConcat: listConcat,
    sqRepeat: listRepeat,
    sqItem: listItemSlot,
    sqAssItem: listAssItem,
    sqContains: listContains,
    sqInplaceConcat: listInplaceConcat,
    sqInplaceRepeat: listInplaceRepeat,
  },
  methods: LIST_METHODS,
});
