/** Slots of class statements' types for items, lengths and membership. Source: CPython 3.12 slot_sq_*, slot_mp_*. */
import { decref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../../core/errors.ts';
import { bigIntValue, intSign, isSafeInt, newInt } from '../../../core/int.ts';
import { Id } from '../../../core/names.ts';
import { isTrue } from '../../../core/protocol/compare.ts';
import { iterSearch, noteLongLength } from '../../../core/protocol/item.ts';
import { index, indexNumber } from '../../../core/protocol/number.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { kindName } from '../../../core/types.ts';
import { valueError } from '../../../core/errors.ts';
import { callFound, callMethod0, callMethod1, callMethod2, lookupMethod } from '../call-method.ts';

export function slotLength(rt: Runtime, self: Ref): number {
  const m = tempMark(rt);
  const result = temp(rt, callMethod0(rt, self, Id.__len__));
  const n = lengthOf(rt, temp(rt, index(rt, result)));
  releaseTemps(rt, m);
  return n;
}

/** The number in an int that `__len__` gave. */
function lengthOf(rt: Runtime, value: Ref): number {
  if (intSign(rt, value) < 0) valueError(rt, '__len__() should return >= 0');
  const n = indexNumber(rt, value, T.OverflowError);
  if (!isSafeInt(rt, value)) noteLongLength(bigIntValue(rt, value));
  return n;
}

export function slotItem(rt: Runtime, self: Ref, i: number): Owned {
  const m = tempMark(rt);
  const key = temp(rt, newInt(rt, i));
  return releaseKeeping(rt, m, callMethod1(rt, self, Id.__getitem__, key));
}

export function slotAssItem(rt: Runtime, self: Ref, i: number, value: Ref): void {
  const m = tempMark(rt);
  const key = temp(rt, newInt(rt, i));
  decref(rt, releaseKeeping(rt, m, assign(rt, self, key, value)));
}

function assign(rt: Runtime, self: Ref, key: Ref, value: Ref): Owned {
  return value === 0 ? callMethod1(rt, self, Id.__delitem__, key) : callMethod2(rt, self, Id.__setitem__, key, value);
}

export function slotSubscript(rt: Runtime, self: Ref, key: Ref): Owned {
  return callMethod1(rt, self, Id.__getitem__, key);
}

export function slotAssSubscript(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  decref(rt, assign(rt, self, key, value));
}

export function slotContains(rt: Runtime, self: Ref, value: Ref): boolean {
  const m = tempMark(rt);
  const method = lookupMethod(rt, self, Id.__contains__);
  if (method === (S.None as number)) typeError(rt, `'${kindName(rt, self)}' object is not a container`);
  if (method === 0) return iterSearch(rt, self, value);
  const result = temp(rt, callFound(rt, m, method, self, value, 0));
  const found = isTrue(rt, result);
  dropTemp(rt, result);
  return found;
}
