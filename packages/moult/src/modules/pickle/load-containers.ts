/** The opcodes that make tuples, lists, dicts and sets, and that fill them. */
import { decref, ListWord, newRef, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { listAppend, listFromWordsTake, listLength, listSlice, listTruncate } from '../../core/list.ts';
import { getAttrText, lookupAttrText, setItem } from '../../core/protocol/index.ts';
import { T } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { listAssSlice } from '../../objects/list/items.ts';
import { newFrozenset, setAdd } from '../../objects/set/index.ts';
import { popMark, popTuple, push, stackItem, stackSize, underflow, unpicklingError } from './loader.ts';
import type { Loader } from './loader.ts';

/** The values since the newest mark, as a tuple. */
export function loadTuple(l: Loader): void {
  push(l, popTuple(l, popMark(l)));
}

/** The last `n` values, as a tuple. */
export function loadCountedTuple(l: Loader, n: number): void {
  if (stackSize(l) < n) underflow(l);
  push(l, popTuple(l, stackSize(l) - n));
}

export function loadList(l: Loader): void {
  const start = popMark(l);
  const H = l.rt.words;
  const n = stackSize(l) - start;
  const list = listFromWordsTake(l.rt, H[l.stack + ListWord.Items] + start, n);
  H[l.stack + ListWord.Size] = start;
  push(l, list);
}

export function loadDict(l: Loader): void {
  const { rt } = l;
  const start = popMark(l);
  const dict = temp(rt, newDict(rt));
  if ((stackSize(l) - start) % 2 !== 0) unpicklingError(rt, 'odd number of items for DICT');
  for (let i = start; i < stackSize(l); i += 2) dictSet(rt, dict, stackItem(l, i), stackItem(l, i + 1));
  listTruncate(rt, l.stack, start);
  push(l, newRef(rt, dict));
  dropTemp(rt, dict);
}

export function loadFrozenSet(l: Loader): void {
  const { rt } = l;
  const items = temp(rt, popTuple(l, popMark(l)));
  push(l, newFrozenset(rt, T.frozenset, items));
  dropTemp(rt, items);
}

/** What the values from `start` on are to be added to, borrowed; 0 if there are none. */
function target(l: Loader, start: number): Ref {
  if (start > stackSize(l) || start <= l.fence) underflow(l);
  return start === stackSize(l) ? 0 : stackItem(l, start - 1);
}

/** Appends the values from `start` on to what is below them. Source: CPython 3.12 do_append. @runsPython */
export function appendFrom(l: Loader, start: number): void {
  const { rt } = l;
  const list = target(l, start);
  if (list === 0) return;
  const m = tempMark(rt);
  const items = temp(rt, listSlice(rt, l.stack, start, stackSize(l)));
  const exact = rt.words[list + ObjectWord.Type] === (T.list as number);
  const extend = exact ? 0 : lookupAttrText(rt, list, 'extend');
  if (exact) listAssSlice(rt, list, listLength(rt, list), listLength(rt, list), items);
  else if (extend !== 0) decref(rt, call1(rt, temp(rt, extend), items));
  else callEach(l, temp(rt, getAttrText(rt, list, 'append')), start);
  listTruncate(rt, l.stack, start);
  releaseTemps(rt, m);
}

function callEach(l: Loader, method: Ref, start: number): void {
  for (let i = start; i < stackSize(l); i++) decref(l.rt, call1(l.rt, method, stackItem(l, i)));
}

/** Appends one value. */
export function loadAppend(l: Loader): void {
  const { rt } = l;
  const start = stackSize(l) - 1;
  const list = start > l.fence ? stackItem(l, start - 1) : 0;
  if (list === 0 || rt.words[list + ObjectWord.Type] !== (T.list as number)) {
    appendFrom(l, start);
    return;
  }
  listAppend(rt, list, stackItem(l, start));
  listTruncate(rt, l.stack, start);
}

/** Sets the pairs from `start` on in what is below them. Source: CPython 3.12 do_setitems. @runsPython */
export function setItemsFrom(l: Loader, start: number): void {
  const { rt } = l;
  const dict = target(l, start);
  if (dict === 0) return;
  if ((stackSize(l) - start) % 2 !== 0) unpicklingError(rt, 'odd number of items for SETITEMS');
  const exact = rt.words[dict + ObjectWord.Type] === (T.dict as number);
  for (let i = start; i + 1 < stackSize(l); i += 2) {
    const key = stackItem(l, i);
    const value = stackItem(l, i + 1);
    if (exact) dictSet(rt, dict, key, value);
    else setItem(rt, dict, key, value);
  }
  listTruncate(rt, l.stack, start);
}

/** Source: CPython 3.12 load_additems. @runsPython */
export function loadAddItems(l: Loader): void {
  const { rt } = l;
  const start = popMark(l);
  const set = target(l, start);
  if (set === 0) return;
  if (rt.words[set + ObjectWord.Type] === (T.set as number)) {
    for (let i = start; i < stackSize(l); i++) setAdd(rt, set, stackItem(l, i));
  } else {
    const add = temp(rt, getAttrText(rt, set, 'add'));
    callEach(l, add, start);
    dropTemp(rt, add);
  }
  listTruncate(rt, l.stack, start);
}
