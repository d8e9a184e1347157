/** Layouts of sets and their iterators. */

/** `set` and `frozenset`: CPython's `PySetObject` (200 bytes). A table of 8 entries lies inside the object; larger ones are
 *  blocks of their own. `Hash` is the cached hash of a frozenset (−1/−1 until computed).
 *  ```
 *   0          1      2      3      4      5       6         7        8         9           10 …      34
 *   │ refcount │ type │ fill │ used │ mask │ table │ hash lo │ finger │ hash hi │ weak list │ entries │
 *  ```
 *  `fill` counts entries in use and dummies, `used` the former only. */
export const enum SetWord {
  Fill = 2,
  Used = 3,
  Mask = 4,
  Table = 5,
  HashLow = 6,
  Finger = 7,
  HashHigh = 8,
  WeakList = 9,
  SmallTable = 10,
  Words = 34,
}

/** An entry: the key (owned), 0 if it was never used, or `Dummy` after a deletion; and the key's hash. */
export const enum SetEntry {
  Key = 0,
  HashLow = 1,
  HashHigh = 2,
  Words = 3,
  Dummy = -1,
}

/** Sizes of sets. */
export const enum SetSize {
  MinSlots = 8,
  BasicBytes = 200,
  /** Bytes of an entry in CPython. */
  EntryBytes = 16,
}

/** `setiterobject` (48 bytes). `Set` is owned, 0 once exhausted. */
export const enum SetIteratorWord {
  Set = 2,
  /** `used` of the set at the start; −1 after a change was noticed. */
  Used = 3,
  Position = 4,
  Length = 5,
  Words = 6,
}
