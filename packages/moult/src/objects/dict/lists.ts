/** Lists that grow item by item, as CPython's list grows. */
import { ListWord, newList, realloc, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';

/** An empty list, tracked. */
export function emptyList(rt: Runtime): Owned {
  const list = newList(rt, T.list, 0);
  track(rt, list);
  return list;
}

/** Appends; takes `item`. */
export function appendTake(rt: Runtime, list: Ref, item: Owned): void {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  if (size >= H[list + ListWord.Allocated]) {
    temp(rt, item);
    const wanted = (size + 1 + ((size + 1) >> 3) + 6) & -4;
    H[list + ListWord.Items] = realloc(rt, H[list + ListWord.Items], size, wanted);
    H[list + ListWord.Allocated] = wanted;
    item = untemp(rt, item);
  }
  H[H[list + ListWord.Items] + size] = item;
  H[list + ListWord.Size] = size + 1;
}
