/** Layouts of the built-in iterators: CPython's structs, word for word. */

/** Iterators over list, tuple, sequence, and `list_reverseiterator` (32 bytes). `Sequence` is owned, 0 once exhausted. */
export const enum SequenceIteratorWord {
  Index = 2,
  Sequence = 3,
  Words = 4,
}

/** `callable_iterator` (32 bytes). Both are owned, 0 once exhausted. */
export const enum CallableIteratorWord {
  Callable = 2,
  Sentinel = 3,
  Words = 4,
}

/** `enumerate` (56 bytes). `Index` is a plain number; `Long` an owned int once that is not enough, or 0. */
export const enum EnumerateWord {
  Index = 2,
  Iterator = 3,
  Result = 4,
  Long = 5,
  One = 6,
  Words = 7,
}

/** `zip` (48 bytes). `Iterators` and `Result` are owned tuples. */
export const enum ZipWord {
  Size = 2,
  Iterators = 3,
  Result = 4,
  Strict = 5,
  Words = 6,
}

/** `map` (32 bytes): an owned tuple of iterators and the function. */
export const enum MapWord {
  Iterators = 2,
  Function = 3,
  Words = 4,
}

/** `filter` (32 bytes). */
export const enum FilterWord {
  Function = 2,
  Iterator = 3,
  Words = 4,
}

/** `range` (48 bytes): owned ints. */
export const enum RangeWord {
  Start = 2,
  Stop = 3,
  Step = 4,
  Length = 5,
  Words = 6,
}

/** `range_iterator` (40 bytes). `Wide` 0: next value, step and number of values left are in the words, all below 2^30.
 *  Otherwise `Wide` is the host-table index of the first value and the step, and the double at words 2–3 counts the values
 *  given, that of the payload the values altogether. */
export const enum RangeIteratorWord {
  Next = 2,
  Step = 3,
  Left = 4,
  Wide = 5,
  Count = 2,
  Words = 6,
  MeteredBytes = 40,
}

/** `longrange_iterator` (40 bytes): owned ints. */
export const enum LongRangeIteratorWord {
  Start = 2,
  Step = 3,
  Length = 4,
  Words = 5,
}
