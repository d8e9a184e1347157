/** Guards against endless recursion through natives, so that it ends in RecursionError and never in the host's stack. */
import { raise } from './errors.ts';
import { findRoom } from './host-stack.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

/** Counts one more native level; pair with `leaveRecursion` on normal return (catching restores the count). Raises
 *  RecursionError «maximum recursion depth exceeded» + `where`, at the limit or where the host's stack ends. */
export function enterRecursion(rt: Runtime, where: string): void {
  const left = --rt.words[RootNum.NativeRecursionRemaining];
  if (left < rt.hostRoom.known) enterUnknown(rt, left, where);
}

export function leaveRecursion(rt: Runtime): void {
  rt.words[RootNum.NativeRecursionRemaining]++;
}

/** Whether `enterRecursion` would not raise. */
export function canEnterRecursion(rt: Runtime): boolean {
  const H = rt.words;
  if (H[RootNum.NativeRecursionRemaining] > rt.hostRoom.known) return true;
  if (H[RootNum.NativeRecursionRemaining] <= 0) return false;
  H[RootNum.NativeRecursionRemaining]--;
  const found = findRoom(rt);
  H[RootNum.NativeRecursionRemaining]++;
  return found;
}

function enterUnknown(rt: Runtime, left: number, where: string): void {
  if (left < 0 || !findRoom(rt)) recursionError(rt, where);
}

const HEADROOM = 50;

function recursionError(rt: Runtime, where: string): never {
  const H = rt.words;
  const { known } = rt.hostRoom;
  H[RootNum.NativeRecursionRemaining] += HEADROOM;
  rt.hostRoom.known = 0;
  try {
    raise(rt, T.RecursionError, `maximum recursion depth exceeded${where}`);
  } finally {
    rt.hostRoom.known = known;
    H[RootNum.NativeRecursionRemaining] -= HEADROOM - 1;
  }
}
