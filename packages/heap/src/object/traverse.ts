/**
 * Finding the references of an object, by its layout kind: what CPython's `tp_traverse` visits, in its order. The two
 * hot phases of a collection have this inlined; everything else uses `gatherReferents`, which puts them into a reused
 * array. The type of an object is visited when it is on the heap: by an instance after its attributes, by others first.
 */
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, EntryWord, KeysInfo, KeysWord, ListWord, TupleWord } from '../layout/containers.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { ownSlotsStart, valueCount } from './instance.ts';
import { firstEntry } from './keys.ts';

/** Receives references; ignores 0. */
export type Visit = (ref: Ref) => void;

/** Appends the references of `o` to `h.gathered` and returns how many. The caller takes them off again by setting
 *  `h.gatheredCount` back. Borrows everything. */
export function gatherReferents(h: Heap, o: Ref): number {
  const start = h.gatheredCount;
  traverse(h, o, h.gather);
  return h.gatheredCount - start;
}

/** Visits the references of `o`. Source: CPython 3.12 tp_traverse of the layout's types, subtype_traverse. */
export function traverse(h: Heap, o: Ref, visit: Visit): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  const kind = H[type + TypeWord.Traverse];
  if (kind === LayoutKind.Instance) {
    visitSlots(H, o, type, visit);
    visitAttributes(H, o, type, visit);
    visit(type);
    traverseAs(h, o, type, H[type + TypeWord.BaseLayout], visit);
    return;
  }
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) visit(type);
  traverseAs(h, o, type, kind, visit);
}

function traverseAs(h: Heap, o: Ref, type: Ref, kind: number, visit: Visit): void {
  const H = h.words;
  if (kind === LayoutKind.Fixed) visitMask(H, o, H[type + TypeWord.TraverseMask], visit);
  else if (kind === LayoutKind.InlineItems) visitBackwards(H, o + TupleWord.Items, H[o + TupleWord.Size], visit);
  else if (kind === LayoutKind.ItemBlock) visitBackwards(H, H[o + ListWord.Items], H[o + ListWord.Size], visit);
  else if (kind === LayoutKind.Dict) visitDict(H, o, visit);
  else if (kind >= LayoutKind.FirstCustom) h.customLayouts[kind].traverse(h, o, visit);
}

/** Visits the words from 2 on whose bits are set. */
export function visitMask(H: Int32Array, o: Ref, bits: number, visit: Visit): void {
  for (let mask = bits, i = o + ObjectWord.Size; mask !== 0; mask >>>= 1, i++) {
    if ((mask & 1) !== 0 && H[i] !== 0) visit(H[i]);
  }
}

function visitBackwards(H: Int32Array, first: number, count: number, visit: Visit): void {
  for (let i = first + count - 1; i >= first; i--) if (H[i] !== 0) visit(H[i]);
}

function visitSlots(H: Int32Array, o: Ref, type: Ref, visit: Visit): void {
  if (H[type + TypeWord.SlotsEnd] === 0) return;
  for (let t = type; H[t + TypeWord.Traverse] === LayoutKind.Instance; t = H[t + TypeWord.Base]) {
    const end = o + H[t + TypeWord.SlotsEnd];
    for (let i = o + ownSlotsStart(H, t); i < end; i++) if (H[i] !== 0) visit(H[i]);
  }
}

function visitAttributes(H: Int32Array, o: Ref, type: Ref, visit: Visit): void {
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) === 0) return;
  const attributes = H[o + HeadWord.DictOrValues];
  if (attributes > 0) visit(attributes);
  else if (attributes < 0) {
    const end = -attributes + valueCount(H, type);
    for (let i = -attributes; i < end; i++) if (H[i] !== 0) visit(H[i]);
  }
}

/** Visits what a dict owns that may be part of a cycle. */
export function visitDict(H: Int32Array, o: Ref, visit: Visit): void {
  const keys = H[o + DictWord.Keys];
  if (keys === 0) return;
  const count = H[keys + KeysWord.NumEntries];
  const values = H[o + DictWord.Values];
  if (values !== 0) {
    for (let i = values; i < values + count; i++) if (H[i] !== 0) visit(H[i]);
    return;
  }
  if (H[keys + KeysWord.Info] >> KeysInfo.KindShift !== DictKeysKind.General) {
    let i = firstEntry(H, keys) + EntryWord.UnicodeValue;
    for (let n = count; n > 0; n--, i += EntryWord.UnicodeWords) if (H[i] !== 0) visit(H[i]);
    return;
  }
  let entry = firstEntry(H, keys);
  for (let n = count; n > 0; n--, entry += EntryWord.GeneralWords) {
    if (H[entry + EntryWord.Value] === 0) continue;
    visit(H[entry + EntryWord.Value]);
    visit(H[entry + EntryWord.Key]);
  }
}
