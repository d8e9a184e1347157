/** The order in which `gc.get_referents` lists what the collector visits, where it is not that of the words. */
import { getReferents, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import * as itertools from './itertools/layout.ts';
import { AccumulateWord } from './itertools/layout.ts';
import { ATTRGETTER, METHODCALLER } from './operator/getters.ts';

/** Their instances visit their type last, where others visit it first. */
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
  const first = found[0] === type ? 1 : 0;
  if (type === itertools.ACCUMULATE) found.splice(first, found.length, ...ofAccumulate(rt, o));
  if (ITERATOR_FIRST.has(type)) found.splice(first, 2, ...found.slice(first, first + 2).reverse());
  if (TYPE_LAST.has(type)) found.push(found.shift() as Ref);
  return found;
}

/** CPython visits the function of an `accumulate` before its iterator, and the total last but one. */
function ofAccumulate(rt: Runtime, o: Ref): Ref[] {
  return [AccumulateWord.Function, AccumulateWord.Iterator, AccumulateWord.Total, AccumulateWord.Initial]
    .map((word) => rt.words[o + word] as Ref)
    .filter((ref) => ref !== 0);
}
