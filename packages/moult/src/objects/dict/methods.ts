/** Methods and operators of `dict`. */
import { DictWord, newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import {
  dictClear,
  dictContains,
  dictCopy,
  dictDelete,
  dictEqual,
  dictFromKeywords,
  dictGet,
  dictHashAt,
  dictKeyAt,
  dictLength,
  dictMerge,
  dictMergeFromSequence,
  dictNext,
  dictPop,
  dictPopItem,
  dictReserve,
  dictSet,
  dictSetDefault,
  dictSetHash,
  dictSetKeywords,
  dictTableSize,
  dictValueAt,
  Override,
  requireStringKeys,
} from '../../core/dict/index.ts';
import { keyError, none, typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { SetEntry } from '../../core/layout/set.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { lookupAttrText } from '../../core/protocol/attribute.ts';
import { setItem } from '../../core/protocol/item.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { reprEnter, reprLeave, reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { internText, newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isDict } from '../../core/types.ts';
import { classGetItemMethod } from '../class-getitem.ts';
import { setEntryAt, setLength, setNext } from '../set/table.ts';
import { lookupSpecial } from '../type/lookup.ts';
import { newDictIterator } from './iterators.ts';
import { dictNew } from './new.ts';
import { newDictView } from './views.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

/** `d[key]`; a subclass may have `__missing__`. @runsPython
 *  Source: CPython 3.12 dict_subscript. */
export function dictSubscript(rt: Runtime, d: Ref, key: Ref): Owned {
  const value = dictGet(rt, d, key);
  if (value !== 0) return newRef(rt, value);
  if (rt.words[d + ObjectWord.Type] !== T.dict) {
    const m = tempMark(rt);
    const method = lookupSpecial(rt, d, temp(rt, internText(rt, '__missing__')));
    if (method !== 0) return releaseKeeping(rt, m, call1(rt, temp(rt, method), key));
  }
  return keyError(rt, key);
}

/** `d[key] = value`, or `del d[key]` with `value` 0. @runsPython */
export function dictAssign(rt: Runtime, d: Ref, key: Ref, value: Ref): void {
  if (value !== 0) dictSet(rt, d, key, value);
  else if (!dictDelete(rt, d, key)) keyError(rt, key);
}

function get(rt: Runtime, d: Ref, key: Ref, fallback: Ref): Owned {
  return newRef(rt, dictGet(rt, d, key) || fallback || S.None);
}

function setDefault(rt: Runtime, d: Ref, key: Ref, fallback: Ref): Owned {
  return newRef(rt, dictSetDefault(rt, d, key, fallback || S.None));
}

function contains(rt: Runtime, d: Ref, key: Ref): Owned {
  return pyBool(dictContains(rt, d, key)) as Owned;
}

function clear(rt: Runtime, d: Ref): Owned {
  dictClear(rt, d);
  return none();
}

function sizeOf(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  return newInt(rt, H[H[d + ObjectWord.Type] + TypeWord.BasicSize] + dictTableSize(rt, d));
}

/** Stores what a mapping or an iterable of pairs has. @runsPython
 *  Source: CPython 3.12 dict_update_arg. */
export function dictUpdateFrom(rt: Runtime, d: Ref, source: Ref): void {
  if (rt.words[source + ObjectWord.Type] === T.dict) return dictMerge(rt, d, source, Override.Replace);
  const keys = lookupAttrText(rt, source, 'keys');
  if (keys === 0) return dictMergeFromSequence(rt, d, source, true);
  dropTemp(rt, temp(rt, keys));
  dictMerge(rt, d, source, Override.Replace);
}

function refuseMany(rt: Runtime, name: string, nargs: number): void {
  if (nargs > 1) typeError(rt, `${name} expected at most 1 argument, got ${nargs}`);
}

/** `dict.update`: the keywords are a dict, which an empty one takes over with its table. */
function update(rt: Runtime, d: Ref, args: number, nargs: number, kwnames: Ref, held: Ref = 0): Owned {
  refuseMany(rt, 'update', nargs);
  const m = tempMark(rt);
  const kwargs = kwnames === 0 ? 0 : held || temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  if (nargs === 1) dictUpdateFrom(rt, d, rt.words[args]);
  if (kwargs !== 0) dictMerge(rt, d, kwargs, Override.Replace);
  releaseTemps(rt, m);
  return none();
}

/** `dict.__init__` @runsPython */
export function dictInit(rt: Runtime, d: Ref, args: Ref, kwargs: Ref): void {
  const nargs = rt.words[args + TupleWord.Size];
  refuseMany(rt, 'dict', nargs);
  if (nargs === 1) dictUpdateFrom(rt, d, rt.words[args + TupleWord.Items]);
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return;
  requireStringKeys(rt, kwargs);
  dictMerge(rt, d, kwargs, Override.Replace);
}

/** `dict(...)` without an argument tuple. @runsPython */
export function dictVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  refuseMany(rt, 'dict', nargs);
  const d = temp(rt, dictNew(rt, type));
  if (nargs === 1) dictUpdateFrom(rt, d, rt.words[args]);
  if (kwnames !== 0) dictSetKeywords(rt, d, kwnames, args + nargs);
  return untemp(rt, d);
}

/** `dict.fromkeys(iterable, value)` @runsPython
 *  Source: CPython 3.12 _PyDict_FromKeys. */
export function dictFromKeys(rt: Runtime, type: Ref, iterable: Ref, given: Ref): Owned {
  const H = rt.words;
  const value = given || S.None;
  const d = temp(rt, call0(rt, type));
  const exact = H[d + ObjectWord.Type] === T.dict;
  const source = H[iterable + ObjectWord.Type];
  const fresh = exact && H[d + DictWord.Used] === 0;
  if (fresh && source === (T.dict as number)) keysOfDict(rt, d, iterable, value);
  else if (fresh && (source === (T.set as number) || source === (T.frozenset as number)))
    keysOfSet(rt, d, iterable, value);
  else keysOfIterable(rt, d, iterable, value, exact);
  return untemp(rt, d);
}

function keysOfDict(rt: Runtime, d: Ref, source: Ref, value: Ref): void {
  dictReserve(rt, d, dictLength(rt, source), source);
  for (let i = dictNext(rt, source, 0); i >= 0; i = dictNext(rt, source, i + 1)) {
    const lo = dictHashAt(rt, source, i);
    dictSetHash(rt, d, dictKeyAt(rt, source, i), lo, rt.hashHigh, value);
  }
}

function keysOfSet(rt: Runtime, d: Ref, source: Ref, value: Ref): void {
  const H = rt.words;
  dictReserve(rt, d, setLength(rt, source), 0);
  for (let i = setNext(rt, source, 0); i >= 0; i = setNext(rt, source, i + 1)) {
    const entry = setEntryAt(rt, source, i);
    dictSetHash(rt, d, H[entry], H[entry + SetEntry.HashLow], H[entry + SetEntry.HashHigh], value);
  }
}

function keysOfIterable(rt: Runtime, d: Ref, iterable: Ref, value: Ref, exact: boolean): void {
  const iterator = temp(rt, iter(rt, iterable));
  for (let key = iterNext(rt, iterator); key !== 0; key = iterNext(rt, iterator)) {
    temp(rt, key);
    if (exact) dictSet(rt, d, key, value);
    else setItem(rt, d, key, value);
    dropTemp(rt, key);
  }
  dropTemp(rt, iterator);
}

/** `a | b`; the result is a plain dict. @runsPython */
export function dictOr(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isDict(rt, a) || !isDict(rt, b)) return NOT_IMPLEMENTED;
  const result = temp(rt, dictCopy(rt, a));
  dictUpdateFrom(rt, result, b);
  return untemp(rt, result);
}

