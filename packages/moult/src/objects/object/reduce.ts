/** What pickle and copy ask of objects: `__reduce__`, `__reduce_ex__`, `__getstate__`. */
import { HeadWord, ListWord, newRef, ObjectWord, TupleWord, TypeFlag, TypeWord, valueCount } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call2, callWithTuple } from '../../core/call.ts';
import { dictLength, dictCopy, dictGetInterned, dictSet, newDict } from '../../core/dict/index.ts';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { BuiltinWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { NATIVES } from '../../core/native.ts';
import { getAttr, getAttrText, lookupAttr } from '../../core/protocol/attribute.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newTuple, tupleOf } from '../../core/tuple.ts';
import { isDict, isList, isTuple, kindName, typeFullName } from '../../core/types.ts';
import { lookupSpecial } from '../type/lookup.ts';

/** `object.__reduce__(self)`: protocol 0. @runsPython */
export function objectReduce(rt: Runtime, self: Ref): Owned {
  return commonReduce(rt, self, 0);
}

/** `object.__reduce_ex__(self, protocol)`: calls an overridden `__reduce__`. @runsPython */
export function objectReduceEx(rt: Runtime, self: Ref, protocol: Ref): Owned {
  const n = indexNumber(rt, protocol, T.OverflowError);
  const method = lookupAttr(rt, self, Id.__reduce__);
  if (method !== 0) {
    temp(rt, method);
    const own = temp(rt, getAttr(rt, rt.words[self + ObjectWord.Type], Id.__reduce__));
    const standard = temp(rt, getAttr(rt, T.object, Id.__reduce__));
    if (own !== standard) return call0(rt, method);
  }
  return commonReduce(rt, self, n);
}

function commonReduce(rt: Runtime, self: Ref, protocol: number): Owned {
  if (protocol >= 2) return reduceNewObject(rt, self);
  const copyreg = temp(rt, rt.importModule('copyreg'));
  const reduce = temp(rt, getAttrText(rt, copyreg, '_reduce_ex'));
  return call2(rt, reduce, self, temp(rt, newInt(rt, protocol)));
}

/** What `__getnewargs_ex__` or `__getnewargs__` say: pushes args (or 0) and kwargs (or 0) on the temporaries. */
function newArguments(rt: Runtime, self: Ref): [args: Ref, kwargs: Ref] {
  const extended = lookupSpecial(rt, self, Id.__getnewargs_ex__);
  if (extended !== 0) return extendedArguments(rt, temp(rt, call0(rt, temp(rt, extended))));
  const simple = lookupSpecial(rt, self, Id.__getnewargs__);
  if (simple === 0) return [0, 0];
  const args = temp(rt, call0(rt, temp(rt, simple)));
  if (!isTuple(rt, args)) typeError(rt, `__getnewargs__ should return a tuple, not '${kindName(rt, args)}'`);
  return [args, 0];
}

function extendedArguments(rt: Runtime, pair: Ref): [args: Ref, kwargs: Ref] {
  const H = rt.words;
  if (!isTuple(rt, pair)) typeError(rt, `__getnewargs_ex__ should return a tuple, not '${kindName(rt, pair)}'`);
  const size = H[pair + TupleWord.Size];
  if (size !== 2) valueError(rt, `__getnewargs_ex__ should return a tuple of length 2, not ${size}`);
  const args = H[pair + TupleWord.Items];
  const kwargs = H[pair + TupleWord.Items + 1];
  const what = 'item of the tuple returned by __getnewargs_ex__ must be a';
  if (!isTuple(rt, args)) typeError(rt, `first ${what} tuple, not '${kindName(rt, args)}'`);
  if (!isDict(rt, kwargs)) typeError(rt, `second ${what} dict, not '${kindName(rt, kwargs)}'`);
  return [args, kwargs];
}

/** `(copyreg.__newobj__, (cls, *args), state, listitems, dictitems)` */
function reduceNewObject(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  if (H[type + TypeWord.New] === 0) typeError(rt, `cannot pickle '${typeFullName(rt, type)}' object`);
  const [args, kwargs] = newArguments(rt, self);
  const copyreg = temp(rt, rt.importModule('copyreg'));
  const hasArgs = args !== 0;
  let maker: Ref;
  let makerArgs: Ref;
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) {
    maker = temp(rt, getAttrText(rt, copyreg, '__newobj__'));
    makerArgs = temp(rt, prepend(rt, type, args));
  } else {
    maker = temp(rt, getAttrText(rt, copyreg, '__newobj_ex__'));
    makerArgs = temp(rt, tupleOf(rt, type, args, kwargs));
  }
  const required = !hasArgs && !isList(rt, self) && !isDict(rt, self);
  const state = temp(rt, stateOf(rt, self, required));
  const items = temp(rt, isList(rt, self) ? iter(rt, self) : (S.None as Ref as Owned));
  const pairs = temp(rt, dictItems(rt, self));
  return tupleOf(rt, maker, makerArgs, state, items, pairs);
}

function prepend(rt: Runtime, first: Ref, args: Ref): Owned {
  const H = rt.words;
  const n = args === 0 ? 0 : H[args + TupleWord.Size];
  const all = newTuple(rt, n + 1);
  H[all + TupleWord.Items] = newRef(rt, first);
  for (let i = 0; i < n; i++) H[all + TupleWord.Items + 1 + i] = newRef(rt, H[args + TupleWord.Items + i]);
  return all;
}

