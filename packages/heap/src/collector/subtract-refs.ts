/**
 * Second phase: references from inside the set are taken off the `gcRefs`, so that what remains comes from outside.
 * The layouts are written out here, and again in move-unreachable.ts: these two loops are most of a collection's time,
 * and a call for each reference would double it. `traverse` is the plain form; a test compares them. Indices end in `| 0`:
 * V8 need not check the sum for overflow then, which is a tenth of the time.
 */
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, EntryWord, KeysInfo, KeysWord, ListWord, TupleWord } from '../layout/containers.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord, Prev, PrevFlag } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { valueCount } from '../object/instance.ts';

/** Subtracts references internal to `containers` from their gcRefs.
 *  Before: updateRefs ran. After: gcRefs > 0 means referenced from outside.
 *  Borrows everything, allocates nothing. Keeps INV-GC-2.
 *  Source: CPython 3.12 gcmodule.c subtract_refs. Differs: nothing.
 *
 *  Neighbours in a list are often of one type: what the loops need of it is loaded once for such a run. */
export function subtractRefs(h: Heap, containers: number): void {
  const H = h.words;
  for (let gc = H[containers]; gc !== containers;) {
    const type = H[gc + GC_HEAD_WORDS + ObjectWord.Type];
    if (H[type + TypeWord.Traverse] === LayoutKind.Instance) gc = subtractInstances(h, gc, containers, type);
    else gc = subtractRun(h, gc, containers, type);
  }
}

/** Does the objects of `type` from `gc` on up to the first of another type, or the list's end, which it returns. */
function subtractRun(h: Heap, start: number, containers: number, type: Ref): number {
  const H = h.words;
  const kind = H[type + TypeWord.Traverse];
  let owners = 0;
  let gc = start;
  do {
    subtractLayout(h, H, gc + GC_HEAD_WORDS, type, kind);
    owners++;
    gc = H[gc];
  } while (gc !== containers && H[gc + GC_HEAD_WORDS + ObjectWord.Type] === type);
  subtractFromType(H, type, owners);
  return gc;
}

/** `subtractRun` for instances of class statements' types. */
function subtractInstances(h: Heap, start: number, containers: number, type: Ref): number {
  const H = h.words;
  const firstSlot = GC_HEAD_WORDS + H[type + TypeWord.SlotsStart];
  const slots = H[type + TypeWord.SlotsEnd] - H[type + TypeWord.SlotsStart];
  const values = inlineValues(H, type);
  const base = H[type + TypeWord.BaseLayout];
  let owners = 0;
  let gc = start;
  do {
    subtractWords(H, (gc + firstSlot) | 0, slots, type);
    if (values >= 0) {
      const attributes = H[(gc + GC_HEAD_WORDS + HeadWord.DictOrValues) | 0];
      if (attributes < 0) subtractWords(H, -attributes, values, type);
      else visitDecref(H, attributes);
    }
    if (base !== LayoutKind.None) subtractLayout(h, H, gc + GC_HEAD_WORDS, type, base);
    owners++;
    gc = H[gc];
  } while (gc !== containers && H[(gc + GC_HEAD_WORDS + ObjectWord.Type) | 0] === type);
  subtractFromType(H, type, owners);
  return gc;
}

/** `visitDecref` for `count` words of an instance of `type`. A loop costs as much as a visit, and most instances have
 *  few words: the first two go without one. */
function subtractWords(H: Int32Array, first: number, count: number, type: Ref): void {
  let i = first | 0;
  const end = (first + count) | 0;
  if (i < end) visitFromInstance(H, H[i], type);
  i = (i + 1) | 0;
  if (i < end) visitFromInstance(H, H[i], type);
  for (i = (i + 1) | 0; i < end; i = (i + 1) | 0) visitDecref(H, H[i]);
}

/** `visitDecref` for a reference from an instance of `type`. Another one of that type, which is frequent, has a
 *  collector head like the first: that need not be asked. */