/** `a |= b` @runsPython */
export function dictInplaceOr(rt: Runtime, a: Ref, b: Ref): Owned {
  dictUpdateFrom(rt, a, b);
  return newRef(rt, a);
}

/** `a == b`, `a != b`; there is no order. @runsPython */
export function dictRichCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  if (!isDict(rt, a) || !isDict(rt, b)) return NOT_IMPLEMENTED;
  if (op !== (CompareOp.Eq as number) && op !== (CompareOp.Ne as number)) return NOT_IMPLEMENTED;
  return pyBool(dictEqual(rt, a, b) === (op === (CompareOp.Eq as number))) as Owned;
}

/** `repr(d)` @runsPython
 *  Source: CPython 3.12 dict_repr. */
export function dictRepr(rt: Runtime, d: Ref): Owned {
  if (reprEnter(rt, d)) return newStr(rt, '{...}');
  try {
    return newStr(rt, `{${reprOfItems(rt, d)}}`);
  } finally {
    reprLeave(rt, d);
  }
}

function reprOfItems(rt: Runtime, d: Ref): string {
  let text = '';
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) {
    const key = temp(rt, newRef(rt, dictKeyAt(rt, d, i)));
    const value = temp(rt, newRef(rt, dictValueAt(rt, d, i)));
    text += `${text === '' ? '' : ', '}${reprText(rt, key)}: `;
    text += reprText(rt, value);
    dropTemp(rt, value);
    dropTemp(rt, key);
  }
  return text;
}

