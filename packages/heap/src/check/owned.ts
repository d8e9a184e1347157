/** Every reference that an object owns: what the collector follows, and what it does not (keys of string-keyed dicts,
 *  names, borrowed-looking fields). The audit counts with it; nothing else needs it. */
import type { Heap } from '../heap.ts';
import { DictWord, EntryWord, KeysWord, ListWord, TupleWord } from '../layout/containers.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { nearestBase } from '../object/instance.ts';
import { entryWords, firstEntry, isUnicodeKeys } from '../object/keys.ts';
import { visitMask, type Visit } from '../object/traverse.ts';
import { valuesCapacity } from '../object/values.ts';

/** Receives the records that are counted apart from objects. */
export interface OwnedVisitor {
  /** An owned reference to an object. */
  ref: Visit;
  /** A counted reference to a keys record. */
  keys(keys: number): void;
  /** A values record that belongs to the object alone. */
  values(values: number): void;
}

/** Visits everything that `o` owns. */
export function visitOwned(h: Heap, o: Ref, visitor: OwnedVisitor): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) visitor.ref(type);
  if ((H[type + TypeWord.Flags] & TypeFlag.TypeSubclass) !== 0 && H[o + TypeWord.HtCachedKeys] !== 0) {
    visitor.keys(H[o + TypeWord.HtCachedKeys]);
  }
  let kind = H[type + TypeWord.Traverse];
  if (kind === LayoutKind.Instance) {
    visitSlots(H, o, type, visitor.ref);
    if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) visitAttributes(H, o, visitor);
    kind = H[type + TypeWord.BaseLayout];
  }
  visitLayout(h, o, type, kind, visitor);
}

/** Visits keys and values of a keys record. */
export function visitKeysOwned(H: Int32Array, keys: number, visit: Visit): void {
  const size = entryWords(H, keys);
  const unicode = isUnicodeKeys(H, keys);
  const key = unicode ? EntryWord.UnicodeKey : EntryWord.Key;
  const value = unicode ? EntryWord.UnicodeValue : EntryWord.Value;
  for (let entry = firstEntry(H, keys), n = H[keys + KeysWord.NumEntries]; n > 0; n--, entry += size) {
    if (H[entry + key] !== 0) visit(H[entry + key]);
    if (H[entry + value] !== 0) visit(H[entry + value]);
  }
}

/** Visits the `count` words from `start` that are not 0. */
export function visitRun(H: Int32Array, start: number, count: number, visit: Visit): void {
  for (let i = start; i < start + count; i++) if (H[i] !== 0) visit(H[i]);
}

function visitLayout(h: Heap, o: Ref, type: Ref, kind: number, visitor: OwnedVisitor): void {
  const H = h.words;
  if (kind === LayoutKind.Fixed) visitMask(H, o, H[type + TypeWord.OwnedMask], visitor.ref);
  else if (kind === LayoutKind.InlineItems) visitRun(H, o + TupleWord.Items, H[o + TupleWord.Size], visitor.ref);
  else if (kind === LayoutKind.ItemBlock) visitRun(H, H[o + ListWord.Items], H[o + ListWord.Size], visitor.ref);
  else if (kind === LayoutKind.Dict) {
    if (H[o + DictWord.Keys] !== 0) visitor.keys(H[o + DictWord.Keys]);
    if (H[o + DictWord.Values] !== 0) visitValues(H, H[o + DictWord.Values], visitor);
  } else if (kind >= LayoutKind.FirstCustom) {
    const layout = h.customLayouts[kind];
    if (layout.base === undefined) layout.traverse(h, o, visitor.ref);
    else visitLayout(h, o, type, layout.base, visitor);
    layout.owned?.(h, o, visitor.ref);
  }
}

function visitSlots(H: Int32Array, o: Ref, type: Ref, visit: Visit): void {
  const end = H[type + TypeWord.SlotsEnd];
  if (end === 0 || nearestBase(H, type) === type) return;
  visitRun(H, o + H[type + TypeWord.SlotsStart], end - H[type + TypeWord.SlotsStart], visit);
}

function visitAttributes(H: Int32Array, o: Ref, visitor: OwnedVisitor): void {
  const attributes = H[o + HeadWord.DictOrValues];
  if (attributes > 0) visitor.ref(attributes);
  else if (attributes < 0) visitValues(H, -attributes, visitor);
}

function visitValues(H: Int32Array, values: number, visitor: OwnedVisitor): void {
  visitor.values(values);
  visitRun(H, values, valuesCapacity(H, values), visitor.ref);
}
