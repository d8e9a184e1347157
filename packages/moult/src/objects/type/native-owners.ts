/** Which built-in type a native is a method of: the same for all runtimes. */
import type { Ref } from '@moult/heap';
import { TYPE_SPECS } from '../../core/type-spec.ts';

const owners = new Map<number, Ref>();

/** The type whose method the native of this index is; undefined for a function. */
export function nativeOwner(index: number): Ref | undefined {
  if (owners.size === 0) {
    for (const { ref, methods } of TYPE_SPECS) for (const def of methods ?? []) owners.set(def.index, ref);
  }
  return owners.get(index);
}
