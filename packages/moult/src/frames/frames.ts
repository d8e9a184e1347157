/**
 * Interpreter frames: pushing, clearing, popping (CPython's `_PyInterpreterFrame` on the data stack).
 *
 * Frames of running calls lie on the frame stack, linked by `FrameWord.Previous`. A frame that is being cleared is no
 * longer current; it is linked from `RootNum.DyingFrame` (through its `ReturnOffset` word), so that the audit still finds
 * what it owns while destructors run.
 */
import { decref } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { raise } from '../core/errors.ts';
import { FrameOwner, FrameWord } from '../core/layout/frame.ts';
import { CodeWord, FunctionWord } from '../core/layout/functions.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { CodeHead } from './code-area.ts';
import { takeFrame } from './frame-object.ts';
import type { ExecutableCode } from './executable-code.ts';

/** The code of a code object. */
export function executable(rt: Runtime, code: Ref): ExecutableCode {
  return rt.hosts[rt.words[code + CodeWord.Payload]] as ExecutableCode;
}

/** The frame is left, or goes on elsewhere: the instrument that it opened is closed. */
export function closeInstruments(rt: Runtime, frame: number): void {
  executable(rt, rt.words[frame + FrameWord.Code]).instruments?.close();
}

/** Counts a Python call; raises RecursionError at the limit. Dropping the frame counts it back. */
export function enterRecursivePy(rt: Runtime): void {
  const H = rt.words;
  if (H[RootNum.RecursionRemaining]-- <= 0) tooDeep(rt);
}

function tooDeep(rt: Runtime): void {
  const H = rt.words;
  if (H[RootNum.RecursionHeadroom] > 0) return;
  H[RootNum.RecursionHeadroom]++;
  try {
    raise(rt, T.RecursionError, 'maximum recursion depth exceeded');
  } finally {
    H[RootNum.RecursionHeadroom]--;
    H[RootNum.RecursionRemaining]++;
  }
}

/** Reserves words for a frame and fills its head; variables are 0, the stack is empty. Increfs code and function. Not yet
 *  current. Code of a module that is called without a namespace gets the globals. Raises RecursionError if the frame stack is
 *  full. */
export function newFrame(rt: Runtime, func: Ref, code: Ref, locals: Ref): number {
  const H = rt.words;
  const frame = H[RootNum.FrameTop];
  const end = frame + H[H[code + CodeWord.Units] + CodeHead.FrameWords];
  if (end > H[RootNum.FrameLimit]) raise(rt, T.RecursionError, 'maximum recursion depth exceeded: frame stack is full');
  H[RootNum.FrameTop] = end;
  const plain = locals === 0 && H[H[code + CodeWord.Units] + CodeHead.SimpleArgs] === CodeHead.Unoptimized;
  initFrame(rt, frame, func, code, plain ? H[func + FunctionWord.Globals] : locals);
  H[frame + FrameWord.Owner] = FrameOwner.Thread;
  return frame;
}

/** Fills a frame's head at `frame`. Increfs code, function and locals. */
function initFrame(rt: Runtime, frame: number, func: Ref, code: Ref, locals: Ref): void {
  const H = rt.words;
  if (H[code] >= 0) H[code]++;
  if (H[func] >= 0) H[func]++;
  if (locals !== 0 && H[locals] >= 0) H[locals]++;
  H[frame + FrameWord.Code] = code;
  H[frame + FrameWord.Previous] = 0;
  H[frame + FrameWord.Function] = func;
  H[frame + FrameWord.Globals] = H[func + FunctionWord.Globals];
  H[frame + FrameWord.Builtins] = H[func + FunctionWord.Builtins];
  H[frame + FrameWord.Locals] = locals;
  H[frame + FrameWord.FrameObject] = 0;
  H[frame + FrameWord.PrevInstr] = -1;
  const nlocalsplus = H[H[code + CodeWord.Units] + CodeHead.NLocalsPlus];
  H[frame + FrameWord.StackTop] = nlocalsplus;
  H[frame + FrameWord.ReturnOffset] = 0;
  const end = frame + FrameWord.LocalsPlus + nlocalsplus;
  for (let i = frame + FrameWord.LocalsPlus; i < end; i++) H[i] = 0;
}

/** Makes `frame` the current one. */
export function linkFrame(rt: Runtime, frame: number): void {
  const H = rt.words;
  H[frame + FrameWord.Previous] = H[RootNum.CurrentFrame];
  H[RootNum.CurrentFrame] = frame;
}

/** Unlinks `frame`, which is current. */
export function unlinkFrame(rt: Runtime, frame: number): void {
  const H = rt.words;
  H[RootNum.CurrentFrame] = H[frame + FrameWord.Previous];
}

/** Releases what the frame owns but its code (_PyFrame_ClearExceptCode): its frame object, if referenced elsewhere, takes the
 *  contents over. @runsPython */
function clearFrameExceptCode(rt: Runtime, frame: number): void {
  const H = rt.words;
  const object = H[frame + FrameWord.FrameObject];
  if (object !== 0) {
    closeInstruments(rt, frame);
    H[frame + FrameWord.FrameObject] = 0;
    if (H[object] > 1) {
      takeFrame(rt, object, frame);
      decref(rt, object);
      return;
    }
    decref(rt, object);
  }
  releaseWords(rt, frame, H[frame + FrameWord.StackTop]);
  const locals = H[frame + FrameWord.Locals];
  H[frame + FrameWord.Locals] = 0;
  if (locals !== 0) decref(rt, locals);
  const func = H[frame + FrameWord.Function];
  H[frame + FrameWord.Function] = 0;
  decref(rt, func);
}

/** Releases the first `n` words after the head, in order. */
function releaseWords(rt: Runtime, frame: number, n: number): void {
  const H = rt.words;
  const start = frame + FrameWord.LocalsPlus;
  for (let i = start; i < start + n; i++) {
    const o = H[i];
    if (o === 0) continue;
    H[i] = 0;
    decref(rt, o);
  }
  H[frame + FrameWord.StackTop] = 0;
}

/** As `clearFrameExceptCode`, with the frame in sight of the audit meanwhile. Its `ReturnOffset` is lost. @runsPython */
export function clearDying(rt: Runtime, frame: number): void {
  const H = rt.words;
  H[frame + FrameWord.ReturnOffset] = H[RootNum.DyingFrame];
  H[RootNum.DyingFrame] = frame;
  clearFrameExceptCode(rt, frame);
  H[RootNum.DyingFrame] = H[frame + FrameWord.ReturnOffset];
}

/** Clears and pops a frame of the frame stack that is no longer current (_PyEvalFrameClearAndPop). @runsPython */
export function clearAndPop(rt: Runtime, frame: number): void {
  const H = rt.words;
  clearDying(rt, frame);
  const code = H[frame + FrameWord.Code];
  H[frame + FrameWord.Code] = 0;
  decref(rt, code);
  H[RootNum.FrameTop] = frame;
}

/** `clearAndPop` as the loop calls it. @runsPython */
export function leaveFrame(rt: Runtime, frame: number): void {
  clearAndPop(rt, frame);
}

/** Line of the instruction last started; the code's first line before the first. */
export function frameLine(rt: Runtime, frame: number): number {
  const H = rt.words;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  return exec.lineAt(H[frame + FrameWord.PrevInstr]);
}
