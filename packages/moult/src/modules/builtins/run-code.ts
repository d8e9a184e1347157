/** Running code objects: module code, `exec`, `eval`, class bodies. */
import { decref, newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { dictGet, dictSet } from '../../core/dict/index.ts';
import { none } from '../../core/errors.ts';
import { FunctionWord } from '../../core/layout/functions.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { Id } from '../../core/names.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { runFrame } from '../../eval/calls.ts';
import { newFrame } from '../../frames/frames.ts';
import { newFunction } from '../../objects/functions/make.ts';

/** Runs a code object with the given namespaces; its result is owned. @runsPython @mayCollect
 *  Source: CPython 3.12 PyEval_EvalCode. */
export function evalCode(rt: Runtime, code: Ref, globals: Ref, locals: Ref, closure: Ref = 0): Owned {
  const result = runFrame(rt, pushCode(rt, code, globals, locals, closure));
  leaveRecursion(rt);
  return result;
}

/** The first half of `evalCode`: a frame to be run, not yet current. One native level is entered, to be left when it has run. */
export function pushCode(rt: Runtime, code: Ref, globals: Ref, locals: Ref, closure: Ref = 0): number {
  audit(rt, 'exec', code);
  const H = rt.words;
  const m = tempMark(rt);
  ensureBuiltins(rt, globals);
  const func = temp(rt, newFunction(rt, code, globals));
  setWord(rt, func + FunctionWord.Doc, none());
  if (closure !== 0) H[func + FunctionWord.Closure] = newRef(rt, closure);
  enterRecursion(rt, '');
  const frame = newFrame(rt, func, code, locals);
  decref(rt, releaseTo(rt, m, func));
  return frame;
}

function releaseTo(rt: Runtime, m: number, ref: Ref): Owned {
  rt.words[RootNum.TempTop] = m;
  return ref as Owned;
}

/** Gives a namespace its `__builtins__`, if it has none. */
export function ensureBuiltins(rt: Runtime, globals: Ref): void {
  if (dictGet(rt, globals, Id.__builtins__) === 0) dictSet(rt, globals, Id.__builtins__, currentBuiltins(rt));
}

/** The built-ins of the running frame, or the interpreter's; borrowed. */
function currentBuiltins(rt: Runtime): Ref {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  return frame === 0 ? H[RootRef.Builtins] : H[frame + FrameWord.Builtins];
}

/** Runs a class body, a function without parameters, in `namespace`. @runsPython */
export function runBody(rt: Runtime, func: Ref, namespace: Ref): Owned {
  const code = rt.words[func + FunctionWord.Code];
  enterRecursion(rt, '');
  const frame = newFrame(rt, func, code, namespace);
  const result = runFrame(rt, frame);
  leaveRecursion(rt);
  return result;
}
