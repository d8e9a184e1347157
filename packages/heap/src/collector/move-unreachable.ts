/**
 * Third phase: what is referenced from outside, and everything reachable from it, stays; the rest moves to the list
 * `unreachable`, for the moment: an object moved too early is moved back when something reachable leads to it.
 *
 * Meanwhile the members of `unreachable` carry `NextFlag.Unreachable` in the link that leads to them and in their own.
 */
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, EntryWord, KeysInfo, KeysWord, ListWord, TupleWord } from '../layout/containers.ts';
import { GenWord } from '../layout/gc.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { GC_HEAD_WORDS, HeadWord, NextFlag, ObjectWord, Prev, PrevFlag } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { ownSlotsStart } from '../object/instance.ts';

/** Moves what cannot be reached from outside of `young` to `unreachable` (an empty list). Notes the exact tuples and
 *  dicts that stay in `h.survivors`, for untrack.ts.
 *  Before: subtractRefs ran. After: `young` is doubly linked again and not collecting; every link in `unreachable` has
 *  the unreachable flag, every member the collecting flag and its backward link in place of gcRefs 0.
 *  Source: CPython 3.12 gcmodule.c move_unreachable. Differs: nothing. */
export function moveUnreachable(h: Heap, young: number, unreachable: number): void {
  const H = h.words;
  const survivors = h.survivors;
  survivors.reset(H[HeapRoot.TupleType], H[HeapRoot.DictType]);
  let prev = young;
  let gc = H[young];
  let type = 0;
  let kind: number = LayoutKind.None;
  let slots = 0;
  let firstSlot = 0;
  let count = 0;
  while (gc !== young) {
    const refs = H[(gc + GenWord.Prev) | 0];
    if (refs >> Prev.Shift !== 0) {
      const o = (gc + GC_HEAD_WORDS) | 0;
      if (H[(o + ObjectWord.Type) | 0] !== type) {
        type = H[(o + ObjectWord.Type) | 0];
        kind = H[type + TypeWord.Traverse];
        slots = onlySlots(H, type);
        firstSlot = H[type + TypeWord.SlotsStart];
        // Once for a run of its instances: the type stays reachable.
        if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) visitTypeAt(h, H, o, type, kind, young);
        else visitReferents(h, H, o, type, kind, young);
      } else if (slots > 0) visitWords(H, (o + firstSlot) | 0, slots, type, young);
      else visitReferents(h, H, o, type, kind, young);
      if (kind === LayoutKind.InlineItems || kind === LayoutKind.Dict) survivors.note(o, type);
      H[(gc + GenWord.Prev) | 0] = (refs & PrevFlag.Finalized) | (prev << Prev.Shift);
      prev = gc;
      count++;
    } else {
      H[prev] = H[gc];
      const last = H[(unreachable + GenWord.Prev) | 0] >>> Prev.Shift;
      H[last] = gc | NextFlag.Unreachable;
      H[(gc + GenWord.Prev) | 0] = (refs & PrevFlag.Mask) | (last << Prev.Shift);
      H[gc] = unreachable | NextFlag.Unreachable;
      H[(unreachable + GenWord.Prev) | 0] = gc << Prev.Shift;
    }
    gc = H[prev];
  }
  survivors.count = count;
  H[(young + GenWord.Prev) | 0] = prev << Prev.Shift;
  H[unreachable] &= ~NextFlag.Unreachable;
}

/** The number of slots of instances of `type`, if one class has added them all and an instance refers to nothing else
 *  (but for its type); else 0. */
function onlySlots(H: Int32Array, type: Ref): number {
  if (H[type + TypeWord.Traverse] !== LayoutKind.Instance || H[type + TypeWord.BaseLayout] !== LayoutKind.None)
    return 0;
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) return 0;
  if (H[H[type + TypeWord.Base] + TypeWord.SlotsEnd] !== 0) return 0;
  return H[type + TypeWord.SlotsEnd] - H[type + TypeWord.SlotsStart];
}

/** `visitReachable` for `count` words of an instance of `type`. A loop costs as much as a visit, and most instances have
 *  few words: the first two go without one. */
function visitWords(H: Int32Array, first: number, count: number, type: Ref, young: number): void {
  let i = first | 0;
  const end = (first + count) | 0;
  if (i < end) visitFromInstance(H, H[i], type, young);
  i = (i + 1) | 0;
  if (i < end) visitFromInstance(H, H[i], type, young);
  for (i = (i + 1) | 0; i < end; i = (i + 1) | 0) visitReachable(H, H[i], young);
}

/** `visitReachable` for a reference from an instance of `type`. Mostly it is another one, which has a collector head
 *  like the first, and was passed already. */
function visitFromInstance(H: Int32Array, o: Ref, type: Ref, young: number): void {
  if (H[(o + ObjectWord.Type) | 0] === type && (H[(o + HeadWord.GcPrev) | 0] & PrevFlag.Collecting) === 0) return;
  visitReachable(H, o, young);
}

/** Everything that `o` references, but for its type, is reachable. */
function visitReferents(h: Heap, H: Int32Array, o: Ref, type: Ref, kind: number, young: number): void {
  if (kind !== LayoutKind.Instance) return visitLayout(h, H, o, type, kind, young);
  visitInstance(H, o, type, young);
  const base = H[type + TypeWord.BaseLayout];
  if (base !== LayoutKind.None) visitLayout(h, H, o, type, base, young);
}

