/** Asynchronous generators are not offered yet: their instructions raise a clear error (docs/fidelity.md). */
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';

/** INTRINSIC ASYNC_GEN_WRAP */
export function wrapAsyncValue(rt: Runtime, _value: Ref): Owned {
  return raise(rt, T.NotImplementedError, 'asynchronous generators are not supported yet');
}
