/**
 * Links: natives between two runs of the loop that can be left and made up for later, so that a thread below them can be
 * parked. The frame below is at an instruction that called such a native; when the frame above (the *entry* of the inner run)
 * is done, the link is finished: what the native and the instruction would have done with the result is done.
 *
 * - `for` and `yield from`/`await` of a generator or coroutine, `next(generator)`, `generator.send(value)`;
 * - `with` of an object whose `__enter__` or `__exit__` is a Python function;
 * - calls that go through `functools.partial` objects or `Context.run` to a Python function, or to a native that waits.
 */
import { decref, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import { rethrow } from '../../core/errors.ts';
import { FrameOwner, FrameState, FrameWord, GeneratorWord } from '../../core/layout/frame.ts';
import { BuiltinWord, DescrWord, MethodWord } from '../../core/layout/functions.ts';
import { NATIVES } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { BLOCKING, PASSING_NATIVES, PASSING_TYPES } from '../../core/threads.ts';
import { executable } from '../../frames/frames.ts';
import { endWithValue } from '../generators.ts';
import { replaceMany } from '../operands.ts';

/** A call in progress, as far as a thread can be parked in it. */
interface Call {
  /** Operands on the frame's value stack that the result takes the place of. */
  readonly operands: number;
  /** What is called in the end: a Python function, a native, or anything else. */
  readonly target: Ref;
  /** First argument, or self, of the target; 0: unknown. */
  readonly first: Ref;
  /** To be done when the call is over, innermost first. */
  readonly leave: readonly (() => void)[];
}

/** An inner run that can be left. */
interface InnerRun {
  /** Undoes what the natives between have set up. */
  readonly leave: () => void;
  /** Does what they and the frame's instruction would have done with the value. Takes it. */
  readonly finish: (value: Owned) => void;
}

/** The instruction that the frame is at, before any specialisation. */
export function originalOp(rt: Runtime, frame: number): number {
  const H = rt.words;
  return executable(rt, H[frame + FrameWord.Code]).originalOp(H[frame + FrameWord.PrevInstr]);
}

/** The instruction with which the frame goes on. */
export function nextOp(rt: Runtime, frame: number): number {
  const H = rt.words;
  return executable(rt, H[frame + FrameWord.Code]).originalOp(H[frame + FrameWord.PrevInstr] + 1);
}

function argumentOf(rt: Runtime, frame: number): number {
  const H = rt.words;
  return executable(rt, H[frame + FrameWord.Code]).originalUnit(H[frame + FrameWord.PrevInstr]) >> 8;
}

/** One past the frame's value stack. */
function stackEnd(rt: Runtime, frame: number): number {
  return frame + FrameWord.LocalsPlus + rt.words[frame + FrameWord.StackTop];
}

/** The call that the frame's instruction makes; null if it makes none. */
function callOf(rt: Runtime, frame: number): Call | null {
  const H = rt.words;
  const end = stackEnd(rt, frame);
  const arg = argumentOf(rt, frame);
  switch (originalOp(rt, frame)) {
    case Op.CALL: {
      const method = H[end - arg - 2];
      const second = H[end - arg - 1];
      const argument = arg > 0 ? H[end - arg] : 0;
      return method === 0 ? through(rt, arg + 2, second, 0, argument) : through(rt, arg + 2, method, second, argument);
    }
    case Op.CALL_FUNCTION_EX: {
      const args = H[end - 1 - (arg & 1)];
      const first =
        H[args + ObjectWord.Type] === T.tuple && H[args + TupleWord.Size] > 0 ? H[args + TupleWord.Items] : 0;
      return through(rt, 3 + (arg & 1), H[end - 2 - (arg & 1)], 0, first);
    }
    case Op.BEFORE_WITH:
      return through(rt, 1, H[end - 1], 0, 0);
    case Op.WITH_EXCEPT_START:
      return through(rt, 0, H[end - 4], 0, 0);
    default:
      return null;
  }
}

/** Looks through what only passes a call on. `self` is 0 unless the callable is the function of a method. */
function through(rt: Runtime, operands: number, callable: Ref, self: Ref, argument: Ref): Call {
  const H = rt.words;
  const leave: (() => void)[] = [];
  let target = callable;
  let first = self !== 0 ? self : argument;
  let rest = self !== 0 ? argument : 0;
  for (;;) {
    const type = H[target + ObjectWord.Type] as Ref;
    const native = nativeOf(rt, target);
    const pass = PASSING_TYPES.get(type);
    const undo = native === undefined ? undefined : PASSING_NATIVES.get(native);
    if (pass !== undefined) [target, first] = pass(rt, target, first);
    else if (undo !== undefined) {
      const bound = type === T.builtinFunction ? H[target + BuiltinWord.Self] : first;
      target = type === T.builtinFunction ? first : rest;
      if (target === 0) return { operands, target: 0 as Ref, first: 0, leave };
      leave.unshift(() => undo(rt, bound));
      first = rest = 0;
    } else break;
  }
  if (H[target + ObjectWord.Type] !== T.method) return { operands, target, first, leave };
  return { operands, target: H[target + MethodWord.Function], first: H[target + MethodWord.Self], leave };
}

function nativeOf(rt: Runtime, callable: Ref): NativeDefinition | undefined {
  const H = rt.words;
  if (callable === 0) return undefined;
  const type = H[callable + ObjectWord.Type];
  if (type === T.builtinFunction) return NATIVES[H[callable + BuiltinWord.Native]];
  return type === T.methodDescriptor ? NATIVES[H[callable + DescrWord.Definition]] : undefined;
}

/** The call of the current frame if it is one of a native that waits, with nothing but links between; else null. */
function blockingCall(rt: Runtime): Call | null {
  const frame = rt.words[RootNum.CurrentFrame];
  const call = frame === 0 ? null : callOf(rt, frame);
  if (call === null) return null;
  const native = nativeOf(rt, call.target);
  return native !== undefined && BLOCKING.has(native) ? call : null;
}

/** Whether the thread can be parked in the native that it is in. */
export function canPark(rt: Runtime): boolean {
  return blockingCall(rt) !== null;
}

/** The native that waits has failed: undoes what was between it and the loop. Its exception is pending. */
export function leaveBlockingCall(rt: Runtime): void {
  for (const leave of blockingCall(rt)?.leave ?? []) leave();
}

/** Puts the result of the native that waited in place of its operands, as the loop would have. Takes `result`. @runsPython */
export function completeBlockingCall(rt: Runtime, result: Owned): void {
  const call = blockingCall(rt);
  if (call === null) throw new Error('the thread is not in a call that waits');
  for (const leave of call.leave) leave();
  completeCall(rt, call.operands, result);
}

/** The current frame's instruction is done: `result` takes the place of its operands. */
function completeCall(rt: Runtime, operands: number, result: Owned): void {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  const op = originalOp(rt, frame);
  replaceMany(rt, frame, stackEnd(rt, frame), operands, result);
  H[frame + FrameWord.PrevInstr] += CACHE_COUNTS[op] ?? 0;
}

/** How the run that began at `entry` is linked to the frame below; null if there are other natives between. */
export function linkOf(rt: Runtime, entry: number): InnerRun | null {
  const H = rt.words;
  const below = H[entry + FrameWord.Previous];
  if (below === 0) return null;
  if (H[entry + FrameWord.Owner] === FrameOwner.Generator)
    return generatorLink(rt, below, (entry - GeneratorWord.Frame) as Ref);
  const call = callOf(rt, below);
  if (call === null || call.target !== H[entry + FrameWord.Function]) return null;
  return {
    leave: () => {
      for (const leave of call.leave) leave();
    },
    finish: (value) => {
      for (const leave of call.leave) leave();
      completeCall(rt, call.operands, value);
    },
  };
}

const nothing = (): void => undefined;

function generatorLink(rt: Runtime, below: number, generator: Ref): InnerRun | null {
  const H = rt.words;
  const end = stackEnd(rt, below);
  switch (originalOp(rt, below)) {
    case Op.FOR_ITER:
      return H[end - 1] === generator ? { leave: nothing, finish: finishForIter } : null;
    case Op.SEND:
      return H[end - 2] === generator ? { leave: nothing, finish: finishSend } : null;
    case Op.CALL:
    case Op.CALL_FUNCTION_EX:
      return calledGenerator(rt, below, generator);
    default:
      return null;
  }

  /** Left while suspended: it has yielded. */
  function hasYielded(): boolean {
    return H[generator + GeneratorWord.State] === FrameState.Suspended;
  }

  function finishForIter(value: Owned): void {
    const frame = below;
    const arg = argumentOf(rt, frame);
    if (hasYielded()) {
      H[end] = value;
      H[frame + FrameWord.StackTop]++;
      H[frame + FrameWord.PrevInstr] += 1;
      return;
    }
    decref(rt, value);
    H[frame + FrameWord.PrevInstr] += arg + 2;
    H[frame + FrameWord.StackTop]--;
    decref(rt, generator);
  }

  function finishSend(value: Owned): void {
    const sent = H[end - 1];
    H[end - 1] = value;
    H[below + FrameWord.PrevInstr] += hasYielded() ? 1 : argumentOf(rt, below) + 1;
    decref(rt, sent);
  }
}

/** `next(generator)` and `generator.send(value)`. */
function calledGenerator(rt: Runtime, below: number, generator: Ref): InnerRun | null {
  const H = rt.words;
  const call = callOf(rt, below);
  const native = call === null ? undefined : nativeOf(rt, call.target);
  if (call === null || native === undefined || call.first !== generator) return boundSend(rt, below, generator);
  const isNext = native.name === 'next' && H[call.target + BuiltinWord.Self] === H[RootRef.BuiltinsModule];
  if (isNext && H[call.target + ObjectWord.Type] === T.builtinFunction && argumentOf(rt, below) !== 1) return null;
  if (!isNext && native.name !== 'send') return null;
  return callLink(rt, generator, call);
}

/** `send = generator.send; send(value)`. */
function boundSend(rt: Runtime, below: number, generator: Ref): InnerRun | null {
  const H = rt.words;
  const call = callOf(rt, below);
  if (call === null || H[call.target + ObjectWord.Type] !== T.builtinFunction) return null;
  if (nativeOf(rt, call.target)?.name !== 'send' || H[call.target + BuiltinWord.Self] !== generator) return null;
  return callLink(rt, generator, call);
}

/** A value is the call's result; the generator's end is StopIteration. */
function callLink(rt: Runtime, generator: Ref, call: Call): InnerRun {
  const leaveAll = (): void => {
    for (const leave of call.leave) leave();
  };
  return {
    leave: leaveAll,
    finish: (value) => {
      const yielded = rt.words[generator + GeneratorWord.State] === FrameState.Suspended;
      leaveAll();
      if (yielded) return completeCall(rt, call.operands, value);
      endWithValue(rt, value, true);
      rethrow();
    },
  };
}
