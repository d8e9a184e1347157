/**
 * Calls, for generated code: the loop's cases (`../loop.ts`) as functions. `k` is the unit of the instruction, operands are on the frame's
 * stack, which ends at `sp`. A function that made another frame current says so, and the generated code runs that or returns to the driver.
 */
import { decref, DictWord, GcRoot, ListWord, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { FrameOwner, FrameWord } from '../../core/layout/frame.ts';
import { BuiltinWord, CodeWord, DescrWord, FunctionWord } from '../../core/layout/functions.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake } from '../../core/list.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { CodeHead } from '../../frames/code-area.ts';
import { newFrame } from '../../frames/frames.ts';
import { Quick } from '../../frames/quick.ts';
import { CallCache } from '../caches.ts';
import { bindArguments } from '../bind.ts';
import { handleBreaker, handleBreakerAfterCall } from '../breaker.ts';
import { callValues, enterFrame, pushFunctionEx, callFunctionEx, unpackMethod } from '../calls.ts';
import { finishInit, pushInit } from '../instantiate.ts';
import { callPositional } from '../native-calls.ts';
import { dropOperands, release, replaceMany } from '../operands.ts';
import { specializeCall } from '../specialize.ts';

const LOCALS = FrameWord.LocalsPlus as number;

/** CACHE units of CALL. */
const CALL_CACHES = 3;

/** CALL with `arg` arguments; `names` is the tuple of keywords or 0. True if a frame was pushed, else the result is at the place of the
 *  lowest operand. @runsPython @mayCollect */
export function call(rt: Runtime, frame: number, sp: number, arg: number, names: Ref, k: number): boolean {
  const H = rt.words;
  const target = (sp - arg - 2) | 0;
  let args = (sp - arg) | 0;
  let nargs = arg | 0;
  let callable = H[target];
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  if (callable !== 0) {
    args = (args - 1) | 0;
    nargs = (nargs + 1) | 0;
  } else {
    callable = H[sp - arg - 1];
    if (H[callable + ObjectWord.Type] === T.method) {
      callable = unpackMethod(rt, target, callable);
      args = (args - 1) | 0;
      nargs = (nargs + 1) | 0;
    }
  }
  const type = H[callable + ObjectWord.Type];
  if (type === T.function) {
    pushCall(rt, frame, sp, callable, args, nargs, names, target, k);
    return true;
  }
  if (names === 0 && type === T.type && H[target] === 0 && pushInstance(rt, frame, sp, callable, arg, k)) return true;
  if (names === 0) {
    learnCall(rt, frame, callable, nargs, args !== sp - arg, k);
    callPositional(rt, frame, callable, args, nargs, sp, target);
  } else callValues(rt, frame, callable, args, nargs, names, sp, target);
  if (H[GcRoot.EvalBreaker] !== 0) {
    H[frame + FrameWord.StackTop] = target + 1 - frame - LOCALS;
    handleBreakerAfterCall(rt, H[H[frame] + CodeWord.Units] + k + 1);
  }
  return false;
}

/** Puts the result of a call in place of its operands, which are words `target` to `sp`, and drops these, lowest first. @runsPython */
export function finishCall(rt: Runtime, frame: number, target: number, sp: number, result: Owned): void {
  const H = rt.words;
  for (let i = target | 0; i < sp; i = (i + 1) | 0) {
    const o = H[i];
    const count = H[o];
    if (count > 1 && o !== 0) H[o] = count - 1;
    else if (count > 0 && o !== 0) {
      // It dies, so it may look: what was dropped is no longer there.
      H.fill(0, target, i);
      replaceMany(rt, frame, sp, sp - target, result);
      return;
    }
  }
  H[target] = result;
}

/** As the loop's CALL learns from what is no Python function. The function is then another one. */
function learnCall(rt: Runtime, frame: number, callable: Ref, nargs: number, hasSelf: boolean, k: number): void {
  const H = rt.words;
  const units = H[H[frame] + CodeWord.Units];
  const at = units + k;
  if (H[at + CallCache.Asked] !== 0) return;
  specializeCall(rt, at, callable, nargs, hasSelf);
  if ((H[at] & 255) !== (Op.CALL as number)) H[units + CodeHead.Heat] = 0;
}

/** CALL of `list.append` on a list, as the loop's CallListAppend: the operands are dropped. False, with nothing changed, if it is none. */
export function callAppend(rt: Runtime, frame: number, sp: number, k: number): boolean {
  const H = rt.words;
  const method = H[sp - 3];
  const list = H[sp - 2];
  if (
    method === 0 ||
    H[method + ObjectWord.Type] !== T.methodDescriptor ||
    H[method + DescrWord.Definition] !== H[H[H[frame] + CodeWord.Units] + k + CallCache.Native] ||
    H[method] <= 1 ||
    H[list + ObjectWord.Type] !== T.list
  )
    return false;
  H[frame + FrameWord.PrevInstr] = k;
  H[frame + FrameWord.StackTop] = sp - 1 - frame - LOCALS;
  listAppendTake(rt, list, H[sp - 1] as Owned);
  H[frame + FrameWord.StackTop] = sp - 3 - frame - LOCALS;
  decref(rt, method);
  const owners = H[list];
  if (owners > 1) H[list] = owners - 1;
  else if (owners > 0) release(rt, list);
  return true;
}

/** CALL of `len` of a built-in container, as the loop's CallLen: the result is at the place of the lowest operand. False, with nothing
 *  changed, if it is none. */
export function callLen(rt: Runtime, frame: number, sp: number, k: number): boolean {
  const H = rt.words;
  const o = H[sp - 1];
  const callable = H[sp - 2];
  const type = H[o + ObjectWord.Type];
  if (
    (type !== T.list && type !== T.tuple && type !== T.str && type !== T.dict) ||
    H[sp - 3] !== 0 ||
    H[callable + ObjectWord.Type] !== T.builtinFunction ||
    H[callable + BuiltinWord.Native] !== H[H[H[frame] + CodeWord.Units] + k + CallCache.Native]
  )
    return false;
  const size = type === T.dict ? H[o + DictWord.Used] : H[o + ListWord.Size];
  H[frame + FrameWord.PrevInstr] = k;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[sp - 3] = newInt(rt, size);
  H[sp - 2] = 0;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  if (H[callable] >= 0) decref(rt, callable);
  H[frame + FrameWord.StackTop] = sp - 2 - frame - LOCALS;
  const owners = H[o];
  if (owners > 1) H[o] = owners - 1;
  else if (owners > 0) release(rt, o);
  return true;
}

/** Pushes the frame of a Python function whose arguments begin at `args`. */
function pushCall(
  rt: Runtime,
  frame: number,
  sp: number,
  callable: Ref,
  args: number,
  nargs: number,
  names: Ref,
  target: number,
  k: number,
): void {
  const H = rt.words;
  const code = H[callable + FunctionWord.Code];
  const next = H[code + CodeWord.Units];
  let callee = 0;
  if (names === 0 && H[next + CodeHead.SimpleArgs] === nargs) {
    callee = pushSimple(rt, callable);
    const to = (callee + LOCALS - args) | 0;
    for (let i = args; i < sp; i = (i + 1) | 0) H[(to + i) | 0] = H[i];
  } else {
    callee = newFrame(rt, callable, code, 0);
    const nkw = names === 0 ? 0 : H[names + TupleWord.Size];
    bindArguments(rt, callee, callable, args, nargs - nkw, names);
    dropOperands(rt, target, sp);
  }
  H[frame + FrameWord.StackTop] = target - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k + CALL_CACHES;
  H[frame + FrameWord.ReturnOffset] = k + CALL_CACHES;
  const remaining = (H[RootNum.RecursionRemaining] - 1) | 0;
  if (remaining < 0) enterFrame(rt, frame, callee);
  else {
    H[RootNum.RecursionRemaining] = remaining;
    H[callee + FrameWord.Previous] = frame;
    H[RootNum.CurrentFrame] = callee;
  }
}

/** Makes the frame of `pushSimple` current, called at unit `k` with a stack that ends after `top` words without the operands. */
export function enterSimple(rt: Runtime, frame: number, callee: number, top: number, k: number): void {
  const H = rt.words;
  H[frame + FrameWord.StackTop] = top;
  H[frame + FrameWord.PrevInstr] = k + CALL_CACHES;
  H[frame + FrameWord.ReturnOffset] = k + CALL_CACHES;
  H[RootNum.RecursionRemaining]--;
  H[callee + FrameWord.Previous] = frame;
  H[RootNum.CurrentFrame] = callee;
}

/** The frame of a function whose arguments are only to be copied: its variables after them are 0. It takes the caller's reference to the
 *  function over. */
export function pushSimple(rt: Runtime, callable: Ref): number {
  const H = rt.words;
  const code = H[callable + FunctionWord.Code];
  const units = H[code + CodeWord.Units];
  const callee = H[RootNum.FrameTop];
  const end = (callee + H[units + CodeHead.FrameWords]) | 0;
  if (end > H[RootNum.FrameLimit]) newFrame(rt, callable, code, 0);
  H[RootNum.FrameTop] = end;
  const owners = H[code];
  if (owners >= 0) H[code] = owners + 1;
  H[callee] = code;
  H[callee + FrameWord.Function] = callable;
  H[callee + FrameWord.Globals] = H[callable + FunctionWord.Globals];
  H[callee + FrameWord.Builtins] = H[callable + FunctionWord.Builtins];
  H[callee + FrameWord.Locals] = 0;
  H[callee + FrameWord.FrameObject] = 0;
  H[callee + FrameWord.PrevInstr] = -1;
  H[callee + FrameWord.ReturnOffset] = 0;
  H[callee + FrameWord.Owner] = FrameOwner.Thread;
  const nlocals = H[units + CodeHead.NLocalsPlus];
  H[callee + FrameWord.StackTop] = nlocals;
  const first = (callee + LOCALS) | 0;
  const last = (first + nlocals) | 0;
  for (let i = (first + H[units + CodeHead.SimpleArgs]) | 0; i < last; i = (i + 1) | 0) H[i] = 0;
  return callee;
}

/** Pushes the frame of `__init__`, if the class makes its instances as most do. */
function pushInstance(rt: Runtime, frame: number, sp: number, type: Ref, arg: number, k: number): boolean {
  const H = rt.words;
  const callee = pushInit(rt, frame, type, arg, sp);
  if (callee === 0) return false;
  const exit = k + CALL_CACHES;
  H[H[H[frame] + CodeWord.Units] + exit] = (arg << 8) | Quick.ExitInit;
  H[frame + FrameWord.PrevInstr] = exit;
  H[frame + FrameWord.ReturnOffset] = exit - 1;
  enterFrame(rt, frame, callee);
  return true;
}

/** ExitInit at unit `k`, of a call with `arg` arguments. @runsPython @mayCollect */
export function exitInit(rt: Runtime, frame: number, sp: number, arg: number, k: number): void {
  const H = rt.words;
  H[frame + FrameWord.PrevInstr] = k;
  const after = finishInit(rt, frame, sp, arg);
  if (H[GcRoot.EvalBreaker] === 0) return;
  H[frame + FrameWord.StackTop] = after - frame - LOCALS;
  handleBreakerAfterCall(rt, H[H[frame] + CodeWord.Units] + k - 2);
}

/** CALL_FUNCTION_EX. True if a frame was pushed. @runsPython @mayCollect */
export function callEx(rt: Runtime, frame: number, sp: number, arg: number, k: number): boolean {
  const H = rt.words;
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  H[frame + FrameWord.PrevInstr] = k;
  const callee = pushFunctionEx(rt, frame, sp, arg);
  if (callee !== 0) {
    H[frame + FrameWord.PrevInstr] = k;
    H[frame + FrameWord.ReturnOffset] = k;
    enterFrame(rt, frame, callee);
    return true;
  }
  const after = callFunctionEx(rt, frame, sp, arg);
  if (H[GcRoot.EvalBreaker] !== 0) {
    H[frame + FrameWord.StackTop] = after - frame - LOCALS;
    handleBreaker(rt);
  }
  return false;
}
