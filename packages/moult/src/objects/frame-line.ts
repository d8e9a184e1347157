/** Assignment to `frame.f_lineno`: a trace function makes its frame go on at another line.
 *
 *  The frame's stack must fit the new place. What lies on the stack at each instruction is found by following the code from its
 *  start; of what lies on it now, the surplus is dropped. Source: CPython 3.12 frame_setlineno. */
import { decref, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import { CACHE_COUNTS, Op, OPCODES } from '../compiler/opcodes.ts';
import { raise, valueError } from '../core/errors.ts';
import { isSafeInt, safeIntValue } from '../core/int.ts';
import { FrameObjectWord, FrameWord, TraceEvent } from '../core/layout/frame.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import type { ExecutableCode } from '../frames/executable-code.ts';
import { Handler } from '../frames/executable-code.ts';
import { executable } from '../frames/frames.ts';
import { instructions, jumpTarget } from '../frames/instruments.ts';

/** What lies on the stack, from the bottom: one of `KINDS` for each word. */
type StackKinds = string;

const OBJECT = 'o';
const NULL = 'n';
const ITERATOR = 'i';
const EXCEPTION = 'e';
const LASTI = 'l';

/** Sets the line at which the frame goes on. Raises ValueError where that cannot be. @runsPython */
export function setFrameLine(rt: Runtime, self: Ref, value: Ref): void {
  const H = rt.words;
  if (value === 0) raise(rt, T.AttributeError, 'cannot delete attribute');
  if (H[value + ObjectWord.Type] !== T.int) valueError(rt, 'lineno must be an integer');
  checkMoment(rt);
  const frame = H[self + FrameObjectWord.Frame];
  const exec = executable(rt, H[frame + FrameWord.Code]);
  if (!isSafeInt(rt, value)) valueError(rt, 'lineno out of range');
  const line = nextLine(rt, exec, safeIntValue(rt, value));
  const stacks = findStacks(exec);
  const here = stacks[H[frame + FrameWord.PrevInstr]] ?? null;
  // What is yielded is off the stack already.
  const from = H[RootNum.TraceEvent] === (TraceEvent.Yield as number) ? (here?.slice(0, -1) ?? null) : here;
  const target = bestPlace(rt, exec, stacks, from, line);
  bindUnbound(rt, frame, exec);
  dropSurplus(rt, frame, from as StackKinds, (stacks[target] as StackKinds).length);
  H[self + FrameObjectWord.LineNo] = 0;
  H[frame + FrameWord.PrevInstr] = target;
}

/** Only in some events is it said where the frame goes on. */
function checkMoment(rt: Runtime): void {
  switch (rt.words[RootNum.TraceEvent] as TraceEvent) {
    case TraceEvent.None:
      return valueError(rt, 'f_lineno can only be set in a trace function');
    case TraceEvent.Call:
      return valueError(rt, "can't jump from the 'call' trace event of a new frame");
    case TraceEvent.NativeCall:
      return valueError(rt, "can't jump during a call");
    case TraceEvent.Return:
    case TraceEvent.Exception:
    case TraceEvent.Unwind:
      return valueError(rt, "can only jump from a 'line' trace event");
    default:
  }
}

/** The first line from `line` on that has code. */
function nextLine(rt: Runtime, exec: ExecutableCode, line: number): number {
  if (line < exec.data.firstlineno) valueError(rt, `line ${line} comes before the current code block`);
  let best = Infinity;
  for (const unit of instructions(exec)) {
    const here = exec.lineAt(unit);
    if (here >= line && here < best) best = here;
  }
  if (best === Infinity) valueError(rt, `line ${line} comes after the current code block`);
  return best;
}

/** The instruction of `line` that keeps most of the stack. */
function bestPlace(
  rt: Runtime,
  exec: ExecutableCode,
  stacks: readonly (StackKinds | null)[],
  from: StackKinds | null,
  line: number,
): number {
  let best = -1;
  let message = 'cannot find bytecode for specified line';
  let depth = -1;
  for (const unit of lineStarts(exec)) {
    if (exec.lineAt(unit) !== line) continue;
    const stack = stacks[unit] ?? null;
    if (from !== null && stack !== null && isCompatible(from, stack)) {
      if (stack.length <= depth) continue;
      best = unit;
      depth = stack.length;
    } else if (best < 0) {
      message = whyNot(stack);
    }
  }
  if (best < 0) valueError(rt, message);
  return best;
}

function* lineStarts(exec: ExecutableCode): Generator<number> {
  let before = -1;
  for (const unit of instructions(exec)) {
    const line = exec.lineAt(unit);
    if (line >= 0 && line !== before) yield unit;
    if (line >= 0) before = line;
  }
}

/** Whether `from`, without its surplus, can stand for `to`. */
function isCompatible(from: StackKinds, to: StackKinds): boolean {
  if (from.length < to.length) return false;
  for (let i = 0; i < to.length; i++) {
    if (to[i] === NULL) continue;
    if (to[i] === OBJECT ? from[i] === NULL : from[i] !== to[i]) return false;
  }
  return true;
}

function whyNot(stack: StackKinds | null): string {
  switch (stack?.at(-1)) {
    case EXCEPTION:
      return "can't jump into an 'except' block as there's no exception";
    case LASTI:
      return "can't jump into a re-raising block as there's no location";
    case ITERATOR:
      return "can't jump into the body of a for loop";
    default:
      return stack === null
        ? "can't jump into an exception handler, or code may be unreachable"
        : 'incompatible stacks';
  }
}

/** The stack before each instruction; null where none leads. */
function findStacks(exec: ExecutableCode): (StackKinds | null)[] {
  const stacks: (StackKinds | null)[] = new Array<null>(exec.units.length + 1).fill(null);
  const isGenerator = (exec.flags & (CodeFlag.GENERATOR | CodeFlag.COROUTINE | CodeFlag.ASYNC_GENERATOR)) !== 0;
  stacks[0] = isGenerator ? OBJECT : '';
  for (let changed = true; changed;) {
    changed = false;
    const reach = (unit: number, stack: StackKinds, again: boolean): void => {
      if (stacks[unit] !== null) return;
      stacks[unit] = stack;
      changed ||= again;
    };
    for (const unit of instructions(exec)) {
      const stack = stacks[unit];
      if (stack !== null) follow(exec, unit, stack, reach);
    }
    for (let i = 0; i < exec.handlers.length; i += Handler.Words) reachHandler(exec, i, stacks, reach);
  }
  return stacks;
}

type Reach = (unit: number, stack: StackKinds, again: boolean) => void;

function reachHandler(exec: ExecutableCode, i: number, stacks: readonly (StackKinds | null)[], reach: Reach): void {
  const table = exec.handlers;
  const stack = stacks[table[i]];
  if (stack === null) return;
  const kept = stack.slice(0, table[i + Handler.Depth]);
  reach(table[i + Handler.Target], kept + (table[i + Handler.Lasti] !== 0 ? LASTI : '') + EXCEPTION, true);
}

/** Says where the instruction leads, and with what on the stack. */
function follow(exec: ExecutableCode, unit: number, stack: StackKinds, reach: Reach): void {
  const op = exec.originalOp(unit) as Op;
  const next = unit + 1 + CACHE_COUNTS[op];
  const after = stackAfter(op, exec.originalUnit(unit) >> 8, stack);
  const target = jumpTarget(exec, unit);
  if (target >= 0) reach(target, after, target < unit);
  switch (op) {
    case Op.JUMP_FORWARD:
    case Op.JUMP_BACKWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
    case Op.RETURN_VALUE:
    case Op.RETURN_CONST:
    case Op.RAISE_VARARGS:
    case Op.RERAISE:
      return;
    default:
      reach(next, after, false);
  }
}

function stackAfter(op: Op, arg: number, stack: StackKinds): StackKinds {
  switch (op) {
    case Op.GET_ITER:
    case Op.GET_AITER:
      return stack.slice(0, -1) + ITERATOR;
    case Op.PUSH_EXC_INFO:
      return stack + EXCEPTION;
    case Op.PUSH_NULL:
      return stack + NULL;
    case Op.LOAD_GLOBAL:
      return stack + ((arg & 1) !== 0 ? NULL : '') + OBJECT;
    case Op.LOAD_ATTR:
      return (arg & 1) !== 0 ? stack.slice(0, -1) + NULL + OBJECT : stack;
    case Op.LOAD_SUPER_ATTR:
      return stack.slice(0, -3) + ((arg & 1) !== 0 ? NULL : '') + OBJECT;
    case Op.COPY:
      return stack + (stack.at(-arg) ?? OBJECT);
    case Op.SWAP: {
      const below = stack.length - arg;
      return stack.slice(0, below) + stack.slice(-1) + stack.slice(below + 1, -1) + stack.charAt(below);
    }
    default:
      return byEffect(op, arg, stack);
  }
}

function byEffect(op: Op, arg: number, stack: StackKinds): StackKinds {
  const effect = OPCODES[op]?.effect ?? 0;
  const change = typeof effect === 'number' ? effect : effect(arg);
  return change < 0 ? stack.slice(0, change) : stack + OBJECT.repeat(change);
}

/** The new place may take variables for bound that are not: they become None. */
function bindUnbound(rt: Runtime, frame: number, exec: ExecutableCode): void {
  const H = rt.words;
  const unbound: number[] = [];
  for (let i = 0; i < exec.nlocalsplus; i++) if (H[frame + FrameWord.LocalsPlus + i] === 0) unbound.push(i);
  if (unbound.length === 0) return;
  rt.warnRuntime(`assigning None to ${unbound.length} unbound local${unbound.length === 1 ? '' : 's'}`);
  for (const i of unbound) H[frame + FrameWord.LocalsPlus + i] = newRef(rt, S.None);
}

/** Drops what lies above `depth`; with an exception, the one before it is handled again. @runsPython */
function dropSurplus(rt: Runtime, frame: number, stack: StackKinds, depth: number): void {
  const H = rt.words;
  for (let i = stack.length - 1; i >= depth; i--) {
    const word = frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop] - 1;
    const o = H[word];
    H[word] = 0;
    H[frame + FrameWord.StackTop]--;
    if (stack[i] === EXCEPTION) setWord(rt, H[RootNum.ExcInfo], o === (S.None as number) ? 0 : (o as Owned));
    else if (o !== 0) decref(rt, o);
  }
}
