/** Instructions of type parameter lists and `type` statements (PEP 695). */
import type { Owned, Ref } from '@moult/heap';
import { Intrinsic1, Intrinsic2 } from '../compiler/opcodes.ts';
import type { Runtime } from '../core/runtime.ts';
import { tupleItem } from '../core/tuple.ts';
import { genericBase } from '../objects/typing/generic.ts';
import { newParamSpec } from '../objects/typing/param-spec.ts';
import { newLazyAlias } from '../objects/typing/type-alias.ts';
import { newTypeVarTuple } from '../objects/typing/type-var-tuple.ts';
import { INFERRED, newSyntaxTypeVar } from '../objects/typing/type-var.ts';

/** TYPEVAR, TYPEVARTUPLE, PARAMSPEC. */
export function makeTypeParameter(rt: Runtime, which: Intrinsic1, name: Ref): Owned {
  if (which === Intrinsic1.TYPEVARTUPLE) return newTypeVarTuple(rt, name);
  return which === Intrinsic1.PARAMSPEC ? newParamSpec(rt, name, INFERRED) : newSyntaxTypeVar(rt, name, 0, false);
}

/** TYPEVAR_WITH_BOUND, TYPEVAR_WITH_CONSTRAINTS: `evaluate` is the function that computes them. */
export function makeLimitedTypeVar(rt: Runtime, which: Intrinsic2, name: Ref, evaluate: Ref): Owned {
  return newSyntaxTypeVar(rt, name, evaluate, which === Intrinsic2.TYPEVAR_WITH_CONSTRAINTS);
}

/** SUBSCRIPT_GENERIC: `Generic[parameters]`. @runsPython */
export function subscriptGeneric(rt: Runtime, parameters: Ref): Owned {
  return genericBase(rt, parameters);
}

/** TYPEALIAS: from a tuple of name, type parameters (or None) and the function that computes the value. */
export function makeTypeAlias(rt: Runtime, parts: Ref): Owned {
  return newLazyAlias(rt, tupleItem(rt, parts, 0), tupleItem(rt, parts, 1), tupleItem(rt, parts, 2));
}
