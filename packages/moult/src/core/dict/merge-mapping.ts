/** Merging what is no dict: mappings by `keys()`, and iterables of pairs. */
import { ListWord, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../call.ts';
import { caught, clearException, keyError, mark, pendingMatches, typeError, valueError } from '../errors.ts';
import { listFromIterable } from '../list.ts';
import { getAttrText } from '../protocol/attribute.ts';
import { getItem } from '../protocol/item.ts';
import { iter, iterNext } from '../protocol/iterate.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../temps.ts';
import { kindName } from '../types.ts';
import { dictContains } from './get.ts';
import { dictSet } from './set.ts';

/** What a merge does with a key that is there already. */
export const enum Override {
  Keep = 0,
  Replace = 1,
  /** Raises KeyError. */
  Refuse = 2,
}

const enum Pair {
  Key = 0,
  Value = 1,
}

/** Stores the items of a mapping for all of its `keys()`. @runsPython
 *  Source: CPython 3.12 dict_merge, second half. */
export function mergeMapping(rt: Runtime, target: Ref, source: Ref, override: Override): void {
  const H = rt.words;
  const keys = temp(rt, mappingKeys(rt, source));
  for (let i = 0; i < H[keys + ListWord.Size]; i++) {
    const key = temp(rt, newRef(rt, H[H[keys + ListWord.Items] + i]));
    if (override === Override.Replace || !dictContains(rt, target, key)) {
      const value = temp(rt, getItem(rt, source, key));
      dictSet(rt, target, key, value);
      dropTemp(rt, value);
    } else if (override === Override.Refuse) keyError(rt, key);
    dropTemp(rt, key);
  }
  dropTemp(rt, keys);
}

/** A list of `source.keys()`. @runsPython
 *  Source: CPython 3.12 PyMapping_Keys. */
function mappingKeys(rt: Runtime, source: Ref): Owned {
  const bottom = tempMark(rt);
  const method = temp(rt, getAttrText(rt, source, 'keys'));
  const keys = temp(rt, call0(rt, method));
  const m = mark(rt);
  let iterator: Owned;
  try {
    iterator = iter(rt, keys);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    const name = kindName(rt, source);
    return typeError(rt, `${name}.keys() returned a non-iterable (type ${kindName(rt, keys)})`);
  }
  temp(rt, iterator);
  return releaseKeeping(rt, bottom, listFromIterable(rt, iterator));
}

/** Stores the pairs that an iterable yields. @runsPython
 *  Source: CPython 3.12 PyDict_MergeFromSeq2. */
export function dictMergeFromSequence(rt: Runtime, target: Ref, source: Ref, override: boolean): void {
  const bottom = tempMark(rt);
  const iterator = temp(rt, iter(rt, source));
  let number = 0;
  for (let item = iterNext(rt, iterator); item !== 0; item = iterNext(rt, iterator)) {
    const inner = tempMark(rt);
    temp(rt, item);
    mergePair(rt, target, pairOf(rt, item, number), number, override);
    releaseTemps(rt, inner);
    number++;
  }
  releaseTemps(rt, bottom);
}

/** Element `number` as a tuple or list; a new list is a temporary.
 *  Source: CPython 3.12 PySequence_Fast. */
function pairOf(rt: Runtime, item: Ref, number: number): Ref {
  const type = rt.words[item + ObjectWord.Type];
  if (type === T.list || type === T.tuple) return item;
  const m = mark(rt);
  try {
    return temp(rt, listFromIterable(rt, item));
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, `cannot convert dictionary update sequence element #${number} to a sequence`);
  }
}

function mergePair(rt: Runtime, target: Ref, pair: Ref, number: number, override: boolean): void {
  const H = rt.words;
  const size = H[pair + TupleWord.Size];
  if (size !== 2) valueError(rt, `dictionary update sequence element #${number} has length ${size}; 2 is required`);
  const items = H[pair + ObjectWord.Type] === T.list ? H[pair + ListWord.Items] : pair + TupleWord.Items;
  const key = temp(rt, newRef(rt, H[items + Pair.Key]));
  const value = temp(rt, newRef(rt, H[items + Pair.Value]));
  if (override || !dictContains(rt, target, key)) dictSet(rt, target, key, value);
}
