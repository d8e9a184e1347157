/** Versions that inline caches compare: of a dict (bumped by every change) and of a keys record (its set of keys). */
import { DictWord, KeysWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { RootNum } from '../roots.ts';
import type { Runtime } from '../runtime.ts';

/** The dict's version: different after any change of its contents. */
export function dictVersion(rt: Runtime, d: Ref): number {
  return rt.words[d + DictWord.Version];
}

/** The version of a keys record, given out now if it has none; the record sets it to 0 when a key comes or goes. 0 when
 *  the numbers are used up. Source: CPython 3.12 _PyDictKeys_GetVersionForCurrentState. */
export function keysVersion(rt: Runtime, keys: number): number {
  const H = rt.words;
  const known = H[keys + KeysWord.Version];
  if (known !== 0) return known;
  const next = H[RootNum.NextDictKeysVersion];
  if (next === 0) return 0;
  H[RootNum.NextDictKeysVersion] = (next + 1) | 0;
  H[keys + KeysWord.Version] = next;
  return next;
}
