/** Parts of instances of class statements' types: where their slots and attributes are. */
import type { Heap } from '../heap.ts';
import { KeysWord } from '../layout/containers.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { clearWord, decref } from './refcount.ts';
import { freeValues } from './values.ts';

/** The nearest base that no class statement made. */
export function nearestBase(H: Int32Array, type: Ref): Ref {
  let base = type;
  while (H[base + TypeWord.Traverse] === LayoutKind.Instance) base = H[base + TypeWord.Base];
  return base;
}

/** The first word (relative to the object) of the slots that the class statement of `type` itself added: after those
 *  of its base. Equal to the type's `SlotsEnd` if it added none. */
export function ownSlotsStart(H: Int32Array, type: Ref): number {
  const base = H[type + TypeWord.Base];
  const inherited = H[base + TypeWord.Traverse] === LayoutKind.Instance ? H[base + TypeWord.SlotsEnd] : 0;
  return inherited === 0 ? H[type + TypeWord.SlotsStart] : inherited;
}

/** Releases the member slots, those of the most derived class first, each class's in order.
 *  @runsPython */
export function clearSlots(h: Heap, o: Ref, type: Ref): void {
  const H = h.words;
  if (H[H[type + TypeWord.Base] + TypeWord.SlotsEnd] === 0) {
    const end = o + H[type + TypeWord.SlotsEnd];
    for (let i = o + H[type + TypeWord.SlotsStart]; i < end; i++) clearWord(h, i);
    return;
  }
  for (let t = type; H[t + TypeWord.Traverse] === LayoutKind.Instance; t = H[t + TypeWord.Base]) {
    const end = o + H[t + TypeWord.SlotsEnd];
    for (let i = o + ownSlotsStart(H, t); i < end; i++) clearWord(h, i);
  }
}

/** Number of inline values that instances of `type` may have: the entries of its shared keys. */
export function valueCount(H: Int32Array, type: Ref): number {
  const keys = H[type + TypeWord.HtCachedKeys];
  return keys === 0 ? 0 : H[keys + KeysWord.NumEntries];
}

/** Releases inline values (and their record) or the dict of an instance.
 *  Source: CPython 3.12 _PyObject_ClearManagedDict.
 *  @runsPython */
export function clearAttributes(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) === 0) return;
  const attributes = H[o + HeadWord.DictOrValues];
  if (attributes > 0) {
    H[o + HeadWord.DictOrValues] = 0;
    decref(h, attributes);
  } else if (attributes < 0) {
    const end = -attributes + valueCount(H, type);
    for (let i = -attributes; i < end; i++) clearWord(h, i);
    if (H[o + HeadWord.DictOrValues] !== attributes) return;
    H[o + HeadWord.DictOrValues] = 0;
    freeValues(h, -attributes);
  }
}
