/**
 * Slots of class statements' types that call Python methods: text, hash, attributes, comparison, calling, life cycle.
 * Each looks the special method up on the type of its operand. Source: CPython 3.12 typeobject.c slot_tp_*.
 */
import { decref, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call3, callWithTuple, vectorcall } from '../../../core/call.ts';
import {
  catchOnly,
  caught,
  mark,
  pendingMatches,
  restoreException,
  takeException,
  typeError,
} from '../../../core/errors.ts';
import { FixedSlot, setFixedSlot, slotIndex, SLOT_FUNCTIONS } from '../../../core/functions.ts';
import type { DescrGetSlot } from '../../../core/functions.ts';
import { finishHeld } from '../../../core/held.ts';
import { DescrWord } from '../../../core/layout/functions.ts';
import { Id } from '../../../core/names.ts';
import { getAttr } from '../../../core/protocol/attribute.ts';
import { hexAddress } from '../../../core/protocol/text.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { newStr } from '../../../core/str.ts';
import { dropTemp, popArgs, pushArgs, releaseKeeping, temp, tempMark, untemp } from '../../../core/temps.ts';
import { isInt, kindName } from '../../../core/types.ts';
import { hashBigInt64 } from '../hash64.ts';
import {
  callFound,
  callMethod0,
  callMethod1,
  callMethod2,
  callPrepend,
  callQuietly,
  lookupMethod,
  methodIsUnbound,
  missingMethod,
} from '../call-method.ts';
import { genericLookup } from '../../object/generic-attributes.ts';
import { typeLookup } from '../lookup.ts';

export function slotRepr(rt: Runtime, self: Ref): Owned {
  const result = callQuietly(rt, self, Id.__repr__, 0);
  return result === 0 ? newStr(rt, `<${kindName(rt, self)} object at ${hexAddress(self)}>`) : result;
}

export function slotStr(rt: Runtime, self: Ref): Owned {
  return callMethod0(rt, self, Id.__str__);
}

/** The hash slot of types whose instances are unhashable. */
function hashNotImplemented(rt: Runtime, self: Ref): number {
  return typeError(rt, `unhashable type: '${kindName(rt, self)}'`);
}

export function slotHash(rt: Runtime, self: Ref): number {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, Id.__hash__);
  if (method === 0 || method === (S.None as number)) return hashNotImplemented(rt, self);
  const result = temp(rt, callFound(rt, m, method, self, 0, 0));
  if (!isInt(rt, result)) typeError(rt, '__hash__ method should return an integer');
  const low = hashBigInt64(rt, result);
  const high = rt.hashHigh;
  dropTemp(rt, result);
  rt.hashHigh = high;
  return low;
}

export function slotCall(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, Id.__call__);
  if (method === 0) missingMethod(rt, Id.__call__);
  return callFoundWith(rt, m, method, self, args, kwargs);
}

/** Calls the method found last with a tuple and a dict, and releases it. */
function callFoundWith(rt: Runtime, m: number, method: Ref, self: Ref, args: Ref, kwargs: Ref): Owned {
  if (methodIsUnbound()) return finishHeld(rt, m, method, callPrepend(rt, method, self, args, kwargs));
  return finishHeld(rt, m, method, callWithTuple(rt, method, args, kwargs));
}

export function slotInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, Id.__init__);
  if (method === 0) missingMethod(rt, Id.__init__);
  const result = callFoundWith(rt, m, method, self, args, kwargs);
  if (result === (S.None as number)) return;
  temp(rt, result);
  typeError(rt, `__init__() should return None, not '${kindName(rt, result)}'`);
}

export function slotNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const m = tempMark(rt);
  const method = temp(rt, getAttr(rt, type, Id.__new__));
  return finishHeld(rt, m, method, callPrepend(rt, method, type, args, kwargs));
}

function slotGetAttribute(rt: Runtime, self: Ref, name: Ref): Owned {
  return callMethod1(rt, self, Id.__getattribute__, name);
}

/** Attribute access of types with `__getattr__`: first `__getattribute__`, then the hook on AttributeError. */
export function slotGetAttrHook(rt: Runtime, self: Ref, name: Ref): Owned {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  const hook = typeLookup(rt, type, Id.__getattr__);
  if (hook === 0) {
    H[type + TypeWord.GetAttrO] = slotIndex(slotGetAttribute);
    return slotGetAttribute(rt, self, name);
  }
  const m = tempMark(rt);
  temp(rt, newRef(rt, hook));
  const before = mark(rt);
  try {
    const found = firstAttribute(rt, self, name);
    if (found !== 0) return releaseKeeping(rt, m, found);
  } catch (error) {
    catchOnly(rt, error, before, T.AttributeError);
  }
  return releaseKeeping(rt, m, callHook(rt, hook, self, name));
}

/** `__getattribute__`, without a call when it is object's: that makes no exception of its own, but gives 0. */
function firstAttribute(rt: Runtime, self: Ref, name: Ref): Owned | 0 {
  const H = rt.words;
  const found = typeLookup(rt, H[self + ObjectWord.Type], Id.__getattribute__);
  if (found === 0 || (H[found + ObjectWord.Type] === T.wrapperDescriptor && wrapsGenericGetAttr(rt, found))) {
    return genericLookup(rt, self, name);
  }
  const m = tempMark(rt);
  temp(rt, newRef(rt, found));
  return releaseKeeping(rt, m, callHook(rt, found, self, name));
}

