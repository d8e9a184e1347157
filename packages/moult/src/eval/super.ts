/** LOAD_SUPER_ATTR. */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call2 } from '../core/call.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { getAttr } from '../core/protocol/attribute.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../core/temps.ts';
import { isType } from '../core/types.ts';
import { superLookup, superMethod } from '../objects/functions/super.ts';
import { codeName } from './names.ts';
import { replaceMany } from './operands.ts';

/** super, class, self → attribute; with `arg` & 1: function and self, or null and attribute. @runsPython */
export function superAttribute(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const name = codeName(rt, frame, arg >> 2);
  const global = H[sp - 3];
  const cls = H[sp - 2];
  const self = H[sp - 1];
  if (global !== T.super || !isType(rt, cls)) return throughCall(rt, frame, sp, arg, name);
  if ((arg & 1) === 0) return replaceMany(rt, frame, sp, 3, superLookup(rt, cls, self, name));
  const found = superMethod(rt, cls, self, name);
  if (rt.superMethodFound) return pushMethod(rt, frame, sp, found);
  return pushNull(rt, frame, replaceMany(rt, frame, sp, 3, found));
}

/** function, self: the class and `super` are released. */
function pushMethod(rt: Runtime, frame: number, sp: number, found: Owned): number {
  const H = rt.words;
  const cls = H[sp - 2];
  const self = H[sp - 1];
  H[sp - 3] = found;
  H[sp - 2] = self;
  H[sp - 1] = cls;
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

/** Something else is called `super`: an ordinary call and attribute. */
function throughCall(rt: Runtime, frame: number, sp: number, arg: number, name: Ref): number {
  const H = rt.words;
  const m = tempMark(rt);
  const global = newRef(rt, H[sp - 3]);
  temp(rt, global);
  const object = temp(rt, (arg & 2) !== 0 ? call2(rt, global, H[sp - 2], H[sp - 1]) : call0(rt, global));
  const value = releaseKeeping(rt, m, getAttr(rt, object, name));
  const end = replaceMany(rt, frame, sp, 3, value);
  return (arg & 1) !== 0 ? pushNull(rt, frame, end) : end;
}
