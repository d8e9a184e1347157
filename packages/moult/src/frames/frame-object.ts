/**
 * Frame objects: what programs see of interpreter frames.
 *
 * An object is made when somebody asks; the frame owns it (`FrameWord.FrameObject`) and it names the frame. When the frame
 * ends while others hold the object, `takeFrame` moves the frame's contents into the object. Only then is it tracked.
 */
import {
  allocMetered,
  clearWord,
  countAllocation,
  decref,
  freeSized,
  incref,
  newRef,
  ObjectWord,
  track,
  trashcanBegin,
  trashcanEnd,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { clearException, currentException, restoreException, takeException } from '../core/errors.ts';
import { FrameObjectWord, FrameOwner, FrameWord } from '../core/layout/frame.ts';
import { PYTHON_THROW } from '../core/runtime.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { executable } from './frames.ts';

export { fastToLocals, frameLocals, localsToFast, Missing, writeBack } from './frame-locals.ts';

const enum FrameBytes {
  GcHead = 16,
  /** `PyFrameObject` with the frame's fixed part. */
  Basic = 120,
  Slot = 8,
}
const HEAD_WORDS = 2;

/** The frame's object, made now if it has none; borrowed from the frame. Runs nothing. */
export function frameObject(rt: Runtime, frame: number): Ref {
  const H = rt.words;
  const object = H[frame + FrameWord.FrameObject];
  return object !== 0 ? object : makeFrameObject(rt, frame);
}

function makeFrameObject(rt: Runtime, frame: number): Ref {
  const H = rt.words;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  const slots = exec.nlocalsplus + exec.stacksize;
  const nwords = HEAD_WORDS + bodyWords(slots);
  const block = allocMetered(rt, nwords, FrameBytes.GcHead + frameBytes(slots));
  for (let i = block; i < block + nwords; i++) H[i] = 0;
  const object = block + HEAD_WORDS;
  H[object] = 1;
  H[object + ObjectWord.Type] = T.frame;
  H[object + FrameObjectWord.Frame] = frame;
  H[object + FrameObjectWord.TraceLines] = 1;
  H[object + FrameObjectWord.Slots] = slots;
  countAllocation(rt);
  H[frame + FrameWord.FrameObject] = object;
  return object;
}

function bodyWords(slots: number): number {
  return (FrameObjectWord.Words as number) + FrameWord.LocalsPlus + slots;
}

/** Bytes of a frame object, CPython's, without the collector's head. */
export function frameBytes(slots: number): number {
  return FrameBytes.Basic + FrameBytes.Slot * slots;
}

/** True for a frame that programs do not see (yet): the loop's entry marker, or a call that has not reached its body.
 *  Source: CPython 3.12 _PyFrame_IsIncomplete. */
export function isIncomplete(rt: Runtime, frame: number): boolean {
  const H = rt.words;
  const owner = H[frame + FrameWord.Owner];
  if (owner === FrameOwner.Entry) return true;
  if (owner === FrameOwner.Generator) return false;
  return H[frame + FrameWord.PrevInstr] < executable(rt, H[frame + FrameWord.Code]).firstTraceable;
}

/** `frame`, or the nearest frame before it that programs see; 0 if there is none. */
export function firstComplete(rt: Runtime, frame: number): number {
  let f = frame;
  while (f !== 0 && isIncomplete(rt, f)) f = rt.words[f + FrameWord.Previous];
  return f;
}

/** Moves the contents of `frame`, which is ending, into its object: code is shared, everything else changes hands. Links the
 *  object to the one of the frame before it and tracks it.
 *  Source: CPython 3.12 take_ownership. */
export function takeFrame(rt: Runtime, object: Ref, frame: number): void {
  const H = rt.words;
  const own = object + FrameObjectWord.OwnFrame;
  const nwords = FrameWord.LocalsPlus + H[frame + FrameWord.StackTop];
  H.copyWithin(own, frame, frame + nwords);
  incref(rt, H[own + FrameWord.Code]);
  releaseOwnership(H, frame);
  H[object + FrameObjectWord.Frame] = own;
  H[own + FrameWord.FrameObject] = 0;
  H[own + FrameWord.Owner] = FrameOwner.FrameObject;
  const first = executable(rt, H[own + FrameWord.Code]).firstTraceable;
  if (H[own + FrameWord.PrevInstr] < first) H[own + FrameWord.PrevInstr] = first;
  H[own + FrameWord.Previous] = 0;
  const back = firstComplete(rt, H[frame + FrameWord.Previous]);
  if (back !== 0) H[object + FrameObjectWord.Back] = backObject(rt, back);
  track(rt, object);
}

/** The object of a caller's frame, owned; 0 if there is no memory for it. What is pending stays so.
 *  Source: CPython 3.12 take_ownership. */
function backObject(rt: Runtime, frame: number): Owned | 0 {
  const pending = takeException(rt);
  try {
    return newRef(rt, frameObject(rt, frame));
  } catch (error) {
    if (error !== PYTHON_THROW) throw error;
    return 0;
  } finally {
    if (currentException(rt) !== 0) clearException(rt);
    if (pending !== 0) restoreException(rt, pending);
  }
}

/** The frame's references are in the object now. */
function releaseOwnership(H: Int32Array, frame: number): void {
  H[frame + FrameWord.StackTop] = 0;
  H[frame + FrameWord.Function] = 0;
  H[frame + FrameWord.Locals] = 0;
}

/** The object of the frame before this one, owned; 0 if there is none. */
export function frameBack(rt: Runtime, object: Ref): Owned | 0 {
  const H = rt.words;
  const known = H[object + FrameObjectWord.Back];
  if (known !== 0) return newRef(rt, known);
  const frame = firstComplete(rt, H[H[object + FrameObjectWord.Frame] + FrameWord.Previous]);
  return frame === 0 ? 0 : newRef(rt, frameObject(rt, frame));
}

/** Clears variables and stack of a frame that its object owns; a namespace that was asked for stays. Source: CPython 3.12 frame_tp_clear. @runsPython */
export function clearFrameObject(rt: Heap, o: Ref): void {
  const H = rt.words;
  clearWord(rt, o + FrameObjectWord.Trace);
  const frame = H[o + FrameObjectWord.Frame];
  clearVariables(rt, frame);
  H[frame + FrameWord.StackTop] = 0;
}

function clearVariables(rt: Heap, frame: number): void {
  const start = frame + FrameWord.LocalsPlus;
  const end = start + rt.words[frame + FrameWord.StackTop];
  for (let i = start; i < end; i++) clearWord(rt, i);
}

/** Source: CPython 3.12 frame_dealloc. @runsPython */
export function deallocFrameObject(rt: Runtime, o: Ref): void {
  const H = rt.words;
  untrack(rt, o);
  if (!trashcanBegin(rt, o)) return;
  const frame = H[o + FrameObjectWord.Frame];
  const owned = frame === o + FrameObjectWord.OwnFrame;
  if (owned) {
    clearWord(rt, frame + FrameWord.Function);
    clearWord(rt, frame + FrameWord.Locals);
    clearVariables(rt, frame);
  }
  clearWord(rt, o + FrameObjectWord.Back);
  clearWord(rt, o + FrameObjectWord.Trace);
  const code = owned ? H[frame + FrameWord.Code] : 0;
  const slots = H[o + FrameObjectWord.Slots];
  freeSized(rt, o, bodyWords(slots), frameBytes(slots));
  if (code !== 0) decref(rt, code);
  trashcanEnd(rt);
}

/** Visits the owned references of an interpreter frame but its code: what a generator's traversal needs too.
 *  Source: CPython 3.12 _PyFrame_Traverse. */
function visitFrame(H: Int32Array, frame: number, visit: Visit): void {
  if (H[frame + FrameWord.FrameObject] !== 0) visit(H[frame + FrameWord.FrameObject]);
  if (H[frame + FrameWord.Locals] !== 0) visit(H[frame + FrameWord.Locals]);
  if (H[frame + FrameWord.Function] !== 0) visit(H[frame + FrameWord.Function]);
  if (H[frame + FrameWord.Code] !== 0) visit(H[frame + FrameWord.Code]);
  const start = frame + FrameWord.LocalsPlus;
  const end = start + H[frame + FrameWord.StackTop];
  for (let i = start; i < end; i++) if (H[i] !== 0) visit(H[i]);
}

/** Source: CPython 3.12 frame_traverse. */
export const frameLayout: CustomLayout = {
  name: 'frame',
  traverse(heap, o, visit) {
    const H = heap.words;
    if (H[o + FrameObjectWord.Back] !== 0) visit(H[o + FrameObjectWord.Back]);
    if (H[o + FrameObjectWord.Trace] !== 0) visit(H[o + FrameObjectWord.Trace]);
    const frame = H[o + FrameObjectWord.Frame];
    if (frame === o + FrameObjectWord.OwnFrame) visitFrame(H, frame, visit);
  },
};
