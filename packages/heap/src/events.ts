/** What the traced build reports (D9). A listener may read the heap; it must not allocate in it or change it. */
export interface HeapEvents {
  /** A block of `nwords` words, metered at `nbytes`, was handed out. A resized block is freed and allocated again. */
  alloc(block: number, nwords: number, nbytes: number): void;
  /** The block is about to be given back; its words are still intact. */
  free(block: number, nwords: number, nbytes: number): void;

  /** A reference to a mortal object is about to be added or released: `heap.words[o]` is the count before. */
  incref?(o: number): void;
  decref?(o: number): void;
  /** The last reference was released; the destructor is about to run. It is reported again if it was put off. */
  dealloc?(o: number): void;
  /** The object was linked into generation 0, or unlinked. */
  track?(o: number): void;
  untrack?(o: number): void;
  /** The finalizer is about to run, from a destructor or from a collection. */
  finalize?(o: number): void;
  /** A cycle is about to be broken at this object. */
  clear?(o: number): void;
  /** The callback of a weak reference whose object died is about to run. */
  weakrefCallback?(wr: number, callback: number): void;
  collectionStart?(generation: number): void;
  /** A phase of a collection begins: `updateRefs`, `subtractRefs`, …, `done`. */
  phase?(name: string): void;
  collectionStop?(generation: number, collected: number, uncollectable: number): void;
}
