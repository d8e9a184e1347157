/** What a new type takes over from its bases: sizes and flags once, slots from every class of the MRO. */
import { ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictGetInterned } from '../../core/dict/index.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { INHERITED_WORDS } from './slot-words.ts';

const FAST_SUBCLASS =
  TypeFlag.LongSubclass |
  TypeFlag.ListSubclass |
  TypeFlag.TupleSubclass |
  TypeFlag.BytesSubclass |
  TypeFlag.UnicodeSubclass |
  TypeFlag.DictSubclass |
  TypeFlag.BaseExcSubclass |
  TypeFlag.TypeSubclass |
  TypeFlag.MatchSelf |
  TypeFlag.ItemsAtEnd;

/** Sizes, offsets and subclass flags of `base` (inherit_special). */
export function inheritSpecial(rt: Runtime, type: Ref, base: Ref): void {
  const H = rt.words;
  if (H[type + TypeWord.BasicSize] === 0) H[type + TypeWord.BasicSize] = H[base + TypeWord.BasicSize];
  if (H[type + TypeWord.BasicWords] === 0) H[type + TypeWord.BasicWords] = H[base + TypeWord.BasicWords];
  if (H[type + TypeWord.ItemSize] === 0) {
    H[type + TypeWord.ItemSize] = H[base + TypeWord.ItemSize];
    H[type + TypeWord.ItemWords] = H[base + TypeWord.ItemWords];
  }
  if (H[type + TypeWord.WeakListOffset] === 0) {
    H[type + TypeWord.WeakListOffset] = H[base + TypeWord.WeakListOffset];
    H[type + TypeWord.Runtime0] = H[base + TypeWord.Runtime0];
  }
  if (H[type + TypeWord.DictOffset] === 0) H[type + TypeWord.DictOffset] = H[base + TypeWord.DictOffset];
  H[type + TypeWord.Flags] |= H[base + TypeWord.Flags] & (FAST_SUBCLASS | TypeFlag.PreHeader);
}

/** SEQUENCE or MAPPING, unless the type has one of them. */
export function inheritPatternFlags(rt: Runtime, type: Ref, base: Ref): void {
  const H = rt.words;
  const collection = TypeFlag.Sequence | TypeFlag.Mapping;
  if ((H[type + TypeWord.Flags] & collection) === 0) H[type + TypeWord.Flags] |= H[base + TypeWord.Flags] & collection;
}

/** Slots from all bases in the order of the MRO. */
export function inheritFromMro(rt: Runtime, type: Ref): void {
  const H = rt.words;
  const mro = H[type + TypeWord.Mro];
  const bases = H[type + TypeWord.Bases];
  if (H[type + ObjectWord.Type] === T.type && H[bases + TupleWord.Size] === 1) {
    inheritAll(rt, type, H[bases + TupleWord.Items]);
    return;
  }
  for (let i = 1; i < H[mro + TupleWord.Size]; i++) {
    const base = H[mro + TupleWord.Items + i];
    inheritSlots(rt, type, base);
    inheritPatternFlags(rt, type, base);
  }
}

/** The only base has all slots of its own bases: what `type` has not comes from there. */
function inheritAll(rt: Runtime, type: Ref, base: Ref): void {
  const H = rt.words;
  if (H[type + TypeWord.Call] === 0) H[type + TypeWord.Flags] |= H[base + TypeWord.Flags] & TypeFlag.HaveVectorcall;
  for (let i = 0; i < INHERITED_WORDS.length; i++) {
    const word = type + INHERITED_WORDS[i];
    if (H[word] === 0) H[word] = H[base + INHERITED_WORDS[i]];
  }
  if (H[type + TypeWord.GetAttrO] === 0) H[type + TypeWord.GetAttrO] = H[base + TypeWord.GetAttrO];
  if (H[type + TypeWord.SetAttrO] === 0) H[type + TypeWord.SetAttrO] = H[base + TypeWord.SetAttrO];
  inheritComparison(rt, type, base);
  inheritPatternFlags(rt, type, base);
}

/** Slots that `base` defines itself and `type` has not (inherit_slots). */
function inheritSlots(rt: Runtime, type: Ref, base: Ref): void {
  const H = rt.words;
  const basebase = H[base + TypeWord.Base];
  const hadCall = H[type + TypeWord.Call] !== 0;
  for (let i = 0; i < INHERITED_WORDS.length; i++) {
    const word = INHERITED_WORDS[i];
    const value = H[base + word];
    if (value !== 0 && H[type + word] === 0 && (basebase === 0 || value !== H[basebase + word])) H[type + word] = value;
  }
  if (H[type + TypeWord.GetAttrO] === 0) H[type + TypeWord.GetAttrO] = H[base + TypeWord.GetAttrO];
  if (H[type + TypeWord.SetAttrO] === 0) H[type + TypeWord.SetAttrO] = H[base + TypeWord.SetAttrO];
  if (!hadCall) H[type + TypeWord.Flags] |= H[base + TypeWord.Flags] & TypeFlag.HaveVectorcall;
  inheritComparison(rt, type, base);
}

/** Hash and comparison go together, and only to types that define neither. */
function inheritComparison(rt: Runtime, type: Ref, base: Ref): void {
  const H = rt.words;
  if (H[type + TypeWord.RichCompare] !== 0 || H[type + TypeWord.Hash] !== 0) return;
  const dict = H[type + TypeWord.Dict];
  if (dictGetInterned(rt, dict, Id.__eq__) !== 0 || dictGetInterned(rt, dict, Id.__hash__) !== 0) return;
  H[type + TypeWord.RichCompare] = H[base + TypeWord.RichCompare];
  H[type + TypeWord.Hash] = H[base + TypeWord.Hash];
}
