/** Destructor of instances of class statements' types, step by step as CPython's subtype_dealloc. */
import type { DestructorFunction, Heap } from '../heap.ts';
import { Destructor } from '../layout/heap-root.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { callDestructor } from './dealloc.ts';
import { callFinalizerFromDealloc } from './finalizer.ts';
import { freeObject } from './free.ts';
import { clearSlots, nearestBase } from './instance.ts';
import { decref } from './refcount.ts';
import { track, untrack } from './track.ts';
import { trashcanBegin, trashcanEnd } from './trashcan.ts';
import { releaseValues } from './values.ts';
import { clearWeakrefs, detachWeakref, weakListWord } from './weakref.ts';

/** Source: CPython 3.12 subtype_dealloc. Differs: `__dict__` and weak list always lie in the pre-header or the base.
 *  @runsPython */
export function deallocInstance(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if ((H[type + TypeWord.Flags] & TypeFlag.HaveGc) === 0) return deallocUncollected(h, o, type);
  untrack(h, o);
  if (!trashcanBegin(h, o)) return;
  const base = nearestBase(H, type);
  if (!needsCare(H, o, type) || !finalizeInstance(h, o, type, base)) takeApart(h, o, type, base);
  trashcanEnd(h);
}

/** Whether there is a finalizer, or a weak reference. */
function needsCare(H: Int32Array, o: Ref, type: Ref): boolean {
  if ((H[type + TypeWord.Finalize] | H[type + TypeWord.Del]) !== 0) return true;
  const list = H[type + TypeWord.WeakListOffset];
  return list !== 0 && H[o + (list >> 3)] !== 0;
}

function deallocUncollected(h: Heap, o: Ref, type: Ref): void {
  const H = h.words;
  if (H[type + TypeWord.Finalize] !== 0 && callFinalizerFromDealloc(h, o)) return;
  if (H[type + TypeWord.Del] !== 0 && revivedByDel(h, o, type)) return;
  dieAsBase(h, o, nearestBase(H, type));
}

/** Finalizer, weak references, `tp_del`. True: something referenced the object again. */
function finalizeInstance(h: Heap, o: Ref, type: Ref, base: Ref): boolean {
  const H = h.words;
  const finalize = H[type + TypeWord.Finalize] !== 0;
  const del = H[type + TypeWord.Del] !== 0;
  if (finalize) {
    track(h, o);
    if (callFinalizerFromDealloc(h, o)) return true;
    untrack(h, o);
  }
  const list = ownWeakList(H, o, type, base);
  if (list !== 0 && H[list] !== 0) clearWeakrefs(h, o);
  if (del) {
    track(h, o);
    if (revivedByDel(h, o, type)) return true;
    untrack(h, o);
  }
  // References made by the finalizer: cleared without their callbacks, as those could see a half destroyed object.
  if ((finalize || del) && list !== 0) while (H[list] !== 0) detachWeakref(h, H[list]);
  return false;
}

/** The word of the weak list if the class statements added it, not the base; else 0. */
function ownWeakList(H: Int32Array, o: Ref, type: Ref, base: Ref): number {
  if (H[type + TypeWord.WeakListOffset] === 0) return 0;
  return H[base + TypeWord.WeakListOffset] === 0 ? weakListWord(H, o) : 0;
}

/** Slots, attributes, then the base's part. */
function takeApart(h: Heap, o: Ref, type: Ref, base: Ref): void {
  const H = h.words;
  if (H[type + TypeWord.SlotsEnd] !== 0) clearSlots(h, o, type);
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) releaseAttributes(h, o, type);
  if ((H[base + TypeWord.Flags] & TypeFlag.HaveGc) !== 0) track(h, o);
  dieAsBase(h, o, base);
}

function releaseAttributes(h: Heap, o: Ref, type: Ref): void {
  const H = h.words;
  const attributes = H[o + HeadWord.DictOrValues];
  if (attributes === 0) return;
  H[o + HeadWord.DictOrValues] = 0;
  if (attributes > 0) decref(h, attributes);
  else releaseValues(h, -attributes, H[type + TypeWord.HtCachedKeys]);
}

/** The base's destructor gives the object back; the type may die with its last instance. */
function dieAsBase(h: Heap, o: Ref, base: Ref): void {
  const destructor = h.words[base + TypeWord.Dealloc];
  if (destructor === Destructor.Plain) freeObject(h, o);
  else callDestructor(h, o, destructor);
}

function revivedByDel(h: Heap, o: Ref, type: Ref): boolean {
  const H = h.words;
  const finalizer = h.functions[H[type + TypeWord.Del]] as DestructorFunction;
  H[o] = 1;
  finalizer(h, o);
  if (H[o] > 0) H[o]--;
  return H[o] !== 0;
}
