/** `min` and `max`. Source: CPython 3.12 min_max. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { dictFromKeywords } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { nativeRaw } from '../../core/native.ts';
import { compareBool, iter, iterNext } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { tupleFromWords, tupleItem, tupleSize } from '../../core/tuple.ts';

interface Keywords {
  key: Ref;
  fallback: Ref;
}

function keywordsOf(rt: Runtime, name: string, values: number, kwnames: Ref): Keywords {
  const found: Keywords = { key: 0, fallback: 0 };
  const n = kwnames === 0 ? 0 : tupleSize(rt, kwnames);
  for (let i = 0; i < n; i++) {
    const keyword = strText(rt, tupleItem(rt, kwnames, i));
    if (keyword === 'key') found.key = rt.words[values + i];
    else if (keyword === 'default') found.fallback = rt.words[values + i];
    else typeError(rt, `'${keyword}' is an invalid keyword argument for ${name}()`);
  }
  if (found.key === (S.None as number)) found.key = 0;
  return found;
}

function extreme(rt: Runtime, name: string, op: number, args: number, nargs: number, kwnames: Ref): Owned {
  if (nargs === 0) typeError(rt, `${name} expected at least 1 argument, got 0`);
  const { key, fallback } = keywordsOf(rt, name, args + nargs, kwnames);
  const positional = nargs > 1;
  const all = temp(rt, tupleFromWords(rt, args, nargs));
  if (kwnames !== 0) temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  if (positional && fallback !== 0) {
    typeError(rt, `Cannot specify a default for ${name}() with multiple positional arguments`);
  }
  const values = positional ? all : rt.words[args];
  const it = temp(rt, iter(rt, values));
  const winner = search(rt, it, key, op);
  if (winner !== 0) return winner;
  if (fallback !== 0) return newRef(rt, fallback);
  return valueError(rt, `${name}() iterable argument is empty`);
}

/** The winning item, owned; 0 when there is none. Leaves temporaries. @runsPython */
function search(rt: Runtime, it: Ref, key: Ref, op: number): Owned | 0 {
  let best = 0;
  let bestValue = 0;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    const value = temp(rt, key === 0 ? newRef(rt, item) : call1(rt, key, item));
    if (best === 0) {
      best = item;
      bestValue = value;
    } else if (compareBool(rt, value, bestValue, op)) {
      replaceBest(rt);
      best = item;
      bestValue = value;
    } else {
      dropTemp(rt, value);
      dropTemp(rt, item);
    }
  }
  return best === 0 ? 0 : newRef(rt, best);
}

/** The four newest temporaries are best, its value, item, value: the newer pair takes the older one's place. */
function replaceBest(rt: Runtime): void {
  const H = rt.words;
  const top = H[RootNum.TempTop];
  const best = H[top - 4];
  const bestValue = H[top - 3];
  H[top - 4] = H[top - 2];
  H[top - 3] = H[top - 1];
  H[top - 2] = bestValue;
  H[top - 1] = best;
  dropTemp(rt, best);
  dropTemp(rt, bestValue);
}

export const EXTREME_FUNCTIONS = [
  nativeRaw('max', (rt, _m, args, nargs, kwnames) => extreme(rt, 'max', CompareOp.Gt, args, nargs, kwnames), {
    keywords: true,
    doc: 'max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nThe largest item.',
  }),
  nativeRaw('min', (rt, _m, args, nargs, kwnames) => extreme(rt, 'min', CompareOp.Lt, args, nargs, kwnames), {
    keywords: true,
    doc: 'min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nThe smallest item.',
  }),
];
