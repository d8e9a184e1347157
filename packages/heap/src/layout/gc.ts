/** The collector's part of the root record: words 256–511.
 *
 *  Four generation records of 8 words (0, 1, 2, and the frozen one, called permanent). A generation's first two words
 *  form a list head in the shape of an object's collector head.
 *  ```
 *   +0     +1     +2          +3      +4            +5         +6
 *   │ next │ prev │ threshold │ count │ collections │ collected │ uncollectable │ –
 *  ``` */
export const enum GcRoot {
  Generations = 256,
  Permanent = 280,
  Enabled = 288,
  Collecting = 289,
  /** `DebugFlag` bits. */
  Debug = 290,
  /** ref: the list `gc.garbage` shows (any object of layout ItemBlock), or 0 */
  Garbage = 291,
  LongLivedTotal = 292,
  LongLivedPending = 293,
  /** Number of the policy in force (`policy/`). */
  Policy = 294,
  /** Set when a collection is due; the embedder looks at safe points (`EvalBreaker` is set with it). */
  Scheduled = 295,
  /** Non-zero when the embedder's loop has something to look at. */
  EvalBreaker = 296,
  /** Nesting of destructors, and the deferred ones (linked through `HeadWord.GcPrev` of untracked objects). */
  TrashNesting = 297,
  TrashLater = 298,
  /** Counts as part of `LongLivedTotal` in the rule of the quarter: what an embedder's model keeps alive and it does not. */
  LongLivedElsewhere = 299,
  /** As much of it as was there when the program froze what it had: no collection would look at it. */
  FrozenElsewhere = 300,
  /** Scratch lists of a collection in progress (heads of two words each). */
  Young = 304,
  Unreachable = 306,
  Finalizers = 308,
  StillUnreachable = 310,
  WeakrefCallbacks = 312,
  /** Scratch head for anything else. */
  Spare = 314,
  /** Policy words for policies with state of their own (incremental). */
  PolicyState = 320,
}
export const enum GenWord {
  Next = 0,
  Prev = 1,
  Threshold = 2,
  Count = 3,
  Collections = 4,
  Collected = 5,
  Uncollectable = 6,
  Words = 8,
}
export const GENERATIONS = 3;
export const enum DebugFlag {
  Stats = 1,
  Collectable = 2,
  Uncollectable = 4,
  SaveAll = 32,
  Leak = 2 | 4 | 32,
}
/** The embedder's owned references in the root record: each word is 0 or owns one reference. */
export const enum EmbedderRoots {
  Start = 1024,
  End = 1536,
}
/** The embedder's plain numbers in the root record. */
export const enum EmbedderNumbers {
  Start = 1536,
  End = 4096,
}
