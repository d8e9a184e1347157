/** The module `array`: arrays of machine values. Layout: storage.ts. */
import { LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { call1 } from '../../core/call.ts';
import { catchOnly, mark, typeError, valueError } from '../../core/errors.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getset, native } from '../../core/native.ts';
import { newInt } from '../../core/int.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize } from '../../core/sequence-fast.ts';
import { T } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isBytes, isInstance, isList, isStr, isTuple, typeName } from '../../core/types.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { defineBuffer } from '../../objects/bytes/buffer-types.ts';
import { setTake } from '../make.ts';
import { textOfUnits, unitsOfText } from './items.ts';
import { newArrayIterator } from './iterator.ts';
import { ARRAY_METHODS, extendArray, toList } from './methods.ts';
import * as operators from './operators.ts';
import { RECONSTRUCTOR } from './pickle.ts';
import {
  appendData,
  ARRAY,
  arrayData,
  arraySize,
  ArrayWord,
  codeOf,
  deallocArray,
  isArray,
  itemSizeOf,
  newArray,
  sizeOfCode,
  TYPECODES,
} from './storage.ts';

function typecodeArgument(rt: Runtime, o: Ref): string {
  if (!isStr(rt, o) || strLength(rt, o) !== 1)
    typeError(rt, `array() argument 1 must be a unicode character, not ${argumentName(rt, o)}`);
  return strText(rt, o);
}

function refuseText(rt: Runtime, code: string, initial: Ref): void {
  if (code === 'u') return;
  if (isStr(rt, initial)) typeError(rt, `cannot use a str to initialize an array with typecode '${code}'`);
  if (isArray(rt, initial) && codeOf(rt, initial) === 'u') {
    typeError(rt, `cannot use a unicode array to initialize an array with typecode '${code}'`);
  }
}

/** `array.__new__(typecode, initializer)` @runsPython Source: CPython 3.12 array_new. */
function arrayNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (type === ARRAY && kwargs !== 0 && dictLength(rt, kwargs) > 0)
    typeError(rt, 'array.array() takes no keyword arguments');
  const nargs = H[args + TupleWord.Size];
  if (nargs < 1) typeError(rt, `array() takes at least 1 argument (${nargs} given)`);
  if (nargs > 2) typeError(rt, `array() takes at most 2 arguments (${nargs} given)`);
  const code = typecodeArgument(rt, H[args + TupleWord.Items]);
  const initial = nargs > 1 ? H[args + TupleWord.Items + 1] : 0;
  if (initial !== 0) refuseText(rt, code, initial);
  const m = tempMark(rt);
  const isKnown = TYPECODES.includes(code);
  const it = initial !== 0 && isIterated(rt, initial, code) ? temp(rt, iter(rt, initial)) : 0;
  if (!isKnown) valueError(rt, 'bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)');
  const self = temp(rt, newArray(rt, type, code, it === 0 && initial !== 0 ? initialSize(rt, initial) : 0));
  if (it !== 0) extendArray(rt, self, it);
  else if (initial !== 0) fill(rt, self, code, initial);
  return releaseKeeping(rt, m, newRef(rt, self));
}

/** Whether the initial items come from an iterator. */
function isIterated(rt: Runtime, initial: Ref, code: string): boolean {
  if (isArray(rt, initial)) return codeOf(rt, initial) !== code;
  const isData = isBytes(rt, initial) || isInstance(rt, initial, T.bytearray) || isStr(rt, initial);
  return !isData && !isList(rt, initial) && !isTuple(rt, initial);
}

function initialSize(rt: Runtime, initial: Ref): number {
  if (isArray(rt, initial)) return arraySize(rt, initial);
  if (isStr(rt, initial)) return strLength(rt, initial);
  return isList(rt, initial) || isTuple(rt, initial) ? fastSize(rt, initial) : 0;
}

