/** Guards against endless recursion through natives, so that it ends in RecursionError and never in the host's stack. */
import { raise } from './errors.ts';
import { findRoom, Recursion } from './host-stack.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

/** Counts one more native level; pair with `leaveRecursion` on normal return (catching restores the count). Raises
 *  RecursionError «maximum recursion depth exceeded» + `where`, at the limit or where the host's stack ends. */
export function enterRecursion(rt: Runtime, where: string): void {
  const left = (rt.words[RootNum.NativeRecursionRemaining] -= Recursion.Level);
  if (left < rt.hostRoom.known) enterUnknown(rt, left, Recursion.Level, where);
}

export function leaveRecursion(rt: Runtime): void {
  rt.words[RootNum.NativeRecursionRemaining] += Recursion.Level;
}

/** Counts one more step; pair with `leaveStep` on normal return. Raises RecursionError. */
export function enterStep(rt: Runtime): void {
  const left = (rt.words[RootNum.NativeRecursionRemaining] -= Recursion.Step);
  if (left < rt.hostRoom.known) enterUnknown(rt, left, Recursion.Step, '');
}

export function leaveStep(rt: Runtime): void {
  rt.words[RootNum.NativeRecursionRemaining] += Recursion.Step;
}

/** Whether `enterRecursion` would not raise. */
export function canEnterRecursion(rt: Runtime): boolean {
  const H = rt.words;
  if (H[RootNum.NativeRecursionRemaining] - Recursion.Level >= rt.hostRoom.known) return true;
  if (H[RootNum.NativeRecursionRemaining] < (Recursion.Level as number)) return false;
  H[RootNum.NativeRecursionRemaining] -= Recursion.Level;
  const found = findRoom(rt);
  H[RootNum.NativeRecursionRemaining] += Recursion.Level;
  return found;
}

function enterUnknown(rt: Runtime, left: number, cost: Recursion, where: string): void {
  if (left < 0 || !findRoom(rt)) recursionError(rt, cost, where);
}

function recursionError(rt: Runtime, cost: Recursion, where: string): never {
  const H = rt.words;
  const { known } = rt.hostRoom;
  H[RootNum.NativeRecursionRemaining] += Recursion.Headroom;
  rt.hostRoom.known = 0;
  try {
    raise(rt, T.RecursionError, `maximum recursion depth exceeded${where}`);
  } finally {
    rt.hostRoom.known = known;
    H[RootNum.NativeRecursionRemaining] -= Recursion.Headroom - cost;
  }
}
