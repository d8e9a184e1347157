/** CPython 3.12's policy, and variants of it. */
import { collectGenerations } from '../collector/generations.ts';
import type { Heap } from '../heap.ts';
import { GcRoot, GenWord } from '../layout/gc.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { FinalizerRule, type Policy } from './policy.ts';

/** Three generations; a collection is asked for when generation 0 has grown by more than 700 objects. */
export const cpython312: Policy = {
  name: 'cpython-3.12',
  thresholds: [700, 10, 10],
  finalizers: FinalizerRule.Pep442,
  allocated: schedule,
  run: collectGenerations,
};

/** Python 2.7's rule for finalizers with 3.12's generations: cycles with a finalizer are never freed. */
export const python27: Policy = { ...cpython312, name: 'python-2.7', finalizers: FinalizerRule.Uncollectable };

/** Asks for a collection at the next safe point, if none is running.
 *  Source: CPython 3.12 _PyObject_GC_Link, _Py_ScheduleGC. */
export function schedule(h: Heap): void {
  const H = h.words;
  const off = H[GcRoot.Generations + GenWord.Threshold] === 0 && H[HeapRoot.Stress] === 0;
  if (off || H[GcRoot.Collecting] !== 0) return;
  H[GcRoot.Scheduled] = 1;
  H[GcRoot.EvalBreaker] = 1;
}
