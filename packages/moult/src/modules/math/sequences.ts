/** fsum, prod, sumprod, dist, hypot. */
import { newRef, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { overflowError, valueError } from '../../core/errors.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { multiply } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleItem } from '../../core/tuple.ts';
import { isTuple } from '../../core/types.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { tupleFromIterable } from '../../objects/tuple/make.ts';
import { sumprod } from './sumprod.ts';
import { ExactSum, vectorLength } from './sums.ts';

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

function hypot(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const values: number[] = [];
  for (let i = 0; i < nargs; i++) values.push(toFloat(rt, rt.words[args + i]));
  return newFloat(rt, vectorLength(values));
}

function asTuple(rt: Runtime, o: Ref): Ref {
  return isTuple(rt, o) ? o : temp(rt, tupleFromIterable(rt, o));
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
    const x = toFloat(rt, tupleItem(rt, left, i));
    values.push(Math.abs(x - toFloat(rt, tupleItem(rt, right, i))));
  }
  return newFloat(rt, vectorLength(values));
}

/** The functions of this file. */
export const SEQUENCE_FUNCTIONS = [
  native('fsum($module, seq, /)', fsum, { doc: 'The sum of numbers, rounded once.' }),
  native('prod($module, iterable, /, *, start=1)', prod, { doc: 'The product of the items.' }),
  native('sumprod($module, p, q, /)', sumprod, { doc: 'The sum of products of items.' }),
  native('dist($module, p, q, /)', dist, { doc: 'The distance of two points.' }),
  nativeRaw('hypot', hypot, { doc: 'hypot(*coordinates) -> value\n\nThe length of a vector.' }),
];
