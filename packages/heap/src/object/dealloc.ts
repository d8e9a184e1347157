/**
 * Destruction: what happens when the last reference to an object is released.
 *
 * `dealloc` calls the type's destructor. Those of the layouts that the heap knows are in this folder, one file each;
 * others are the embedder's, in the heap's function table. A destructor
 *  - untracks the object before it releases anything,
 *  - detaches each reference before releasing it (`clearWord`), so that the audit is right at every moment,
 *  - gives back the block with `freeObject` or `freeSized`,
 *  - never throws: what a finalizer throws is the embedder's to keep until the next safe point.
 */
import { freeMetered } from '../alloc/alloc.ts';
import type { DestructorFunction, Heap } from '../heap.ts';
import { Destroying, Destructor, HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { deallocDict } from './dealloc-dict.ts';
import { deallocFixed } from './dealloc-fixed.ts';
import { deallocInstance } from './dealloc-instance.ts';
import { deallocLone } from './dealloc-lone.ts';
import { deallocList, deallocTuple } from './dealloc-sequence.ts';
import { deallocFloat, deallocPlain, isBare } from './dealloc-plain.ts';
import { beginDestroying, endDestroying } from './destroying.ts';
import { putOff } from './trashcan.ts';
import { deallocWeakref } from './weakref.ts';

/** Destroys `o`, whose count is 0.
 *  Source: CPython 3.12 _Py_Dealloc. Differs: nesting is bounded for every type.
 *  @runsPython */
export function dealloc(h: Heap, o: Ref): void {
  const H = h.words;
  if (TRACE && h.events !== null) h.events.dealloc?.(o);
  const type = H[o + ObjectWord.Type];
  const destructor = H[type + TypeWord.Dealloc];
  if (destructor === Destructor.Plain) {
    if (isBare(H, type)) freeMetered(h, o, H[type + TypeWord.BasicWords], (H[type + TypeWord.BasicSize] + 7) & -8);
    else deallocPlain(h, o);
    return;
  }
  if (destructor === Destructor.Float) return deallocFloat(h, o);
  if (destructor === Destructor.Instance && deallocLone(h, o)) return;
  if (destructor >= Destructor.FirstFree && isLeaf(H, type)) (h.functions[destructor] as DestructorFunction)(h, o);
  else deallocNested(h, o, destructor);
}

const NOT_LEAF = TypeFlag.HeapType | TypeFlag.HaveGc | TypeFlag.PreHeader;

/** Whether objects of the type own no reference and cannot be referenced weakly: their destructor runs nothing. */
function isLeaf(H: Int32Array, type: Ref): boolean {
  return (
    (H[type + TypeWord.Traverse] | H[type + TypeWord.WeakListOffset] | (H[type + TypeWord.Flags] & NOT_LEAF)) === 0
  );
}

/** The general way; the destroy stack names `o` meanwhile. */
function deallocNested(h: Heap, o: Ref, destructor: number): void {
  const nests = destructor >= Destructor.List && destructor <= Destructor.Instance;
  if (!nests && h.words[HeapRoot.DestroyDepth] >= h.deepLimit) return putOff(h, o);
  const depth = beginDestroying(h, o, Destroying.Object);
  callDestructor(h, o, destructor);
  endDestroying(h, depth);
}

/** Calls the destructor with that index of the function table on `o`; what a destructor does for its base.
 *  @runsPython */
export function callDestructor(h: Heap, o: Ref, destructor: number): void {
  switch (destructor) {
    case Destructor.Instance:
      return deallocInstance(h, o);
    case Destructor.Tuple:
      return deallocTuple(h, o);
    case Destructor.List:
      return deallocList(h, o);
    case Destructor.Dict:
      return deallocDict(h, o);
    case Destructor.Fixed:
      return deallocFixed(h, o);
    case Destructor.Weakref:
      return deallocWeakref(h, o);
    case Destructor.Plain:
      return deallocPlain(h, o);
    case Destructor.Float:
      return deallocFloat(h, o);
    default:
      return (h.functions[destructor] as DestructorFunction)(h, o);
  }
}
