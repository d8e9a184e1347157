/** `+`, `*`, comparison, membership, `repr` of lists. */
import { decref, ListWord, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { copyReferences, listClear, listExtend, listResize, newList, newListPrealloc } from '../../core/list.ts';
import { compareBool, richCompare } from '../../core/protocol/compare.ts';
import { repr, reprEnter, reprLeave } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { isList, kindName } from '../../core/types.ts';

/** `list + other` */
export function listConcat(rt: Runtime, list: Ref, other: Ref): Owned {
  const H = rt.words;
  if (!isList(rt, other)) typeError(rt, `can only concatenate list (not "${kindName(rt, other)}") to list`);
  const n = H[list + ListWord.Size];
  const m = H[other + ListWord.Size];
  const result = newListPrealloc(rt, n + m);
  const items = H[result + ListWord.Items];
  copyReferences(H, H[list + ListWord.Items], items, n);
  copyReferences(H, H[other + ListWord.Items], items + n, m);
  H[result + ListWord.Size] = n + m;
  return result;
}

/** `list += other` @runsPython */
export function listInplaceConcat(rt: Runtime, list: Ref, other: Ref): Owned {
  listExtend(rt, list, other);
  return newRef(rt, list);
}

/** `list * n` */
export function listRepeat(rt: Runtime, list: Ref, n: number): Owned {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  if (size === 0 || n <= 0) return newList(rt, 0);
  const result = newListPrealloc(rt, checkedSize(rt, size, n));
  const items = H[result + ListWord.Items];
  copyReferences(H, H[list + ListWord.Items], items, size);
  repeatReferences(H, items, size, n);
  H[result + ListWord.Size] = size * n;
  return result;
}

function checkedSize(rt: Runtime, size: number, n: number): number {
  if (size * n > 2 ** 60) rt.onOutOfMemory(size * n * 8);
  return size * n;
}

/** Copies the first `size` references behind themselves until there are `n` runs of them; counts the new ones. */
export function repeatReferences(H: Int32Array, items: number, size: number, n: number): void {
  for (let i = 0; i < size; i++) if (H[H[items + i]] >= 0) H[H[items + i]] += n - 1;
  const end = size * n;
  for (let done = size; done < end; done *= 2) {
    H.copyWithin(items + done, items, items + Math.min(done, end - done));
  }
}

/** `list *= n` @runsPython */
export function listInplaceRepeat(rt: Runtime, list: Ref, n: number): Owned {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  if (n < 1 && size > 0) listClear(rt, list);
  else if (size > 0 && n > 1) {
    listResize(rt, list, checkedSize(rt, size, n));
    repeatReferences(H, H[list + ListWord.Items], size, n);
  }
  return newRef(rt, list);
}

/** `value in list` @runsPython */
export function listContains(rt: Runtime, list: Ref, value: Ref): boolean {
  const H = rt.words;
  for (let i = 0; i < H[list + ListWord.Size]; i++) {
    if (itemEquals(rt, H[H[list + ListWord.Items] + i], value)) return true;
  }
  return false;
}

/** `item == value` by identity or equality, holding the item meanwhile. @runsPython */
export function itemEquals(rt: Runtime, item: Ref, value: Ref): boolean {
  if (item === value) return true;
  temp(rt, newRef(rt, item));
  const equal = compareBool(rt, item, value, CompareOp.Eq);
  dropTemp(rt, item);
  return equal;
}

/** `list <op> other` @runsPython Source: CPython 3.12 list_richcompare. */
export function listCompare(rt: Runtime, list: Ref, other: Ref, op: number): Owned {
  const H = rt.words;
  if (!isList(rt, list) || !isList(rt, other)) return S.NotImplemented as Ref as Owned;
  const equality = op === CompareOp.Eq || op === CompareOp.Ne;
  if (equality && H[list + ListWord.Size] !== H[other + ListWord.Size]) return pyBool(op === CompareOp.Ne) as Owned;
  const i = firstDifference(rt, list, other);
  const n = H[list + ListWord.Size];
  const m = H[other + ListWord.Size];
  if (i >= n || i >= m) return compareLengths(n, m, op);
  if (equality) return pyBool(op === CompareOp.Ne) as Owned;
  return compareItems(rt, H[H[list + ListWord.Items] + i], H[H[other + ListWord.Items] + i], op);
}

/** Index of the first items that are not equal, or the length of the shorter list. */
function firstDifference(rt: Runtime, list: Ref, other: Ref): number {
  const H = rt.words;
  let i = 0;
  for (; i < H[list + ListWord.Size] && i < H[other + ListWord.Size]; i++) {
    const a = H[H[list + ListWord.Items] + i];
    const b = H[H[other + ListWord.Items] + i];
    if (a !== b && !equalHeld(rt, a, b)) break;
  }
  return i;
}

function equalHeld(rt: Runtime, a: Ref, b: Ref): boolean {
  temp(rt, newRef(rt, a));
  temp(rt, newRef(rt, b));
  const equal = compareBool(rt, a, b, CompareOp.Eq);
  dropTemp(rt, b);
  dropTemp(rt, a);
  return equal;
}

/** The comparison that decides. @runsPython */
export function compareItems(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const m = tempMark(rt);
  holdNative(rt, a);
  holdNative(rt, b);
  return releaseKeeping(rt, m, richCompare(rt, a, b, op));
}

/** `n <op> m` */
export function compareLengths(n: number, m: number, op: number): Owned {
  return pyBool(satisfies(n - m, op)) as Owned;
}

/** `repr(list)` @runsPython */
export function listRepr(rt: Runtime, list: Ref): Owned {
  const H = rt.words;
  if (H[list + ListWord.Size] === 0) return newStr(rt, '[]');
  if (reprEnter(rt, list)) return newStr(rt, '[...]');
  let text = '[';
  try {
    for (let i = 0; i < H[list + ListWord.Size]; i++) {
      if (i > 0) text += ', ';
      text += reprOfItem(rt, H[H[list + ListWord.Items] + i]);
    }
  } finally {
    reprLeave(rt, list);
  }
  return newStr(rt, `${text}]`);
}

/** Text of `repr(item)` for an item of a container. @runsPython */
export function reprOfItem(rt: Runtime, item: Ref): string {
  const held = holdNative(rt, item);
  const result = repr(rt, item);
  const text = strText(rt, result);
  decref(rt, result);
  if (held) dropTemp(rt, item);
  return text;
}

/** Holds an item whose container may drop it while the item's slot runs; returns whether it did. An instance of a class
 *  is left alone: its method's frame holds it, and the program sees CPython's count there. */
function holdNative(rt: Runtime, item: Ref): boolean {
  const H = rt.words;
  if (H[H[item + ObjectWord.Type] + TypeWord.DefinitionIndex] === 0) return false;
  temp(rt, newRef(rt, item));
  return true;
}
