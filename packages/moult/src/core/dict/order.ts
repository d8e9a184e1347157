/** Insertion order of a values record: bytes, four to a word, below the values (`ValuesWord`). */
import { ValuesInfo, ValuesWord } from '@moult/heap';

/** The entry number that was inserted as number `i`. */
export function orderAt(H: Int32Array, values: number, i: number): number {
  return (H[values + ValuesWord.Order - (i >> 2)] >>> ((i & 3) << 3)) & 0xff;
}

function setOrder(H: Int32Array, values: number, i: number, ix: number): void {
  const word = values + ValuesWord.Order - (i >> 2);
  const shift = (i & 3) << 3;
  H[word] = (H[word] & ~(0xff << shift)) | (ix << shift);
}

/** How many values are in the record. */
function orderLength(H: Int32Array, values: number): number {
  return H[values + ValuesWord.Info] >> ValuesInfo.UsedShift;
}

/** Appends entry `ix`. Source: CPython 3.12 _PyDictValues_AddToInsertionOrder. */
export function orderAppend(H: Int32Array, values: number, ix: number): void {
  setOrder(H, values, H[values + ValuesWord.Info] >> ValuesInfo.UsedShift, ix);
  H[values + ValuesWord.Info] += 1 << ValuesInfo.UsedShift;
}

/** Takes entry `ix` out. Source: CPython 3.12 delete_index_from_values. */
export function orderRemove(H: Int32Array, values: number, ix: number): void {
  const n = orderLength(H, values);
  let i = 0;
  while (orderAt(H, values, i) !== ix) i++;
  for (; i < n - 1; i++) setOrder(H, values, i, orderAt(H, values, i + 1));
  H[values + ValuesWord.Info] -= 1 << ValuesInfo.UsedShift;
}
