/**
 * LOAD_SUPER_ATTR. As in CPython, the first execution of an instruction goes through a real `super` object and a bound
 * method (both are seen by reference counts); later ones look the attribute up directly.
 */
import { decref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call2 } from '../core/call.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { getAttr } from '../core/protocol/attribute.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../core/temps.ts';
import { isType } from '../core/types.ts';
import { superLookup, superMethod } from '../objects/functions/super.ts';
import { unitsOf } from '../frames/code-area.ts';
import { codeName } from './names.ts';
import { replaceMany } from './operands.ts';

/** super, class, self → attribute; with `arg` & 1: function and self, or null and attribute. @runsPython */
export function superAttribute(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const name = codeName(rt, frame, arg >> 2);
  if (H[sp - 3] !== T.super || !isType(rt, H[sp - 2]) || !executedBefore(rt, frame))
    return throughCall(rt, frame, sp, arg, name);
  if ((arg & 1) === 0) return replaceMany(rt, frame, sp, 3, superLookup(rt, H[sp - 2], H[sp - 1], name));
  const found = superMethod(rt, H[sp - 2], H[sp - 1], name);
  if (rt.superMethodFound) return pushMethod(rt, frame, sp, found);
  return pushNull(rt, frame, replaceMany(rt, frame, sp, 3, found));
}

/** True from the second execution of the instruction on; the unit after it keeps the mark. */
function executedBefore(rt: Runtime, frame: number): boolean {
  const H = rt.words;
  const cache = unitsOf(rt, H[frame + FrameWord.Code]) + H[frame + FrameWord.PrevInstr] + 1;
  const before = H[cache] !== 0;
  H[cache] = 1;
  return before;
}

/** function, self: the class and `super` are released. */
function pushMethod(rt: Runtime, frame: number, sp: number, found: Owned): number {
  const H = rt.words;
  const cls = H[sp - 2];
  H[sp - 3] = found;
  H[sp - 2] = H[sp - 1];
  H[frame + FrameWord.StackTop] = sp - 1 - frame - FrameWord.LocalsPlus;
  decref(rt, cls);
  return sp - 1;
}

/** null below the attribute on top. */
function pushNull(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  H[sp] = H[sp - 1];
  H[sp - 1] = 0;
  H[frame + FrameWord.StackTop]++;
  return sp + 1;
}

/** LOAD_SUPER_ATTR where somebody is told of calls: `observe` makes the call that it is given. @runsPython */
export function instrumentedSuper(
  rt: Runtime,
  frame: number,
  sp: number,
  arg: number,
  observe: (call: () => Owned) => Owned,
): number {
  return throughCall(rt, frame, sp, arg, codeName(rt, frame, arg >> 2), observe);
}

/** An ordinary call of whatever is called `super`, and an ordinary attribute of its result. */
function throughCall(
  rt: Runtime,
  frame: number,
  sp: number,
  arg: number,
  name: Ref,
  observe: (call: () => Owned) => Owned = (call) => call(),
): number {
  const H = rt.words;
  const m = tempMark(rt);
  const callable = H[sp - 3];
  const object = temp(
    rt,
    observe(() => ((arg & 2) !== 0 ? call2(rt, callable, H[sp - 2], H[sp - 1]) : call0(rt, callable))),
  );
  const value = releaseKeeping(rt, m, getAttr(rt, object, name));
  const end = replaceMany(rt, frame, sp, 3, value);
  return (arg & 1) !== 0 ? pushNull(rt, frame, end) : end;
}
