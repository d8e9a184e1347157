/** method: a function bound to an object; cell; instancemethod. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  LayoutKind,
  newRef,
  ObjectWord,
  setWord,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { CompareOp, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { CellWord, MethodWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member, native } from '../../core/native.ts';
import { getAttr, getAttrText, lookupAttr } from '../../core/protocol/attribute.ts';
import { compareBool, hash, richCompare } from '../../core/protocol/compare.ts';
import { hexAddress, reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, kindName } from '../../core/types.ts';
import { callSpreadTo } from '../descriptors/method.ts';
import { hashPointer } from '../object/hash.ts';
import { typeLookup } from '../type/lookup.ts';
import { dictLength } from '../../core/dict/index.ts';
import { newCell, newMethod } from './make.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

function methodVectorcall(rt: Runtime, method: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const nkw = kwnames === 0 ? 0 : H[kwnames + TupleWord.Size];
  const total = nargs + nkw;
  const base = pushArgs(rt, total + 1);
  H[base] = H[method + MethodWord.Self];
  for (let i = 0; i < total; i++) H[base + 1 + i] = H[args + i];
  const result = vectorcall(rt, H[method + MethodWord.Function], base, nargs + 1, kwnames);
  popArgs(rt, base);
  return result;
}

/** Attributes of the function show through the method. */
function methodGetAttr(rt: Runtime, method: Ref, name: Ref): Owned {
  const H = rt.words;
  const descr = typeLookup(rt, H[method + ObjectWord.Type], name);
  if (descr === 0) return getAttr(rt, H[method + MethodWord.Function], name);
  const get = H[H[descr + ObjectWord.Type] + TypeWord.DescrGet];
  return get === 0
    ? newRef(rt, descr)
    : (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, descr, method, H[method + ObjectWord.Type]);
}

function methodCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const comparable = H[a + ObjectWord.Type] === T.method && H[b + ObjectWord.Type] === T.method;
  if (!comparable || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return NOT_IMPLEMENTED;
  const equal =
    compareBool(rt, H[a + MethodWord.Function], H[b + MethodWord.Function], CompareOp.Eq) &&
    H[a + MethodWord.Self] === H[b + MethodWord.Self];
  return pyBool(equal === (op === CompareOp.Eq)) as Owned;
}

function methodHash(rt: Runtime, method: Ref): number {
  const low = hashPointer(rt, rt.words[method + MethodWord.Self]);
  const high = rt.hashHigh;
  const low2 = hash(rt, rt.words[method + MethodWord.Function]);
  rt.hashHigh ^= high;
  const result = low ^ low2;
  return result === -1 && rt.hashHigh === -1 ? -2 : result;
}

function methodRepr(rt: Runtime, method: Ref): Owned {
  const m = tempMark(rt);
  const fn = rt.words[method + MethodWord.Function];
  const name = lookupAttr(rt, fn, Id.__qualname__) || lookupAttr(rt, fn, Id.__name__);
  if (name !== 0) temp(rt, name);
  const text = name !== 0 && isStr(rt, name) ? strText(rt, name) : '?';
  const self = reprText(rt, rt.words[method + MethodWord.Self]);
  return releaseKeeping(rt, m, newStr(rt, `<bound method ${text} of ${self}>`));
}

function methodNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'method() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n !== 2) typeError(rt, `method expected 2 arguments, got ${n}`);
  const fn = H[args + TupleWord.Items];
  const self = H[args + TupleWord.Items + 1];
  if (H[H[fn + ObjectWord.Type] + TypeWord.Call] === 0) typeError(rt, 'first argument must be callable');
  if (self === S.None) typeError(rt, 'instance must not be None');
  return newMethod(rt, fn, self);
}

function methodReduce(rt: Runtime, method: Ref): Owned {
  const builtins = temp(rt, rt.importModule('builtins'));
  const getattr = temp(rt, getAttrText(rt, builtins, 'getattr'));
  const name = temp(rt, getAttr(rt, rt.words[method + MethodWord.Function], Id.__name__));
  const args = tupleTake(rt, newRef(rt, rt.words[method + MethodWord.Self]), newRef(rt, name));
  return tupleTake(rt, newRef(rt, getattr), args);
}

/** Source: CPython 3.12 method_dealloc. */
function deallocMethod(rt: Runtime, method: Ref): void {
  untrack(rt, method);
  clearWeakrefs(rt, method);
  clearWord(rt, method + MethodWord.Function);
  clearWord(rt, method + MethodWord.Self);
  freeObject(rt, method);
}

defineType({
  ref: T.method,
  name: 'method',
  basicSize: 48,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [MethodWord.Function, MethodWord.Self],
  weakListWord: MethodWord.WeakList,
  dealloc: deallocMethod,
  doc: 'method(function, instance, /)\n--\n\nCreate a bound instance method object.',
  slots: {
    repr: methodRepr,
    hash: methodHash,
    call: (rt, self, args, kwargs) => callSpreadTo(rt, methodVectorcall, self, args, kwargs),
    instanceVectorcall: methodVectorcall,
    getattro: methodGetAttr,
    richcompare: methodCompare,
    new: methodNew,
  },
  methods: [native('__reduce__($self, /)', methodReduce, { doc: 'Helper for pickle.' })],
  members: [
    member('__func__', MethodWord.Function, 0, true, 'the function (or other callable) implementing a method'),
    member('__self__', MethodWord.Self, 0, true, 'the instance to which a method is bound'),
  ],
  getset: [getset('__doc__', (rt, method) => getAttr(rt, rt.words[method + MethodWord.Function], Id.__doc__))],
});

function cellRepr(rt: Runtime, cell: Ref): Owned {
  const value = rt.words[cell + CellWord.Value];
  const at = hexAddress(cell);
  if (value === 0) return newStr(rt, `<cell at ${at}: empty>`);
  return newStr(rt, `<cell at ${at}: ${kindName(rt, value)} object at ${hexAddress(value)}>`);
}

function cellCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  if (H[a + ObjectWord.Type] !== T.cell || H[b + ObjectWord.Type] !== T.cell) return NOT_IMPLEMENTED;
  const x = H[a + CellWord.Value];
  const y = H[b + CellWord.Value];
  if (x !== 0 && y !== 0) return richCompare(rt, x, y, op);
  const left = x === 0 ? 0 : 1;
  const right = y === 0 ? 0 : 1;
  const results = [left < right, left <= right, left === right, left !== right, left > right, left >= right];
  return pyBool(results[op]) as Owned;
}

function getContents(rt: Runtime, cell: Ref): Owned {
  const value = rt.words[cell + CellWord.Value];
  if (value === 0) valueError(rt, 'Cell is empty');
  return newRef(rt, value);
}

function setContents(rt: Runtime, cell: Ref, value: Ref): void {
  setWord(rt, cell + CellWord.Value, value === 0 ? 0 : newRef(rt, value));
}

function cellNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'cell() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n > 1) typeError(rt, `cell expected at most 1 argument, got ${n}`);
  return newCell(rt, n === 0 ? 0 : newRef(rt, H[args + TupleWord.Items]));
}

defineType({
  ref: T.cell,
  name: 'cell',
  basicSize: 24,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [CellWord.Value],
  doc:
    'cell([contents])\n--\n\nCreate a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n' +
    '    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.',
  slots: { repr: cellRepr, richcompare: cellCompare, new: cellNew },
  getset: [getset('cell_contents', getContents, setContents)],
});
