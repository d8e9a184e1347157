/** Between dicts and the keyword arguments of a vectorcall: a tuple of names, and values in words. */
import { incref, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { temp, untemp } from '../temps.ts';
import { newTuple } from '../tuple.ts';
import { isStr } from '../types.ts';
import { dictKeyAt, dictLength, dictNext, dictValueAt } from './get.ts';
import { newDictPresized } from './make.ts';
import { dictSet } from './set.ts';

/** A dict of `n` keys and values in words, `step` apart each. @runsPython
 *  Source: CPython 3.12 _PyDict_FromItems. */
export function dictFromItems(
  rt: Runtime,
  keys: number,
  keyStep: number,
  values: number,
  valueStep: number,
  n: number,
): Owned {
  const H = rt.words;
  let unicode = true;
  for (let i = 0; i < n && unicode; i++) unicode = H[H[keys + i * keyStep] + ObjectWord.Type] === T.str;
  const d = temp(rt, newDictPresized(rt, n, unicode));
  for (let i = 0; i < n; i++) dictSet(rt, d, H[keys + i * keyStep], H[values + i * valueStep]);
  return untemp(rt, d);
}

/** The dict of the names in the tuple `kwnames` and as many values in words from `values` on. */
export function dictFromKeywords(rt: Runtime, kwnames: Ref, values: number): Owned {
  return dictFromItems(rt, kwnames + TupleWord.Items, 1, values, 1, rt.words[kwnames + TupleWord.Size]);
}

/** A tuple of the keys; the values, borrowed, go to the words from `values` on. Raises TypeError if a key is no str.
 *  Source: CPython 3.12 _PyStack_UnpackDict. */
export function keywordsFromDict(rt: Runtime, kwargs: Ref, values: number): Owned {
  const H = rt.words;
  const names = newTuple(rt, dictLength(rt, kwargs));
  let n = 0;
  let allStrings = true;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const key = dictKeyAt(rt, kwargs, i);
    if (!isStr(rt, key)) allStrings = false;
    incref(rt, key);
    H[names + TupleWord.Items + n] = key;
    H[values + n++] = dictValueAt(rt, kwargs, i);
  }
  if (allStrings) return names;
  temp(rt, names);
  return typeError(rt, 'keywords must be strings');
}

/** Raises TypeError unless all keys are strings. Source: CPython 3.12 PyArg_ValidateKeywordArguments. */
export function requireStringKeys(rt: Runtime, kwargs: Ref): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    if (!isStr(rt, dictKeyAt(rt, kwargs, i))) typeError(rt, 'keywords must be strings');
  }
}

/** Stores keyword arguments in a dict. @runsPython (a value that is replaced may die) */
export function dictSetKeywords(rt: Runtime, d: Ref, kwnames: Ref, values: number): void {
  const H = rt.words;
  const n = H[kwnames + TupleWord.Size];
  for (let i = 0; i < n; i++) dictSet(rt, d, H[kwnames + TupleWord.Items + i], H[values + i]);
}
