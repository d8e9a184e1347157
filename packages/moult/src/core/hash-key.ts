/** The key of the hashes of str and bytes: words of the root record, so that it belongs to a snapshot.
 *
 *  It is all zero unless the options ask for another one (CPython's `PYTHONHASHSEED`), and must be set before anything is
 *  hashed: names are, while types are made. */
import { RootNum } from './roots.ts';

/** Bytes of CPython's `_Py_HashSecret`; SipHash takes the first sixteen, as four words. */
const KEY_BYTES = 16;

/** Sets the key from a seed: 0 is no key, 'random' another one each time. Throws RangeError for no such seed.
 *  Source: CPython 3.12 _Py_HashRandomization_Init. */
export function setHashKey(H: Int32Array, seed: number | 'random'): void {
  const key = new Uint8Array(KEY_BYTES);
  if (seed === 'random') crypto.getRandomValues(key);
  else if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`hashSeed must be 'random' or an integer from 0 to 4294967295, not ${seed}`);
  } else if (seed !== 0) fillFromSeed(key, seed);
  const view = new DataView(key.buffer);
  for (let i = 0; i < KEY_BYTES; i += 4) H[RootNum.HashKey + (i >> 2)] = view.getInt32(i, true);
}

/** A linear congruential generator, of which the third byte of each state is taken. (lcg_urandom) */
function fillFromSeed(key: Uint8Array, seed: number): void {
  let state = seed;
  for (let i = 0; i < key.length; i++) {
    state = (Math.imul(state, 214013) + 2531011) | 0;
    key[i] = state >>> 16;
  }
}
