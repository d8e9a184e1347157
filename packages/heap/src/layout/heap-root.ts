/**
 * The rest of the heap's part of the root record: words 560–1023.
 *
 * ```
 *   560 … 566   the types that the heap must know: the embedder writes them once at the start (0: none)
 *   567 … 579   dicts, handles, destruction in progress
 *   580 … 1023  objects being destroyed, two words each: what, and a `Destroying` kind
 * ```
 */
export const enum HeapRoot {
  /** Exactly these types have free lists; tuples and dicts of exactly these types are untracked when they can be. */
  TupleType = 560,
  ListType = 561,
  DictType = 562,
  FloatType = 563,
  /** Weak references: an object is one if its type is one of these, or derives from `RefType`. */
  RefType = 564,
  ProxyType = 565,
  CallableProxyType = 566,
  /** The immortal keys record of every empty dict; made by the heap. */
  EmptyKeys = 567,
  /** The last dict version given out. */
  DictVersion = 568,
  /** Table of handles: its block, its length in words, the first free entry (−1: none), entries in use. */
  HandleTable = 569,
  HandleCapacity = 570,
  HandleFree = 571,
  HandleCount = 572,
  /** Entries of `DestroyStack` in use: how deep destructors are nested. */
  DestroyDepth = 573,
  /** Objects whose destruction was put off because destructors were nested too deep. */
  DeepLater = 574,
  /** Not 0: every allocation of a collected object asks for a collection, and each so-many-th is full (check/stress.ts). */
  Stress = 575,
  /** Type of the types of `defineType`. */
  MetaType = 576,
  DestroyStack = 580,
  DestroyStackEnd = 1024,
}

/** An entry of the destroy stack; a pair of a weak reference and its callback while such are called. */
export const enum DestroyEntry {
  What = 0,
  Kind = 1,
}
export const enum CallbackPair {
  Weakref = 0,
  Callback = 1,
}

/** The second word of an entry of the destroy stack. */
export const enum Destroying {
  /** An object; its count is 0, or 1 while its finalizer runs. */
  Object = 0,
  /** n owned words from here on are `Run + n`. */
  Run = 1,
  /** A keys record whose count went to 0; its entries are released one after the other. */
  Keys = -1,
  /** A reference held while its object is finalized or cleared. */
  Held = -2,
}

/** `TypeWord.Clear`: what breaks cycles through an object. */
export const enum ClearKind {
  /** The layout says it. */
  Layout = 0,
  /** Nothing does: CPython's type has no `tp_clear`. */
  None = -1,
}

/** A handle table's entry: a reference, or `−2 − next` of a free one; −1 is the end. */
export const enum HandleEntry {
  LinkBase = -2,
  End = -1,
}

/** The heap's own destructors: the first indices of its function table. */
export const enum Destructor {
  Plain = 1,
  Fixed = 2,
  List = 3,
  Tuple = 4,
  Dict = 5,
  Instance = 6,
  Weakref = 7,
  Float = 8,
  /** The first index that `addFunction` gives out. */
  FirstFree = 16,
}
