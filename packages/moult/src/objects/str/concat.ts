/** `a + b` of exact strings. JS strings are ropes: nothing is copied or scanned here. */
import { decref, hostFree, hostAdd, newRef, reallocMetered } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { StrState, StrWord } from '../../core/layout/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStrKnown, strBytes, strText, strWords } from '../../core/str.ts';

/** `left + right` of exact strings. */
export function strConcat(rt: Runtime, left: Ref, right: Ref): Owned {
  const H = rt.words;
  if (H[left + StrWord.Length] === 0) return newRef(rt, right);
  if (H[right + StrWord.Length] === 0) return newRef(rt, left);
  return newStrKnown(
    rt,
    strText(rt, left) + strText(rt, right),
    jointKind(H, left, right),
    H[left + StrWord.Length] + H[right + StrWord.Length],
  );
}

/** The wider of the two kinds. A lone high surrogate before a lone low one stays two characters only while the kind is narrow. */
function jointKind(H: Int32Array, left: Ref, right: Ref): number {
  return Math.max(H[left + StrWord.State] & StrState.KindMask, H[right + StrWord.State] & StrState.KindMask);
}

/** As `strConcat`, consuming `left`: with nobody else holding it, it is extended in place (unicode_append). */
export function strConcatTake(rt: Runtime, left: Owned, right: Ref): Owned {
  const H = rt.words;
  const state = H[left + StrWord.State];
  const extendable =
    H[left] === 1 &&
    (state & StrState.Interned) === 0 &&
    H[left + StrWord.HashLow] === -1 &&
    H[left + StrWord.HashHigh] === -1 &&
    H[right + StrWord.Length] !== 0 &&
    (H[right + StrWord.State] & StrState.KindMask) <= (state & StrState.KindMask);
  if (extendable) return extend(rt, left, right);
  const result = strConcat(rt, left, right);
  decref(rt, left);
  return result;
}

function extend(rt: Runtime, left: Owned, right: Ref): Owned {
  const H = rt.words;
  const kind = H[left + StrWord.State] & StrState.KindMask;
  const oldBytes = strBytes(kind, H[left + StrWord.Length]);
  const length = H[left + StrWord.Length] + H[right + StrWord.Length];
  const newBytes = strBytes(kind, length);
  const text = strText(rt, left) + strText(rt, right);
  const moved = reallocMetered(rt, left, strWords(oldBytes), oldBytes, strWords(newBytes), newBytes);
  H[moved + StrWord.Length] = length;
  hostFree(rt, H[moved + StrWord.State] >>> StrState.HostShift);
  H[moved + StrWord.State] = (hostAdd(rt, text) << StrState.HostShift) | kind;
  return moved as Owned;
}
