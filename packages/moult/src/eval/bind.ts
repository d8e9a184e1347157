/** Binding the arguments of a Python function to its frame's variables (initialize_locals), with CPython's errors. */
import { incref, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import { dictContains, dictGet, dictSet, newDict } from '../core/dict/index.ts';
import { PYTHON_THROW } from '../core/runtime.ts';
import { CodeWord, FunctionWord } from '../core/layout/functions.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { compareBool } from '../core/protocol/compare.ts';
import { CompareOp } from '../core/functions.ts';
import type { Runtime } from '../core/runtime.ts';
import { strText } from '../core/str.ts';
import { tupleFromWords } from '../core/tuple.ts';
import { isStr } from '../core/types.ts';
import { typeError } from '../core/errors.ts';
import type { ExecutableCode } from '../frames/executable-code.ts';
import { missingArguments, tooManyPositional, positionalOnlyAsKeywords, unexpectedKeyword } from './bind-errors.ts';
import { clearAndPop, executable } from '../frames/frames.ts';

/** Fills the variables of the new `frame` from borrowed arguments in words. On failure the frame is cleared and popped, and the
 *  exception thrown. @runsPython (keyword comparison) */
export function bindArguments(rt: Runtime, frame: number, func: Ref, args: number, nargs: number, kwnames: Ref): void {
  try {
    bind(
      rt,
      frame + FrameWord.LocalsPlus,
      func,
      executable(rt, rt.words[frame + FrameWord.Code]),
      args,
      nargs,
      kwnames,
    );
  } catch (error) {
    if (error === PYTHON_THROW) clearAndPop(rt, frame);
    throw error;
  }
}

function bind(
  rt: Runtime,
  locals: number,
  func: Ref,
  exec: ExecutableCode,
  args: number,
  nargs: number,
  kwnames: Ref,
): void {
  const H = rt.words;
  const total = exec.argcount + exec.kwonlyargcount;
  let extra = total;
  const kwdict = (exec.flags & CodeFlag.VARKEYWORDS) === 0 ? 0 : newDict(rt);
  if (kwdict !== 0) H[locals + total + ((exec.flags & CodeFlag.VARARGS) === 0 ? 0 : 1)] = kwdict;
  const given = Math.min(nargs, exec.argcount);
  for (let i = 0; i < given; i++) H[locals + i] = newRef(rt, H[args + i]);
  if ((exec.flags & CodeFlag.VARARGS) !== 0) {
    H[locals + extra++] = tupleFromWords(rt, args + given, nargs - given);
  }
  if (kwnames !== 0) bindKeywords(rt, locals, func, exec, args + nargs, kwnames, kwdict);
  if (nargs > exec.argcount && (exec.flags & CodeFlag.VARARGS) === 0) tooManyPositional(rt, func, exec, nargs, locals);
  fillDefaults(rt, locals, func, exec, nargs);
}

function fillDefaults(rt: Runtime, locals: number, func: Ref, exec: ExecutableCode, nargs: number): void {
  const H = rt.words;
  if (nargs < exec.argcount) {
    const defaults = H[func + FunctionWord.Defaults];
    const ndefaults = defaults === 0 ? 0 : H[defaults + TupleWord.Size];
    const firstDefault = exec.argcount - ndefaults;
    for (let i = nargs; i < firstDefault; i++) {
      if (H[locals + i] === 0) missingArguments(rt, func, locals, nargs, firstDefault, true);
    }
    for (let i = Math.max(nargs, firstDefault); i < exec.argcount; i++) {
      if (H[locals + i] === 0) H[locals + i] = newRef(rt, H[defaults + TupleWord.Items + i - firstDefault]);
    }
  }
  if (exec.kwonlyargcount > 0) fillKeywordDefaults(rt, locals, func, exec);
}

function fillKeywordDefaults(rt: Runtime, locals: number, func: Ref, exec: ExecutableCode): void {
  const H = rt.words;
  const total = exec.argcount + exec.kwonlyargcount;
  const kwdefaults = H[func + FunctionWord.KwDefaults];
  let missing = false;
  for (let i = exec.argcount; i < total; i++) {
    if (H[locals + i] !== 0) continue;
    const value = kwdefaults === 0 ? 0 : dictGet(rt, kwdefaults, parameterName(rt, func, i));
    if (value !== 0) H[locals + i] = newRef(rt, value);
    else missing = true;
  }
  if (missing) missingArguments(rt, func, locals, exec.argcount, total, false);
}

/** Name of variable `i`, borrowed. */
export function parameterName(rt: Runtime, func: Ref, i: number): Ref {
  const H = rt.words;
  const names = H[H[func + FunctionWord.Code] + CodeWord.LocalsPlusNames];
  return H[names + TupleWord.Items + i];
}

function bindKeywords(
  rt: Runtime,
  locals: number,
  func: Ref,
  exec: ExecutableCode,
  values: number,
  kwnames: Ref,
  kwdict: Owned | 0,
): void {
  const H = rt.words;
  const n = H[kwnames + TupleWord.Size];
  for (let k = 0; k < n; k++) {
    const keyword = H[kwnames + TupleWord.Items + k];
    const value = H[values + k];
    if (!isStr(rt, keyword)) typeError(rt, `${functionName(rt, func)}() keywords must be strings`);
    const i = findParameter(rt, func, exec, keyword);
    if (i < 0) {
      extraKeyword(rt, func, exec, keyword, value, kwnames, kwdict);
    } else {
      if (H[locals + i] !== 0)
        typeError(rt, `${functionName(rt, func)}() got multiple values for argument '${strText(rt, keyword)}'`);
      incref(rt, value);
      H[locals + i] = value;
    }
  }
}

function extraKeyword(
  rt: Runtime,
  func: Ref,
  exec: ExecutableCode,
  keyword: Ref,
  value: Ref,
  kwnames: Ref,
  kwdict: Ref,
): void {
  if (kwdict === 0) {
    if (exec.posonlyargcount > 0) positionalOnlyAsKeywords(rt, func, exec, kwnames);
    unexpectedKeyword(rt, func, keyword);
  }
  if (dictContains(rt, kwdict, keyword)) {
    typeError(rt, `${functionName(rt, func)}() got multiple values for argument '${strText(rt, keyword)}'`);
  }
  dictSet(rt, kwdict, keyword, value);
}

/** Index of the parameter that `keyword` names, −1 if none: identity first, then equality, as CPython. */
function findParameter(rt: Runtime, func: Ref, exec: ExecutableCode, keyword: Ref): number {
  const H = rt.words;
  const total = exec.argcount + exec.kwonlyargcount;
  for (let i = exec.posonlyargcount; i < total; i++) if (parameterName(rt, func, i) === keyword) return i;
  for (let i = exec.posonlyargcount; i < total; i++) {
    const name = parameterName(rt, func, i);
    if (
      H[name + ObjectWord.Type] === H[keyword + ObjectWord.Type]
        ? strText(rt, name) === strText(rt, keyword)
        : compareBool(rt, keyword, name, CompareOp.Eq)
    )
      return i;
  }
  return -1;
}

/** `__qualname__` of a function, as its argument errors show it. */
export function functionName(rt: Runtime, func: Ref): string {
  return strText(rt, rt.words[func + FunctionWord.Qualname]);
}
