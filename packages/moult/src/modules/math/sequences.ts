/** fsum, prod, sumprod, dist, hypot. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { overflowError, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue, newFloat, newInt } from '../../core/int.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { add, multiply } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { T } from '../../core/static.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { isTuple } from '../../core/types.ts';
import { intToFloat } from '../../numeric/int-float.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { newInteger } from './arguments.ts';
import { ExactSum, twoProduct, vectorLength } from './sums.ts';
import { listFromIterable } from '../../core/list.ts';

function fsum(rt: Runtime, _module: Ref, iterable: Ref): Owned {
  const it = temp(rt, iter(rt, iterable));
  const sum = new ExactSum();
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    sum.add(toFloat(rt, item));
    dropTemp(rt, item);
  }
  if (sum.overflowed) overflowError(rt, 'intermediate overflow in fsum');
  if (sum.mixed) valueError(rt, '-inf + inf in fsum');
  return newFloat(rt, sum.result());
}

function prod(rt: Runtime, _module: Ref, iterable: Ref, start = 0): Owned {
  const m = tempMark(rt);
  const it = temp(rt, iter(rt, iterable));
  let result = start === 0 ? newInt(rt, 1) : newRef(rt, start);
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, result);
    temp(rt, item);
    const next = multiply(rt, result, item);
    result = releaseKeeping(rt, tempMark(rt) - 2, next);
  }
  return releaseKeeping(rt, m, result);
}

/** The sum of products; ints and floats are summed exactly, anything else as Python would. */
function sumprod(rt: Runtime, _module: Ref, p: Ref, q: Ref): Owned {
  const left = temp(rt, listFromIterable(rt, p));
  const right = temp(rt, listFromIterable(rt, q));
  const n = fastSize(rt, left);
  if (n !== fastSize(rt, right)) valueError(rt, 'Inputs are not the same length');
  const kinds = kindsOf(rt, left, n) | kindsOf(rt, right, n);
  if (kinds === 0 || kinds === Kind.Int) return integerSum(rt, left, right, n);
  return (kinds & Kind.Other) === 0 ? floatSum(rt, left, right, n) : generalSum(rt, left, right, n);
}

const enum Kind {
  Int = 1,
  Float = 2,
  Other = 4,
}

function kindsOf(rt: Runtime, list: Ref, n: number): number {
  let kinds = 0;
  for (let i = 0; i < n; i++) {
    const type = rt.words[fastItem(rt, list, i) + ObjectWord.Type];
    kinds |= type === T.int || type === T.bool ? Kind.Int : type === T.float ? Kind.Float : Kind.Other;
  }
  return kinds;
}

function integerSum(rt: Runtime, left: Ref, right: Ref, n: number): Owned {
  let sum = 0n;
  for (let i = 0; i < n; i++) sum += bigIntValue(rt, fastItem(rt, left, i)) * bigIntValue(rt, fastItem(rt, right, i));
  return newInteger(rt, sum);
}

function doubleOf(rt: Runtime, o: Ref): number {
  return rt.words[o + ObjectWord.Type] === T.float ? floatValue(rt, o) : intToFloat(bigIntValue(rt, o));
}

function floatSum(rt: Runtime, left: Ref, right: Ref, n: number): Owned {
  const sum = new ExactSum();
  let plain = 0;
  for (let i = 0; i < n; i++) {
    const x = doubleOf(rt, fastItem(rt, left, i));
    const y = doubleOf(rt, fastItem(rt, right, i));
    plain += x * y;
    const [product, error] = twoProduct(x, y);
    sum.add(product);
    if (Number.isFinite(error)) sum.add(error);
  }
  const exact = sum.result();
  return newFloat(rt, Number.isFinite(plain) && Number.isFinite(exact) && !sum.overflowed ? exact : plain);
}

function generalSum(rt: Runtime, left: Ref, right: Ref, n: number): Owned {
  const m = tempMark(rt);
  let total: Ref = newInt(rt, 0);
  for (let i = 0; i < n; i++) {
    temp(rt, total as Owned);
    const product = temp(rt, multiply(rt, fastItem(rt, left, i), fastItem(rt, right, i)));
    total = releaseKeeping(rt, m, add(rt, total, product));
  }
  return total as Owned;
}

function hypot(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const values: number[] = [];
  for (let i = 0; i < nargs; i++) values.push(toFloat(rt, rt.words[args + i]));
  return newFloat(rt, vectorLength(values));
}

function asTuple(rt: Runtime, o: Ref): Ref {
  return isTuple(rt, o) ? o : temp(rt, sequenceFast(rt, o, 'dist() argument must be an iterable'));
}

function dist(rt: Runtime, _module: Ref, p: Ref, q: Ref): Owned {
  const left = asTuple(rt, p);
  const right = asTuple(rt, q);
  const n = rt.words[left + TupleWord.Size];
  if (n !== rt.words[right + TupleWord.Size]) {
    valueError(rt, 'both points must have the same number of dimensions');
  }
  const values: number[] = [];
  for (let i = 0; i < n; i++) {
    const x = toFloat(rt, itemOf(rt, left, i));
    values.push(Math.abs(x - toFloat(rt, itemOf(rt, right, i))));
  }
  return newFloat(rt, vectorLength(values));
}

function itemOf(rt: Runtime, sequence: Ref, i: number): Ref {
  if (i >= rt.words[sequence + TupleWord.Size]) typeError(rt, 'both points must be sequences');
  return isTuple(rt, sequence) ? rt.words[sequence + TupleWord.Items + i] : fastItem(rt, sequence, i);
}

/** The functions of this file. */
export const SEQUENCE_FUNCTIONS = [
  native('fsum($module, seq, /)', fsum, { doc: 'The sum of numbers, rounded once.' }),
  native('prod($module, iterable, /, *, start=1)', prod, { doc: 'The product of the items.' }),
  native('sumprod($module, p, q, /)', sumprod, { doc: 'The sum of products of items.' }),
  native('dist($module, p, q, /)', dist, { doc: 'The distance of two points.' }),
  nativeRaw('hypot', hypot, { doc: 'hypot(*coordinates) -> value\n\nThe length of a vector.' }),
];
