/** What owns references outside of objects: frames, temporaries, the handled exception, static types. For the audit. */
import { TypeFlag, TypeWord } from '@moult/heap';
import type { Heap, Visit } from '@moult/heap';
import { FrameWord } from '../core/layout/frame.ts';
import { ThreadWord } from '../core/layout/thread.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { StaticArea, T } from '../core/static.ts';
import { visitInterned } from '../core/str.ts';
import { SAVED_NUMS, SAVED_REFS } from '../core/threads.ts';
import { onConnect } from '../core/installers.ts';
import { isRunningGenerator, traverseUnseen } from '../frames/running-generator.ts';
import { lookupSpecial } from '../objects/type/lookup.ts';

/** Visits every reference that the runtime owns outside of heap objects. */
function scanRoots(heap: Heap, visit: Visit): void {
  const H = heap.words;
  for (let frame = H[RootNum.CurrentFrame]; frame !== 0; frame = H[frame + FrameWord.Previous])
    scanFrame(heap, frame, visit);
  for (let frame = H[RootNum.DyingFrame]; frame !== 0; frame = H[frame + FrameWord.ReturnOffset])
    scanFrame(heap, frame, visit);
  for (let i = H[RootNum.TempBase]; i < H[RootNum.TempTop]; i++) visitWord(H, i, visit);
  visitWord(H, RootNum.ExcBaseValue, visit);
  scanThreads(heap, visit);
  visitInterned(H, visit);
  scanStaticTypes(H, visit);
}

const THREAD_REFS: readonly number[] = [
  ThreadWord.WaitWith,
  ThreadWord.Result,
  ThreadWord.Func,
  ThreadWord.Args,
  ThreadWord.Kwargs,
  ThreadWord.ExcValue,
  ThreadWord.Kept,
  ThreadWord.Sentinel,
];

/** What the threads own; the frames and the root words of the running one are where they always are. */
function scanThreads(heap: Heap, visit: Visit): void {
  const H = heap.words;
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    for (const word of THREAD_REFS) visitWord(H, t + word, visit);
    if (t === H[RootNum.CurrentThread]) continue;
    for (let i = 0; i < SAVED_REFS.length; i++) visitWord(H, t + ThreadWord.SavedRefs + i, visit);
    const top = H[t + ThreadWord.SavedNums + SAVED_NUMS.indexOf(RootNum.CurrentFrame)];
    for (let frame = top; frame !== 0; frame = H[frame + FrameWord.Previous]) scanFrame(heap, frame, visit);
  }
}

function visitWord(H: Int32Array, word: number, visit: Visit): void {
  if (H[word] !== 0) visit(H[word]);
}

/** What a frame owns; of a running generator's, what is not found through the generator. */
function scanFrame(heap: Heap, frame: number, visit: Visit): void {
  const H = heap.words;
  if (isRunningGenerator(H, frame)) return traverseUnseen(heap, frame, visit);
  visitWord(H, frame + FrameWord.FrameObject, visit);
  visitWord(H, frame + FrameWord.Locals, visit);
  visitWord(H, frame + FrameWord.Function, visit);
  visitWord(H, frame + FrameWord.Code, visit);
  const first = frame + FrameWord.LocalsPlus;
  for (let i = first; i < first + H[frame + FrameWord.StackTop]; i++) visitWord(H, i, visit);
}

const TYPE_REFS: readonly number[] = [
  TypeWord.Base,
  TypeWord.Dict,
  TypeWord.Bases,
  TypeWord.Mro,
  TypeWord.Subclasses,
  TypeWord.HtName,
  TypeWord.HtQualname,
  TypeWord.HtModule,
  TypeWord.HtSlots,
];

/** Static type records are immortal; what they refer to is counted. A heap type of a native module is held once, as by the
 *  state of its module. */
function scanStaticTypes(H: Int32Array, visit: Visit): void {
  const end = StaticArea.Start + StaticArea.MaxTypes * StaticArea.TypeWords;
  for (let type = T.object as number; type < end; type += StaticArea.TypeWords) {
    if (H[type + TypeWord.RefCount] === 0) continue;
    if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) visit(type);
    else for (const word of TYPE_REFS) visitWord(H, type + word, visit);
  }
}

onConnect((rt: Runtime) => {
  rt.rootScanners.push(scanRoots);
  rt.blockScanners.push((heap, add) => {
    add(heap.words[RootNum.InternCapacity] * 8);
  });
  rt.lookupSpecial = (o, name) => lookupSpecial(rt, o, name);
});
