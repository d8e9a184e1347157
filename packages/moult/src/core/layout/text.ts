/** Layouts of `str` and `bytes`. Character data is an immutable payload in the host table. */

/** ```
 *   0          1      2        3         4          5
 *   │ refcount │ type │ length │ hash lo │ hash hi │ host index << 5 │ flags │
 *  ```
 *  `length` counts code points. The payload is a JS string (UTF-16; a `Wide` string holds astral characters as
 *  surrogate pairs). The hash words are −1, −1 until computed. Subclasses of `str` have the same words in front. */
export const enum StrWord {
  Length = 2,
  HashLow = 3,
  HashHigh = 4,
  State = 5,
  Words = 6,
}
export const enum StrState {
  /** In the intern table (which does not own it). */
  Interned = 1,
  /** Bits 1–2: the widest character. */
  KindMask = 6,
  Ascii = 0,
  Latin1 = 2,
  Ucs2 = 4,
  Ucs4 = 6,
  /** Bit 3: all characters may appear in an identifier and it was interned by the compiler or is immortal. */
  Immortal = 8,
  /** Bit 4: somebody asked for its form in UTF-8, which CPython keeps beside it; counted by `__sizeof__` only. */
  Utf8 = 16,
  HostShift = 5,
}

/** ```
 *   0          1      2      3         4         5
 *   │ refcount │ type │ size │ hash lo │ hash hi │ host index (Uint8Array) │
 *  ``` */
export const enum BytesWord {
  Size = 2,
  HashLow = 3,
  HashHigh = 4,
  Payload = 5,
  Words = 6,
}
