/** Releasing operands in CPython's order while the stack stays exact for whatever a destructor looks at. */
import { deallocFloat, decref, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { freeCompact } from '../core/int.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { IntTag, IntWord } from '../core/layout/numbers.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';

/** `decref` of an object with a positive count, quicker where numbers die. @runsPython */
export function release(rt: Runtime, o: Ref): void {
  const H = rt.words;
  if (TRACE || H[o] !== 1) {
    decref(rt, o);
    return;
  }
  const type = H[o + ObjectWord.Type];
  if (type === T.float) deallocFloat(rt, o);
  else if (type === T.int && (H[o + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact) freeCompact(rt, o);
  else decref(rt, o);
}

/** Replaces the two topmost operands by `result`, releasing the lower first (binary operations). Returns the new `sp`.
 *  @runsPython */
export function replaceTwo(rt: Runtime, frame: number, sp: number, result: Owned): number {
  const H = rt.words;
  const a = H[sp - 2];
  H[sp - 2] = result;
  if (H[a] >= 0) decref(rt, a);
  const b = H[sp - 1];
  H[frame + FrameWord.StackTop] = sp - 1 - frame - FrameWord.LocalsPlus;
  if (H[b] >= 0) decref(rt, b);
  return sp - 1;
}

/** Drops value (below) and owner (top) of a store: the value first. */
export function dropTwo(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const value = H[sp - 2];
  H[sp - 2] = 0;
  if (H[value] >= 0) decref(rt, value);
  return dropTop(rt, frame, sp - 1, sp - 2);
}

/** Drops value, container, key (top) of a subscript store, in that order. */
export function dropThree(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  for (let i = sp - 3; i < sp - 1; i++) {
    const o = H[i];
    H[i] = 0;
    if (H[o] >= 0) decref(rt, o);
  }
  return dropTop(rt, frame, sp - 1, sp - 3);
}

/** Releases the operand at `index`; the stack then ends at `sp`, which is returned. */
function dropTop(rt: Runtime, frame: number, index: number, sp: number): number {
  const H = rt.words;
  const o = H[index];
  H[frame + FrameWord.StackTop] = sp - frame - FrameWord.LocalsPlus;
  if (o !== 0) decref(rt, o);
  return sp;
}

/** Drops the operands from `from` to `to`, lowest first; none of them dies (a new frame owns them all). */
export function dropOperands(rt: Runtime, from: number, to: number): void {
  const H = rt.words;
  for (let i = from; i < to; i++) {
    const o = H[i];
    if (o !== 0 && H[o] >= 0) decref(rt, o);
  }
}

/** Puts `result` in place of the `n` topmost operands, releasing them lowest first. Uses the frame's spare word. Returns the new
 *  `sp`. @runsPython */
export function replaceMany(rt: Runtime, frame: number, sp: number, n: number, result: Owned): number {
  const H = rt.words;
  H[sp] = result;
  H[frame + FrameWord.StackTop] = sp + 1 - frame - FrameWord.LocalsPlus;
  for (let i = sp - n; i < sp; i++) {
    const o = H[i];
    H[i] = 0;
    if (o === 0) continue;
    const count = H[o];
    if (count > 1 && !TRACE) H[o] = count - 1;
    else if (count > 0) decref(rt, o);
  }
  const at = sp - n;
  H[at] = H[sp];
  H[frame + FrameWord.StackTop] = at + 1 - frame - FrameWord.LocalsPlus;
  return at + 1;
}

/** Drops the `n` topmost operands, the top first. Returns the new `sp`. @runsPython */
export function popMany(rt: Runtime, frame: number, sp: number, n: number): number {
  const H = rt.words;
  for (let i = 0; i < n; i++) {
    sp--;
    const o = H[sp];
    H[frame + FrameWord.StackTop] = sp - frame - FrameWord.LocalsPlus;
    if (o !== 0) decref(rt, o);
  }
  return sp;
}

/** As `replaceMany`, releasing the topmost operand first, as CPython does with items of a dict. @runsPython */
export function replaceManyDown(rt: Runtime, frame: number, sp: number, n: number, result: Owned): number {
  const H = rt.words;
  H[sp] = result;
  H[frame + FrameWord.StackTop] = sp + 1 - frame - FrameWord.LocalsPlus;
  for (let i = sp - 1; i >= sp - n; i--) {
    const o = H[i];
    H[i] = 0;
    if (H[o] >= 0) decref(rt, o);
  }
  const at = sp - n;
  H[at] = H[sp];
  H[frame + FrameWord.StackTop] = at + 1 - frame - FrameWord.LocalsPlus;
  return at + 1;
}
