/** The Mersenne Twister MT19937 on a state of 624 words and an index, all in the heap. */

/** Number of state words. */
export const STATE_WORDS = 624;
const SHIFTED = 397;
const MATRIX = 0x9908b0df | 0;

/** Fills the state from one number. */
function seedByNumber(H: Int32Array, state: number, seed: number): void {
  H[state] = seed;
  for (let i = 1; i < STATE_WORDS; i++) {
    const previous = H[state + i - 1] as number;
    H[state + i] = (Math.imul(1812433253, previous ^ (previous >>> 30)) + i) | 0;
  }
}

/** Fills the state from a key of 32-bit numbers. The index is left to the caller, who sets it to 624. */
export function seedByArray(H: Int32Array, state: number, key: ArrayLike<number>): void {
  seedByNumber(H, state, 19650218);
  let i = 1;
  let j = 0;
  for (let k = Math.max(STATE_WORDS, key.length); k > 0; k--) {
    const previous = H[state + i - 1] as number;
    const mixed = Math.imul(previous ^ (previous >>> 30), 1664525);
    H[state + i] = (((H[state + i] as number) ^ mixed) + (key[j] as number) + j) | 0;
    if (++i >= STATE_WORDS) {
      H[state] = H[state + STATE_WORDS - 1] as number;
      i = 1;
    }
    if (++j >= key.length) j = 0;
  }
  for (let k = STATE_WORDS - 1; k > 0; k--) {
    const previous = H[state + i - 1] as number;
    H[state + i] = (((H[state + i] as number) ^ Math.imul(previous ^ (previous >>> 30), 1566083941)) - i) | 0;
    if (++i >= STATE_WORDS) {
      H[state] = H[state + STATE_WORDS - 1] as number;
      i = 1;
    }
  }
  H[state] = 0x80000000 | 0;
}

function regenerate(H: Int32Array, state: number): void {
  for (let i = 0; i < STATE_WORDS; i++) {
    const next = H[state + ((i + 1) % STATE_WORDS)] as number;
    const y = ((H[state + i] as number) & 0x80000000) | (next & 0x7fffffff);
    const mixed = (H[state + ((i + SHIFTED) % STATE_WORDS)] as number) ^ (y >>> 1);
    H[state + i] = (y & 1) === 0 ? mixed : mixed ^ MATRIX;
  }
}

/** The next 32 random bits, as an unsigned number; `index` is the word of the index. */
export function nextBits(H: Int32Array, state: number, index: number): number {
  if ((H[index] as number) >= STATE_WORDS) {
    regenerate(H, state);
    H[index] = 0;
  }
  let y = H[state + (H[index] as number)] as number;
  H[index] = (H[index] as number) + 1;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
