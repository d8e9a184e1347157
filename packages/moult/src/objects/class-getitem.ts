/** `__class_getitem__` of built-in classes: `list[int]`. */
import type { Owned, Ref } from '@moult/heap';
import { native } from '../core/native.ts';
import type { NativeDefinition } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';

function classGetItem(rt: Runtime, type: Ref, item: Ref): Owned {
  return rt.makeGenericAlias(type, item);
}

/** The method, one for each class. */
export function classGetItemMethod(): NativeDefinition {
  return native('__class_getitem__(object, /)', classGetItem, { binding: 'class', unsigned: true, doc: 'See PEP 585' });
}
