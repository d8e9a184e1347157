/** The bytes of a bytearray: a block of the heap, four bytes to a word. */
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

/** ```
 *   0          1      2      3            4       5        6
 *   │ refcount │ type │ size │ allocated  │ block │ start  │ exports │
 *   ```
 *   The bytes begin `start` bytes into the block of `allocated` bytes (deleting at the front moves only `start`);
 *   block 0 with `allocated` 0 is the empty bytearray. CPython's 56 bytes. */
export const enum BytearrayWord {
  Size = 2,
  Allocated = 3,
  Block = 4,
  Start = 5,
  Exports = 6,
  Words = 7,
}

const EMPTY = new Uint8Array(0);

/** A view of the bytes, valid until the bytearray changes its size. */
export function bytearrayData(rt: Runtime, self: Ref): Uint8Array {
  const H = rt.words;
  const block = H[self + BytearrayWord.Block];
  if (block === 0) return EMPTY;
  return new Uint8Array(rt.buffer, block * 4 + H[self + BytearrayWord.Start], H[self + BytearrayWord.Size]);
}
