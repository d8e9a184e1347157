/** What the types of `itertools` have in common. */
import { LayoutKind, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { clearException, currentException, pendingMatches, rethrow } from '../../core/errors.ts';
import type { IterNextSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import type { Slots, TypeSpec } from '../../core/type-spec.ts';
import { PICKLING } from './pickling.ts';
import { identitySlot, nextItem } from '../../objects/iterators/shared.ts';

interface IteratorSpec {
  readonly ref: Ref;
  readonly name: string;
  readonly basicSize: number;
  /** Owned words. */
  readonly refs: readonly number[];
  readonly doc: string;
  readonly next: IterNextSlot;
  readonly make: NonNullable<Slots['new']>;
  readonly slots?: Slots;
  readonly more?: Partial<TypeSpec>;
}

/** Declares an iterator type that may be subclassed. */
export function defineIterator(spec: IteratorSpec): void {
  defineType({
    ref: spec.ref,
    name: `itertools.${spec.name}`,
    heapType: 'immutable',
    genericAccess: 'get',
    basicSize: spec.basicSize,
    flags: TypeFlag.HaveGc | TypeFlag.BaseType,
    layout: LayoutKind.Fixed,
    traverse: spec.refs,
    noClear: true,
    doc: spec.doc,
    slots: { iter: identitySlot, iternext: spec.next, new: spec.make, ...spec.slots },
    ...spec.more,
    methods: [...(spec.more?.methods ?? []), ...(PICKLING[spec.name] ?? [])],
  });
}

/** The next item; 0 at the end with no StopIteration pending. @runsPython Source: CPython 3.12 PyIter_Next. */
export function nextClean(rt: Runtime, it: Ref): Owned | 0 {
  const item = nextItem(rt, it);
  if (item === 0 && currentException(rt) !== 0) {
    if (!pendingMatches(rt, T.StopIteration)) rethrow();
    clearException(rt);
  }
  return item;
}
