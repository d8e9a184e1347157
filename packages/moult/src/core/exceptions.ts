/** What raising needs to know of exception objects: creating, matching, chaining. The types are in `objects/exceptions/`. */
import { decref, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from './call.ts';
import { SLOT_FUNCTIONS } from './functions.ts';
import type { CallSlot, InitSlot } from './functions.ts';
import { ExcWord } from './layout/exceptions.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { S, T } from './static.ts';
import { isSubtype } from './types.ts';
import { releaseKeeping, temp, tempMark, untemp } from './temps.ts';
import { newTuple, tupleTake } from './tuple.ts';

/** Makes an exception of `type` with `arg` (owned; 0: no argument) as `type(arg)` does. Takes `arg`. @runsPython */
export function createException(rt: Runtime, type: Ref, arg: Owned): Owned {
  const m = tempMark(rt);
  if (rt.words[type + TypeWord.DefinitionIndex] === 0) return callType(rt, type, arg);
  const args = temp(rt, arg === 0 ? newTuple(rt, 0) : tupleTake(rt, arg));
  return releaseKeeping(rt, m, createExceptionFromTuple(rt, type, args));
}

/** The exception that raising `type` with `value` makes: a tuple gives all arguments, None gives none, an instance is taken as
 *  it is. Borrows `value`. Source: CPython 3.12 _PyErr_CreateException. @runsPython */
export function createExceptionFromValue(rt: Runtime, type: Ref, value: Ref): Owned {
  const H = rt.words;
  if (isSubtype(rt, H[value + ObjectWord.Type], type)) return newRef(rt, value);
  if (H[value + ObjectWord.Type] === T.tuple) return createExceptionFromTuple(rt, type, value);
  return createException(rt, type, value === S.None ? (0 as Owned) : newRef(rt, value));
}

/** `type(*args)` for a static exception type: its slots, without a look at the metaclass. @runsPython */
export function createExceptionFromTuple(rt: Runtime, type: Ref, args: Ref): Owned {
  const H = rt.words;
  const exception = temp(rt, (SLOT_FUNCTIONS[H[type + TypeWord.New]] as CallSlot)(rt, type, args, 0));
  const init = H[H[exception + ObjectWord.Type] + TypeWord.Init];
  (SLOT_FUNCTIONS[init] as InitSlot)(rt, exception, args, 0);
  return untemp(rt, exception);
}

/** Classes that programs or modules made: anything may happen. */
function callType(rt: Runtime, type: Ref, arg: Owned): Owned {
  if (arg === 0) return call0(rt, type);
  const m = tempMark(rt);
  temp(rt, arg);
  return releaseKeeping(rt, m, call1(rt, type, arg));
}

/** True if the exception is an instance of `type`. */
export function exceptionMatches(rt: Runtime, exception: Ref, type: Ref): boolean {
  return isSubtype(rt, rt.words[exception + ObjectWord.Type], type);
}

const enum ExcInfoWord {
  Value = 0,
  Previous = 1,
}

/** The exception being handled (`sys.exception()`), borrowed; 0 if none. */
export function handledException(rt: Runtime): Ref {
  return handledFrom(rt, rt.words[RootNum.ExcInfo]);
}

/** The exception being handled where `top` is the head of the stack of handled ones, borrowed; 0 if none. */
export function handledFrom(rt: Runtime, top: number): Ref {
  const H = rt.words;
  let info = top;
  while (info !== 0) {
    const value = H[info + ExcInfoWord.Value];
    if (value !== 0 && value !== S.None) return value;
    info = H[info + ExcInfoWord.Previous];
  }
  return 0;
}

/** Sets the exception being handled as `exception`'s context, breaking a cycle as CPython does. Returns `exception`. */
export function chainContext(rt: Runtime, exception: Owned): Owned {
  const handled = handledException(rt);
  if (handled === 0 || handled === exception) return exception;
  const H = rt.words;
  let o = handled;
  let slow = handled;
  let slowStep = false;
  for (;;) {
    const context = H[o + ExcWord.Context];
    if (context === 0) break;
    if (context === exception) {
      H[o + ExcWord.Context] = 0;
      decref(rt, context);
      break;
    }
    o = context;
    if (o === slow) break;
    if (slowStep) slow = H[slow + ExcWord.Context];
    slowStep = !slowStep;
  }
  const old = H[exception + ExcWord.Context];
  H[exception + ExcWord.Context] = newRef(rt, handled);
  if (old !== 0) decref(rt, old);
  return exception;
}
