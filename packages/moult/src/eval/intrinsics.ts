/** CALL_INTRINSIC_1 and _2. */
import { decref, newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Intrinsic1, Intrinsic2 } from '../compiler/opcodes.ts';
import { call1 } from '../core/call.ts';
import { dictGetText, dictSet } from '../core/dict/index.ts';
import { raise, systemError } from '../core/errors.ts';
import { createException, exceptionMatches } from '../core/exceptions.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { FunctionWord } from '../core/layout/functions.ts';
import { listAsTuple } from '../core/list.ts';
import { Id } from '../core/names.ts';
import { getAttr, lookupAttr } from '../core/protocol/attribute.ts';
import { unaryOp } from '../core/protocol/number.ts';
import { iter, iterNext } from '../core/protocol/iterate.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { temp, untemp, tempMark, releaseKeeping } from '../core/temps.ts';
import { isStr, kindName } from '../core/types.ts';
import { frameLocals, localsToFast } from '../frames/frame-object.ts';
import { executable } from '../frames/frames.ts';
import { wrapAsyncValue } from './async-generator.ts';
import { prepareReraiseStar } from '../objects/exceptions/except-star.ts';
import { replaceMany } from './operands.ts';
import { makeLimitedTypeVar, makeTypeAlias, makeTypeParameter, subscriptGeneric } from './type-parameters.ts';
import { CodeFlag } from '../compiler/code-data.ts';

/** Replaces the top by the intrinsic's result. @runsPython */
export function intrinsic1(rt: Runtime, frame: number, sp: number, which: number): number {
  return replaceMany(rt, frame, sp, 1, compute1(rt, frame, rt.words[sp - 1], which));
}

function compute1(rt: Runtime, frame: number, value: Ref, which: number): Owned {
  switch (which) {
    case Intrinsic1.PRINT:
      return displayValue(rt, value);
    case Intrinsic1.IMPORT_STAR:
      return importStar(rt, frame, value);
    case Intrinsic1.STOPITERATION_ERROR:
      return stopIterationError(rt, frame, value);
    case Intrinsic1.ASYNC_GEN_WRAP:
      return wrapAsyncValue(rt, value);
    case Intrinsic1.UNARY_POSITIVE:
      return unaryOp(rt, value, TypeWord.NbPositive, '+');
    case Intrinsic1.LIST_TO_TUPLE:
      return listAsTuple(rt, value);
    case Intrinsic1.TYPEVAR:
    case Intrinsic1.PARAMSPEC:
    case Intrinsic1.TYPEVARTUPLE:
      return makeTypeParameter(rt, which, value);
    case Intrinsic1.SUBSCRIPT_GENERIC:
      return subscriptGeneric(rt, value);
    case Intrinsic1.TYPEALIAS:
      return makeTypeAlias(rt, value);
    default:
      return systemError(rt, `unknown intrinsic ${which}`);
  }
}

/** The value of an expression statement of an interactive session: `sys.displayhook(value)`. */
function displayValue(rt: Runtime, value: Ref): Owned {
  const hook = dictGetText(rt, rt.words[RootRef.SysDict], 'displayhook');
  if (hook === 0) raise(rt, T.RuntimeError, 'lost sys.displayhook');
  const m = tempMark(rt);
  temp(rt, newRef(rt, hook));
  return releaseKeeping(rt, m, call1(rt, hook, value));
}

/** `from module import *` */
function importStar(rt: Runtime, frame: number, module: Ref): Owned {
  const m = tempMark(rt);
  const locals = frameLocals(rt, frame);
  const all = lookupAttr(rt, module, Id.__all__);
  if (all !== 0) copyNames(rt, module, locals, temp(rt, all), false);
  else copyNames(rt, module, locals, temp(rt, namesOf(rt, module)), true);
  localsToFast(rt, frame);
  return releaseKeeping(rt, m, S.None as Ref as Owned);
}

function namesOf(rt: Runtime, module: Ref): Owned {
  const dict = lookupAttr(rt, module, Id.__dict__);
  if (dict === 0) raise(rt, T.ImportError, 'from-import-* object has no __dict__ and no __all__');
  return dict;
}

function copyNames(rt: Runtime, module: Ref, locals: Ref, names: Ref, skipUnderscores: boolean): void {
  const it = temp(rt, iter(rt, names));
  for (let name = iterNext(rt, it); name !== 0; name = iterNext(rt, it)) {
    temp(rt, name);
    if (!isStr(rt, name)) raise(rt, T.TypeError, `Item in __all__ must be str, not ${kindName(rt, name)}`);
    if (!(skipUnderscores && strText(rt, name).startsWith('_'))) {
      const value = temp(rt, getAttr(rt, module, name));
      dictSet(rt, locals, name, value);
      decref(rt, untemp(rt, value));
    }
    decref(rt, untemp(rt, name));
  }
  decref(rt, untemp(rt, it));
}

/** A StopIteration (or, in asynchronous generators, StopAsyncIteration) that leaves a generator's body becomes RuntimeError. */
function stopIterationError(rt: Runtime, frame: number, exception: Ref): Owned {
  const flags = executable(rt, rt.words[frame + FrameWord.Code]).flags;
  const message = stopMessage(rt, flags, exception);
  if (message === null) return newRef(rt, exception);
  const error = createException(rt, T.RuntimeError, newStr(rt, message));
  setWord(rt, error + ExcWord.Cause, newRef(rt, exception));
  setWord(rt, error + ExcWord.Context, newRef(rt, exception));
  rt.words[error + ExcWord.SuppressContext] = 1;
  return error;
}

function stopMessage(rt: Runtime, flags: number, exception: Ref): string | null {
  if (exceptionMatches(rt, exception, T.StopIteration)) {
    if ((flags & CodeFlag.ASYNC_GENERATOR) !== 0) return 'async generator raised StopIteration';
    return (flags & CodeFlag.COROUTINE) !== 0 ? 'coroutine raised StopIteration' : 'generator raised StopIteration';
  }
  if ((flags & CodeFlag.ASYNC_GENERATOR) !== 0 && exceptionMatches(rt, exception, T.StopAsyncIteration)) {
    return 'async generator raised StopAsyncIteration';
  }
  return null;
}

/** Replaces the two topmost values by the intrinsic's result. @runsPython */
export function intrinsic2(rt: Runtime, frame: number, sp: number, which: number): number {
  const H = rt.words;
  const lower = H[sp - 2];
  const top = H[sp - 1];
  switch (which) {
    case Intrinsic2.PREP_RERAISE_STAR:
      return replaceMany(rt, frame, sp, 2, prepareReraiseStar(rt, lower, top));
    case Intrinsic2.TYPEVAR_WITH_BOUND:
    case Intrinsic2.TYPEVAR_WITH_CONSTRAINTS:
      return replaceMany(rt, frame, sp, 2, makeLimitedTypeVar(rt, which, lower, top));
    case Intrinsic2.SET_FUNCTION_TYPE_PARAMS:
      setWord(rt, lower + FunctionWord.TypeParams, newRef(rt, top));
      return replaceMany(rt, frame, sp, 2, newRef(rt, lower));
    default:
      return systemError(rt, `unknown intrinsic ${which}`);
  }
}