/** `visitReferents` with the type, which comes before the base's part of an instance; others visit it first. */
function visitTypeAt(h: Heap, H: Int32Array, o: Ref, type: Ref, kind: number, young: number): void {
  if (kind !== LayoutKind.Instance) {
    visitReachable(H, type, young);
    return visitLayout(h, H, o, type, kind, young);
  }
  visitInstance(H, o, type, young);
  visitReachable(H, type, young);
  visitLayout(h, H, o, type, H[type + TypeWord.BaseLayout], young);
}

function visitInstance(H: Int32Array, o: Ref, type: Ref, young: number): void {
  if (H[type + TypeWord.SlotsEnd] !== 0) visitSlots(H, o, type, young);
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) === 0) return;
  const attributes = H[o + HeadWord.DictOrValues];
  if (attributes < 0) {
    visitWords(H, -attributes, H[H[type + TypeWord.HtCachedKeys] + KeysWord.NumEntries], type, young);
  } else visitReachable(H, attributes, young);
}

function visitSlots(H: Int32Array, o: Ref, type: Ref, young: number): void {
  if (H[H[type + TypeWord.Base] + TypeWord.SlotsEnd] === 0) {
    const end = o + H[type + TypeWord.SlotsEnd];
    for (let i = o + H[type + TypeWord.SlotsStart]; i < end; i++) visitReachable(H, H[i], young);
    return;
  }
  for (let t = type; H[t + TypeWord.Traverse] === LayoutKind.Instance; t = H[t + TypeWord.Base]) {
    const end = o + H[t + TypeWord.SlotsEnd];
    for (let i = o + ownSlotsStart(H, t); i < end; i++) visitReachable(H, H[i], young);
  }
}

function visitLayout(h: Heap, H: Int32Array, o: Ref, type: Ref, kind: number, young: number): void {
  if (kind === LayoutKind.Fixed) {
    for (let mask = H[type + TypeWord.TraverseMask], i = o + ObjectWord.Size; mask !== 0; mask >>>= 1, i++) {
      if ((mask & 1) !== 0) visitReachable(H, H[i], young);
    }
  } else if (kind === LayoutKind.InlineItems) {
    const first = o + TupleWord.Items;
    for (let i = first + H[o + TupleWord.Size] - 1; i >= first; i--) visitReachable(H, H[i], young);
  } else if (kind === LayoutKind.ItemBlock) {
    const items = H[o + ListWord.Items];
    for (let i = items + H[o + ListWord.Size] - 1; i >= items; i--) visitReachable(H, H[i], young);
  } else if (kind === LayoutKind.Dict) {
    visitDict(H, o, young);
  } else if (kind >= LayoutKind.FirstCustom) {
    visitCustom(h, o, kind, young);
  }
}

/** `o` is reachable: if it is waiting in `young`, it is marked; if it was moved already, it comes back.
 *  Source: CPython 3.12 gcmodule.c visit_reachable. */
function visitReachable(H: Int32Array, o: Ref, young: number): void {
  if (o === 0 || H[o] < 0 || (H[H[o + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.HaveGc) === 0) return;
  const word = H[o + HeadWord.GcPrev];
  if ((word & PrevFlag.Collecting) === 0) return;
  if ((H[o + HeadWord.GcNext] & NextFlag.Unreachable) !== 0) moveBack(H, o - GC_HEAD_WORDS, young);
  else if (word >> Prev.Shift === 0) H[o + HeadWord.GcPrev] = word | (1 << Prev.Shift);
}

/** Unlinks `gc` from the unreachable list by hand, as the links there are flagged, and appends it to `young`. */
function moveBack(H: Int32Array, gc: number, young: number): void {
  const flags = H[gc + GenWord.Prev] & PrevFlag.Mask;
  const prev = H[gc + GenWord.Prev] >>> Prev.Shift;
  const next = H[gc] & ~NextFlag.Unreachable;
  H[prev] = H[gc];
  H[next + GenWord.Prev] = (H[next + GenWord.Prev] & PrevFlag.Mask) | (prev << Prev.Shift);
  const last = H[young + GenWord.Prev] >>> Prev.Shift;
  H[last] = gc;
  H[gc] = young;
  H[young + GenWord.Prev] = gc << Prev.Shift;
  H[gc + GenWord.Prev] = flags | (1 << Prev.Shift);
}

function visitDict(H: Int32Array, o: Ref, young: number): void {
  const keys = H[o + DictWord.Keys];
  if (keys === 0) return;
  const count = H[keys + KeysWord.NumEntries];
  const values = H[o + DictWord.Values];
  const info = H[keys + KeysWord.Info];
  let i = keys + KeysWord.Indices + (1 << (info & KeysInfo.SizeMask));
  if (values !== 0) {
    for (i = values; i < values + count; i++) visitReachable(H, H[i], young);
  } else if (info >> KeysInfo.KindShift !== DictKeysKind.General) {
    const end = i + count * EntryWord.UnicodeWords;
    for (i += EntryWord.UnicodeValue; i < end; i += EntryWord.UnicodeWords) visitReachable(H, H[i], young);
  } else {
    const end = i + count * EntryWord.GeneralWords;
    for (; i < end; i += EntryWord.GeneralWords) {
      if (H[i + EntryWord.Value] === 0) continue;
      visitReachable(H, H[i + EntryWord.Value], young);
      visitReachable(H, H[i + EntryWord.Key], young);
    }
  }
}

function visitCustom(h: Heap, o: Ref, kind: number, young: number): void {
  const start = h.gatheredCount;
  h.customLayouts[kind].traverse(h, o, h.gather);
  for (let i = start; i < h.gatheredCount; i++) visitReachable(h.words, h.gathered[i], young);
  h.gatheredCount = start;
}
