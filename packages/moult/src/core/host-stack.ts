/**
 * Room on the host's stack. The engine may refuse any call there, also one in the middle of an operation on the heap, and says nowhere
 * how much is left. So the runtime looks before it goes deeper: at the entries of what recurses (`enterRecursion`), where a
 * Python exception can be raised.
 *
 * It looks by calling a function with so many arguments that they take the bytes asked for: the engine compares before it copies. That costs
 * a microsecond for some 10 KB. Therefore a large room found once counts for the levels that surely fit into it, until the next call
 * from the host, and only deeper ones are looked at one by one.
 */
import { UNWIND_LEVEL } from '@moult/heap';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';

/** What is counted (`RootNum.NativeRecursionRemaining`). A level is a call of natives that ends in a run of the loop, or a use of the
 *  host's stack like that; there may be 1500, by CPython's limit. A step is a native that asks another object for the same. CPython does not
 *  count those: of long chains its stack ends. */
export const enum Recursion {
  Step = 1,
  Level = 16,
  Limit = 1500 * Level,
  /** What raising the error may take. */
  Headroom = 50 * Level,
}

const BYTES_PER_ARGUMENT = 8;

/** What the end of a chain of calls may use: natives without recursion, destructors inside of each other, raising an exception, and one
 *  level more. V8 compiles no function, which it does at the first call, where fewer than 40 KB are left. Small stacks do with less, since
 *  destructors then nest less: what dies inside of many others dies later there than in CPython. */
const enum Reserve {
  Large = 176 << 10,
  Small = 96 << 10,
}

/** What a call from the host needs above that. */
const ENTRY = 32 << 10;
/** What it needs at least. */
export const SMALLEST = Reserve.Small + ENTRY;

/** Depths of destructors on a small stack, and on that of a host of usual size. The command has a stack for `DEEP_LIMIT` of them. */
const SMALL_UNWIND_LEVEL = 8;
const SMALL_DEEP_LIMIT = 12;
const HOST_DEEP_LIMIT = 60;

/** The most that a step may use, and a level for each of the steps that it counts as: a level is natives, a run of the loop, generated
 *  functions that call each other. */
const STEP_BYTES = (20 << 10) / Recursion.Level;

/** Rooms to be looked for, one after the other, by calls that go deeper. */
const ROOMS = [256 << 10, 512 << 10, 1 << 20, 4 << 20];

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

/** Of a runtime that is being made, which takes little; nobody looks before it is. */
export function newHostRoom(): HostRoom {
  return { base: Recursion.Limit, known: 0, reserve: Reserve.Large, next: 0 };
}

/** What is known of the stack during one call from the host. */
export interface HostRoom {
  /** Levels left (`NativeRecursionRemaining`) at the call from the host. */
  base: number;
  /** Down to so many levels left there is room. */
  known: number;
  /** Bytes that must be left wherever it is looked. */
  reserve: number;
  /** Number of the next of `ROOMS` to be looked for. */
  next: number;
}

/** The host calls. Throws RangeError, as the engine would, if it has too little left: an exception that ends a program is still shown, and
 *  streams are flushed, which takes some levels. Returns what was known for the call that this one is made in; pair with
 *  `leaveFromHost`. */
export function enterFromHost(rt: Runtime): HostRoom {
  const large = hasRoom(Reserve.Large + ENTRY);
  if (!large && !hasRoom(SMALLEST)) throw new RangeError('Maximum call stack size exceeded');
  const outer = { ...rt.hostRoom };
  forgetRoom(rt);
  setReserve(rt, large ? Reserve.Large : Reserve.Small);
  learnRoom(rt.hostRoom, rt.hostRoom.reserve + ENTRY);
  return outer;
}

export function leaveFromHost(rt: Runtime, outer: HostRoom): void {
  Object.assign(rt.hostRoom, outer);
  setReserve(rt, outer.reserve);
}

function setReserve(rt: Runtime, nbytes: number): void {
  const small = nbytes === (Reserve.Small as number);
  rt.hostRoom.reserve = nbytes;
  rt.unwindLevel = small ? SMALL_UNWIND_LEVEL : UNWIND_LEVEL;
  rt.deepLimit = small ? SMALL_DEEP_LIMIT : HOST_DEEP_LIMIT;
}

/** Nothing is known any more: a program is started, or was, by somebody who may have called from anywhere. */
export function forgetRoom(rt: Runtime): void {
  const room = rt.hostRoom;
  room.base = room.known = rt.words[RootNum.NativeRecursionRemaining];
  room.next = 0;
}

/** So much was found, if not from the base then from deeper: levels begin at the base. */
function learnRoom(room: HostRoom, nbytes: number): void {
  room.known = Math.max(0, room.base - Math.floor((nbytes - room.reserve) / STEP_BYTES));
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
    learnRoom(room, nbytes);
    if (left >= room.known) return true;
  }
  return hasRoom(room.reserve);
}
