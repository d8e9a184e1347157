/** Whether a subclass of dict has its own ways of reading and writing items. */
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { findInternedText } from '../../core/str.ts';
import { typeLookup } from '../../objects/type/lookup.ts';

/** The type's attribute, borrowed, or 0. */
export function lookupAttrOfType(rt: Runtime, type: Ref, name: string): Ref {
  const interned = findInternedText(rt, name);
  return interned === 0 ? 0 : typeLookup(rt, type, interned);
}

/** True if `__setitem__` of the type is that of dict. */
export function setAttrOfType(rt: Runtime, type: Ref): boolean {
  return lookupAttrOfType(rt, type, '__setitem__') === lookupAttrOfType(rt, T.dict, '__setitem__');
}
