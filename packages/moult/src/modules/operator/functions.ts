/** The functions of `_operator`: each operator as a function. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { CompareOp, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { BinarySlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { compareBool, isTrue, richCompare } from '../../core/protocol/compare.ts';
import { contains, getItem, isSequence, lengthHint, setItem } from '../../core/protocol/item.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import * as number from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S } from '../../core/static.ts';
import { bytesData, strKind, strText } from '../../core/str.ts';
import { dropTemp, temp, tempMark, releaseTemps } from '../../core/temps.ts';
import { isBytes, isInt, isIterable, isStr, kindName } from '../../core/types.ts';
import { exactIndex } from '../../objects/range/parts.ts';

type Binary = (rt: Runtime, a: Ref, b: Ref) => Owned;
type Unary = (rt: Runtime, a: Ref) => Owned;

function binary(name: string, doc: string, fn: Binary): NativeDefinition {
  return native(`${name}($module, a, b, /)`, (rt, _module, a, b) => fn(rt, a, b), { doc: `Same as ${doc}.` });
}

function unary(name: string, doc: string, fn: Unary): NativeDefinition {
  return native(`${name}($module, a, /)`, (rt, _module, a) => fn(rt, a), { doc: `Same as ${doc}` });
}

function compare(name: string, symbol: string, op: CompareOp): NativeDefinition {
  return binary(name, `a ${symbol} b`, (rt, a, b) => richCompare(rt, a, b, op));
}

/** A binary operator and its augmented form. */
function operator(
  name: string,
  inplaceName: string,
  symbol: string,
  word: number,
  inplaceWord: number,
): NativeDefinition[] {
  return [
    binary(name, `a ${symbol} b`, (rt, a, b) => number.binaryOp(rt, a, b, word, symbol)),
    binary(inplaceName, `a ${symbol}= b`, (rt, a, b) => number.inplaceOp(rt, a, b, inplaceWord, word, `${symbol}=`)),
  ];
}

/** `a + b` for sequences only. Source: CPython 3.12 PySequence_Concat. @runsPython */
function concat(rt: Runtime, a: Ref, b: Ref, inplace: boolean): Owned {
  const H = rt.words;
  const type = H[a + ObjectWord.Type];
  const slot = (inplace ? H[type + TypeWord.SqInplaceConcat] : 0) || H[type + TypeWord.SqConcat];
  if (slot !== 0) return (SLOT_FUNCTIONS[slot] as BinarySlot)(rt, a, b);
  if (isSequence(rt, a) && isSequence(rt, b)) {
    const result = inplace ? number.inplaceAdd(rt, a, b) : number.binarySlots(rt, a, b, TypeWord.NbAdd);
    if (result !== (S.NotImplemented as number)) return result;
  }
  return typeError(rt, `'${kindName(rt, a)}' object can't be concatenated`);
}

/** Calls `found` for every position where the item is `value`, until it says stop. @runsPython */
function search(rt: Runtime, o: Ref, value: Ref, found: (i: number) => boolean): void {
  if (!isIterable(rt, o)) typeError(rt, `argument of type '${kindName(rt, o)}' is not iterable`);
  const m = tempMark(rt);
  const it = temp(rt, iter(rt, o));
  let i = 0;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it), i++) {
    temp(rt, item);
    const equal = compareBool(rt, item, value, CompareOp.Eq);
    dropTemp(rt, item);
    if (equal && found(i)) break;
  }
  releaseTemps(rt, m);
}

function countOf(rt: Runtime, o: Ref, value: Ref): Owned {
  let n = 0;
  search(rt, o, value, () => {
    n++;
    return false;
  });
  return newInt(rt, n);
}

function indexOf(rt: Runtime, o: Ref, value: Ref): Owned {
  let at = -1;
  search(rt, o, value, (i) => {
    at = i;
    return true;
  });
  return at < 0 ? valueError(rt, 'sequence.index(x): x not in sequence') : newInt(rt, at);
}

function hint(rt: Runtime, _module: Ref, o: Ref, fallback: Ref): Owned {
  if (fallback !== 0 && !isInt(rt, fallback)) {
    typeError(rt, `'${kindName(rt, fallback)}' object cannot be interpreted as an integer`);
  }
  return newInt(rt, lengthHint(rt, o, fallback === 0 ? 0 : asSsize(rt, fallback)));
}

function call(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (nargs < 1) typeError(rt, 'call expected at least 1 argument, got 0');
  return vectorcall(rt, rt.words[args], args + 1, nargs - 1, kwnames);
}

