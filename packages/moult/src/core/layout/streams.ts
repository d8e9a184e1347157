/** Layout of the standard streams: text, and the bytes below it. `Pending` is the host-table index of what was read from the host and
 *  not yet taken by the program (a string or a Uint8Array), or 0. */
export const enum StreamWord {
  Dict = 2,
  WeakList = 3,
  /** Owned: the other half; only the text stream holds the binary one. */
  Buffer = 4,
  Fd = 5,
  Closed = 6,
  Pending = 7,
  Words = 8,
}
