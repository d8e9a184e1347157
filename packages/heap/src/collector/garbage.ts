/** The list that `gc.garbage` shows. */
import { realloc } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { ListWord } from '../layout/containers.ts';
import { GcRoot } from '../layout/gc.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import type { Ref } from '../memory/ref.ts';
import { newList } from '../object/freelist.ts';
import { incref } from '../object/refcount.ts';
import { track } from '../object/track.ts';

/** Appends a new reference to `o` to the garbage list, made if need be. False: there is no such list, or no memory.
 *  Source: CPython 3.12 PyList_Append. */
export function appendGarbage(h: Heap, o: Ref): boolean {
  h.onUncollectable(o);
  try {
    const list = garbageList(h);
    if (list !== 0) append(h, list, o);
    return list !== 0;
  } catch {
    return false; // out of memory; as in CPython the object is then not shown
  }
}

function garbageList(h: Heap): Ref {
  const H = h.words;
  if (H[GcRoot.Garbage] === 0 && H[HeapRoot.ListType] !== 0) {
    const list = newList(h, H[HeapRoot.ListType], 0);
    track(h, list);
    H[GcRoot.Garbage] = list;
  }
  return H[GcRoot.Garbage];
}

function append(h: Heap, list: Ref, o: Ref): void {
  const H = h.words;
  const size = H[list + ListWord.Size];
  const allocated = H[list + ListWord.Allocated];
  if (size === allocated) {
    const room = overAllocate(size + 1);
    H[list + ListWord.Items] = realloc(h, H[list + ListWord.Items], allocated, room);
    H[list + ListWord.Allocated] = room;
  }
  incref(h, o);
  H[H[list + ListWord.Items] + size] = o;
  H[list + ListWord.Size] = size + 1;
}

/** Items that a list growing to `size` gets. Source: CPython 3.12 list_resize. */
function overAllocate(size: number): number {
  return (size + (size >> 3) + 6) & ~3;
}
