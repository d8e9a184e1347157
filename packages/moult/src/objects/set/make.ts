/** New sets, clearing, destruction, what the collector sees of a set. */
import {
  beginDestroying,
  clearWeakrefs,
  clearWord,
  Destroying,
  endDestroying,
  freeObject,
  genericAlloc,
  ObjectWord,
  trashcanBegin,
  trashcanEnd,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { SLOT_FUNCTIONS, slotIndex } from '../../core/functions.ts';
import type { AllocSlot } from '../../core/functions.ts';
import { SetEntry, SetSize, SetWord } from '../../core/layout/set.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp, tempMark, untemp } from '../../core/temps.ts';
import { isSubtype } from '../../core/types.ts';
import { freeTable } from './table.ts';
import { setUpdate } from './update.ts';

/** An empty set, tracked. */
export function newSet(rt: Runtime): Owned {
  return emptySet(rt, T.set);
}

/** An empty set or frozenset of that type, tracked. */
export function emptySet(rt: Runtime, type: Ref): Owned {
  const H = rt.words;
  const alloc = H[type + TypeWord.Alloc];
  const exact = type === (T.set as number) || type === (T.frozenset as number) || alloc === 0;
  const s = exact ? genericAlloc(rt, type) : (SLOT_FUNCTIONS[alloc] as AllocSlot)(rt, type, 0);
  H[s + SetWord.Mask] = SetSize.MinSlots - 1;
  H[s + SetWord.Table] = s + SetWord.SmallTable;
  H[s + SetWord.HashLow] = H[s + SetWord.HashHigh] = -1;
  return s;
}

/** A set of that type with the members of an iterable. @runsPython
 *  Source: CPython 3.12 make_new_set. */
export function newSetFrom(rt: Runtime, type: Ref, iterable: Ref): Owned {
  const s = temp(rt, emptySet(rt, type));
  setUpdate(rt, s, iterable);
  return untemp(rt, s);
}

/** `set` or `frozenset`: the type of what operators on a subclass's instances give.
 *  Source: CPython 3.12 make_new_set_basetype. */
export function baseSetType(rt: Runtime, s: Ref): Ref {
  const type = rt.words[s + ObjectWord.Type];
  if (type === (T.set as number) || type === (T.frozenset as number)) return type;
  return isSubtype(rt, type, T.set) ? T.set : T.frozenset;
}

/** A plain set with the same members. */
export function copySet(rt: Runtime, s: Ref): Owned {
  return newSetFrom(rt, baseSetType(rt, s), s);
}

/** Whether `o` is a set or frozenset, or of a subclass. */
export function isAnySet(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  if (type === (T.set as number) || type === (T.frozenset as number)) return true;
  return isSubtype(rt, type, T.set) || isSubtype(rt, type, T.frozenset);
}

/** Empties the set: it is empty before the first member dies; members die in table order. @runsPython
 *  Source: CPython 3.12 set_clear_internal. */
export function setClear(rt: Runtime, s: Ref): void {
  const H = rt.words;
  const mask = H[s + SetWord.Mask];
  const table = H[s + SetWord.Table];
  if (table === s + SetWord.SmallTable) {
    if (H[s + SetWord.Fill] > 0) clearSmall(rt, s);
    return;
  }
  const n = packKeys(H, table, mask, table);
  makeEmpty(H, s);
  const depth = beginDestroying(rt, table, Destroying.Run + n);
  for (let i = table; i < table + n; i++) clearWord(rt, i);
  endDestroying(rt, depth);
  freeTable(rt, table, mask);
}

/** The members wait on the temporaries' stack. */
function clearSmall(rt: Runtime, s: Ref): void {
  const H = rt.words;
  const base = tempMark(rt);
  const n = packKeys(H, s + SetWord.SmallTable, SetSize.MinSlots - 1, base);
  H[RootNum.TempTop] = base + n;
  makeEmpty(H, s);
  for (let i = base; i < base + n; i++) clearWord(rt, i);
  H[RootNum.TempTop] = base;
}

/** Writes the keys of a table, in table order, to the words from `to` on, which may be the table itself. Returns how
 *  many there are. */
function packKeys(H: Int32Array, table: number, mask: number, to: number): number {
  let n = 0;
  const end = table + (mask + 1) * SetEntry.Words;
  for (let entry = table; entry < end; entry += SetEntry.Words) if (H[entry] > 0) H[to + n++] = H[entry];
  return n;
}

function makeEmpty(H: Int32Array, s: Ref): void {
  const small = s + SetWord.SmallTable;
  H.fill(0, small, small + SetSize.MinSlots * SetEntry.Words);
  H[s + SetWord.Fill] = 0;
  H[s + SetWord.Used] = 0;
  H[s + SetWord.Mask] = SetSize.MinSlots - 1;
  H[s + SetWord.Table] = small;
  H[s + SetWord.HashLow] = H[s + SetWord.HashHigh] = -1;
}

/** Exchanges the members of two sets.
 *  Source: CPython 3.12 set_swap_bodies. */
export function swapSets(rt: Runtime, a: Ref, b: Ref): void {
  const H = rt.words;
  const smallA = a + SetWord.SmallTable;
  const smallB = b + SetWord.SmallTable;
  const tableA = H[a + SetWord.Table];
  const tableB = H[b + SetWord.Table];
  for (let i = SetWord.Fill as number; i <= (SetWord.Mask as number); i++) swapWords(H, a + i, b + i);
  H[a + SetWord.Table] = tableB === smallB ? smallA : tableB;
  H[b + SetWord.Table] = tableA === smallA ? smallB : tableA;
  if (tableA === smallA || tableB === smallB) {
    for (let i = 0; i < SetSize.MinSlots * SetEntry.Words; i++) swapWords(H, smallA + i, smallB + i);
  }
  H[a + SetWord.HashLow] = H[a + SetWord.HashHigh] = -1;
  H[b + SetWord.HashLow] = H[b + SetWord.HashHigh] = -1;
}

function swapWords(H: Int32Array, i: number, j: number): void {
  const word = H[i];
  H[i] = H[j];
  H[j] = word;
}

/** Destructor of sets. @runsPython
 *  Source: CPython 3.12 set_dealloc. */
export function setDealloc(rt: Runtime, s: Ref): void {
  const H = rt.words;
  untrack(rt, s);
  const own = H[H[s + ObjectWord.Type] + TypeWord.Dealloc] === slotIndex(setDealloc);
  if (own && !trashcanBegin(rt, s)) return;
  if (H[s + SetWord.WeakList] !== 0) clearWeakrefs(rt, s);
  const table = H[s + SetWord.Table];
  const mask = H[s + SetWord.Mask];
  const end = table + (mask + 1) * SetEntry.Words;
  for (let entry = table; entry < end; entry += SetEntry.Words) if (H[entry] > 0) clearWord(rt, entry);
  if (table !== s + SetWord.SmallTable) freeTable(rt, table, mask);
  freeObject(rt, s);
  if (own) trashcanEnd(rt);
}

/** What the collector sees: the members in table order. */
export const setLayout: CustomLayout = {
  name: 'set',
  traverse(heap: Heap, s: Ref, visit: Visit): void {
    const H = heap.words;
    const table = H[s + SetWord.Table];
    const end = table + (H[s + SetWord.Mask] + 1) * SetEntry.Words;
    for (let entry = table; entry < end; entry += SetEntry.Words) if (H[entry] > 0) visit(H[entry]);
  },
  clear(heap: Heap, s: Ref): void {
    setClear(heap as Runtime, s);
  },
};

/** For the audit: metered bytes of the table's own block, 0 if it lies in the set. */
export function setTableBytes(rt: Runtime, s: Ref): number {
  const H = rt.words;
  return H[s + SetWord.Table] === s + SetWord.SmallTable ? 0 : (H[s + SetWord.Mask] + 1) * SetSize.EntryBytes;
}