function visitFromInstance(H: Int32Array, o: Ref, type: Ref): void {
  if (H[(o + ObjectWord.Type) | 0] !== type) return visitDecref(H, o);
  const prev = H[(o + HeadWord.GcPrev) | 0];
  if ((prev & PrevFlag.Collecting) !== 0) H[(o + HeadWord.GcPrev) | 0] = prev - (1 << Prev.Shift);
}

/** Number of inline values of a type's instances, −1 if they have neither such nor a dict. */
function inlineValues(H: Int32Array, type: Ref): number {
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) === 0) return -1;
  return valueCount(H, type);
}

/** `owners` instances of a type refer to it. */
function subtractFromType(H: Int32Array, type: Ref, owners: number): void {
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) === 0 || H[type] < 0) return;
  if ((H[type + HeadWord.GcPrev] & PrevFlag.Collecting) !== 0) H[type + HeadWord.GcPrev] -= owners << Prev.Shift;
}

function subtractLayout(h: Heap, H: Int32Array, o: Ref, type: Ref, kind: number): void {
  if (kind === LayoutKind.Fixed) {
    for (let mask = H[type + TypeWord.TraverseMask], i = o + ObjectWord.Size; mask !== 0; mask >>>= 1, i++) {
      if ((mask & 1) !== 0) visitDecref(H, H[i]);
    }
  } else if (kind === LayoutKind.InlineItems) {
    const end = o + TupleWord.Items + H[o + TupleWord.Size];
    for (let i = o + TupleWord.Items; i < end; i++) visitDecref(H, H[i]);
  } else if (kind === LayoutKind.ItemBlock) {
    const items = H[o + ListWord.Items];
    const end = items + H[o + ListWord.Size];
    for (let i = items; i < end; i++) visitDecref(H, H[i]);
  } else if (kind === LayoutKind.Dict) {
    subtractDict(H, o);
  } else if (kind >= LayoutKind.FirstCustom) {
    subtractCustom(h, o, kind);
  }
}

/** One reference to `o` comes from inside. Objects without a collector head and immortal ones (static types, whose
 *  record has no head, are) are passed over. */
function visitDecref(H: Int32Array, o: Ref): void {
  if (o === 0 || H[o] < 0 || (H[H[o + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.HaveGc) === 0) return;
  const prev = H[o + HeadWord.GcPrev];
  if ((prev & PrevFlag.Collecting) !== 0) H[o + HeadWord.GcPrev] = prev - (1 << Prev.Shift);
}

function subtractDict(H: Int32Array, o: Ref): void {
  const keys = H[o + DictWord.Keys];
  if (keys === 0) return;
  const count = H[keys + KeysWord.NumEntries];
  const values = H[o + DictWord.Values];
  const info = H[keys + KeysWord.Info];
  let i = keys + KeysWord.Indices + (1 << (info & KeysInfo.SizeMask));
  if (values !== 0) {
    for (i = values; i < values + count; i++) visitDecref(H, H[i]);
  } else if (info >> KeysInfo.KindShift !== DictKeysKind.General) {
    const end = i + count * EntryWord.UnicodeWords;
    for (i += EntryWord.UnicodeValue; i < end; i += EntryWord.UnicodeWords) visitDecref(H, H[i]);
  } else {
    const end = i + count * EntryWord.GeneralWords;
    for (; i < end; i += EntryWord.GeneralWords) {
      if (H[i + EntryWord.Value] === 0) continue;
      visitDecref(H, H[i + EntryWord.Value]);
      visitDecref(H, H[i + EntryWord.Key]);
    }
  }
}

function subtractCustom(h: Heap, o: Ref, kind: number): void {
  const start = h.gatheredCount;
  h.customLayouts[kind].traverse(h, o, h.gather);
  for (let i = start; i < h.gatheredCount; i++) visitDecref(h.words, h.gathered[i]);
  h.gatheredCount = start;
}
