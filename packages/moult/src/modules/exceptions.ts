/** Exception classes of native modules that CPython makes with PyErr_NewException. */
import type { Ref } from '@moult/heap';
import { T } from '../core/static.ts';
import { defineType, moduleType } from '../core/type-spec.ts';

/** Declares the exception class `name` (`module.name`) with these bases. Only while modules load. */
export function exceptionClass(name: string, base: Ref = T.Exception, others: readonly Ref[] = [], doc?: string): Ref {
  const ref = moduleType();
  defineType({
    ref,
    name,
    heapType: 'class',
    base,
    ...(others.length > 0 ? { bases: [base, ...others] } : {}),
    ...(doc === undefined ? {} : { doc }),
  });
  return ref;
}
