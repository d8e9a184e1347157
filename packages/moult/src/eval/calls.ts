/** Calls that leave the loop, and calls of Python functions from natives. */
import { decref, newRef, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple, vectorcall } from '../core/call.ts';
import { newDict } from '../core/dict/index.ts';
import { raise, typeError } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { FunctionWord, MethodWord } from '../core/layout/functions.ts';
import { enterRecursion, leaveRecursion } from '../core/recursion.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { isIterable, kindName } from '../core/types.ts';
import { tupleFromIterable } from '../objects/tuple.ts';
import { functionText, mergeKeywords } from './keywords.ts';
import { bindArguments } from './bind.ts';
import { clearAndPop, enterRecursivePy, executable, linkFrame, newFrame } from './frames.ts';
import { run } from './loop.ts';
import { replaceMany } from './operands.ts';

/** Calls anything but a Python function with operands from the stack: `args` is the index of the first argument, `target` of the lowest
 *  operand. Stores the result at `target`, releases the operands, returns the new `sp`. @runsPython */
export function callValues(
  rt: Runtime,
  frame: number,
  callable: Ref,
  args: number,
  nargs: number,
  names: Ref,
  sp: number,
  target: number,
): number {
  const nkw = names === 0 ? 0 : rt.words[names + TupleWord.Size];
  const result = vectorcall(rt, callable, args, nargs - nkw, names);
  return replaceMany(rt, frame, sp, sp - target, result);
}

/** A bound method in the callable slot: puts its function and its self into the two slots from `target` on. Returns the function.
 *  @runsPython when the method dies */
export function unpackMethod(rt: Runtime, target: number, method: Ref): Ref {
  const H = rt.words;
  const func = newRef(rt, H[method + MethodWord.Function]);
  H[target] = func;
  H[target + 1] = newRef(rt, H[method + MethodWord.Self]);
  decref(rt, method);
  return func;
}

/** The recursion limit is reached: drops the new frame and raises. */
export function refuseFrame(rt: Runtime, callee: number): void {
  const H = rt.words;
  H[RootNum.RecursionRemaining]++;
  if (H[RootNum.RecursionHeadroom] > 0) {
    H[RootNum.RecursionRemaining]--;
    return;
  }
  clearAndPop(rt, callee);
  H[RootNum.RecursionHeadroom]++;
  try {
    raise(rt, T.RecursionError, 'maximum recursion depth exceeded');
  } finally {
    H[RootNum.RecursionHeadroom]--;
  }
}

/** The vectorcall of Python functions, for natives: pushes a frame and runs it. @runsPython */
export function callFunction(rt: Runtime, func: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const code = H[func + FunctionWord.Code];
  const exec = executable(rt, code);
  enterRecursion(rt, '');
  const frame = newFrame(rt, func, code, exec, 0);
  if (kwnames === 0 && exec.simple && nargs === exec.argcount) {
    for (let i = 0; i < nargs; i++) H[frame + FrameWord.LocalsPlus + i] = newRef(rt, H[args + i]);
  } else {
    bindArguments(rt, frame, func, exec, args, nargs, kwnames);
  }
  const result = runFrame(rt, frame);
  leaveRecursion(rt);
  return result;
}

/** Runs a new frame as an entry. @runsPython */
export function runFrame(rt: Runtime, frame: number): Owned {
  if (rt.words[RootNum.RecursionRemaining] <= 0) refuseEntry(rt, frame);
  enterRecursivePy(rt);
  linkFrame(rt, frame);
  return run(rt, frame);
}

function refuseEntry(rt: Runtime, frame: number): void {
  const H = rt.words;
  if (H[RootNum.RecursionHeadroom] > 0) return;
  H[RootNum.RecursionRemaining]--;
  refuseFrame(rt, frame);
}

/** CALL_FUNCTION_EX: null, callable, iterable, mapping if `arg` & 1. Returns the new `sp`. @runsPython */
export function callFunctionEx(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const withMapping = (arg & 1) !== 0;
  const at = sp - (withMapping ? 2 : 1);
  const callable = H[at - 1];
  if (withMapping && !isExactDict(rt, H[sp - 1])) replaceByDict(rt, callable, sp - 1);
  if (H[H[at] + 1] !== T.tuple) replaceByTuple(rt, callable, at);
  const result = callWithTuple(rt, callable, H[at], withMapping ? H[sp - 1] : 0);
  return replaceMany(rt, frame, sp, withMapping ? 4 : 3, result);
}

function isExactDict(rt: Runtime, o: Ref): boolean {
  return rt.words[o + 1] === T.dict;
}

/** Replaces the mapping at word `index` by a dict of its items. */
function replaceByDict(rt: Runtime, callable: Ref, index: number): void {
  const H = rt.words;
  const mapping = H[index];
  const dict = newDict(rt);
  H[index] = dict;
  mergeKeywords(rt, callable, dict, mapping);
  decref(rt, mapping);
}

/** Replaces the iterable at word `index` by a tuple of its items. */
function replaceByTuple(rt: Runtime, callable: Ref, index: number): void {
  const H = rt.words;
  const iterable = H[index];
  if (!isIterable(rt, iterable)) {
    typeError(rt, `${functionText(rt, callable)} argument after * must be an iterable, not ${kindName(rt, iterable)}`);
  }
  const tuple = tupleFromIterable(rt, iterable);
  H[index] = tuple;
  decref(rt, iterable);
}
