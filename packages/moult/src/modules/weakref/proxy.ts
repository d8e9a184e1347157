/** The types `weakref.ProxyType` and `weakref.CallableProxyType`: every operation goes to the object, as long as it lives. */
import {
  deallocWeakref,
  LayoutKind,
  newRef,
  ObjectWord,
  TypeFlag,
  TypeWord,
  WeakrefWord,
  weakrefObject,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1, callWithTuple } from '../../core/call.ts';
import { raise, typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import {
  binaryOp,
  contains,
  getAttr,
  getAttrText,
  getItem,
  hexAddress,
  index,
  inplaceAdd,
  inplaceMultiply,
  inplaceOp,
  inplacePower,
  isIterator,
  isTrue,
  iter,
  iterNext,
  length,
  multiply,
  power,
  richCompare,
  setAttr,
  setItem,
  str,
  unaryOp,
  add,
} from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import type { Slots } from '../../core/type-spec.ts';
import { kindName } from '../../core/types.ts';

function isProxy(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return type === T.weakProxy || type === T.weakCallableProxy;
}

/** The object of a proxy, or `o` itself; held by the temporaries. Raises ReferenceError when it is dead. */
function unwrap(rt: Runtime, o: Ref): Ref {
  if (!isProxy(rt, o)) return temp(rt, newRef(rt, o));
  const target = weakrefObject(rt, o);
  if (target === 0) raise(rt, T.ReferenceError, 'weakly-referenced object no longer exists');
  return temp(rt, newRef(rt, target));
}

type Unary = (rt: Runtime, a: Ref) => Owned;
type Binary = (rt: Runtime, a: Ref, b: Ref) => Owned;

function unary(operation: Unary): Unary {
  return (rt, self) => {
    const m = tempMark(rt);
    return releaseKeeping(rt, m, operation(rt, unwrap(rt, self)));
  };
}

function binary(operation: Binary): Binary {
  return (rt, left, right) => {
    const m = tempMark(rt);
    const a = unwrap(rt, left);
    return releaseKeeping(rt, m, operation(rt, a, unwrap(rt, right)));
  };
}

const binarySlot = (word: number, symbol: string): Binary => binary((rt, a, b) => binaryOp(rt, a, b, word, symbol));
const inplaceSlot = (inplace: number, word: number, symbol: string): Binary =>
  binary((rt, a, b) => inplaceOp(rt, a, b, inplace, word, symbol));

/** Runs `operation` on the object and lets it go. */
function withTarget<R>(rt: Runtime, self: Ref, operation: (target: Ref) => R): R {
  const m = tempMark(rt);
  const result = operation(unwrap(rt, self));
  releaseTemps(rt, m);
  return result;
}

function proxyRepr(rt: Runtime, self: Ref): Owned {
  const o = weakrefObject(rt, self);
  const kind = o === 0 ? 'NoneType' : kindName(rt, o);
  return newStr(rt, `<weakproxy at ${hexAddress(self)} to ${kind} at ${hexAddress(o)}>`);
}

function proxyNext(rt: Runtime, self: Ref): Owned | 0 {
  return withTarget(rt, self, (o) => {
    if (!isIterator(rt, o)) typeError(rt, `Weakref proxy referenced a non-iterator '${kindName(rt, o)}' object`);
    return iterNext(rt, o);
  });
}

const SLOTS: Slots = {
  repr: proxyRepr,
  str: unary(str),
  hash: null,
  getattro: (rt, self, name) => {
    const m = tempMark(rt);
    return releaseKeeping(rt, m, getAttr(rt, unwrap(rt, self), name));
  },
  setattro: (rt, self, name, value) => {
    withTarget(rt, self, (o) => {
      setAttr(rt, o, name, value);
    });
  },
  richcompare: (rt, left, right, op) => binary((r, a, b) => richCompare(r, a, b, op))(rt, left, right),
  iter: unary(iter),
  iternext: proxyNext,
  nbAdd: binary(add),
  nbSubtract: binarySlot(TypeWord.NbSubtract, '-'),
  nbMultiply: binary(multiply),
  nbRemainder: binarySlot(TypeWord.NbRemainder, '%'),
  nbDivmod: binarySlot(TypeWord.NbDivmod, 'divmod()'),
  nbPower: (rt, a, b, c) => {
    const m = tempMark(rt);
    const x = unwrap(rt, a);
    const y = unwrap(rt, b);
    return releaseKeeping(rt, m, power(rt, x, y, unwrap(rt, c)));
  },
  nbNegative: unary((rt, o) => unaryOp(rt, o, TypeWord.NbNegative, '-')),
  nbPositive: unary((rt, o) => unaryOp(rt, o, TypeWord.NbPositive, '+')),
  nbAbsolute: unary((rt, o) => unaryOp(rt, o, TypeWord.NbAbsolute, 'abs()')),
  nbBool: (rt, self) => withTarget(rt, self, (o) => isTrue(rt, o)),
  nbInvert: unary((rt, o) => unaryOp(rt, o, TypeWord.NbInvert, '~')),
  nbLshift: binarySlot(TypeWord.NbLshift, '<<'),
  nbRshift: binarySlot(TypeWord.NbRshift, '>>'),
  nbAnd: binarySlot(TypeWord.NbAnd, '&'),
  nbXor: binarySlot(TypeWord.NbXor, '^'),
  nbOr: binarySlot(TypeWord.NbOr, '|'),
  nbInt: unary((rt, o) => call1(rt, T.int, o)),
  nbFloat: unary((rt, o) => call1(rt, T.float, o)),
  nbInplaceAdd: binary(inplaceAdd),
  nbInplaceSubtract: inplaceSlot(TypeWord.NbInplaceSubtract, TypeWord.NbSubtract, '-='),
  nbInplaceMultiply: binary(inplaceMultiply),
  nbInplaceRemainder: inplaceSlot(TypeWord.NbInplaceRemainder, TypeWord.NbRemainder, '%='),
  nbInplacePower: (rt, a, b) => binary(inplacePower)(rt, a, b),
  nbInplaceLshift: inplaceSlot(TypeWord.NbInplaceLshift, TypeWord.NbLshift, '<<='),
  nbInplaceRshift: inplaceSlot(TypeWord.NbInplaceRshift, TypeWord.NbRshift, '>>='),
  nbInplaceAnd: inplaceSlot(TypeWord.NbInplaceAnd, TypeWord.NbAnd, '&='),
  nbInplaceXor: inplaceSlot(TypeWord.NbInplaceXor, TypeWord.NbXor, '^='),
  nbInplaceOr: inplaceSlot(TypeWord.NbInplaceOr, TypeWord.NbOr, '|='),
  nbFloorDivide: binarySlot(TypeWord.NbFloorDivide, '//'),
  nbTrueDivide: binarySlot(TypeWord.NbTrueDivide, '/'),
  nbInplaceFloorDivide: inplaceSlot(TypeWord.NbInplaceFloorDivide, TypeWord.NbFloorDivide, '//='),
  nbInplaceTrueDivide: inplaceSlot(TypeWord.NbInplaceTrueDivide, TypeWord.NbTrueDivide, '/='),
  nbIndex: unary(index),
  nbMatrixMultiply: binarySlot(TypeWord.NbMatrixMultiply, '@'),
  nbInplaceMatrixMultiply: inplaceSlot(TypeWord.NbInplaceMatrixMultiply, TypeWord.NbMatrixMultiply, '@='),
  mpLength: (rt, self) => withTarget(rt, self, (o) => length(rt, o)),
  mpSubscript: binary(getItem),
  mpAssSubscript: (rt, self, key, value) => {
    withTarget(rt, self, (o) => {
      setItem(rt, o, key, value);
    });
  },
  sqContains: (rt, self, value) => withTarget(rt, self, (o) => contains(rt, o, value)),
};

function callMethod(name: string): (rt: Runtime, self: Ref) => Owned {
  return (rt, self) => call0(rt, temp(rt, getAttrText(rt, unwrap(rt, self), name)));
}

const PARTS = {
  basicSize: 8 * WeakrefWord.Words,
  layout: LayoutKind.Fixed as LayoutKind,
  traverse: [WeakrefWord.Callback],
  dealloc: deallocWeakref as (rt: Runtime, o: Ref) => void,
} as const;

defineType({
  ref: T.weakProxy,
  name: 'weakref.ProxyType',
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  ...PARTS,
  slots: SLOTS,
  methods: [
    native('__bytes__($self, /)', callMethod('__bytes__'), { unsigned: true }),
    native('__reversed__($self, /)', callMethod('__reversed__'), { unsigned: true }),
  ],
});

defineType({
  ref: T.weakCallableProxy,
  name: 'weakref.CallableProxyType',
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  ...PARTS,
  slots: {
    ...SLOTS,
    call: (rt, self, args, kwargs) => {
      const m = tempMark(rt);
      return releaseKeeping(rt, m, callWithTuple(rt, unwrap(rt, self), args, kwargs));
    },
  },
});
