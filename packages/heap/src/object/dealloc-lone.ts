/**
 * The short way for the commonest deaths: instances whose references all have other owners, so that nothing else dies
 * and nothing runs. They need no entry of the destroy stack and no level of the trashcan; only counts change and a block
 * goes back. Everything else, and everything while a listener is told of each step, goes the general way.
 */
import { freeMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { KeysWord } from '../layout/containers.ts';
import { GcRoot } from '../layout/gc.ts';
import { Destructor } from '../layout/heap-root.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord, PRE_HEADER_WORDS } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { nearestBase } from './instance.ts';
import { countFree, untrack } from './track.ts';
import { UNWIND_LEVEL } from './trashcan.ts';
import { freeValues } from './values.ts';

const COLLECTED_CLASS = TypeFlag.HaveGc | TypeFlag.HeapType;

/** Destroys `o`, an instance whose count is 0, if that changes nothing but counts. False: it is still to be destroyed;
 *  references that had other owners may be released, the first ones in the destructor's order, and `deallocInstance`
 *  goes on from there. */
export function deallocLone(h: Heap, o: Ref): boolean {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if (!diesQuietly(h, o, type)) return false;
  const end = o + H[type + TypeWord.SlotsEnd];
  for (let i = o + H[type + TypeWord.SlotsStart]; i < end; i++) if (!releaseShared(H, i)) return false;
  const flags = H[type + TypeWord.Flags];
  if ((flags & TypeFlag.ManagedDict) !== 0 && !releaseInlineValues(h, o, type)) return false;
  const owners = H[type];
  if (owners === 1) return false;
  if (owners > 0) H[type] = owners - 1;
  untrack(h, o);
  const before = (flags & TypeFlag.PreHeader) !== 0 ? GC_HEAD_WORDS + PRE_HEADER_WORDS : GC_HEAD_WORDS;
  const nbytes = ((H[type + TypeWord.BasicSize] + 7) & -8) + (before << 3);
  countFree(h);
  freeMetered(h, o - before, H[type + TypeWord.BasicWords] + before, nbytes);
  return true;
}

/** Whether the class is a quiet one, no weak reference leads to `o`, and the trashcan would not put it off. */
function diesQuietly(h: Heap, o: Ref, type: Ref): boolean {
  const H = h.words;
  if (TRACE && h.events !== null) return false;
  const list = H[type + TypeWord.WeakListOffset];
  if (list !== 0 && H[o + (list >> 3)] !== 0) return false;
  return H[GcRoot.TrashNesting] < UNWIND_LEVEL && isQuietClass(H, type);
}

/** Whether the death of an instance of `type` runs nothing of the program but what its references' deaths run: it is
 *  collected, has no finalizer and no items, adds slots at most once and derives from a plain type. */
export function isQuietClass(H: Int32Array, type: Ref): boolean {
  if ((H[type + TypeWord.Flags] & COLLECTED_CLASS) !== COLLECTED_CLASS) return false;
  if ((H[type + TypeWord.Finalize] | H[type + TypeWord.Del] | H[type + TypeWord.ItemWords]) !== 0) return false;
  const base = H[type + TypeWord.Base];
  if (H[base + TypeWord.SlotsEnd] !== 0) return false;
  return (
    H[base + TypeWord.Dealloc] === Destructor.Plain || H[nearestBase(H, base) + TypeWord.Dealloc] === Destructor.Plain
  );
}

/** Releases the reference in the word `index`, if it is not the last one to its object; the word is 0 then. */
export function releaseShared(H: Int32Array, index: number): boolean {
  const ref = H[index];
  if (ref === 0) return true;
  const count = H[ref];
  if (count === 1 || count === 0) return false;
  H[index] = 0;
  if (count > 0) H[ref] = count - 1;
  return true;
}

/** Releases the attributes, if they are kept inline and all have other owners. */
function releaseInlineValues(h: Heap, o: Ref, type: Ref): boolean {
  const H = h.words;
  const attributes = H[o + HeadWord.DictOrValues];
  if (attributes === 0) return true;
  if (attributes > 0) return false;
  const values = -attributes;
  const end = values + H[H[type + TypeWord.HtCachedKeys] + KeysWord.NumEntries];
  for (let i = values; i < end; i++) if (!releaseShared(H, i)) return false;
  H[o + HeadWord.DictOrValues] = 0;
  freeValues(h, values);
  return true;
}
