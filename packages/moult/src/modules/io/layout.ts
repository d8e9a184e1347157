/** Layouts of the objects of `_io`. Where CPython's struct has a pointer or a count that programs can see (the dict, weak references,
 *  the size), the word is its own. Positions in files are doubles: two words at an even place. */

/** ```
 *   2      3
 *   │ dict │ weakrefs │
 *   ``` */
export const enum BaseWord {
  Dict = 2,
  WeakList = 3,
  Words = 4,
}

/** ```
 *   2    3       4          5      6
 *   │ fd │ flags │ weakrefs │ dict │ blksize │
 *   ```
 *   `fd` is −1 once closed. */
export const enum FileWord {
  Fd = 2,
  Flags = 3,
  WeakList = 4,
  Dict = 5,
  BlockSize = 6,
  Words = 8,
}

export const enum FileFlag {
  Created = 1,
  Readable = 2,
  Writable = 4,
  Appending = 8,
  CloseFd = 16,
  Finalizing = 32,
  /** Whether it can seek was asked, and the answer. */
  SeekKnown = 64,
  Seekable = 128,
}

/** ```
 *   2     3       4 5       6       7      8     9        10       11        12       13          17     18
 *   │ raw │ flags │ absPos  │ block │ size │ pos │ rawPos │ readEnd │ writePos │ writeEnd │ busy │ … │ dict │ weakrefs │
 *   ```
 *   `block` has `size` bytes, four to a word. `pos` is where the program is in it, `rawPos` where the raw stream is; bytes up to
 *   `readEnd` were read (−1: none), those from `writePos` to `writeEnd` are to be written (−1: none). `absPos` is the raw
 *   stream's position, −1: not known. */
export const enum BufferedWord {
  Raw = 2,
  Flags = 3,
  AbsPos = 4,
  Block = 6,
  Size = 7,
  Pos = 8,
  RawPos = 9,
  ReadEnd = 10,
  WritePos = 11,
  WriteEnd = 12,
  Busy = 13,
  Dict = 17,
  WeakList = 18,
  Words = 20,
}

export const enum BufferedFlag {
  Ok = 1,
  Detached = 2,
  Readable = 4,
  Writable = 8,
  Finalizing = 16,
  /** Raw stream and buffer are of these types exactly: whether it is closed is known without asking. */
  FastClosed = 32,
}

/** ```
 *   2        3        4      5
 *   │ reader │ writer │ dict │ weakrefs │
 *   ``` */
export const enum PairWord {
  Reader = 2,
  Writer = 3,
  Dict = 4,
  WeakList = 5,
  Words = 6,
}

/** ```
 *   2     3            4         5      6          7      8         9
 *   │ buf │ allocated  │ block   │ dict │ weakrefs │ size │ exports │ closed │ pos (10 11) │
 *   ```
 *   The bytes are those of `buf`, an object that may be shared, or those of `block`. `buf` and `block` both 0: empty. */
export const enum BytesIoWord {
  Buf = 2,
  Allocated = 3,
  Block = 4,
  Dict = 5,
  WeakList = 6,
  Size = 7,
  Exports = 8,
  Closed = 9,
  Pos = 10,
  Words = 12,
}

/** The object behind `BytesIO.getbuffer()`: `source` is owned. */
export const enum BytesIoBufferWord {
  Source = 2,
  Exports = 3,
  Words = 4,
}

/** ```
 *   2        3      4      5           6         7        8         …  18     19
 *   │ text │ length │ wide │ translate │ writenl │ closed │ init │ decoder … │ dict │ weakrefs │ pos (20 21)
 *   ```
 *   `text` is the host-table index of the contents (a string), `length` its characters; `wide` is 1 if some take two code
 *   units. */
export const enum StringIoWord {
  Text = 2,
  Length = 3,
  Wide = 4,
  Flags = 5,
  ReadNl = 6,
  WriteNl = 7,
  Closed = 8,
  Ok = 9,
  /** Bits of `Newlines` seen. */
  Seen = 10,
  /** Metered bytes of the contents. */
  Charged = 11,
  Dict = 18,
  WeakList = 19,
  Pos = 20,
  Words = 22,
}

export const enum StringIoFlag {
  ReadUniversal = 1,
  ReadTranslate = 2,
  WriteTranslate = 4,
}

/** ```
 *   2         3        4
 *   │ decoder │ errors │ bits │
 *   ``` */
export const enum NewlineWord {
  Decoder = 2,
  Errors = 3,
  /** `NewlineBit`s. */
  Bits = 4,
  Words = 6,
}

/** What a newline decoder keeps; the low bits are what it has seen. */
export const enum NewlineBit {
  Cr = 1,
  Lf = 2,
  CrLf = 4,
  Seen = 7,
  /** The last character was a CR, kept until the next one is known. */
  PendingCr = 8,
  Translate = 16,
}

/** ```
 *   2        3          4         5         6        7                8
 *   │ buffer │ encoding │ encoder │ decoder │ readnl │ pending bytes  │ errors │ raw … 22 weakrefs │ 23 dict
 *   ```
 *   References first, in the order in which the collector visits them; then numbers. */
export const enum TextWord {
  Buffer = 2,
  Encoding = 3,
  Encoder = 4,
  /** An incremental decoder of the library, 0 where the codec is built in (see `Codec`). */
  Decoder = 5,
  ReadNl = 6,
  /** What was written and not encoded: one str or bytes, or a list of them. */
  Pending = 7,
  Errors = 8,
  Raw = 9,
  Flags = 10,
  Codec = 11,
  PendingCount = 12,
  ChunkSize = 13,
  /** Host-table index of the decoded text (a string), and how much of it the program has taken (code units). */
  Decoded = 14,
  DecodedUsed = 15,
  /** Host-table index of a `Snapshot`, 0: none. */
  Snapshot = 16,
  /** Host-table index of bytes that a built-in decoder keeps (the start of a character), 0: none. */
  Kept = 17,
  /** `NewlineBit`s. */
  Newlines = 18,
  WriteNl = 19,
  WeakList = 22,
  Dict = 23,
  /** Double: bytes per decoded character, as it was last. */
  Ratio = 24,
  Words = 26,
}

export const enum TextFlag {
  Ok = 1,
  Detached = 2,
  LineBuffering = 4,
  WriteThrough = 8,
  ReadUniversal = 16,
  ReadTranslate = 32,
  WriteTranslate = 64,
  Seekable = 128,
  HasRead1 = 256,
  Telling = 512,
  Finalizing = 1024,
  CanRead = 2048,
  /** Nothing was encoded yet: a byte order mark may be due. */
  EncodingStart = 4096,
}

/** Codecs that need no object of the library. */
export const enum Codec {
  Library = 0,
  Utf8 = 1,
  Ascii = 2,
  Latin1 = 3,
}

/** What is written for `\n`. */
export const enum WriteNl {
  Lf = 0,
  CrLf = 1,
  Cr = 2,
}
