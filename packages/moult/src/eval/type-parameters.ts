/** Type parameters and `type` statements (PEP 695) are not offered yet: clear errors (docs/fidelity.md). */
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';

/** TYPEVAR and its like. */
export function makeTypeParameter(rt: Runtime, _which: number, _name: Ref, _bound: Ref = 0): Owned {
  return raise(rt, T.NotImplementedError, 'type parameters are not supported yet');
}

/** SUBSCRIPT_GENERIC */
export function subscriptGeneric(rt: Runtime, _parameters: Ref): Owned {
  return raise(rt, T.NotImplementedError, 'type parameters are not supported yet');
}

/** TYPEALIAS */
export function makeTypeAlias(rt: Runtime, _parts: Ref): Owned {
  return raise(rt, T.NotImplementedError, "'type' statements are not supported yet");
}
