/** Making functions and cells. */
import { newCell as makeCell, newFunction } from '../objects/functions/make.ts';
import type { Owned } from '@moult/heap';
import { setWord } from '@moult/heap';
import { FrameWord } from '../core/layout/frame.ts';
import { FunctionWord } from '../core/layout/functions.ts';
import type { Runtime } from '../core/runtime.ts';

/** A cell around `value` (owned or 0). Takes it. */
export function newCell(rt: Runtime, value: Owned): Owned {
  return makeCell(rt, value);
}

const enum FunctionFlag {
  Defaults = 1,
  KwDefaults = 2,
  Annotations = 4,
  Closure = 8,
}

/** MAKE_FUNCTION: [defaults] [keyword defaults] [annotations] [closure] code → function. */
export function makeFunction(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const code = H[sp - 1];
  const func = newFunction(rt, code, H[frame + FrameWord.Globals]);
  H[sp - 1] = func;
  if (H[code] >= 0) H[code]--;
  let at = sp - 2;
  if ((arg & FunctionFlag.Closure) !== 0) setWord(rt, func + FunctionWord.Closure, take(H, at--));
  if ((arg & FunctionFlag.Annotations) !== 0) setWord(rt, func + FunctionWord.Annotations, take(H, at--));
  if ((arg & FunctionFlag.KwDefaults) !== 0) setWord(rt, func + FunctionWord.KwDefaults, take(H, at--));
  if ((arg & FunctionFlag.Defaults) !== 0) setWord(rt, func + FunctionWord.Defaults, take(H, at--));
  const top = at + 2;
  H[top - 1] = func;
  H[frame + FrameWord.StackTop] = top - frame - FrameWord.LocalsPlus;
  return top;
}

function take(H: Int32Array, index: number): Owned {
  const o = H[index];
  H[index] = 0;
  return o as Owned;
}
