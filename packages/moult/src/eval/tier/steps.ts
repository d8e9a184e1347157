/**
 * Instructions of generated code that resume or leave frames, iterate, test or release: the loop's cases (`../loop.ts`) as functions. `k` is
 * the unit of the instruction, operands are on the frame's stack, which ends at `sp`.
 */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { IterNextSlot } from '../../core/functions.ts';
import { FrameOwner, FrameState, FrameWord, GeneratorWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { getItem } from '../../core/protocol/item.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { leaveFrame } from '../../frames/frames.ts';
import { loadAttribute, loadMethod } from '../attributes.ts';
import { enterFrame } from '../calls.ts';
import { leaveEntry, leaveGenerator, leaveMoved, makeGenerator, sendValue, suspendGenerator } from '../generators.ts';
import { pushGetItem, pushGetter } from '../learn-attributes.ts';
import { release, replaceTwo } from '../operands.ts';
import { endLoop } from '../unwind.ts';

const LOCALS = FrameWord.LocalsPlus as number;

/** LOAD_ATTR of a property `property` of the type with version `version`. True if the getter's frame was pushed. @runsPython */
export function loadProperty(
  rt: Runtime,
  frame: number,
  sp: number,
  arg: number,
  k: number,
  version: number,
  property: Ref,
): boolean {
  const H = rt.words;
  const owner = H[sp - 1];
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  if (H[H[owner + ObjectWord.Type] + TypeWord.VersionTag] === version) {
    const callee = pushGetter(rt, property, owner);
    if (callee !== 0) {
      if ((arg & 1) !== 0) H[sp - 1] = 0;
      H[frame + FrameWord.StackTop] = sp - frame - LOCALS - ((arg & 1) !== 0 ? 0 : 1);
      H[frame + FrameWord.ReturnOffset] = k + 9;
      enterFrame(rt, frame, callee);
      return true;
    }
  }
  const at = H[H[frame] + CodeWord.Units] + k;
  if ((arg & 1) !== 0) loadMethod(rt, frame, at, arg, sp);
  else loadAttribute(rt, frame, at, arg, sp);
  return false;
}

/** BINARY_SUBSCR by a `__getitem__` in Python. True if its frame was pushed. @runsPython */
export function subscriptMethod(rt: Runtime, frame: number, sp: number, k: number): boolean {
  const H = rt.words;
  const key = H[sp - 1];
  const o = H[sp - 2];
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  const callee = pushGetItem(rt, H[H[frame] + CodeWord.Units] + k, o, key);
  if (callee !== 0) {
    H[frame + FrameWord.StackTop] = sp - 2 - frame - LOCALS;
    H[frame + FrameWord.ReturnOffset] = k + 1;
    enterFrame(rt, frame, callee);
    return true;
  }
  replaceTwo(rt, frame, sp, getItem(rt, o, key));
  return false;
}

/** FOR_ITER over a generator: makes its frame current. False, with nothing changed, if the iterator is none that can go on.
 *  `after` is the unit of END_FOR. */
export function resumeGenerator(rt: Runtime, frame: number, sp: number, k: number, after: number): boolean {
  const H = rt.words;
  const generator = H[sp - 1];
  if (
    H[generator + ObjectWord.Type] !== T.generator ||
    H[generator + GeneratorWord.State] >= FrameState.Executing ||
    H[RootNum.RecursionRemaining] <= 0
  )
    return false;
  enterGenerator(rt, frame, generator, S.None, sp, k + 1, after - 1);
  return true;
}

/** Makes the frame of a generator current, which gets `sent`. `frame`, whose stack then ends at `sp`, goes on after unit `yielded` or
 *  after unit `returned`. */
function enterGenerator(
  rt: Runtime,
  frame: number,
  generator: Ref,
  sent: Ref,
  sp: number,
  yielded: number,
  returned: number,
): void {
  const H = rt.words;
  const next = generator + GeneratorWord.Frame;
  H[RootNum.RecursionRemaining]--;
  const top = H[next + FrameWord.StackTop];
  H[next + LOCALS + top] = sent;
  H[next + FrameWord.StackTop] = top + 1;
  H[generator + GeneratorWord.ExcPrevious] = H[RootNum.ExcInfo];
  H[RootNum.ExcInfo] = generator + GeneratorWord.ExcValue;
  H[generator + GeneratorWord.State] = FrameState.Executing;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = yielded;
  H[frame + FrameWord.ReturnOffset] = returned;
  H[next + FrameWord.Previous] = frame;
  H[RootNum.CurrentFrame] = next;
}

/** SEND to a generator or a coroutine that waits: makes its frame current. False, with nothing changed, if the receiver is none.
 *  `after` is the unit to go on at when it has returned. */
export function sendTo(rt: Runtime, frame: number, sp: number, k: number, after: number): boolean {
  const H = rt.words;
  const receiver = H[sp - 2];
  const kind = H[receiver + ObjectWord.Type];
  if (
    (kind !== T.generator && kind !== T.coroutine) ||
    H[receiver + GeneratorWord.State] !== FrameState.Suspended ||
    H[RootNum.RecursionRemaining] <= 0
  )
    return false;
  enterGenerator(rt, frame, receiver, H[sp - 1], sp - 1, k + 1, after - 1);
  return true;
}

/** SEND to anything else: the value sent is replaced by what came back. Whether that was the last. @runsPython */
export function sendOther(rt: Runtime, frame: number, sp: number, k: number, after: number): boolean {
  const H = rt.words;
  H[frame + FrameWord.PrevInstr] = k;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  const value = sendValue(rt, H[sp - 2], H[sp - 1]);
  const sent = H[sp - 1];
  H[sp - 1] = value;
  const isFinished = rt.sendFinished;
  H[frame + FrameWord.PrevInstr] = isFinished ? after - 1 : k + 1;
  if (H[sent] >= 0) decref(rt, sent);
  return isFinished;
}

/** FOR_ITER over anything: pushes the next item; false at the end, with the iterator dropped. @runsPython */
export function nextItem(rt: Runtime, frame: number, sp: number, k: number): boolean {
  const H = rt.words;
  const iterator = H[sp - 1];
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  const item = (SLOT_FUNCTIONS[H[H[iterator + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot)(rt, iterator);
  if (item !== 0) {
    H[sp] = item;
    return true;
  }
  if (H[RootRef.CurrentException] !== 0) endLoop(rt, frame);
  H[frame + FrameWord.StackTop] = sp - 1 - frame - LOCALS;
  decref(rt, iterator);
  return false;
}

/** GET_ITER @runsPython */
export function getIter(rt: Runtime, frame: number, sp: number, k: number): void {
  const H = rt.words;
  const o = H[sp - 1];
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  H[sp - 1] = iter(rt, o);
  const count = H[o];
  if (count > 1) H[o] = count - 1;
  else if (count > 0) release(rt, o);
}

/** RETURN_VALUE and RETURN_CONST: the stack ends at `sp` without `value`. Returns the value if `frame` is the entry, else 0, with the
 *  caller current. @runsPython */
export function leave(rt: Runtime, frame: number, sp: number, value: Owned, k: number, entry: number): Owned | 0 {
  const H = rt.words;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  H[RootNum.RecursionRemaining]++;
  if (frame === entry) return leaveEntry(rt, frame, value);
  const caller = H[frame + FrameWord.Previous];
  H[RootNum.CurrentFrame] = caller;
  const top = H[caller + FrameWord.StackTop];
  H[caller + LOCALS + top] = value;
  H[caller + FrameWord.StackTop] = top + 1;
  // Only now: what comes next there begins after it.
  const after = H[caller + FrameWord.ReturnOffset];
  if (H[frame + FrameWord.Owner] === FrameOwner.Generator) leaveGenerator(rt, frame);
  else if (H[frame + FrameWord.FrameObject] !== 0 || H[frame + FrameWord.Locals] !== 0 || !dropShared(rt, frame, sp))
    leaveFrame(rt, frame);
  H[caller + FrameWord.PrevInstr] = after;
  return 0;
}

/** RETURN_GENERATOR: returns the generator that the frame becomes if `frame` is the entry, else 0, with the caller current. @mayCollect */
export function returnGenerator(rt: Runtime, frame: number, sp: number, k: number, entry: number): Owned | 0 {
  const H = rt.words;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  const generator = makeGenerator(rt, frame);
  H[RootNum.RecursionRemaining]++;
  if (frame === entry) return leaveMoved(rt, frame, generator);
  const caller = H[frame + FrameWord.Previous];
  H[RootNum.CurrentFrame] = caller;
  H[RootNum.FrameTop] = frame;
  const top = H[caller + FrameWord.StackTop];
  H[caller + LOCALS + top] = generator;
  H[caller + FrameWord.StackTop] = top + 1;
  H[caller + FrameWord.PrevInstr] = H[caller + FrameWord.ReturnOffset];
  return 0;
}

/** Drops a frame of which every reference has another owner, so that nothing can run. False, with some words dropped, if one has not. */
function dropShared(rt: Runtime, frame: number, end: number): boolean {
  const H = rt.words;
  for (let i = (frame + LOCALS) | 0; i < end; i = (i + 1) | 0) {
    const o = H[i];
    if (o === 0) continue;
    const count = H[o];
    if (count > 1) H[o] = count - 1;
    else if (count > 0) return false;
    H[i] = 0;
  }
  const func = H[frame + FrameWord.Function];
  const code = H[frame];
  const owners = H[func];
  const holders = H[code];
  if (owners <= 1 || holders <= 1) return false;
  H[func] = owners - 1;
  H[code] = holders - 1;
  H[RootNum.FrameTop] = frame;
  return true;
}

/** YIELD_VALUE: as `leave`, for a generator that goes on later. */
export function yieldValue(rt: Runtime, frame: number, sp: number, value: Owned, k: number, entry: number): Owned | 0 {
  const H = rt.words;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  H[RootNum.RecursionRemaining]++;
  const caller = H[frame + FrameWord.Previous];
  suspendGenerator(rt, frame);
  if (frame === entry) return value;
  const top = H[caller + FrameWord.StackTop];
  H[caller + LOCALS + top] = value;
  H[caller + FrameWord.StackTop] = top + 1;
  return 0;
}

/** Whether `o`, whose place is word `at` of the frame's stack, is true; `owned` if it is there already. Drops it. @runsPython */
export function testTruth(rt: Runtime, frame: number, at: number, o: Ref, owned: boolean, k: number): boolean {
  const H = rt.words;
  if (!owned) {
    if (H[o] >= 0) H[o]++;
    H[at] = o;
  }
  H[frame + FrameWord.PrevInstr] = k;
  H[frame + FrameWord.StackTop] = at + 1 - frame - LOCALS;
  const truth = isTrue(rt, o);
  H[frame + FrameWord.StackTop] = at - frame - LOCALS;
  const count = H[o];
  if (count > 1) H[o] = count - 1;
  else if (count > 0) release(rt, o);
  return truth;
}

/** Releases `old`, which an assignment to something of `owner` replaced, while the stack from word `at` on holds `owner`, as it does in
 *  the loop. `owner` has another owner. @runsPython */
export function releaseReplaced(rt: Runtime, frame: number, at: number, old: Ref, owner: Ref, k: number): void {
  const H = rt.words;
  if (H[owner] >= 0) H[owner]++;
  H[at] = owner;
  H[frame + FrameWord.PrevInstr] = k;
  H[frame + FrameWord.StackTop] = at + 1 - frame - LOCALS;
  release(rt, old);
  H[frame + FrameWord.StackTop] = at - frame - LOCALS;
  if (H[owner] >= 0) decref(rt, owner);
}

/** As `releaseReplaced` for an item of `owner` at `key`. @runsPython */
export function releaseReplacedItem(
  rt: Runtime,
  frame: number,
  base: number,
  old: Ref,
  owner: Ref,
  key: Ref,
  k: number,
): void {
  const H = rt.words;
  if (H[owner] >= 0) H[owner]++;
  H[base] = owner;
  if (key !== 0 && H[key] >= 0) H[key]++;
  H[base + 1] = key;
  H[frame + FrameWord.PrevInstr] = k;
  H[frame + FrameWord.StackTop] = base + 2 - frame - LOCALS;
  release(rt, old);
  H[frame + FrameWord.StackTop] = base - frame - LOCALS;
  if (H[owner] >= 0) decref(rt, owner);
  if (key !== 0 && H[key] >= 0) decref(rt, key);
}
