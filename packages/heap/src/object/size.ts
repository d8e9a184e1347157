/** Sizes of objects: words taken from the allocator, and bytes as CPython counts them. */
import type { Heap } from '../heap.ts';
import { GC_HEAD_WORDS, ObjectWord, PRE_HEADER_WORDS } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';

/** Words before instances of a type: collector head and pre-header. */
export function headWords(h: Heap, type: Ref): number {
  const flags = h.words[type + TypeWord.Flags];
  return (
    ((flags & TypeFlag.HaveGc) !== 0 ? GC_HEAD_WORDS : 0) + ((flags & TypeFlag.PreHeader) !== 0 ? PRE_HEADER_WORDS : 0)
  );
}

/** Words of an instance without what lies before it. A class statement's type with items has one item more than its
 *  size says, as CPython's generic allocation makes it. */
export function bodyWords(h: Heap, type: Ref, size: number): number {
  const H = h.words;
  return H[type + TypeWord.BasicWords] + allocatedItems(h, type, size) * H[type + TypeWord.ItemWords];
}

/** Bytes of an instance, rounded up to 8, as CPython allocates them; without what lies before it. */
export function bodyBytes(h: Heap, type: Ref, size: number): number {
  const H = h.words;
  return (H[type + TypeWord.BasicSize] + allocatedItems(h, type, size) * H[type + TypeWord.ItemSize] + 7) & -8;
}

/** Number of items of `o` by its own word, 0 when its type has none inside the object. */
export function itemCount(h: Heap, o: Ref): number {
  const H = h.words;
  return H[H[o + ObjectWord.Type] + TypeWord.ItemWords] === 0 ? 0 : H[o + ObjectWord.Size];
}

function allocatedItems(h: Heap, type: Ref, size: number): number {
  const H = h.words;
  if (H[type + TypeWord.ItemWords] === 0) return 0;
  return H[type + TypeWord.Traverse] === LayoutKind.Instance ? size + 1 : size;
}
