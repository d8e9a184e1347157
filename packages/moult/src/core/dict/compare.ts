/** Equality of dicts. */
import { DictWord, KeysWord, newRef } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { CompareOp } from '../functions.ts';
import { compareBool } from '../protocol/compare.ts';
import type { Runtime } from '../runtime.ts';
import { dropTemp, temp } from '../temps.ts';
import { dictGetHash, dictHashOfEntry } from './get.ts';
import { keyWord, valueWord } from './lookup.ts';

/** Whether two dicts have equal keys with equal values. @runsPython
 *  Source: CPython 3.12 dict_equal. */
export function dictEqual(rt: Runtime, a: Ref, b: Ref): boolean {
  const H = rt.words;
  if (H[a + DictWord.Used] !== H[b + DictWord.Used]) return false;
  for (let ix = 0; ix < H[H[a + DictWord.Keys] + KeysWord.NumEntries]; ix++) {
    const key = H[keyWord(H, H[a + DictWord.Keys], ix)];
    if (key === 0) continue;
    const value = H[valueWord(H, a, ix)];
    if (value !== 0 && !hasEqualItem(rt, b, ix, a, key, value)) return false;
  }
  return true;
}

function hasEqualItem(rt: Runtime, d: Ref, ix: number, from: Ref, key: Ref, value: Ref): boolean {
  const lo = dictHashOfEntry(rt, from, ix);
  const hi = rt.hashHigh;
  temp(rt, newRef(rt, value));
  temp(rt, newRef(rt, key));
  const other = dictGetHash(rt, d, key, lo, hi);
  let equal = false;
  if (other !== 0) {
    temp(rt, newRef(rt, other));
    equal = compareBool(rt, value, other, CompareOp.Eq);
    dropTemp(rt, other);
  }
  dropTemp(rt, key);
  dropTemp(rt, value);
  return equal;
}
