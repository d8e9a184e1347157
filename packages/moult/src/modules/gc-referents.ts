/**
 * What `gc.get_referents` lists beyond what the collector visits: CPython 3.12 makes many types of its modules at run time, and
 * their instances visit their type. Here those types are static, the collector has no business with them.
 */
import { getReferents, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { FrameOwner, FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { Op } from '../compiler/opcodes.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { executable } from '../frames/frames.ts';
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
const GENERATORS: ReadonlySet<Ref> = new Set([T.generator, T.coroutine, T.asyncGenerator]);
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
  if (GENERATORS.has(type) && rt.words[o + GeneratorWord.State] === FrameState.Executing)
    found.splice(namesOf(rt, o), 0, ...ofRunning(rt, o + GeneratorWord.Frame));
  return found;
}

/** How many referents of a generator come before its frame: its names, and the finalizer of an asynchronous one. */
function namesOf(rt: Runtime, o: Ref): number {
  const H = rt.words;
  return H[o + ObjectWord.Type] === T.asyncGenerator && H[o + GeneratorWord.OriginOrFinalizer] !== 0 ? 3 : 2;
}

/** Whether CPython's loop went from `frame` to `above` without a native function between. It is taken to have done so for each
 *  Python function, and for what is awaited. */
function isCalledInLoop(rt: Runtime, frame: number, above: number): boolean {
  const H = rt.words;
  if (H[above + FrameWord.Owner] === FrameOwner.Thread) return true;
  const op = executable(rt, H[frame + FrameWord.Code]).originalOp(H[frame + FrameWord.PrevInstr]);
  return op === (Op.SEND as number);
}

/** What CPython visits of a running generator's frame. The collector here leaves that to the frame stack. Variables and stack are
 *  seen only while a Python function is called from there: CPython keeps the stack's height elsewhere otherwise. */
function ofRunning(rt: Runtime, frame: number): Ref[] {
  const H = rt.words;
  const found = [FrameWord.FrameObject, FrameWord.Locals, FrameWord.Function, FrameWord.Code].map((i) => H[frame + i]);
  let above = H[RootNum.CurrentFrame];
  while (above !== 0 && above !== frame && H[above + FrameWord.Previous] !== frame)
    above = H[above + FrameWord.Previous];
  if (above !== 0 && above !== frame && isCalledInLoop(rt, frame, above)) {
    const first = frame + FrameWord.LocalsPlus;
    found.push(...H.subarray(first, first + H[frame + FrameWord.StackTop]));
  }
  return found.filter((ref) => ref !== 0);
}

/** CPython visits the function of an `accumulate` before its iterator, and the total last but one. */
function ofAccumulate(rt: Runtime, o: Ref): Ref[] {
  return [AccumulateWord.Function, AccumulateWord.Iterator, AccumulateWord.Total, AccumulateWord.Initial]
    .map((word) => rt.words[o + word] as Ref)
    .filter((ref) => ref !== 0);
}
