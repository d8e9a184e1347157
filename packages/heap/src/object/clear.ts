/** Breaking cycles: `tp_clear` of the layouts that the heap knows. Each detaches everything before it releases. */
import { free } from '../alloc/alloc.ts';
import type { DestructorFunction, Heap } from '../heap.ts';
import { DictWord, ListWord } from '../layout/containers.ts';
import { ClearKind, Destroying, HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { beginDestroying, endDestroying, setRemaining } from './destroying.ts';
import { clearAttributes, clearSlots, nearestBase } from './instance.ts';
import { keysDecref } from './keys.ts';
import { clearWord, decref } from './refcount.ts';
import { releaseValues } from './values.ts';
import { clearWeakref, isWeakref } from './weakref.ts';

/** Calls the type's `tp_clear` on `o`, if it has one. `o` must be held by the caller.
 *  @runsPython */
export function clearObject(h: Heap, o: Ref): void {
  if (TRACE && h.events !== null) h.events.clear?.(o);
  clearAs(h, o, h.words[o + ObjectWord.Type]);
}

/** Clears a list: it is empty before the first item dies; items die from the last to the first.
 *  Source: CPython 3.12 _list_clear.
 *  @runsPython */
export function clearList(h: Heap, o: Ref): void {
  const H = h.words;
  const items = H[o + ListWord.Items];
  if (items === 0) return;
  const size = H[o + ListWord.Size];
  const allocated = H[o + ListWord.Allocated];
  H[o + ListWord.Size] = H[o + ListWord.Items] = H[o + ListWord.Allocated] = 0;
  releaseRun(h, items, size);
  free(h, items, allocated);
}

/** Releases the `count` owned words from `start`, the last one first; nothing may name them any more.
 *  @runsPython */
export function releaseRun(h: Heap, start: number, count: number): void {
  const H = h.words;
  const depth = beginDestroying(h, start, Destroying.Run + count);
  for (let i = count - 1; i >= 0; i--) {
    setRemaining(H, depth, i);
    if (H[start + i] !== 0) decref(h, H[start + i]);
  }
  endDestroying(h, depth);
}

/** Clears a dict: it has the empty keys before the first value dies.
 *  Source: CPython 3.12 PyDict_Clear. Differs: dict watchers are the embedder's.
 *  @runsPython */
export function clearDict(h: Heap, o: Ref): void {
  const H = h.words;
  const keys = H[o + DictWord.Keys];
  const values = H[o + DictWord.Values];
  if (keys === H[HeapRoot.EmptyKeys] || keys === 0) return;
  H[o + DictWord.Keys] = H[HeapRoot.EmptyKeys];
  H[o + DictWord.Values] = 0;
  H[o + DictWord.Used] = 0;
  H[o + DictWord.Version] = ++H[HeapRoot.DictVersion];
  if (values !== 0) releaseValues(h, values, keys);
  keysDecref(h, keys);
}

/** Clears an instance: slots, attributes, then what its base clears.
 *  Source: CPython 3.12 subtype_clear.
 *  @runsPython */
function clearInstance(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  const base = nearestBase(H, type);
  if (H[type + TypeWord.SlotsEnd] !== 0) clearSlots(h, o, type);
  if ((H[type + TypeWord.Flags] & ~H[base + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) clearAttributes(h, o);
  if ((H[base + TypeWord.Clear] | H[base + TypeWord.Traverse]) !== 0) clearAs(h, o, base);
}

function clearAs(h: Heap, o: Ref, type: Ref): void {
  const H = h.words;
  const clear = H[type + TypeWord.Clear];
  if (clear === ClearKind.None) return;
  if (clear !== ClearKind.Layout) return (h.functions[clear] as DestructorFunction)(h, o);
  const kind = H[type + TypeWord.Traverse];
  if (kind === LayoutKind.Instance) clearInstance(h, o);
  else if (kind === LayoutKind.ItemBlock) clearList(h, o);
  else if (kind === LayoutKind.Dict) clearDict(h, o);
  else if (kind === LayoutKind.Fixed) clearFixed(h, o, type);
  else if (kind >= LayoutKind.FirstCustom) h.customLayouts[kind]?.clear?.(h, o);
}

function clearFixed(h: Heap, o: Ref, type: Ref): void {
  const H = h.words;
  if (isWeakref(H, o)) return clearWeakref(h, o);
  for (let mask = H[type + TypeWord.TraverseMask], i = o + ObjectWord.Size; mask !== 0; mask >>>= 1, i++) {
    if ((mask & 1) !== 0) clearWord(h, i);
  }
}
