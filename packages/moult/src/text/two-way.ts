/**
 * Searching in time that grows with the lengths of text and pattern together, whatever they repeat: Crochemore and Perrin's
 * two-way algorithm, for long patterns, where the engine's search may take the product.
 * Source: CPython 3.12 stringlib/fastsearch.h has the same algorithm.
 */

/** Units of a text or pattern: character codes or bytes. */
export interface Units {
  readonly length: number;
  at(i: number): number;
}

/** Patterns shorter than this are left to the engine, as are texts shorter than `LONG_TEXT`. */
export const LONG_PATTERN = 100;
export const LONG_TEXT = 3000;

/** The first occurrence of `pattern` in from..to of `text`, or −1. `pattern` is not empty. */
export function twoWayIndex(text: Units, pattern: Units, from: number, to: number): number {
  const n = pattern.length;
  const [cut, period] = factorize(pattern);
  const periodic = repeats(pattern, cut, period);
  const shift = periodic ? period : Math.max(cut, n - cut) + 1;
  let memory = 0;
  for (let at = from; at + n <= to;) {
    let i = Math.max(cut, memory);
    while (i < n && pattern.at(i) === text.at(at + i)) i++;
    if (i < n) {
      at += i - cut + 1;
      memory = 0;
      continue;
    }
    i = cut - 1;
    while (i >= memory && pattern.at(i) === text.at(at + i)) i--;
    if (i < memory) return at;
    at += shift;
    memory = periodic ? n - period : 0;
  }
  return -1;
}

/** Whether the part before the cut repeats at the distance of the period. */
function repeats(pattern: Units, cut: number, period: number): boolean {
  if (cut * 2 > pattern.length || cut + period > pattern.length) return false;
  for (let i = 0; i < cut; i++) if (pattern.at(i) !== pattern.at(i + period)) return false;
  return true;
}

/** A critical place to cut the pattern, with the period of the part after it. */
function factorize(pattern: Units): [cut: number, period: number] {
  const up = largestSuffix(pattern, false);
  const down = largestSuffix(pattern, true);
  return up[0] > down[0] ? up : down;
}

/** Start and period of the lexically largest suffix, by the order of units or the reverse order. */
function largestSuffix(pattern: Units, reverse: boolean): [cut: number, period: number] {
  const n = pattern.length;
  let cut = 0;
  let candidate = 1;
  let period = 1;
  for (let k = 0; candidate + k < n;) {
    const a = pattern.at(candidate + k);
    const b = pattern.at(cut + k);
    if (a === b) {
      if (k + 1 === period) {
        candidate += period;
        k = 0;
      } else k++;
    } else if (reverse ? a > b : a < b) {
      candidate += k + 1;
      k = 0;
      period = candidate - cut;
    } else {
      cut = candidate++;
      k = 0;
      period = 1;
    }
  }
  return [cut, period];
}
