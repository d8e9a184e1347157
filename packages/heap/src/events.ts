/** What the traced build reports (D9). A listener may read the heap; it must not allocate in it or change it. */
export interface HeapEvents {
  /** A block of `nwords` words, metered at `nbytes`, was handed out. A resized block is freed and allocated again. */
  alloc(block: number, nwords: number, nbytes: number): void;
  /** The block is about to be given back; its words are still intact. */
  free(block: number, nwords: number, nbytes: number): void;
}