function dictItems(rt: Runtime, self: Ref): Owned {
  if (!isDict(rt, self)) return S.None as Ref as Owned;
  const m = tempMark(rt);
  const method = temp(rt, getAttr(rt, self, Id.items));
  const items = temp(rt, call0(rt, method));
  return releaseKeeping(rt, m, iter(rt, items));
}

/** The state: what an overridden `__getstate__` gives, or the default one. (object_getstate) @runsPython */
export function stateOf(rt: Runtime, self: Ref, required: boolean): Owned {
  const m = tempMark(rt);
  const method = temp(rt, getAttr(rt, self, Id.__getstate__));
  if (isStandardGetState(rt, method, self)) {
    return releaseKeeping(rt, m, objectGetState(rt, self, required));
  }
  return releaseKeeping(rt, m, call0(rt, method));
}

function isStandardGetState(rt: Runtime, method: Ref, self: Ref): boolean {
  const H = rt.words;
  if (H[method + ObjectWord.Type] !== T.builtinFunction || H[method + BuiltinWord.Self] !== self) return false;
  return NATIVES[H[method + BuiltinWord.Native]].fn === standardGetState;
}

/** `object.__getstate__()` as a method. @runsPython */
export function standardGetState(rt: Runtime, self: Ref): Owned {
  return objectGetState(rt, self, false);
}

/** `object.__getstate__`: the `__dict__`, or `(dict, slots)`; None for nothing. @runsPython */
export function objectGetState(rt: Runtime, self: Ref, required: boolean): Owned {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  if (required && H[type + TypeWord.ItemSize] !== 0) typeError(rt, `cannot pickle ${kindName(rt, self)} objects`);
  const m = tempMark(rt);
  const state = temp(rt, attributesCopy(rt, self));
  const names = temp(rt, slotNamesOf(rt, type));
  if (required && !fitsState(rt, self, names)) typeError(rt, `cannot pickle '${kindName(rt, self)}' object`);
  const count = names === S.None ? 0 : H[names + ListWord.Size];
  if (count === 0) return releaseKeeping(rt, m, newRef(rt, state));
  const slots = temp(rt, newDict(rt));
  for (let i = 0; i < H[names + ListWord.Size]; i++) copySlot(rt, self, H[H[names + ListWord.Items] + i], slots);
  const result = dictLength(rt, slots) > 0 ? tupleOf(rt, state, slots) : newRef(rt, state);
  return releaseKeeping(rt, m, result);
}

/** The name is held: `__getattr__` may change the list that it is in. The temporaries are the caller's to release. */
function copySlot(rt: Runtime, self: Ref, name: Ref, slots: Ref): void {
  temp(rt, newRef(rt, name));
  const value = lookupAttr(rt, self, name);
  if (value === 0) return;
  temp(rt, value);
  dictSet(rt, slots, name, value);
}

function attributesCopy(rt: Runtime, self: Ref): Owned {
  if (hasEmptyDict(rt, self)) return S.None as Ref as Owned;
  const own = lookupAttr(rt, self, Id.__dict__);
  if (own === 0) return S.None as Ref as Owned;
  const m = tempMark(rt);
  temp(rt, own);
  return releaseKeeping(rt, m, isDict(rt, own) ? newRef(rt, own) : dictCopy(rt, own));
}

/** Source: CPython 3.12 _PyObject_IsInstanceDictEmpty. */
function hasEmptyDict(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const offset = H[type + TypeWord.DictOffset];
  const managed = (H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0;
  if (!managed && offset <= 0) return false;
  const dict = H[managed ? o + HeadWord.DictOrValues : o + (offset >> 3)];
  if (dict >= 0) return dict === 0 || dictLength(rt, dict) === 0;
  for (let i = valueCount(H, type) - 1; i >= 0; i--) if (H[i - dict] !== 0) return false;
  return true;
}

/** `copyreg._slotnames(cls)`, cached in `cls.__slotnames__`; a list or None. */
function slotNamesOf(rt: Runtime, type: Ref): Owned {
  const m = tempMark(rt);
  const key = temp(rt, internText(rt, '__slotnames__'));
  const cached = dictGetInterned(rt, rt.words[type + TypeWord.Dict], key);
  if (cached !== 0) {
    if (cached !== (S.None as number) && !isList(rt, cached)) {
      typeError(rt, `${typeFullName(rt, type)}.__slotnames__ should be a list or None, not ${kindName(rt, cached)}`);
    }
    return releaseKeeping(rt, m, newRef(rt, cached));
  }
  const copyreg = temp(rt, rt.importModule('copyreg'));
  const fn = temp(rt, getAttrText(rt, copyreg, '_slotnames'));
  const args = temp(rt, tupleOf(rt, type));
  const names = callWithTuple(rt, fn, args, 0);
  if (names !== (S.None as number) && !isList(rt, names)) {
    temp(rt, names);
    raise(rt, T.TypeError, "copyreg._slotnames didn't return a list or None");
  }
  return releaseKeeping(rt, m, names);
}

/** Whether instances hold nothing beyond attributes and slots. */
function fitsState(rt: Runtime, self: Ref, names: Ref): boolean {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  let size = 16;
  if (H[type + TypeWord.DictOffset] > 0) size += 8;
  if (H[type + TypeWord.WeakListOffset] > 0) size += 8;
  if (names !== S.None) size += 8 * H[names + ListWord.Size];
  return H[type + TypeWord.BasicSize] <= size;
}
