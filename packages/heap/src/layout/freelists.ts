/**
 * Free lists: the root record's words 512–559. Dead objects of the commonest types wait here, as in CPython 3.12, and
 * are handed out again newest first. They decide which address an object gets and how far generation 0 counts: an
 * object taken from its free list is no allocation to the collector.
 *
 * A chain's link lies in a word of the dead object that is written again before use:
 * ```
 *   tuple  first item      list  Items      dict  Keys      float  Type      keys record  Version
 * ```
 */
export const enum FreeListRoot {
  /** Heads of the tuples with 1 … 20 items, then their lengths. */
  TupleHeads = 512,
  TupleCounts = 532,
  ListHead = 552,
  ListCount = 553,
  DictHead = 554,
  DictCount = 555,
  FloatHead = 556,
  FloatCount = 557,
  /** Keys records with 8 slots of kind `Unicode`. */
  KeysHead = 558,
  KeysCount = 559,
}

/** The most that a free list keeps (each, for tuples), and the largest tuple that is kept. */
export const enum FreeListMax {
  TupleSize = 20,
  Tuples = 2000,
  Lists = 80,
  Dicts = 80,
  Floats = 100,
  Keys = 80,
}

/** `log2Size` of the keys records that have a free list, and of the smallest dict. */
export const KEYS_LOG2_MIN = 3;

/** Layout of a float: the value is at `floats[(o + Value) / 2]`. CPython's 24 bytes.
 *  ```
 *   0          1      2      3
 *   │ refcount │ type │ value  │
 *  ``` */
export const enum FloatWord {
  Value = 2,
  Words = 4,
  Bytes = 24,
}
