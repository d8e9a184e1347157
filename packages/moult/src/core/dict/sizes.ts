/** Metered sizes of dicts, as `sys.getsizeof` shows them without the collector's head. */
import { DictWord, HeapRoot, keysBytes, KeysInfo, KeysWord } from '@moult/heap';
import type { DictKeysKind, Ref } from '@moult/heap';
import type { Runtime } from '../runtime.ts';
import { sharedCapacity } from './make.ts';

/** Bytes of a keys record. Source: CPython 3.12 _PyDict_KeysSize. */
export function keysSize(rt: Runtime, keys: number): number {
  const info = rt.words[keys + KeysWord.Info];
  const kind: DictKeysKind = info >> KeysInfo.KindShift;
  return keysBytes(info & KeysInfo.SizeMask, kind);
}

/** Bytes of the tables of a dict: its own keys, or its values. Source: CPython 3.12 _PyDict_SizeOf. */
export function dictTableSize(rt: Runtime, d: Ref): number {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  const values = H[d + DictWord.Values] === 0 ? 0 : 8 * sharedCapacity(H, keys);
  const owned = H[keys + KeysWord.RefCount] === 1 && keys !== H[HeapRoot.EmptyKeys];
  return values + (owned ? keysSize(rt, keys) : 0);
}