/** `iter(d)` */
export function dictIter(rt: Runtime, d: Ref): Owned {
  return newDictIterator(rt, d, T.dictKeyIterator);
}

function reversed(rt: Runtime, d: Ref): Owned {
  return newDictIterator(rt, d, T.dictReverseKeyIterator);
}

export const DICT_METHODS: readonly NativeDefinition[] = [
  native('__contains__($self, key, /)', contains, {
    doc: 'True if the dictionary has the specified key, else False.',
    coexist: true,
  }),
  native('__getitem__($self, key, /)', dictSubscript, { doc: 'Return self[key].', coexist: true }),
  native('__sizeof__()', sizeOf, { doc: 'D.__sizeof__() -> size of D in memory, in bytes', unsigned: true }),
  native('get($self, key, default=None, /)', get, {
    doc: 'Return the value for key if key is in the dictionary, else default.',
  }),
  native('setdefault($self, key, default=None, /)', setDefault, {
    doc: 'Return the value for key; insert key with a value of default if it is not in the dictionary.',
  }),
  native('pop($self, key, default=<unrepresentable>, /)', dictPop, {
    doc: 'Remove the key and return its value, or default if given; otherwise raise a KeyError.',
  }),
  native('popitem($self, /)', dictPopItem, {
    doc: 'Remove and return a (key, value) pair as a 2-tuple, last in, first out.',
  }),
  native('keys()', (rt, d) => newDictView(rt, d, T.dictKeys), {
    doc: "D.keys() -> a set-like object providing a view on D's keys",
    unsigned: true,
  }),
  native('items()', (rt, d) => newDictView(rt, d, T.dictItems), {
    doc: "D.items() -> a set-like object providing a view on D's items",
    unsigned: true,
  }),
  native('values()', (rt, d) => newDictView(rt, d, T.dictValues), {
    doc: "D.values() -> an object providing a view on D's values",
    unsigned: true,
  }),
  nativeRaw('update', update, {
    tuple: true,
    doc: 'D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.',
    keywords: true,
  }),
  native('fromkeys($type, iterable, value=None, /)', dictFromKeys, {
    doc: 'Create a new dictionary with keys from iterable and values set to value.',
    binding: 'class',
  }),
  native('clear()', clear, { doc: 'D.clear() -> None.  Remove all items from D.', unsigned: true }),
  native('copy()', dictCopy, { doc: 'D.copy() -> a shallow copy of D', unsigned: true }),
  native('__reversed__($self, /)', reversed, { doc: 'Return a reverse iterator over the dict keys.' }),
  classGetItemMethod(),
];
