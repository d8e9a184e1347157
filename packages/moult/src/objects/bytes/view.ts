/** What a memoryview shows. */
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

/** The bytes that a memoryview shows, in order; a copy when they do not lie in a row. */
export function memoryviewBytes(_rt: Runtime, _self: Ref): Uint8Array | null {
  return null;
}
