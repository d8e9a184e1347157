/** Calls that leave the loop, and calls of Python functions from natives. */
import { decref, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNative } from '../core/call-native.ts';
import { callWithTuple, vectorcall } from '../core/call.ts';
import { dictLength, keywordsFromDict, newDict } from '../core/dict/index.ts';
import { raise, typeError } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { DescrWord, FunctionWord, MethodWord } from '../core/layout/functions.ts';
import { moveWords } from '../core/move-words.ts';
import { NATIVES } from '../core/native.ts';
import { enterRecursion, leaveRecursion } from '../core/recursion.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { dropTemp, popArgs, pushArgs, temp } from '../core/temps.ts';
import { isIterable, kindName } from '../core/types.ts';
import { tupleFromIterable } from '../objects/tuple.ts';
import { functionText, mergeKeywords } from './keywords.ts';
import { bindArguments } from './bind.ts';
import { noteQuietCall } from './breaker.ts';
import { CodeHead, unitsOf } from '../frames/code-area.ts';
import { clearAndPop, newFrame } from '../frames/frames.ts';
import { popMany, replaceMany } from './operands.ts';
import { run } from './run.ts';

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
  const H = rt.words;
  if (
    names === 0 &&
    nargs > 0 &&
    H[callable + ObjectWord.Type] === T.methodDescriptor &&
    H[H[args] + ObjectWord.Type] === H[callable + DescrWord.Owner]
  ) {
    // The commonest natives, without the ways that all other callables take.
    const definition = NATIVES[H[callable + DescrWord.Definition]];
    if (definition.name === 'append' && H[callable + DescrWord.Owner] === T.list) noteQuietCall(H, frame);
    const result = callNative(rt, definition, H[args], args + 1, nargs - 1, 0);
    return replaceMany(rt, frame, sp, sp - target, result);
  }
  const nkw = names === 0 ? 0 : H[names + TupleWord.Size];
  const result = vectorcall(rt, callable, args, nargs - nkw, names);
  return replaceMany(rt, frame, sp, sp - target, result);
}

/** A bound method in the callable slot: puts its function and its self into the two slots from `target` on. Returns the function.
 *  @runsPython when the method dies */
export function unpackMethod(rt: Runtime, target: number, method: Ref): Ref {
  const H = rt.words;
  const func = newRef(rt, H[method + MethodWord.Function]);
  H[target] = func;
  H[target + ObjectWord.Type] = newRef(rt, H[method + MethodWord.Self]);
  decref(rt, method);
  return func;
}

/** Makes the new frame `callee` current, called from `frame`. Raises RecursionError, dropping it, at the limit. */
export function enterFrame(rt: Runtime, frame: number, callee: number): void {
  const H = rt.words;
  if (--H[RootNum.RecursionRemaining] < 0) refuseFrame(rt, callee);
  H[callee + FrameWord.Previous] = frame;
  H[RootNum.CurrentFrame] = callee;
}

/** The recursion limit is reached: drops the new frame and raises, unless a RecursionError is just being made. */
function refuseFrame(rt: Runtime, callee: number): void {
  const H = rt.words;
  if (H[RootNum.RecursionHeadroom] > 0) return;
  H[RootNum.RecursionRemaining]++;
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
  enterRecursion(rt, '');
  const frame = newFrame(rt, func, code, 0);
  if (kwnames === 0 && H[unitsOf(rt, code) + CodeHead.SimpleArgs] === nargs) {
    for (let i = 0; i < nargs; i++) H[frame + FrameWord.LocalsPlus + i] = newRef(rt, H[args + i]);
  } else {
    bindArguments(rt, frame, func, args, nargs, kwnames);
  }
  const result = runFrame(rt, frame);
  leaveRecursion(rt);
  return result;
}

/** Runs a new frame as an entry. @runsPython */
export function runFrame(rt: Runtime, frame: number): Owned {
  enterFrame(rt, rt.words[RootNum.CurrentFrame], frame);
  return run(rt, frame);
}

/** CALL_FUNCTION_EX: null, callable, iterable, mapping if `arg` & 1. A Python function gets its frame, the operands are
 *  released (the arguments are the frame's now), and the frame is returned, not yet current; 0 for other callables, with
 *  the operands made a tuple and a dict. @runsPython */
export function pushFunctionEx(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const withMapping = (arg & 1) !== 0;
  const args = sp - (withMapping ? 2 : 1);
  const func = H[args - 1];
  if (withMapping && !isExactDict(rt, H[sp - 1])) replaceByDict(rt, func, sp - 1);
  if (H[H[args] + ObjectWord.Type] !== T.tuple) replaceByTuple(rt, func, args);
  if (H[func + ObjectWord.Type] !== T.function) return 0;
  const callee = bindSpread(rt, func, H[args], withMapping ? H[sp - 1] : 0);
  popMany(rt, frame, sp, withMapping ? 4 : 3);
  return callee;
}

/** Binds a tuple and a dict (or 0) of arguments to a new frame, which is returned. */
function bindSpread(rt: Runtime, func: Ref, args: Ref, kwargs: Ref): number {
  const H = rt.words;
  const code = H[func + FunctionWord.Code];
  const nargs = H[args + TupleWord.Size];
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) {
    const callee = newFrame(rt, func, code, 0);
    bindArguments(rt, callee, func, args + TupleWord.Items, nargs, 0);
    return callee;
  }
  const base = pushArgs(rt, nargs + dictLength(rt, kwargs));
  moveWords(H, base, args + TupleWord.Items, nargs);
  const names = temp(rt, keywordsFromDict(rt, kwargs, base + nargs));
  const callee = newFrame(rt, func, code, 0);
  bindArguments(rt, callee, func, base, nargs, names);
  popArgs(rt, base);
  dropTemp(rt, names);
  return callee;
}

/** CALL_FUNCTION_EX of anything but a Python function, after `pushFunctionEx` returned 0. Returns the new `sp`. @runsPython */
export function callFunctionEx(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const withMapping = (arg & 1) !== 0;
  const args = sp - (withMapping ? 2 : 1);
  const result = callWithTuple(rt, H[args - 1], H[args], withMapping ? H[sp - 1] : 0);
  return replaceMany(rt, frame, sp, withMapping ? 4 : 3, result);
}

function isExactDict(rt: Runtime, o: Ref): boolean {
  return rt.words[o + ObjectWord.Type] === T.dict;
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
