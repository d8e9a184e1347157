/** The type `collections.deque`. Source: CPython 3.12 _collectionsmodule.c. */
import { clearWeakrefs, decref, freeObject, ObjectWord, TypeFlag, TypeWord, untrack } from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { indexError, typeError, valueError } from '../../core/errors.ts';
import { getset } from '../../core/native.ts';
import { newInt } from '../../core/int.ts';
import { iter, iterNext } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { dropTemp, orRelease, temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInt } from '../../core/types.ts';
import { onConnect } from '../../core/installers.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { parseArguments } from '../arguments.ts';
import {
  countBlocks,
  freeBlocks,
  initDeque,
  itemWord,
  pushLeft,
  pushRight,
  rotate,
  takeLeft,
  takeRight,
  visitItems,
} from './blocks.ts';
import { Block, BlockWord, DequeWord } from './layout.ts';
import { DEQUE_METHODS } from './deque-methods.ts';
import {
  dequeCompare,
  dequeConcat,
  dequeContains,
  dequeInplaceConcat,
  dequeInplaceRepeat,
  dequeRepeat,
  dequeRepr,
} from './deque-operators.ts';
import { newDequeIterator } from './deque-iterator.ts';
import { DEQUE } from './types.ts';

/** An empty deque of the type, without a bound. */
export function newDeque(rt: Runtime, type: Ref = DEQUE): Owned {
  const d = allocInstance(rt, type, 0);
  orRelease(rt, d, () => initDeque(rt, d));
  return d;
}

function dequeNew(rt: Runtime, type: Ref): Owned {
  return newDeque(rt, type);
}

function newRefNone(_rt: Runtime): Owned {
  return S.None as Ref as Owned;
}

/** `deque.__init__` @runsPython */
function dequeInit(rt: Runtime, d: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const [iterable = 0, bound = 0] = parseArguments(rt, 'deque', ['iterable', 'maxlen'], 0, args, kwargs);
  let maxLen = -1;
  if (bound !== 0 && bound !== S.None) {
    if (!isInt(rt, bound)) typeError(rt, 'an integer is required');
    maxLen = asSsize(rt, bound);
    if (maxLen < 0) valueError(rt, 'maxlen must be non-negative');
  }
  H[d + DequeWord.MaxLen] = Math.min(maxLen, 0x7fffffff);
  if (H[d + DequeWord.Size] > 0) clearDeque(rt, d);
  if (iterable !== 0) extend(rt, d, iterable);
}

/** Puts an item at the right end; beyond the bound the leftmost one dies. Takes `item`. @runsPython */
export function append(rt: Runtime, d: Ref, item: Owned): void {
  pushRight(rt, d, item);
  const H = rt.words;
  const bound = H[d + DequeWord.MaxLen];
  if (bound >= 0 && H[d + DequeWord.Size] > bound) decref(rt, takeLeft(rt, d));
  else H[d + DequeWord.State]++;
}

/** Puts an item at the left end; beyond the bound the rightmost one dies. Takes `item`. @runsPython */
export function appendLeft(rt: Runtime, d: Ref, item: Owned): void {
  pushLeft(rt, d, item);
  const H = rt.words;
  const bound = H[d + DequeWord.MaxLen];
  if (bound >= 0 && H[d + DequeWord.Size] > bound) decref(rt, takeRight(rt, d));
  else H[d + DequeWord.State]++;
}

/** Appends the items of an iterable. @runsPython */
export function extend(rt: Runtime, d: Ref, iterable: Ref): void {
  extendBy(rt, d, iterable, append, 1);
}

/** As `extend`, at the left end. @runsPython */
export function extendLeft(rt: Runtime, d: Ref, iterable: Ref): void {
  extendBy(rt, d, iterable, appendLeft, Block.Length - 1);
}

type AddItem = (rt: Runtime, d: Ref, item: Owned) => void;

/** Adds all items; into an empty deque from `start` on, which leaves more of its first block for the others. */
function extendBy(rt: Runtime, d: Ref, iterable: Ref, add: AddItem, start: number): void {
  const H = rt.words;
  const it = temp(rt, iterable === d ? iterOfCopy(rt, d) : iter(rt, iterable));
  const drop = H[d + DequeWord.MaxLen] === 0;
  if (!drop && H[d + DequeWord.Size] === 0) {
    H[d + DequeWord.LeftIndex] = start;
    H[d + DequeWord.RightIndex] = start - 1;
  }
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    if (drop) decref(rt, item);
    else add(rt, d, item);
  }
  dropTemp(rt, it);
}

function iterOfCopy(rt: Runtime, d: Ref): Owned {
  const copy = temp(rt, newDeque(rt));
  const H = rt.words;
  visitItems(H, d, (item) => {
    if (H[item] >= 0) H[item]++;
    pushRight(rt, copy, item as Owned);
  });
  const it = iter(rt, copy);
  temp(rt, it);
  const owned = untemp(rt, it);
  dropTemp(rt, copy);
  return owned;
}

