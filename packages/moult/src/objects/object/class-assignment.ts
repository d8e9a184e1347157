/** `o.__class__ = other`: allowed between types whose instances look the same. */
import { decref, incref, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { instanceDict } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';

/** The setter of `object.__class__`. Source: CPython 3.12 object_set_class. */
export function assignClass(rt: Runtime, self: Ref, value: Ref): void {
  const H = rt.words;
  const old = H[self + ObjectWord.Type];
  if (value === 0) typeError(rt, "can't delete __class__ attribute");
  if (!isType(rt, value)) typeError(rt, `__class__ must be set to a class, not '${kindName(rt, value)}' object`);
  const modules = isSubtype(rt, value, T.module) && isSubtype(rt, old, T.module);
  if (!modules && (isImmutable(rt, value) || isImmutable(rt, old))) {
    typeError(rt, '__class__ assignment only supported for mutable types or ModuleType subclasses');
  }
  requireCompatible(rt, old, value, '__class__');
  if ((H[old + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) instanceDict(rt, self);
  if ((H[value + TypeWord.Flags] & TypeFlag.HeapType) !== 0) incref(rt, value);
  H[self + ObjectWord.Type] = value;
  if ((H[old + TypeWord.Flags] & TypeFlag.HeapType) !== 0) decref(rt, old);
}

function isImmutable(rt: Runtime, type: Ref): boolean {
  return (rt.words[type + TypeWord.Flags] & TypeFlag.ImmutableType) !== 0;
}

/** Raises TypeError unless instances of the two types have the same layout and destructor.
 *  Source: CPython 3.12 compatible_for_assignment. */
export function requireCompatible(rt: Runtime, old: Ref, value: Ref, attribute: string): void {
  const H = rt.words;
  if (((H[old + TypeWord.Flags] ^ H[value + TypeWord.Flags]) & TypeFlag.HaveGc) !== 0) {
    typeError(
      rt,
      `${attribute} assignment: '${typeFullName(rt, value)}' deallocator differs from '${typeFullName(rt, old)}'`,
    );
  }
  if (!sameLayout(rt, old, value)) {
    typeError(
      rt,
      `${attribute} assignment: '${typeFullName(rt, value)}' object layout differs from '${typeFullName(rt, old)}'`,
    );
  }
}

function sameLayout(rt: Runtime, old: Ref, value: Ref): boolean {
  const H = rt.words;
  let a = value;
  let b = old;
  while (compatibleWithBase(rt, a)) a = H[a + TypeWord.Base];
  while (compatibleWithBase(rt, b)) b = H[b + TypeWord.Base];
  if (a === b) return true;
  return H[a + TypeWord.Base] === H[b + TypeWord.Base] && sameSlotsAdded(rt, a, b);
}

/** The child adds nothing to its base's instances (compatible_with_tp_base). */
function compatibleWithBase(rt: Runtime, child: Ref): boolean {
  const H = rt.words;
  const parent = H[child + TypeWord.Base];
  if (parent === 0) return false;
  const same = (word: number): boolean => H[child + word] === H[parent + word];
  const flags = TypeFlag.HaveGc | TypeFlag.PreHeader;
  return (
    same(TypeWord.BasicSize) &&
    same(TypeWord.ItemSize) &&
    same(TypeWord.DictOffset) &&
    same(TypeWord.WeakListOffset) &&
    (H[child + TypeWord.Flags] & flags) === (H[parent + TypeWord.Flags] & flags)
  );
}

/** Both add the same slots, dict and weak list to one base (same_slots_added). */
function sameSlotsAdded(rt: Runtime, a: Ref, b: Ref): boolean {
  const H = rt.words;
  const flags = TypeFlag.PreHeader;
  if ((H[a + TypeWord.Flags] & flags) !== (H[b + TypeWord.Flags] & flags)) return false;
  if (H[a + TypeWord.BasicSize] !== H[b + TypeWord.BasicSize]) return false;
  if (H[a + TypeWord.DictOffset] !== H[b + TypeWord.DictOffset]) return false;
  return (
    slotNames(rt, a) === slotNames(rt, b) || H[a + TypeWord.BasicSize] === H[H[a + TypeWord.Base] + TypeWord.BasicSize]
  );
}

function slotNames(rt: Runtime, type: Ref): string {
  const H = rt.words;
  const slots = H[type + TypeWord.HtSlots];
  if (slots === 0) return '';
  const names: string[] = [];
  for (let i = 0; i < H[slots + TupleWord.Size]; i++) names.push(strText(rt, H[slots + TupleWord.Items + i]));
  return names.join(' ');
}
