/** @moult/heap: CPython's memory manager, without Python. */
export type { BlockTraces } from './memory/block-traces.ts';
export * from './memory/errors.ts';
export * from './memory/host-table.ts';
export * from './memory/image.ts';
export * from './memory/memory.ts';
export * from './memory/ref.ts';
export * from './memory/snapshot.ts';

export { Segment } from './layout/allocator.ts';
export * from './layout/containers.ts';
export * from './layout/freelists.ts';
export * from './layout/gc.ts';
export * from './layout/heap-root.ts';
export * from './layout/object.ts';
export * from './layout/root.ts';
export * from './layout/type.ts';
export * from './layout/weakref.ts';

export * from './alloc/alloc.ts';
export * from './alloc/fault.ts';
export * from './alloc/meter.ts';
export * from './alloc/stats.ts';
export * from './alloc/traces.ts';

export * from './heap.ts';
export type { HeapEvents } from './events.ts';

export * from './object/allocate.ts';
export * from './object/clear.ts';
export { callDestructor, dealloc } from './object/dealloc.ts';
export { deallocDict } from './object/dealloc-dict.ts';
export { deallocFixed } from './object/dealloc-fixed.ts';
export { deallocInstance } from './object/dealloc-instance.ts';
export { deallocFloat, deallocPlain } from './object/dealloc-plain.ts';
export { deallocList, deallocTuple } from './object/dealloc-sequence.ts';
export * from './object/define-type.ts';
export { beginDestroying, endDestroying, setRemaining } from './object/destroying.ts';
export { callFinalizer, callFinalizerFromDealloc } from './object/finalizer.ts';
export { freeObject, freeSized } from './object/free.ts';
export * from './object/freelist.ts';
export { clearAttributes, clearSlots, nearestBase, ownSlotsStart, valueCount } from './object/instance.ts';
export * from './object/keys.ts';
export * from './object/refcount.ts';
export { bodyBytes, bodyWords, headWords, itemCount } from './object/size.ts';
export { countAllocation, isFinalized, isGc, isTracked, mayBeTracked, track, untrack } from './object/track.ts';
export { DEEP_LIMIT, trashcanBegin, trashcanEnd, UNWIND_LEVEL } from './object/trashcan.ts';
export { gatherReferents, traverse, visitDict, type Visit } from './object/traverse.ts';
export * from './object/values.ts';
export {
  clearWeakref,
  clearWeakrefs,
  deallocWeakref,
  detachWeakref,
  isWeakref,
  newWeakref,
  supportsWeakrefs,
  weakListWord,
  weakrefCount,
  weakrefObject,
  weakrefsOf,
} from './object/weakref.ts';

export {
  collect,
  collectGenerations,
  collectNoFail,
  forEachTracked,
  freeze,
  freezeCount,
  getObjects,
  trackedCount,
  getReferents,
  getReferrers,
  runScheduled,
  unfreeze,
} from './collector/generations.ts';
export { generationHead, listSize } from './collector/lists.ts';
export { cpython312, python27, schedule } from './policy/cpython312.ts';
export { none } from './policy/none.ts';
export { FinalizerRule, PolicyNumber, type Policy } from './policy/policy.ts';

export { audit, type AuditOptions } from './check/audit.ts';
export { addBlocksOf, unreachedBlocks } from './check/leaks.ts';
export { validateGenerations } from './check/lists.ts';
export { setCollectorStress } from './check/stress.ts';
export { Handle, handlesReport, type HandleReport } from './handle/handle.ts';