/** Compares two ASCII strings or two `bytes`; in a runtime without secrets the time is of no matter. */
function compareDigest(rt: Runtime, a: Ref, b: Ref): Owned {
  if (isStr(rt, a) && isStr(rt, b)) {
    if (strKind(rt, a) + strKind(rt, b) !== 0)
      typeError(rt, 'comparing strings with non-ASCII characters is not supported');
    return pyBool(strText(rt, a) === strText(rt, b)) as Owned;
  }
  if (isBytes(rt, a) && isBytes(rt, b)) {
    const x = bytesData(rt, a);
    const y = bytesData(rt, b);
    return pyBool(x.length === y.length && x.every((byte, i) => byte === y[i])) as Owned;
  }
  return typeError(
    rt,
    `unsupported operand types(s) or combination of types: '${kindName(rt, a)}' and '${kindName(rt, b)}'`,
  );
}

export const OPERATOR_FUNCTIONS: readonly NativeDefinition[] = [
  unary('truth', 'bool(a).', (rt, a) => pyBool(isTrue(rt, a)) as Owned),
  binary('contains', 'b in a (note reversed operands)', (rt, a, b) => pyBool(contains(rt, a, b)) as Owned),
  binary('indexOf', 'a.index(b)', indexOf),
  binary('countOf', 'a.count(b)', countOf),
  binary('is_', 'a is b', (_rt, a, b) => pyBool(a === b) as Owned),
  binary('is_not', 'a is not b', (_rt, a, b) => pyBool(a !== b) as Owned),
  binary('add', 'a + b', number.add),
  binary('iadd', 'a += b', number.inplaceAdd),
  binary('mul', 'a * b', number.multiply),
  binary('imul', 'a *= b', number.inplaceMultiply),
  binary('pow', 'a ** b', (rt, a, b) => number.power(rt, a, b, S.None)),
  binary('ipow', 'a **= b', number.inplacePower),
  ...operator('sub', 'isub', '-', TypeWord.NbSubtract, TypeWord.NbInplaceSubtract),
  ...operator('matmul', 'imatmul', '@', TypeWord.NbMatrixMultiply, TypeWord.NbInplaceMatrixMultiply),
  ...operator('floordiv', 'ifloordiv', '//', TypeWord.NbFloorDivide, TypeWord.NbInplaceFloorDivide),
  ...operator('truediv', 'itruediv', '/', TypeWord.NbTrueDivide, TypeWord.NbInplaceTrueDivide),
  ...operator('mod', 'imod', '%', TypeWord.NbRemainder, TypeWord.NbInplaceRemainder),
  ...operator('lshift', 'ilshift', '<<', TypeWord.NbLshift, TypeWord.NbInplaceLshift),
  ...operator('rshift', 'irshift', '>>', TypeWord.NbRshift, TypeWord.NbInplaceRshift),
  ...operator('and_', 'iand', '&', TypeWord.NbAnd, TypeWord.NbInplaceAnd),
  ...operator('xor', 'ixor', '^', TypeWord.NbXor, TypeWord.NbInplaceXor),
  ...operator('or_', 'ior', '|', TypeWord.NbOr, TypeWord.NbInplaceOr),
  unary('neg', '-a.', (rt, a) => number.unaryOp(rt, a, TypeWord.NbNegative, '-')),
  unary('pos', '+a.', (rt, a) => number.unaryOp(rt, a, TypeWord.NbPositive, '+')),
  unary('abs', 'abs(a).', (rt, a) => number.unaryOp(rt, a, TypeWord.NbAbsolute, 'abs()')),
  unary('inv', '~a.', (rt, a) => number.unaryOp(rt, a, TypeWord.NbInvert, '~')),
  unary('invert', '~a.', (rt, a) => number.unaryOp(rt, a, TypeWord.NbInvert, '~')),
  unary('index', 'a.__index__()', exactIndex),
  unary('not_', 'not a.', (rt, a) => pyBool(!isTrue(rt, a)) as Owned),
  binary('concat', 'a + b, for a and b sequences', (rt, a, b) => concat(rt, a, b, false)),
  binary('iconcat', 'a += b, for a and b sequences', (rt, a, b) => concat(rt, a, b, true)),
  binary('getitem', 'a[b]', getItem),
  native('setitem($module, a, b, c, /)', (rt, _module, a, b, c) => (setItem(rt, a, b, c), none()), {
    doc: 'Same as a[b] = c.',
  }),
  binary('delitem', 'del a[b]', (rt, a, b) => (setItem(rt, a, b, 0), none())),
  compare('eq', '==', CompareOp.Eq),
  compare('ne', '!=', CompareOp.Ne),
  compare('lt', '<', CompareOp.Lt),
  compare('le', '<=', CompareOp.Le),
  compare('gt', '>', CompareOp.Gt),
  compare('ge', '>=', CompareOp.Ge),
  native('length_hint($module, obj, default=0, /)', hint, {
    doc: 'Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building from an iterable.',
  }),
  nativeRaw('call', call, {
    keywords: true,
    signature: '($module, obj, /, *args, **kwargs)',
    doc: 'Same as obj(*args, **kwargs).',
  }),
  binary('_compare_digest', 'a == b', compareDigest),
];
