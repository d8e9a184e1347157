/**
 * What `gc.get_referents` lists beyond what the collector visits: CPython 3.12 makes many types of its modules at run time, and
 * their instances visit their type. Here those types are static, the collector has no business with them.
 */
import { getReferents, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { DEQUE, DEQUE_ITERATOR, DEQUE_REVERSE_ITERATOR } from './collections/types.ts';
import { KEY_WRAPPER } from './functools/key-wrapper.ts';
import { LRU_CACHE } from './functools/lru-cache.ts';
import { PARTIAL } from './functools/partial.ts';
import * as itertools from './itertools/layout.ts';
import { AccumulateWord } from './itertools/layout.ts';
import { ATTRGETTER, ITEMGETTER, METHODCALLER } from './operator/getters.ts';

const ITERTOOLS = [
  itertools.ACCUMULATE,
  itertools.BATCHED,
  itertools.CHAIN,
  itertools.COMBINATIONS,
  itertools.COMBINATIONS_WITH_REPLACEMENT,
  itertools.COMPRESS,
  itertools.COUNT,
  itertools.CYCLE,
  itertools.DROPWHILE,
  itertools.FILTERFALSE,
  itertools.GROUPBY,
  itertools.GROUPER,
  itertools.ISLICE,
  itertools.PAIRWISE,
  itertools.PERMUTATIONS,
  itertools.PRODUCT,
  itertools.REPEAT,
  itertools.STARMAP,
  itertools.TAKEWHILE,
  itertools.TEE,
  itertools.TEE_DATA,
  itertools.ZIP_LONGEST,
];

/** Their instances visit their type first, or last. */
const TYPE_FIRST: ReadonlySet<Ref> = new Set([
  ...ITERTOOLS,
  DEQUE,
  DEQUE_ITERATOR,
  DEQUE_REVERSE_ITERATOR,
  KEY_WRAPPER,
  LRU_CACHE,
  PARTIAL,
  ITEMGETTER,
  T.ExceptionGroup,
]);
const TYPE_LAST: ReadonlySet<Ref> = new Set([ATTRGETTER, METHODCALLER]);

/** Their instances visit the iterator before the function, which is before it in memory. */
const ITERATOR_FIRST: ReadonlySet<Ref> = new Set([
  T.filter,
  itertools.DROPWHILE,
  itertools.FILTERFALSE,
  itertools.STARMAP,
  itertools.TAKEWHILE,
]);

/** The direct referents of `o` in the order in which CPython 3.12 visits them. Borrowed. */
export function visibleReferents(rt: Runtime, o: Ref): Ref[] {
  const found: Ref[] = [];
  getReferents(rt, o, (ref) => found.push(ref));
  const type = rt.words[o + ObjectWord.Type];
  if (type === itertools.ACCUMULATE) found.splice(0, found.length, ...ofAccumulate(rt, o));
  if (ITERATOR_FIRST.has(type)) found.splice(0, 2, ...found.slice(0, 2).reverse());
  if (TYPE_FIRST.has(type)) found.unshift(type);
  if (TYPE_LAST.has(type)) found.push(type);
  return found;
}

/** CPython visits the function of an `accumulate` before its iterator, and the total last but one. */
function ofAccumulate(rt: Runtime, o: Ref): Ref[] {
  return [AccumulateWord.Function, AccumulateWord.Iterator, AccumulateWord.Total, AccumulateWord.Initial]
    .map((word) => rt.words[o + word] as Ref)
    .filter((ref) => ref !== 0);
}
