/** Searching a sorted run: exponential steps from a hint, then bisection. The comparisons are CPython's, in its order. */
import type { Ref } from '@moult/heap';
import { isLess } from './less.ts';
import type { MergeState } from './merge.ts';

/** Where `key` belongs among the `n` keys from `base` on, before equal ones; `hint` is near it. @runsPython
 *  Source: CPython 3.12 gallop_left. */
export function gallopLeft(ms: MergeState, key: Ref, base: number, n: number, hint: number): number {
  const { rt, order } = ms;
  const H = rt.words;
  const at = base + hint;
  let last = 0;
  let ofs = 1;
  if (isLess(rt, order, H[at], key)) {
    const max = n - hint;
    while (ofs < max && isLess(rt, order, H[at + ofs], key)) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    last += hint;
    ofs += hint;
  } else {
    const max = hint + 1;
    while (ofs < max && !isLess(rt, order, H[at - ofs], key)) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    const k = last;
    last = hint - ofs;
    ofs = hint - k;
  }
  last++;
  while (last < ofs) {
    const m = last + ((ofs - last) >> 1);
    if (isLess(rt, order, H[base + m], key)) last = m + 1;
    else ofs = m;
  }
  return ofs;
}

/** As `gallopLeft`, after equal keys. @runsPython Source: CPython 3.12 gallop_right. */
export function gallopRight(ms: MergeState, key: Ref, base: number, n: number, hint: number): number {
  const { rt, order } = ms;
  const H = rt.words;
  const at = base + hint;
  let last = 0;
  let ofs = 1;
  if (isLess(rt, order, key, H[at])) {
    const max = hint + 1;
    while (ofs < max && isLess(rt, order, key, H[at - ofs])) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    const k = last;
    last = hint - ofs;
    ofs = hint - k;
  } else {
    const max = n - hint;
    while (ofs < max && !isLess(rt, order, key, H[at + ofs])) {
      last = ofs;
      ofs = 2 * ofs + 1;
    }
    if (ofs > max) ofs = max;
    last += hint;
    ofs += hint;
  }
  last++;
  while (last < ofs) {
    const m = last + ((ofs - last) >> 1);
    if (isLess(rt, order, key, H[base + m])) ofs = m;
    else last = m + 1;
  }
  return ofs;
}
