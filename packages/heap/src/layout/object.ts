/**
 * Layout of every object: the header, the collector's head before it, and the pre-header of instances.
 *
 * One word stands for one 64-bit slot of CPython's structs. A `Ref` is the index of the object's word 0.
 *
 * ```
 *   word   -4          -3           -2        -1        0          1      2 …
 *        ┌───────────┬────────────┬─────────┬─────────┬──────────┬──────┬───────────
 *        │ weak list │ dict or    │ gc next │ gc prev │ refcount │ type │ body
 *        │           │ values     │         │ + flags │          │      │
 *        └───────────┴────────────┴─────────┴─────────┴──────────┴──────┴───────────
 *        ╰ pre-header: only types  ╯╰ only types with  ╯
 *          with a managed dict or     TypeFlag.HaveGc
 *          managed weak list
 * ```
 *
 * The block handed out by the allocator starts at the lowest word that the type has. `dict or values` is 0 (nothing
 * yet), a positive `Ref` of a dict (owned), or the negated index of an inline-values record (see `ValuesWord`).
 */
export const enum ObjectWord {
  /** Number of owned references; −1 (4294967295 unsigned) for immortal objects. */
  RefCount = 0,
  /** `Ref` of the type; owned when the type is on the heap. */
  Type = 1,
  /** `ob_size` of objects with a variable part. */
  Size = 2,
}

/** Words of `GcHead` and the pre-header, relative to the object. */
export const enum HeadWord {
  /** Index of the next *head* (object − 2); during `moveUnreachable` bit 0 is `NextFlag.Unreachable`. 0: untracked. */
  GcNext = -2,
  /** Index of the previous head, or `gcRefs` during a collection, shifted left by `PREV_SHIFT`; low bits are `PrevFlag`. */
  GcPrev = -1,
  DictOrValues = -3,
  WeakList = -4,
}

/** Words from an object back to its collector head. List links name heads, not objects, as in CPython. */
export const GC_HEAD_WORDS = 2;
/** Words of the pre-header (managed dict and weak list). */
export const PRE_HEADER_WORDS = 2;

/** Bits of `HeadWord.GcPrev`. */
export const enum PrevFlag {
  /** The finalizer has been called (PEP 442: once). */
  Finalized = 1,
  /** The object belongs to the generation being collected and `gcRefs` replaces the link. */
  Collecting = 2,
  Mask = 3,
}
export const enum Prev {
  Shift = 2,
}
export const enum NextFlag {
  Unreachable = 1,
}

/** Reference counts. */
export const enum RefCount {
  /** Any negative count is immortal; this is the one that new immortal objects get. */
  Immortal = -1,
}