function fill(rt: Runtime, self: Ref, code: string, initial: Ref): void {
  if (isStr(rt, initial)) arrayData(rt, self).set(unitsOfText(strText(rt, initial)));
  else if (isArray(rt, initial)) arrayData(rt, self).set(arrayData(rt, initial));
  else if (isList(rt, initial) || isTuple(rt, initial)) {
    const n = arraySize(rt, self);
    for (let i = 0; i < n && i < fastSize(rt, initial); i++) operators.writeItem(rt, self, i, fastItem(rt, initial, i));
  } else {
    const data = (bufferOf(rt, initial) ?? new Uint8Array(0)).slice();
    if (data.length % sizeOfCode(code) !== 0) valueError(rt, 'bytes length not a multiple of item size');
    appendIfAny(rt, self, data);
  }
}

function appendIfAny(rt: Runtime, self: Ref, data: Uint8Array): void {
  if (data.length > 0) appendData(rt, self, data);
}

function repr(rt: Runtime, self: Ref): Owned {
  const name = typeName(rt, rt.words[self + ObjectWord.Type]);
  const code = codeOf(rt, self);
  if (arraySize(rt, self) === 0) return newStr(rt, `${name}('${code}')`);
  const content = temp(rt, code === 'u' ? newStr(rt, textOfUnits(rt, arrayData(rt, self))) : toList(rt, self));
  const text = reprText(rt, content);
  dropTemp(rt, content);
  return newStr(rt, `${name}('${code}', ${text})`);
}

const BUFFER_FORMAT: Readonly<Record<string, string>> = { u: 'w' };

defineType({
  ref: ARRAY,
  name: 'array.array',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 8 * ArrayWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.Sequence,
  layout: LayoutKind.Fixed,
  traverse: [],
  weakListWord: ArrayWord.WeakList,
  dealloc: deallocArray,
  doc: 'array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate type.',
  slots: {
    new: arrayNew,
    repr,
    hash: null,
    richcompare: operators.compareArrays,
    iter: newArrayIterator,
    mpLength: arraySize,
    mpSubscript: operators.subscript,
    mpAssSubscript: operators.setSubscript,
    sqLength: arraySize,
    sqConcat: operators.concat,
    sqRepeat: operators.repeat,
    sqItem: operators.item,
    sqAssItem: operators.assItem,
    sqContains: operators.containsItem,
    sqInplaceConcat: operators.inplaceConcat,
    sqInplaceRepeat: operators.inplaceRepeat,
  },
  methods: [
    ...ARRAY_METHODS,
    native('__class_getitem__($type, item, /)', (rt, type, item = 0) => rt.makeGenericAlias(type, item), {
      binding: 'class',
      unsigned: true,
      doc: 'See PEP 585',
    }),
  ],
  getset: [
    getset(
      'typecode',
      (rt, self) => newStr(rt, codeOf(rt, self)),
      null,
      'the typecode character used to create the array',
    ),
    getset('itemsize', (rt, self) => newInt(rt, itemSizeOf(rt, self)), null, 'the size, in bytes, of one array item'),
  ],
});

defineBuffer(ARRAY, {
  data: arrayData,
  item: (rt, self) => ({ format: BUFFER_FORMAT[codeOf(rt, self)] ?? codeOf(rt, self), itemsize: itemSizeOf(rt, self) }),
  exportsWord: ArrayWord.Exports,
  readonly: false,
});

/** `collections.abc.MutableSequence.register(array)`; without a library there is no such class. @runsPython */
function registerSequence(rt: Runtime): void {
  const m = mark(rt);
  try {
    const module = temp(rt, rt.importModule('collections.abc'));
    const sequence = temp(rt, getAttrText(rt, module, 'MutableSequence'));
    temp(rt, call1(rt, temp(rt, getAttrText(rt, sequence, 'register')), ARRAY));
    releaseTemps(rt, m.temps);
  } catch (error) {
    catchOnly(rt, error, m, T.ModuleNotFoundError);
  }
}

defineModule({
  name: 'array',
  doc: 'This module defines an object type which can efficiently represent\nan array of basic values: characters, integers, floating point\nnumbers.',
  functions: [RECONSTRUCTOR],
  populate(rt, dict) {
    setTake(rt, dict, 'array', newRef(rt, ARRAY));
    setTake(rt, dict, 'ArrayType', newRef(rt, ARRAY));
    setTake(rt, dict, 'typecodes', newStr(rt, TYPECODES));
    registerSequence(rt);
  },
});
