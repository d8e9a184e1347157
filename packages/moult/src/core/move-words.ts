/** Moving short runs of words. */

/** Up to here a loop is faster than the call of `copyWithin`. */
const SHORT_WORDS = 64;

/** Copies `nwords` words from `from` to `to`; the two runs may overlap. */
export function moveWords(H: Int32Array, to: number, from: number, nwords: number): void {
  if (nwords > SHORT_WORDS) H.copyWithin(to, from, from + nwords);
  else if (to <= from) for (let i = 0; i < nwords; i++) H[to + i] = H[from + i];
  else for (let i = nwords - 1; i >= 0; i--) H[to + i] = H[from + i];
}
