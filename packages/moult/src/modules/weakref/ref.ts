/** The type `weakref.ReferenceType`. Making, clearing and calling back are the heap's. */
import {
  deallocWeakref,
  LayoutKind,
  newRef,
  newWeakref,
  ObjectWord,
  supportsWeakrefs,
  TypeFlag,
  WeakrefWord,
  weakrefObject,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { Id } from '../../core/names.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { hash, hexAddress, richCompare } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { dictLength } from '../../core/dict/index.ts';
import { lookupSpecial } from '../../objects/type/lookup.ts';

/** A weak reference of `type` to `o`; `callback` may be 0 or None. Raises TypeError if `o` cannot have one. */
export function makeWeakref(rt: Runtime, type: Ref, o: Ref, callback: Ref): Owned {
  if (!supportsWeakrefs(rt, rt.words[o + ObjectWord.Type]))
    typeError(rt, `cannot create weak reference to '${kindName(rt, o)}' object`);
  return newWeakref(rt, type, o, callback === S.None ? 0 : callback);
}

function checkCount(rt: Runtime, name: string, args: Ref): void {
  const n = tupleSize(rt, args);
  if (n < 1) typeError(rt, `${name} expected at least 1 argument, got ${n}`);
  if (n > 2) typeError(rt, `${name} expected at most 2 arguments, got ${n}`);
}

function refNew(rt: Runtime, type: Ref, args: Ref, _kwargs: Ref): Owned {
  checkCount(rt, '__new__', args);
  return makeWeakref(rt, type, tupleItem(rt, args, 0), tupleSize(rt, args) > 1 ? tupleItem(rt, args, 1) : 0);
}

function refInit(rt: Runtime, _self: Ref, args: Ref, kwargs: Ref): void {
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'ref() takes no keyword arguments');
  checkCount(rt, '__init__', args);
}

function refCall(rt: Runtime, self: Ref, _args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && tupleSize(rt, kwnames) > 0) typeError(rt, 'weakref() takes no keyword arguments');
  if (nargs > 0) typeError(rt, `weakref expected 0 arguments, got ${nargs}`);
  return newRef(rt, weakrefObject(rt, self) || S.None);
}

/** The hash of the object, kept from the first time on. */
function refHash(rt: Runtime, self: Ref): number {
  const H = rt.words;
  if (H[self + WeakrefWord.HashLow] !== -1 || H[self + WeakrefWord.HashHigh] !== -1) {
    rt.hashHigh = H[self + WeakrefWord.HashHigh];
    return H[self + WeakrefWord.HashLow];
  }
  const o = weakrefObject(rt, self);
  if (o === 0) typeError(rt, 'weak object has gone away');
  const m = tempMark(rt);
  temp(rt, newRef(rt, o));
  const low = hash(rt, o);
  const high = rt.hashHigh;
  H[self + WeakrefWord.HashLow] = low;
  H[self + WeakrefWord.HashHigh] = high;
  releaseTemps(rt, m);
  rt.hashHigh = high;
  return low;
}

function refRepr(rt: Runtime, self: Ref): Owned {
  const o = weakrefObject(rt, self);
  if (o === 0) return newStr(rt, `<weakref at ${hexAddress(self)}; dead>`);
  const m = tempMark(rt);
  temp(rt, newRef(rt, o));
  const name = lookupSpecial(rt, o, Id.__name__);
  if (name !== 0) temp(rt, name);
  const label = name !== 0 && isStr(rt, name) ? ` (${strText(rt, name)})` : '';
  const text = `<weakref at ${hexAddress(self)}; to '${kindName(rt, o)}' at ${hexAddress(o)}${label}>`;
  return releaseKeeping(rt, m, newStr(rt, text));
}

/** True for a weak reference and for a proxy: one may be compared with the other. Source: CPython 3.12 PyWeakref_Check. */
function isWeak(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return type === T.weakProxy || type === T.weakCallableProxy || isInstance(rt, o, T.weakref);
}

function refCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if ((op !== CompareOp.Eq && op !== CompareOp.Ne) || !isWeak(rt, self) || !isWeak(rt, other)) {
    return S.NotImplemented as Ref as Owned;
  }
  const a = weakrefObject(rt, self);
  const b = weakrefObject(rt, other);
  if (a === 0 || b === 0) return pyBool((self === other) === (op === CompareOp.Eq)) as Owned;
  const m = tempMark(rt);
  temp(rt, newRef(rt, a));
  temp(rt, newRef(rt, b));
  return releaseKeeping(rt, m, richCompare(rt, a, b, op));
}

defineType({
  ref: T.weakref,
  name: 'weakref.ReferenceType',
  basicSize: 8 * WeakrefWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType | TypeFlag.HaveVectorcall,
  layout: LayoutKind.Fixed,
  traverse: [WeakrefWord.Callback],
  dealloc: deallocWeakref as (rt: Runtime, o: Ref) => void,
  slots: {
    new: refNew,
    init: refInit,
    instanceVectorcall: refCall,
    call: (rt, self, args, kwargs) => {
      if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'weakref() takes no keyword arguments');
      return refCall(rt, self, 0, tupleSize(rt, args), 0);
    },
    hash: refHash,
    repr: refRepr,
    richcompare: refCompare,
  },
  methods: [
    native('__class_getitem__($type, object, /)', (rt, type, item) => rt.makeGenericAlias(type, item), {
      binding: 'class',
      unsigned: true,
      doc: 'See PEP 585',
    }),
  ],
  members: [member('__callback__', WeakrefWord.Callback, MemberKind.Object)],
});
