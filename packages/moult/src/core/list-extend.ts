/** `list.extend`, with CPython's use of length hints and its growth. */
import { ListWord, ObjectWord, TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { copyReferences, listAppendTake, listPreallocateExact, listResize } from './list.ts';
import { lengthHint } from './protocol/item.ts';
import { iter, iterNext } from './protocol/iterate.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';
import { dropTemp, temp } from './temps.ts';

/** Appends the items of an iterable. Raises TypeError if it is none; what was appended before an error stays.
 *  Source: CPython 3.12 list_extend. @runsPython */
export function listExtend(rt: Runtime, list: Ref, iterable: Ref): void {
  const H = rt.words;
  const type = H[iterable + ObjectWord.Type];
  if (type === T.list || iterable === list) extendFromList(rt, list, iterable);
  else if (type === T.tuple) extendFromTuple(rt, list, iterable);
  else extendFromIterator(rt, list, iterable);
}

function extendFromList(rt: Runtime, list: Ref, source: Ref): void {
  const H = rt.words;
  const n = H[source + ListWord.Size];
  if (n === 0) return;
  const size = makeRoom(rt, list, n);
  copyReferences(H, H[source + ListWord.Items], H[list + ListWord.Items] + size, n);
}

function extendFromTuple(rt: Runtime, list: Ref, source: Ref): void {
  const H = rt.words;
  const n = H[source + TupleWord.Size];
  if (n === 0) return;
  const size = makeRoom(rt, list, n);
  copyReferences(H, source + TupleWord.Items, H[list + ListWord.Items] + size, n);
}

/** Makes the list `n` items longer; returns its length before. */
function makeRoom(rt: Runtime, list: Ref, n: number): number {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  if (H[list + ListWord.Items] !== 0) {
    listResize(rt, list, size + n);
  } else {
    listPreallocateExact(rt, list, n);
    H[list + ListWord.Size] = n;
  }
  return size;
}

const DEFAULT_HINT = 8;
/** A hint beyond this is taken for a lie. */
const MAX_HINT = 2 ** 62;

function extendFromIterator(rt: Runtime, list: Ref, iterable: Ref): void {
  const H = rt.words;
  const it = temp(rt, iter(rt, iterable));
  reserve(rt, list, lengthHint(rt, iterable, DEFAULT_HINT));
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) listAppendTake(rt, list, item);
  if (H[list + ListWord.Size] < H[list + ListWord.Allocated]) listResize(rt, list, H[list + ListWord.Size]);
  dropTemp(rt, it);
}

/** Room for `hint` further items. */
function reserve(rt: Runtime, list: Ref, hint: number): void {
  const H = rt.words;
  if (hint > MAX_HINT) return;
  if (H[list + ListWord.Items] === 0) {
    if (hint > 0) listPreallocateExact(rt, list, hint);
    return;
  }
  const size = H[list + ListWord.Size];
  listResize(rt, list, size + hint);
  H[list + ListWord.Size] = size;
}