/** Empties the deque, which is empty before the first item dies; items die from the left. @runsPython
 *  The items move to a deque that nobody else sees, so that each is owned by something until it dies. */
export function clearDeque(rt: Runtime, d: Ref): void {
  const H = rt.words;
  if (H[d + DequeWord.Size] === 0) return;
  const husk = temp(rt, newDeque(rt));
  for (const word of [DequeWord.Size, DequeWord.Left, DequeWord.Right, DequeWord.LeftIndex, DequeWord.RightIndex]) {
    const value = H[d + word];
    H[d + word] = H[husk + word];
    H[husk + word] = value;
  }
  H[d + DequeWord.State]++;
  untrack(rt, husk);
  dropTemp(rt, husk);
}

function deallocDeque(rt: Runtime, d: Ref): void {
  const H = rt.words;
  untrack(rt, d);
  if (H[d + DequeWord.WeakList] !== 0) clearWeakrefs(rt, d);
  if (H[d + DequeWord.Left] !== 0) while (H[d + DequeWord.Size] > 0) decref(rt, takeLeft(rt, d));
  freeBlocks(rt, d);
  freeObject(rt, d);
}

/** Item `i`, borrowed. Raises IndexError. */
export function dequeItem(rt: Runtime, d: Ref, i: number): Ref {
  const H = rt.words;
  if (i < 0 || i >= H[d + DequeWord.Size]) indexError(rt, 'deque index out of range');
  return H[itemWord(H, d, i)];
}

function itemSlot(rt: Runtime, d: Ref, i: number): Owned {
  const item = dequeItem(rt, d, i);
  const H = rt.words;
  if (H[item] >= 0) H[item]++;
  return item as Owned;
}

function assItemSlot(rt: Runtime, d: Ref, i: number, value: Ref): void {
  const H = rt.words;
  if (i < 0 || i >= H[d + DequeWord.Size]) indexError(rt, 'deque index out of range');
  if (value === 0) {
    removeAt(rt, d, i);
    return;
  }
  const word = itemWord(H, d, i);
  const old = H[word];
  if (H[value] >= 0) H[value]++;
  H[word] = value;
  decref(rt, old);
}

/** Removes item `i`. @runsPython */
export function removeAt(rt: Runtime, d: Ref, i: number): void {
  rotate(rt, d, -i);
  const item = takeLeft(rt, d);
  rotate(rt, d, i);
  decref(rt, item);
}

function dequeLength(rt: Runtime, d: Ref): number {
  return rt.words[d + DequeWord.Size];
}

function maxlen(rt: Runtime, d: Ref): Owned {
  const bound = rt.words[d + DequeWord.MaxLen];
  return bound < 0 ? newRefNone(rt) : newInt(rt, bound);
}

const DEQUE_LAYOUT: CustomLayout = {
  name: 'deque',
  traverse(heap: Heap, d, visit) {
    visitItems(heap.words, d, visit);
  },
  clear(heap: Heap, d) {
    clearDeque(heap as Runtime, d);
  },
};

defineType({
  ref: DEQUE,
  name: 'collections.deque',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 8 * DequeWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.Sequence,
  layout: DEQUE_LAYOUT,
  dealloc: deallocDeque,
  weakListWord: DequeWord.WeakList,
  doc: 'deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence optimized for data accesses near its endpoints.',
  slots: {
    new: dequeNew,
    init: dequeInit,
    repr: dequeRepr,
    hash: null,
    richcompare: dequeCompare,
    iter: newDequeIterator,
    sqLength: dequeLength,
    sqConcat: dequeConcat,
    sqRepeat: dequeRepeat,
    sqItem: itemSlot,
    sqAssItem: assItemSlot,
    sqContains: dequeContains,
    sqInplaceConcat: dequeInplaceConcat,
    sqInplaceRepeat: dequeInplaceRepeat,
  },
  methods: DEQUE_METHODS,
  getset: [getset('maxlen', maxlen, null, 'maximum size of a deque or None if unbounded')],
});

onConnect((rt) => {
  const addOthers = rt.addBlocks;
  const layout = rt.customLayouts.indexOf(DEQUE_LAYOUT);
  rt.addBlocks = (o, add) => {
    if (isDequeLayout(rt, o, layout)) for (let n = countBlocks(rt.words, o); n > 0; n--) add(8 * BlockWord.Words);
    return addOthers(o, add);
  };
});

/** True if the object is a deque or an instance of a subclass. */
function isDequeLayout(rt: Runtime, o: Ref, layout: number): boolean {
  return rt.words[rt.words[o + ObjectWord.Type] + TypeWord.BaseLayout] === layout;
}
