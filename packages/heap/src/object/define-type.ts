/** Types for those who use the heap without a runtime of their own: a static, immortal type record from a description. */
import type { DestructorFunction, Heap } from '../heap.ts';
import { HeapRoot, Destructor } from '../layout/heap-root.ts';
import { ObjectWord, RefCount } from '../layout/object.ts';
import { LayoutKind, TYPE_WORDS, TypeFlag, TypeWord } from '../layout/type.ts';
import { hostAdd } from '../memory/host-table.ts';
import { reserveStatic } from '../memory/memory.ts';
import type { Ref } from '../memory/ref.ts';

export interface TypeDescription {
  readonly name: string;
  /** Words of an instance from word 2 on: references or plain numbers. At most 30. */
  readonly fields?: readonly ('ref' | 'number')[];
  /** Instances hold `Size` references in themselves, like a tuple, or in a block of their own, like a list. */
  readonly items?: 'inline' | 'block';
  /** Instances may be part of cycles; by default if they hold references. */
  readonly collected?: boolean;
  /** Instances can be referenced weakly; costs a word. */
  readonly weakrefs?: boolean;
  readonly finalize?: DestructorFunction;
  /** Instead of the destructor of the layout. */
  readonly dealloc?: DestructorFunction;
}

/** Makes the record of a type whose instances are laid out as described. It lives as long as the heap. Throws
 *  RangeError for more than 30 fields, or fields and items together. */
export function defineType(h: Heap, description: TypeDescription): Ref {
  const { name, fields = [], items } = description;
  if (fields.length > 30) throw new RangeError(`type ${name} has ${fields.length} fields, at most 30 are possible`);
  if (items !== undefined && fields.length > 0) throw new RangeError(`type ${name} has both fields and items`);
  const type = reserveStatic(h, TYPE_WORDS);
  const H = h.words;
  H[type] = RefCount.Immortal;
  H[type + ObjectWord.Type] = metatype(h);
  H[type + TypeWord.Name] = hostAdd(h, name);
  setLayout(H, type, description);
  const { dealloc, finalize } = description;
  H[type + TypeWord.Dealloc] = dealloc === undefined ? layoutDestructor(H, type) : h.addFunction(dealloc);
  H[type + TypeWord.Finalize] = finalize === undefined ? 0 : h.addFunction(finalize);
  return type;
}

function setLayout(H: Int32Array, type: Ref, description: TypeDescription): void {
  const { fields = [], items } = description;
  const refs = fields.reduce((mask, field, i) => (field === 'ref' ? mask | (1 << i) : mask), 0);
  const owns = refs !== 0 || items !== undefined;
  const body = items === 'inline' ? 3 : items === 'block' ? 5 : 2 + fields.length;
  const words = body + (description.weakrefs === true ? 1 : 0);
  H[type + TypeWord.Flags] = TypeFlag.Default | ((description.collected ?? owns) ? TypeFlag.HaveGc : 0);
  H[type + TypeWord.Traverse] = H[type + TypeWord.BaseLayout] = layoutKind(owns, items);
  H[type + TypeWord.TraverseMask] = H[type + TypeWord.OwnedMask] = refs;
  if (description.weakrefs === true && items !== 'inline') H[type + TypeWord.WeakListOffset] = 8 * body;
  H[type + TypeWord.BasicWords] = items === 'inline' ? 3 : words;
  H[type + TypeWord.BasicSize] = 8 * H[type + TypeWord.BasicWords];
  H[type + TypeWord.ItemWords] = items === 'inline' ? 1 : 0;
  H[type + TypeWord.ItemSize] = 8 * H[type + TypeWord.ItemWords];
}

function layoutKind(owns: boolean, items: 'inline' | 'block' | undefined): LayoutKind {
  if (items === 'inline') return LayoutKind.InlineItems;
  if (items === 'block') return LayoutKind.ItemBlock;
  return owns ? LayoutKind.Fixed : LayoutKind.None;
}

function layoutDestructor(H: Int32Array, type: Ref): Destructor {
  const kind: LayoutKind = H[type + TypeWord.Traverse];
  if (kind === LayoutKind.InlineItems) return Destructor.Tuple;
  if (kind === LayoutKind.ItemBlock) return Destructor.List;
  return Destructor.Fixed;
}

/** The type of all types made here. */
function metatype(h: Heap): Ref {
  const H = h.words;
  if (H[HeapRoot.MetaType] === 0) {
    const type = reserveStatic(h, TYPE_WORDS);
    H[type] = RefCount.Immortal;
    H[type + ObjectWord.Type] = type;
    H[type + TypeWord.Name] = hostAdd(h, 'type');
    H[type + TypeWord.Flags] = TypeFlag.Default | TypeFlag.TypeSubclass;
    H[HeapRoot.MetaType] = type;
  }
  return H[HeapRoot.MetaType];
}
