/** The two ways in which the heap itself fails: no more memory, and a broken invariant. */

/** An allocation was refused; nothing changed. Thrown by the default `onOutOfMemory`. */
export class HeapOutOfMemory extends Error {
  readonly nbytes: number;

  constructor(nbytes: number) {
    super(`out of memory: ${nbytes} bytes refused`);
    this.name = 'HeapOutOfMemory';
    this.nbytes = nbytes;
  }
}

/** A broken invariant, or memory that somebody overwrote. Never caught inside the runtime. */
export class HeapCorruption extends Error {
  /** Number in docs/invariants.md with a short text, such as `INV-POOL-1: …`. */
  readonly invariant: string;
  /** The word index at which it shows. */
  readonly address: number;
  readonly expected: number | string;
  readonly found: number | string;

  constructor(invariant: string, address: number, expected: number | string, found: number | string) {
    super(`${invariant} at word ${address}: expected ${expected}, found ${found}`);
    this.name = 'HeapCorruption';
    this.invariant = invariant;
    this.address = address;
    this.expected = expected;
    this.found = found;
  }
}
