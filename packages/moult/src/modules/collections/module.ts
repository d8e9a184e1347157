/** The module `_collections`. */
import { LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../../core/call.ts';
import { dictGetHash, dictSetHash, dictSetText, keyHash } from '../../core/dict/index.ts';
import { indexError, none, typeError, attributeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { add, getAttrText, iter, iterNext, reprText, setItem } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, smallInt, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isTuple, kindName, typeFullName } from '../../core/types.ts';
import { genericAlloc } from '@moult/heap';
import { refuseKeywords } from '../arguments.ts';
import './deque.ts';
import './defaultdict.ts';
import './ordered/ordered-dict.ts';
import { lookupAttrOfType, setAttrOfType } from './overrides.ts';
import { TupleGetterWord } from './layout.ts';
import { DEFAULT_DICT, DEQUE, DEQUE_ITERATOR, DEQUE_REVERSE_ITERATOR, ORDERED_DICT, TUPLE_GETTER } from './types.ts';

/** `_tuplegetter(index, doc)`: the attributes of named tuples. */
function tupleGetterNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  refuseKeywords(rt, '_tuplegetter', kwargs);
  const n = H[args + TupleWord.Size];
  if (n !== 2) typeError(rt, `_tuplegetter expected 2 arguments, got ${n}`);
  const index = asSsize(rt, H[args + TupleWord.Items]);
  const getter = genericAlloc(rt, type);
  H[getter + TupleGetterWord.Index] = index;
  H[getter + TupleGetterWord.Doc] = newRef(rt, H[args + TupleWord.Items + 1]);
  return getter;
}

function tupleGetterGet(rt: Runtime, self: Ref, object: Ref): Owned {
  const H = rt.words;
  const index = H[self + TupleGetterWord.Index];
  if (object === 0 || object === S.None) return newRef(rt, self);
  if (!isTuple(rt, object)) {
    typeError(
      rt,
      `descriptor for index '${index}' for tuple subclasses doesn't apply to '${kindName(rt, object)}' object`,
    );
  }
  if (index < 0 || index >= H[object + TupleWord.Size]) indexError(rt, 'tuple index out of range');
  return newRef(rt, H[object + TupleWord.Items + index]);
}

function tupleGetterSet(rt: Runtime, _self: Ref, _object: Ref, value: Ref): void {
  attributeError(rt, value === 0 ? "can't delete attribute" : "can't set attribute");
}

function tupleGetterRepr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const name = typeFullName(rt, H[self + ObjectWord.Type]).replace(/^collections\./, '');
  return newStr(rt, `${name}(${H[self + TupleGetterWord.Index]}, ${reprText(rt, H[self + TupleGetterWord.Doc])})`);
}

function tupleGetterReduce(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const index = temp(rt, newInt(rt, H[self + TupleGetterWord.Index]));
  return tupleOf(rt, H[self + ObjectWord.Type], temp(rt, tupleOf(rt, index, H[self + TupleGetterWord.Doc])));
}

defineType({
  ref: TUPLE_GETTER,
  name: 'collections._tuplegetter',
  heapType: 'immutable',
  basicSize: 8 * TupleGetterWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [TupleGetterWord.Doc],
  slots: { new: tupleGetterNew, repr: tupleGetterRepr, descrGet: tupleGetterGet, descrSet: tupleGetterSet },
  methods: [native('__reduce__()', tupleGetterReduce, { unsigned: true })],
  members: [member('__doc__', TupleGetterWord.Doc, MemberKind.Object, false)],
});

/** `_count_elements(mapping, iterable)`: counts items in the mapping. @runsPython
 *  Source: CPython 3.12 _collections__count_elements. */
function countElements(rt: Runtime, _module: Ref, mapping: Ref, iterable: Ref): Owned {
  const it = temp(rt, iter(rt, iterable));
  if (isPlainCounter(rt, mapping)) countInDict(rt, mapping, it);
  else countInMapping(rt, mapping, it);
  return none();
}

/** A dict whose `get` and `__setitem__` are those of dict. */
function isPlainCounter(rt: Runtime, mapping: Ref): boolean {
  if (!isDict(rt, mapping)) return false;
  const type = rt.words[mapping + ObjectWord.Type];
  return lookupAttrOfType(rt, type, 'get') === lookupAttrOfType(rt, T.dict, 'get') && setAttrOfType(rt, type);
}

function countInDict(rt: Runtime, mapping: Ref, it: Ref): void {
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    temp(rt, key);
    const lo = keyHash(rt, key);
    const hi = rt.hashHigh;
    const old = dictGetHash(rt, mapping, key, lo, hi);
    const count = temp(rt, old === 0 ? newInt(rt, 1) : add(rt, old, smallInt(1)));
    dictSetHash(rt, mapping, key, lo, hi, count);
    dropTemp(rt, count);
    dropTemp(rt, key);
  }
}

function countInMapping(rt: Runtime, mapping: Ref, it: Ref): void {
  const get = temp(rt, getAttrText(rt, mapping, 'get'));
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    temp(rt, key);
    const old = temp(rt, call2(rt, get, key, smallInt(0)));
    const count = temp(rt, add(rt, old, smallInt(1)));
    setItem(rt, mapping, key, count);
    dropTemp(rt, count);
    dropTemp(rt, old);
    dropTemp(rt, key);
  }
}

defineModule({
  name: '_collections',
  doc:
    'High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n' +
    '- defaultdict:  dict subclass with a default value factory\n',
  functions: [
    native('_count_elements($module, mapping, iterable, /)', countElements, {
      doc: 'Count elements in the iterable, updating the mapping',
    }),
  ],
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'deque', DEQUE);
    dictSetText(rt, dict, 'defaultdict', DEFAULT_DICT);
    dictSetText(rt, dict, 'OrderedDict', ORDERED_DICT);
    dictSetText(rt, dict, '_deque_iterator', DEQUE_ITERATOR);
    dictSetText(rt, dict, '_deque_reverse_iterator', DEQUE_REVERSE_ITERATOR);
    dictSetText(rt, dict, '_tuplegetter', TUPLE_GETTER);
  },
});
