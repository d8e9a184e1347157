/** How many bytes of CPython's count an object takes, with everything that belongs to it alone. */
import {
  addBlocksOf,
  DictWord,
  HeadWord,
  keysBytes,
  KeysInfo,
  KeysWord,
  ObjectWord,
  TypeFlag,
  TypeWord,
  valuesBytes,
  valuesCapacity,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { intBytes } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { BytesWord } from '../../core/layout/text.ts';
import { strBytes, strKind, strLength } from '../../core/str.ts';
import { isDict } from '../../core/types.ts';

const BYTES_HEAD = 33;

/** Metered bytes: blocks, collector's head, inline attributes, an unshared keys record. */
export function metered(rt: Runtime, o: Ref): number {
  const H = rt.words;
  switch (H[o + ObjectWord.Type]) {
    case T.str:
      return strBytes(strKind(rt, o), strLength(rt, o));
    case T.bytes:
      return BYTES_HEAD + H[o + BytesWord.Size];
    case T.int:
    case T.bool:
      return intBytes(rt, o);
  }
  let nbytes = 0;
  addBlocksOf(rt, o, (block) => (nbytes += block));
  return nbytes + recordBytes(rt, o);
}

/** Values kept inline, and a dict's tables. */
function recordBytes(rt: Runtime, o: Ref): number {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  let nbytes = 0;
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0 && H[o + HeadWord.DictOrValues] < 0) {
    nbytes += valuesBytes(valuesCapacity(H, -H[o + HeadWord.DictOrValues]));
  }
  if (!isDict(rt, o)) return nbytes;
  const keys = H[o + DictWord.Keys];
  if (H[o + DictWord.Values] !== 0) nbytes += valuesBytes(valuesCapacity(H, H[o + DictWord.Values]));
  else if (H[keys] === 1)
    nbytes += keysBytes(H[keys + KeysWord.Info] & KeysInfo.SizeMask, H[keys + KeysWord.Info] >> KeysInfo.KindShift);
  return nbytes;
}
