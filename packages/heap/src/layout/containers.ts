/** Layouts of the containers that the collector knows by heart: tuple, list, dict with its tables. */

/** ```
 *   0          1      2      3 …
 *   │ refcount │ type │ size │ items …
 *   ``` */
export const enum TupleWord {
  Size = 2,
  Items = 3,
}

/** ```
 *   0          1      2      3       4
 *   │ refcount │ type │ size │ items │ allocated
 *   ```
 *   `items` is the index of a block of `allocated` words, or 0. */
export const enum ListWord {
  Size = 2,
  Items = 3,
  Allocated = 4,
  Words = 5,
}

/** ```
 *   0          1      2      3         4      5
 *   │ refcount │ type │ used │ version │ keys │ values
 *   ```
 *   `keys` is the index of a keys record (counted there); `values` is 0 (combined table) or the index of a values
 *   record (split table, owned by this dict). */
export const enum DictWord {
  Used = 2,
  Version = 3,
  Keys = 4,
  Values = 5,
  Words = 6,
}

/** Keys record: header, `1 << log2Size` index words (−1 empty, −2 dummy, else entry number), then the entries.
 *  ```
 *   0          1                     2         3        4           5 …
 *   │ refcount │ log2Size │ kind<<8  │ version │ usable │ nentries  │ indices … │ entries …
 *  ```
 *  Entry of `DictKeysKind.General`: hash low, hash high, key, value. Entry of the other kinds (all keys are exact
 *  `str`): key, value; with `Split` the value word is unused (0).
 *  Metered bytes are CPython's: 32 + index bytes + usable × (24 or 16). */
export const enum KeysWord {
  RefCount = 0,
  Info = 1,
  Version = 2,
  Usable = 3,
  NumEntries = 4,
  Indices = 5,
}
export const enum DictKeysKind {
  General = 0,
  Unicode = 1,
  Split = 2,
}
export const enum KeysInfo {
  SizeMask = 0xff,
  KindShift = 8,
}
export const enum EntryWord {
  HashLow = 0,
  HashHigh = 1,
  Key = 2,
  Value = 3,
  GeneralWords = 4,
  UnicodeKey = 0,
  UnicodeValue = 1,
  UnicodeWords = 2,
}
export const enum IndexEntry {
  Empty = -1,
  Dummy = -2,
}

/** Inline values of an instance, or values of a split dict. The index points at the first value; before it lie the
 *  capacity with the number of insertions, and the insertion order, one byte each:
 *  ```
 *      −1 − ⌈capacity/4⌉ … −2             −1                      0 … capacity−1
 *    │ order, 4 per word, downwards │ capacity │ used<<8 │ values (owned or 0) …
 *  ```
 *  Order number i is byte (i & 3) of word −2 − (i >> 2). Metered bytes: roundUp8(capacity + 2) + 8 × capacity. */
export const enum ValuesWord {
  Info = -1,
  Order = -2,
}
export const enum ValuesInfo {
  CapacityMask = 0xff,
  UsedShift = 8,
}
