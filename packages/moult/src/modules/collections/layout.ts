/** Layouts of the types of `_collections`: CPython's structs, word for word. */

/** `dequeobject` (216 bytes). Items lie in a doubly linked chain of blocks; there is always at least one.
 *  ```
 *   0          1      2      3      4       5            6             7       8        9       10 …   25     26
 *   │ refcount │ type │ size │ left │ right │ left index │ right index │ state │ maxlen │ nfree │ kept blocks │ weak list │
 *  ```
 *  `state` changes with every change of the deque; `maxlen` is −1 without a bound. */
export const enum DequeWord {
  Size = 2,
  Left = 3,
  Right = 4,
  LeftIndex = 5,
  RightIndex = 6,
  State = 7,
  MaxLen = 8,
  FreeCount = 9,
  Free = 10,
  WeakList = 26,
  Words = 27,
}

/** A block (528 bytes): link to the left, 64 items, link to the right. */
export const enum BlockWord {
  Left = 0,
  Items = 1,
  Right = 65,
  Words = 66,
}

export const enum Block {
  Length = 64,
  /** The empty deque's left index is `Center + 1`, its right one `Center`. */
  Center = 31,
  /** Blocks that a deque keeps for later. */
  MaxFree = 16,
}

/** `dequeiterobject` (56 bytes), both directions. */
export const enum DequeIteratorWord {
  Block = 2,
  Index = 3,
  Deque = 4,
  State = 5,
  Left = 6,
  Words = 7,
}

/** `defdictobject` (56 bytes): a dict, then the factory. */
export const enum DefaultDictWord {
  Factory = 6,
  Words = 7,
}

/** `odictobject` (112 bytes): a dict, then the order of its keys as a doubly linked list of nodes.
 *  ```
 *   6            7           8          9       10      11     12         13
 *   │ fast nodes │ fast size │ sentinel │ state │ first │ last │ __dict__ │ weak list │
 *  ```
 *  `fast nodes` is a block with the node of each entry number of the keys record `sentinel`, which has `fast size` slots; 0
 *  before it is needed. `state` changes with every change of the order. */
export const enum OrderedWord {
  FastNodes = 6,
  FastSize = 7,
  Sentinel = 8,
  State = 9,
  First = 10,
  Last = 11,
  Attributes = 12,
  WeakList = 13,
  Words = 14,
}

/** A node of an ordered dict: owns its key. 32 bytes in CPython, where a hash is one word. */
export const enum NodeWord {
  Key = 0,
  HashLow = 1,
  HashHigh = 2,
  Next = 3,
  Previous = 4,
  Words = 6,
  Bytes = 32,
}

/** `odictiterobject` (64 bytes). `Key` is the next one, 0 at the end; `Result` a pair that is handed out again. */
export const enum OrderedIteratorWord {
  Kind = 2,
  Dict = 3,
  Length = 4,
  State = 5,
  Key = 6,
  Result = 7,
  Words = 8,
}

/** Bits of an iterator's kind. */
export const enum OrderedKind {
  Reversed = 1,
  Keys = 2,
  Values = 4,
  Items = 6,
}

/** `_tuplegetterobject` (32 bytes). */
export const enum TupleGetterWord {
  Index = 2,
  Doc = 3,
  Words = 4,
}
