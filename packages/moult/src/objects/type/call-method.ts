/**
 * Calling special methods of an object as slots do: looked up on the type, without making a bound method where the
 * attribute is a function.
 */
import { newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { dictLength, keywordsFromDict } from '../../core/dict/index.ts';
import { caught, clearException, raiseWithTake } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { finishHeld } from '../../core/held.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { typeLookup } from './lookup.ts';

/** What `lookupMethod` found is a function to be called with `self` in front. */
export const enum Bound {
  No = 0,
  Yes = 1,
}

let lastBound: Bound = Bound.No;

/** The method `name` of the object's type: pushed on the temporaries; 0 if there is none. Whether `self` goes in front is
 *  asked with `methodIsUnbound` right after. @runsPython */
export function lookupMethod(rt: Runtime, self: Ref, name: Ref): Ref {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  const found = typeLookup(rt, type, name);
  if (found === 0) return 0;
  const foundType = H[found + ObjectWord.Type];
  lastBound = Bound.No;
  if ((H[foundType + TypeWord.Flags] & TypeFlag.MethodDescriptor) !== 0) return temp(rt, newRef(rt, found));
  const get = H[foundType + TypeWord.DescrGet];
  const method = temp(rt, get === 0 ? newRef(rt, found) : (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, found, self, type));
  lastBound = Bound.Yes;
  return method;
}

/** Whether the method found last is to be called with `self`. */
export function methodIsUnbound(): boolean {
  return lastBound === Bound.No;
}

/** Raises AttributeError(name). */
export function missingMethod(rt: Runtime, name: Ref): never {
  raiseWithTake(rt, T.AttributeError, newRef(rt, name));
}

/** Calls the found method with 0, 1 or 2 arguments (0: not given) and releases it. @runsPython */
export function callFound(rt: Runtime, m: number, method: Ref, self: Ref, a: Ref, b: Ref): Owned {
  const H = rt.words;
  const unbound = lastBound === Bound.No;
  const n = a === 0 ? 0 : b === 0 ? 1 : 2;
  const base = pushArgs(rt, 3);
  H[base] = self;
  H[base + 1] = a;
  H[base + 2] = b;
  const result = unbound ? vectorcall(rt, method, base, n + 1, 0) : vectorcall(rt, method, base + 1, n, 0);
  popArgs(rt, base);
  return finishHeld(rt, m, method, result);
}

/** `type(self).name(self)`. Raises AttributeError if there is none. @runsPython */
export function callMethod0(rt: Runtime, self: Ref, name: Ref): Owned {
  return callMethod2(rt, self, name, 0, 0);
}

/** `type(self).name(self, a)` @runsPython */
export function callMethod1(rt: Runtime, self: Ref, name: Ref, a: Ref): Owned {
  return callMethod2(rt, self, name, a, 0);
}

/** `type(self).name(self, a, b)` @runsPython */
export function callMethod2(rt: Runtime, self: Ref, name: Ref, a: Ref, b: Ref): Owned {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, name);
  if (method === 0) missingMethod(rt, name);
  return callFound(rt, m, method, self, a, b);
}

/** As `callMethod2`, but 0 if there is no such method. @runsPython */
export function callMaybe(rt: Runtime, self: Ref, name: Ref, a: Ref, b: Ref): Owned | 0 {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, name);
  return method === 0 ? 0 : callFound(rt, m, method, self, a, b);
}

/** As `callMaybe`; an error in getting the method counts as there being none, an error in it does not. @runsPython
 *  Source: CPython 3.12 slot_tp_richcompare, slot_tp_repr. */
export function callQuietly(rt: Runtime, self: Ref, name: Ref, a: Ref): Owned | 0 {
  const m = tempMark(rt);
  const method = lookupQuietly(rt, self, name);
  return method === 0 ? 0 : callFound(rt, m, method, self, a, 0);
}

function lookupQuietly(rt: Runtime, self: Ref, name: Ref): Ref {
  const H = rt.words;
  const temps = H[RootNum.TempTop];
  const args = H[RootNum.ArgTop];
  const native = H[RootNum.NativeRecursionRemaining];
  try {
    return lookupMethod(rt, self, name);
  } catch (error) {
    caught(rt, error, { temps, args, native });
    clearException(rt);
    return 0;
  }
}

/** `callable(first, *args, **kwargs)`. Arguments beside keywords are owned during the call.
 *  Source: CPython 3.12 _PyObject_Call_Prepend, _PyStack_UnpackDict. @runsPython */
export function callPrepend(rt: Runtime, callable: Ref, first: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (nkw === 0) {
    const base = pushArgs(rt, n + 1);
    H[base] = first;
    H.copyWithin(base + 1, args + TupleWord.Items, args + TupleWord.Items + n);
    const result = vectorcall(rt, callable, base, n + 1, 0);
    popArgs(rt, base);
    return result;
  }
  const m = tempMark(rt);
  const base = pushArgs(rt, n + 1 + nkw);
  H[base] = first;
  H.copyWithin(base + 1, args + TupleWord.Items, args + TupleWord.Items + n);
  const kwnames = keywordsFromDict(rt, kwargs, base + 1 + n);
  for (let i = base; i < base + 1 + n + nkw; i++) temp(rt, newRef(rt, H[i]));
  temp(rt, kwnames);
  const result = vectorcall(rt, callable, base, n + 1, kwnames);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}
