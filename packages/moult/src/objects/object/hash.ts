/** Hashes of identity. */
import { addressOf } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

/** The address, rotated by four bits (_Py_HashPointer). Low half; the high half goes to `rt.hashHigh`. */
export function hashPointer(rt: Runtime, self: Ref): number {
  const address = addressOf(self);
  const high = Math.floor(address / 0x100000000);
  const low = (address % 0x100000000) | 0;
  rt.hashHigh = (high >>> 4) | (low << 28);
  return (low >>> 4) | (high << 28);
}
