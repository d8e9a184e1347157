/**
 * The hash table of sets: CPython's probe order (ten neighbours, then a jump), growth and shrinking, so that sets are
 * iterated in CPython's order. A deletion leaves a dummy; a new member takes the last dummy that the search for it met.
 *
 * Keys may be looked up by functions of the program; after such a comparison the table is checked, as CPython does.
 */
import { allocMetered, decref, freeMetered, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { compareKnown, keyHash, Known } from '../../core/dict/index.ts';
import { CompareOp } from '../../core/functions.ts';
import { SetEntry, SetSize, SetWord } from '../../core/layout/set.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';

const enum Probe {
  /** Neighbours looked at after the first entry. */
  Linear = 9,
  Shift = 5,
  Rest = 27,
}

/** Sets with more members than this grow by two, others by four. */
const SLOW_GROWTH = 50000;

/** What `findEntry` gives instead of an entry when the program said that the key to be added is there. */
const WAS_EQUAL = -1;

/** Word of the entry with the key, or of the unused entry where the search ended. With `adding`, of the last dummy met
 *  rather than of an unused entry, and −1 if an equal key was met. Borrows `key`. @runsPython
 *  Source: CPython 3.12 set_lookkey, set_add_entry. */
function findEntry(rt: Runtime, s: Ref, key: Ref, lo: number, hi: number, adding: boolean): number {
  const H = rt.words;
  const table = H[s + SetWord.Table];
  const mask = H[s + SetWord.Mask];
  let perturb = lo;
  let high = hi;
  let free = 0;
  for (let i = lo & mask; ; i = (i * 5 + 1 + perturb) & mask) {
    let entry = table + i * SetEntry.Words;
    let probes: number = i + Probe.Linear <= mask ? Probe.Linear : 0;
    do {
      const other = H[entry];
      if (other === key) return entry;
      if (other === 0) return free !== 0 ? free : entry;
      if (other === (SetEntry.Dummy as number)) {
        if (adding) free = entry;
      } else if (H[entry + SetEntry.HashLow] === lo && H[entry + SetEntry.HashHigh] === hi) {
        const known = compareKnown(rt, other, key);
        if (known === Known.Equal) return entry;
        if (known === Known.Unsure) {
          const equal = compareHeld(rt, other, key);
          if (equal && adding) return WAS_EQUAL;
          if (H[s + SetWord.Table] !== table || H[entry] !== other) return findEntry(rt, s, key, lo, hi, adding);
          if (equal) return entry;
        }
      }
      entry += SetEntry.Words;
    } while (probes-- > 0);
    perturb = (perturb >>> Probe.Shift) | (high << Probe.Rest);
    high >>>= Probe.Shift;
  }
}

/** Compares a member with a key. @runsPython */
function compareHeld(rt: Runtime, other: Ref, key: Ref): boolean {
  temp(rt, newRef(rt, other));
  const equal = compareBool(rt, other, key, CompareOp.Eq);
  dropTemp(rt, other);
  return equal;
}

/** `s.add(key)`. Borrows `key`. Raises TypeError for an unhashable key. @runsPython */
export function setAdd(rt: Runtime, s: Ref, key: Ref): void {
  const lo = keyHash(rt, key);
  setAddHash(rt, s, key, lo, rt.hashHigh);
}

/** `setAdd` for a key whose hash is known. The key is held during the search: a comparison may release its last owner.
 *  @runsPython
 *  Source: CPython 3.12 set_add_entry. */
export function setAddHash(rt: Runtime, s: Ref, key: Ref, lo: number, hi: number): void {
  const H = rt.words;
  temp(rt, newRef(rt, key));
  const entry = findEntry(rt, s, key, lo, hi, true);
  if (entry === WAS_EQUAL || H[entry] > 0) return dropTemp(rt, key);
  const fresh = H[entry] === 0;
  H[entry] = untemp(rt, key);
  H[entry + SetEntry.HashLow] = lo;
  H[entry + SetEntry.HashHigh] = hi;
  const used = ++H[s + SetWord.Used];
  if (fresh && ++H[s + SetWord.Fill] * 5 >= H[s + SetWord.Mask] * 3) setResize(rt, s, grownSize(used));
}

/** How many members a table that is rebuilt for `used` of them is made for. */
export function grownSize(used: number): number {
  return used > SLOW_GROWTH ? used * 2 : used * 4;
}

/** `key in s` @runsPython */
export function setHas(rt: Runtime, s: Ref, key: Ref): boolean {
  const lo = keyHash(rt, key);
  return setHasHash(rt, s, key, lo, rt.hashHigh);
}

/** `setHas` for a key whose hash is known. @runsPython */
export function setHasHash(rt: Runtime, s: Ref, key: Ref, lo: number, hi: number): boolean {
  return rt.words[findEntry(rt, s, key, lo, hi, false)] !== 0;
}

/** Takes a key out; false if it is not there. @runsPython */
export function setDiscard(rt: Runtime, s: Ref, key: Ref): boolean {
  const lo = keyHash(rt, key);
  return setDiscardHash(rt, s, key, lo, rt.hashHigh);
}

/** `setDiscard` for a key whose hash is known. @runsPython
 *  Source: CPython 3.12 set_discard_entry. */
export function setDiscardHash(rt: Runtime, s: Ref, key: Ref, lo: number, hi: number): boolean {
  const entry = findEntry(rt, s, key, lo, hi, false);
  if (rt.words[entry] === 0) return false;
  decref(rt, detachEntry(rt, s, entry));
  return true;
}

function detachEntry(rt: Runtime, s: Ref, entry: number): Owned {
  const H = rt.words;
  const key = H[entry];
  H[entry] = SetEntry.Dummy;
  H[entry + SetEntry.HashLow] = -1;
  H[entry + SetEntry.HashHigh] = -1;
  H[s + SetWord.Used]--;
  return key as Owned;
}

/** Takes any member out, going round the table; 0 if there is none.
 *  Source: CPython 3.12 set_pop. */
export function setPop(rt: Runtime, s: Ref): Owned | 0 {
  const H = rt.words;
  if (H[s + SetWord.Used] === 0) return 0;
  const mask = H[s + SetWord.Mask];
  let i = H[s + SetWord.Finger] & mask;
  while (H[H[s + SetWord.Table] + i * SetEntry.Words] <= 0) i = i === mask ? 0 : i + 1;
  H[s + SetWord.Finger] = i + 1;
  return detachEntry(rt, s, H[s + SetWord.Table] + i * SetEntry.Words);
}

/** Puts a key that is not there into a table without dummies. Moves the reference.
 *  Source: CPython 3.12 set_insert_clean. */
export function insertClean(H: Int32Array, table: number, mask: number, key: Ref, lo: number, hi: number): void {
  let perturb = lo;
  let high = hi;
  for (let i = lo & mask; ; i = (i * 5 + 1 + perturb) & mask) {
    let entry = table + i * SetEntry.Words;
    let probes: number = i + Probe.Linear <= mask ? Probe.Linear : 0;
    do {
      if (H[entry] === 0) {
        H[entry] = key;
        H[entry + SetEntry.HashLow] = lo;
        H[entry + SetEntry.HashHigh] = hi;
        return;
      }
      entry += SetEntry.Words;
    } while (probes-- > 0);
    perturb = (perturb >>> Probe.Shift) | (high << Probe.Rest);
    high >>>= Probe.Shift;
  }
}

/** Rebuilds the table with more than `minUsed` slots. Raises MemoryError with nothing changed.
 *  Source: CPython 3.12 set_table_resize. */
export function setResize(rt: Runtime, s: Ref, minUsed: number): void {
  const H = rt.words;
  let slots: number = SetSize.MinSlots;
  while (slots <= minUsed) slots *= 2;
  const old = H[s + SetWord.Table];
  const oldMask = H[s + SetWord.Mask];
  if (slots === (SetSize.MinSlots as number) && old === s + SetWord.SmallTable) {
    if (H[s + SetWord.Fill] !== H[s + SetWord.Used]) rebuildInPlace(rt, s);
    return;
  }
  const table = slots === (SetSize.MinSlots as number) ? s + SetWord.SmallTable : allocTable(rt, slots);
  H.fill(0, table, table + slots * SetEntry.Words);
  copyEntries(H, old, oldMask, table, slots - 1);
  H[s + SetWord.Table] = table;
  H[s + SetWord.Mask] = slots - 1;
  H[s + SetWord.Fill] = H[s + SetWord.Used];
  if (old !== s + SetWord.SmallTable) freeTable(rt, old, oldMask);
}

/** Frees the small table of its dummies. */
function rebuildInPlace(rt: Runtime, s: Ref): void {
  const H = rt.words;
  const table = s + SetWord.SmallTable;
  const entries = H.slice(table, table + SetSize.MinSlots * SetEntry.Words);
  H.fill(0, table, table + entries.length);
  for (let i = 0; i < entries.length; i += SetEntry.Words) {
    const key = entries[i];
    if (key > 0)
      insertClean(H, table, SetSize.MinSlots - 1, key, entries[i + SetEntry.HashLow], entries[i + SetEntry.HashHigh]);
  }
  H[s + SetWord.Fill] = H[s + SetWord.Used];
}

/** Moves the members of a table into a clean one, in table order. */
function copyEntries(H: Int32Array, from: number, fromMask: number, table: number, mask: number): void {
  const end = from + (fromMask + 1) * SetEntry.Words;
  for (let entry = from; entry < end; entry += SetEntry.Words) {
    if (H[entry] > 0) insertClean(H, table, mask, H[entry], H[entry + SetEntry.HashLow], H[entry + SetEntry.HashHigh]);
  }
}

function allocTable(rt: Runtime, slots: number): number {
  return allocMetered(rt, slots * SetEntry.Words, slots * SetSize.EntryBytes);
}

/** Gives back the block of a table that is not inside its set. */
export function freeTable(rt: Runtime, table: number, mask: number): void {
  freeMetered(rt, table, (mask + 1) * SetEntry.Words, (mask + 1) * SetSize.EntryBytes);
}

/** The position of the first member from `position` on, or −1. To walk a set:
 *  `for (let i = setNext(rt, s, 0); i >= 0; i = setNext(rt, s, i + 1))`, with `setEntryAt`.
 *  Source: CPython 3.12 set_next. */
export function setNext(rt: Runtime, s: Ref, position: number): number {
  const H = rt.words;
  const mask = H[s + SetWord.Mask];
  const table = H[s + SetWord.Table];
  for (let i = position; i <= mask; i++) if (H[table + i * SetEntry.Words] > 0) return i;
  return -1;
}

/** Word of the entry at a position: its first word is the key, the hash follows (`SetEntry`). */
export function setEntryAt(rt: Runtime, s: Ref, position: number): number {
  return rt.words[s + SetWord.Table] + position * SetEntry.Words;
}

/** `len(s)` */
export function setLength(rt: Runtime, s: Ref): number {
  return rt.words[s + SetWord.Used];
}
