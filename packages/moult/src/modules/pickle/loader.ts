/** One run of `load` or `loads`: the stack with its marks, and the memo. A mark hides what is below it. */
import { alloc, decref, free, ListWord, newRef, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../core/errors.ts';
import { listAppendTake, listLength } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';
import type { Input } from './input.ts';
import { UNPICKLING_ERROR, UnpicklerWord } from './layout.ts';

const SMALLEST_MEMO = 32;
const MOST_SLOTS = 1 << 28;
const MORE_MARKS = 20;

export interface Loader {
  readonly rt: Runtime;
  /** The unpickler. */
  readonly self: Ref;
  readonly input: Input;
  /** The list that is the stack. */
  readonly stack: Ref;
  proto: number;
  readonly marks: number[];
  /** Where the newest mark is. */
  fence: number;
}

export function unpicklingError(rt: Runtime, message: string): never {
  raise(rt, UNPICKLING_ERROR, message);
}

export function underflow(l: Loader): never {
  return unpicklingError(l.rt, l.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow');
}

/** Puts a value on the stack. Takes it. */
export function push(l: Loader, value: Owned): void {
  listAppendTake(l.rt, l.stack, value);
}

export function stackSize(l: Loader): number {
  return listLength(l.rt, l.stack);
}

/** A value of the stack by its place from the bottom, borrowed. */
export function stackItem(l: Loader, i: number): Ref {
  const H = l.rt.words;
  return H[H[l.stack + ListWord.Items] + i];
}

/** The value on top, borrowed. Raises UnpicklingError where there is none above the newest mark. */
export function top(l: Loader): Ref {
  const size = stackSize(l);
  return size <= l.fence ? underflow(l) : stackItem(l, size - 1);
}

/** Takes the value on top away, onto the temporaries' stack. */
export function pop(l: Loader): Ref {
  const value = top(l);
  l.rt.words[l.stack + ListWord.Size]--;
  return temp(l.rt, value as Owned);
}

export function pushMark(l: Loader): void {
  const H = l.rt.words;
  const slots = H[l.self + UnpicklerWord.MarkSlots];
  if (l.marks.length >= slots) H[l.self + UnpicklerWord.MarkSlots] = l.marks.length * 2 + MORE_MARKS;
  l.fence = stackSize(l);
  l.marks.push(l.fence);
}

/** Removes the newest mark and says where it was. Raises UnpicklingError. */
export function popMark(l: Loader): number {
  const at = l.marks.pop();
  if (at === undefined) return unpicklingError(l.rt, 'could not find MARK');
  l.fence = l.marks.at(-1) ?? 0;
  return at;
}

/** Moves the values from `start` on into a new tuple. Raises UnpicklingError if `start` is below the newest mark. */
export function popTuple(l: Loader, start: number): Owned {
  if (start < l.fence) underflow(l);
  const n = Math.max(stackSize(l) - start, 0);
  const tuple = newTuple(l.rt, n);
  const H = l.rt.words;
  for (let i = 0; i < n; i++) H[tuple + TupleWord.Items + i] = stackItem(l, start + i);
  H[l.stack + ListWord.Size] -= n;
  return tuple;
}

export function initLoadMemo(rt: Runtime, self: Ref): void {
  const H = rt.words;
  H[self + UnpicklerWord.Memo] = newSlots(rt, SMALLEST_MEMO);
  H[self + UnpicklerWord.MemoSlots] = SMALLEST_MEMO;
  H[self + UnpicklerWord.MemoCount] = 0;
}

function newSlots(rt: Runtime, n: number): number {
  const block = alloc(rt, n);
  rt.words.fill(0, block, block + n);
  return block;
}

/** Notes `value` (borrowed) under a number. @runsPython
 *  Source: CPython 3.12 _Unpickler_MemoPut. */
export function memoPut(rt: Runtime, self: Ref, index: number, value: Ref): void {
  const H = rt.words;
  if (index >= H[self + UnpicklerWord.MemoSlots]) growMemo(rt, self, index * 2);
  const word = H[self + UnpicklerWord.Memo] + index;
  const old = H[word];
  H[word] = newRef(rt, value);
  if (old === 0) H[self + UnpicklerWord.MemoCount]++;
  else decref(rt, old);
}

function growMemo(rt: Runtime, self: Ref, slots: number): void {
  if (slots > MOST_SLOTS) rt.onOutOfMemory(slots * 8);
  const block = newSlots(rt, slots);
  const H = rt.words;
  const old = H[self + UnpicklerWord.Memo];
  const n = H[self + UnpicklerWord.MemoSlots];
  H.copyWithin(block, old, old + n);
  free(rt, old, n);
  H[self + UnpicklerWord.Memo] = block;
  H[self + UnpicklerWord.MemoSlots] = slots;
}

/** What is noted under a number, borrowed; 0: nothing. */
export function memoGet(rt: Runtime, self: Ref, index: number): Ref {
  const H = rt.words;
  return index < H[self + UnpicklerWord.MemoSlots] ? H[H[self + UnpicklerWord.Memo] + index] : 0;
}

export function eachNoted(
  rt: { readonly words: Int32Array },
  self: Ref,
  see: (value: Ref, index: number) => void,
): void {
  const H = rt.words;
  for (let i = 0; i < H[self + UnpicklerWord.MemoSlots]; i++) {
    const value = H[H[self + UnpicklerWord.Memo] + i];
    if (value !== 0) see(value, i);
  }
}

/** Takes the memo away, then releases what was in it. @runsPython */
export function dropLoadMemo(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const block = H[self + UnpicklerWord.Memo];
  if (block === 0) return;
  const slots = H[self + UnpicklerWord.MemoSlots];
  H[self + UnpicklerWord.Memo] = H[self + UnpicklerWord.MemoSlots] = H[self + UnpicklerWord.MemoCount] = 0;
  for (let i = slots - 1; i >= 0; i--) if (H[block + i] !== 0) decref(rt, H[block + i]);
  free(rt, block, slots);
}
