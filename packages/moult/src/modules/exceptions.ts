/** Exception classes of native modules. */
import type { Ref } from '@moult/heap';
import { T } from '../core/static.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { baseExceptionInit, baseExceptionNew } from '../objects/exceptions/base.ts';
import { EXCEPTION_FLAGS } from '../objects/exceptions/layout.ts';

/** Declares the exception class `name` (`module.name`) with these bases. Only while modules load. */
export function exceptionClass(name: string, base: Ref = T.Exception, others: readonly Ref[] = [], doc?: string): Ref {
  const ref = moduleType();
  defineType({
    ref,
    name,
    base,
    ...(others.length > 0 ? { bases: [base, ...others] } : {}),
    flags: EXCEPTION_FLAGS,
    slots: { new: baseExceptionNew, init: baseExceptionInit },
    ...(doc === undefined ? {} : { doc }),
  });
  return ref;
}