function wrapsGenericGetAttr(rt: Runtime, descriptor: Ref): boolean {
  return rt.words[descriptor + DescrWord.Wrapped] === rt.words[T.object + TypeWord.GetAttrO];
}

/** Calls a method found on the type (kept alive by the caller) with one argument. */
function callHook(rt: Runtime, hook: Ref, self: Ref, name: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const type = H[self + ObjectWord.Type];
  const base = pushArgs(rt, 2);
  H[base] = self;
  H[base + 1] = name;
  let result: Owned;
  if ((H[H[hook + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.MethodDescriptor) !== 0) {
    result = vectorcall(rt, hook, base, 2, 0);
  } else {
    const bound = bind(rt, hook, self, type);
    result = vectorcall(rt, temp(rt, bound), base + 1, 1, 0);
  }
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

/** What `hook.__get__(self, type)` gives; the hook itself without a `__get__`. */
function bind(rt: Runtime, hook: Ref, self: Ref, type: Ref): Owned {
  const H = rt.words;
  const get = H[H[hook + ObjectWord.Type] + TypeWord.DescrGet];
  return get === 0 ? newRef(rt, hook) : (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, hook, self, type);
}

export function slotSetAttr(rt: Runtime, self: Ref, name: Ref, value: Ref): void {
  const result =
    value === 0 ? callMethod1(rt, self, Id.__delattr__, name) : callMethod2(rt, self, Id.__setattr__, name, value);
  decref(rt, result);
}

const COMPARE_NAMES: readonly Ref[] = [Id.__lt__, Id.__le__, Id.__eq__, Id.__ne__, Id.__gt__, Id.__ge__];

export function slotRichCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  const result = callQuietly(rt, self, COMPARE_NAMES[op], other);
  return result === 0 ? (S.NotImplemented as Ref as Owned) : result;
}

export function slotDescrGet(rt: Runtime, self: Ref, object: Ref, type: Ref): Owned {
  const H = rt.words;
  const selfType = H[self + ObjectWord.Type];
  const get = typeLookup(rt, selfType, Id.__get__);
  if (get === 0) {
    if (H[selfType + TypeWord.DescrGet] === slotIndex(slotDescrGet)) H[selfType + TypeWord.DescrGet] = 0;
    return newRef(rt, self);
  }
  const m = tempMark(rt);
  temp(rt, newRef(rt, get));
  return releaseKeeping(rt, m, call3(rt, get, self, object || S.None, type || S.None));
}

export function slotDescrSet(rt: Runtime, self: Ref, object: Ref, value: Ref): void {
  const result =
    value === 0 ? callMethod1(rt, self, Id.__delete__, object) : callMethod2(rt, self, Id.__set__, object, value);
  decref(rt, result);
}

/** Calls `__del__`; what it raises is reported. The pending exception is kept. */
export function slotFinalize(rt: Runtime, self: Ref): void {
  const pending = takeException(rt);
  const top = tempMark(rt);
  if (pending !== 0) temp(rt, pending);
  const before = mark(rt);
  const method = lookupMethod(rt, self, Id.__del__);
  if (method !== 0) finalizeWith(rt, before.temps, method, self);
  if (pending !== 0) {
    if (tempMark(rt) !== top + 1) throw new Error('temporaries out of step in a finalizer');
    restoreException(rt, untemp(rt, pending));
  }
}

function finalizeWith(rt: Runtime, m: number, method: Ref, self: Ref): void {
  const before = mark(rt);
  try {
    decref(rt, callFound(rt, m, method, self, 0, 0));
  } catch (error) {
    caught(rt, error, before);
    rt.writeUnraisable(method);
    dropTemp(rt, method);
  }
}

export function slotIter(rt: Runtime, self: Ref): Owned {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, Id.__iter__);
  if (method === (S.None as number)) typeError(rt, `'${kindName(rt, self)}' object is not iterable`);
  if (method !== 0) return callFound(rt, m, method, self, 0, 0);
  const item = lookupMethod(rt, self, Id.__getitem__);
  if (item === 0) typeError(rt, `'${kindName(rt, self)}' object is not iterable`);
  return releaseKeeping(rt, m, rt.newSequenceIterator(self));
}

export function slotIterNext(rt: Runtime, self: Ref): Owned | 0 {
  const before = mark(rt);
  try {
    return callMethod0(rt, self, Id.__next__);
  } catch (error) {
    caught(rt, error, before);
    if (!pendingMatches(rt, T.StopIteration)) throw error;
    return 0;
  }
}

/** The slot of types that once had `__next__`: raises TypeError. */
function nextNotImplemented(rt: Runtime, self: Ref): never {
  typeError(rt, `'${kindName(rt, self)}' object is not iterable`);
}

function asyncSlot(rt: Runtime, self: Ref, name: Ref, text: string): Owned {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, name);
  if (method !== 0) return callFound(rt, m, method, self, 0, 0);
  return typeError(rt, `object ${kindName(rt, self)} does not have ${text} method`);
}

export function slotAwait(rt: Runtime, self: Ref): Owned {
  return asyncSlot(rt, self, Id.__await__, '__await__');
}
export function slotAiter(rt: Runtime, self: Ref): Owned {
  return asyncSlot(rt, self, Id.__aiter__, '__aiter__');
}
export function slotAnext(rt: Runtime, self: Ref): Owned {
  return asyncSlot(rt, self, Id.__anext__, '__anext__');
}

setFixedSlot(FixedSlot.HashNotImplemented, hashNotImplemented);
setFixedSlot(FixedSlot.NextNotImplemented, nextNotImplemented);
