/**
 * Room on the host's stack. The engine may refuse any call there, also one in the middle of an operation on the heap, and says nowhere
 * how much is left. So the runtime looks before it goes deeper: at the entries of what recurses (`enterRecursion`), where a
 * Python exception can be raised.
 *
 * It looks by calling a function with so many arguments that they take the bytes asked for: the engine compares before it copies. That costs
 * a microsecond for some 10 KB. Therefore a large room found once counts for the levels that surely fit into it, until the next call
 * from the host, and only deeper ones are looked at one by one.
 */
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';

const BYTES_PER_ARGUMENT = 8;

/** What may be used between two looks, and by what comes after the last one: natives without recursion, raising an exception. V8 compiles
 *  no function, which it does at the first call, where fewer than 40 KB are left; that is the larger part. */
export const RESERVE = 96 << 10;

/** The most that one level may use: natives, a run of the loop, generated functions that call each other. */
const LEVEL = 20 << 10;

/** Rooms to be looked for, one after the other, by calls that go deeper. */
const ROOMS = [160 << 10, 256 << 10, 512 << 10, 1 << 20, 4 << 20];

const ARGUMENTS = new Map<number, readonly 0[]>();

/** Whether the host's stack has room for that many bytes. */
export function hasRoom(nbytes: number): boolean {
  try {
    Reflect.apply(nothing, undefined, argumentsOf(nbytes));
    return true;
  } catch {
    // RangeError in V8 and JavaScriptCore, InternalError in SpiderMonkey.
    return false;
  }
}

function nothing(): void {
  // Called for its arguments.
}

function argumentsOf(nbytes: number): readonly 0[] {
  let found = ARGUMENTS.get(nbytes);
  if (found === undefined) ARGUMENTS.set(nbytes, (found = new Array<0>(nbytes / BYTES_PER_ARGUMENT).fill(0)));
  return found;
}

/** What is known of the stack during one call from the host. */
export interface HostRoom {
  /** Levels left (`NativeRecursionRemaining`) at the call from the host. */
  base: number;
  /** Down to so many levels left there is room. */
  known: number;
  /** Number of the next of `ROOMS` to be looked for. */
  next: number;
}

/** The host calls. Throws RangeError, as the engine would, if it has too little left for anything. Returns what was known for the
 *  call that this one is made in; pair with `leaveFromHost`. */
export function enterFromHost(rt: Runtime): HostRoom {
  if (!hasRoom(RESERVE)) throw new RangeError('Maximum call stack size exceeded');
  const outer = { ...rt.hostRoom };
  forgetRoom(rt);
  return outer;
}

export function leaveFromHost(rt: Runtime, outer: HostRoom): void {
  Object.assign(rt.hostRoom, outer);
}

/** Nothing is known any more: a program is started, or was, by somebody who may have called from anywhere. */
export function forgetRoom(rt: Runtime): void {
  const room = rt.hostRoom;
  room.base = room.known = rt.words[RootNum.NativeRecursionRemaining];
  room.next = 0;
}

/** Whether there is room for the level just entered, deeper than what is known. */
export function findRoom(rt: Runtime): boolean {
  const room = rt.hostRoom;
  const left = rt.words[RootNum.NativeRecursionRemaining];
  while (room.next < ROOMS.length) {
    const nbytes = ROOMS[room.next] as number;
    if (!hasRoom(nbytes)) {
      room.next = ROOMS.length;
      break;
    }
    room.next++;
    // Found from here, and so from the base too; levels begin at the base.
    room.known = Math.max(0, room.base - Math.floor((nbytes - RESERVE) / LEVEL));
    if (left >= room.known) return true;
  }
  return hasRoom(RESERVE);
}
