/** The method resolution order: C3, with CPython's messages. */
import { touchList, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { tupleOf } from '../../core/tuple.ts';
import { typeFullName, typeName } from '../../core/types.ts';

/** The items of a tuple, borrowed. */
export function tupleItems(rt: Runtime, tuple: Ref): Ref[] {
  const start = tuple + TupleWord.Items;
  return Array.from(rt.words.subarray(start, start + rt.words[tuple + TupleWord.Size]));
}

/** The MRO of `type` from those of its bases. Raises TypeError when there is none. (mro_implementation) */
export function computeMro(rt: Runtime, type: Ref): Owned {
  const bases = tupleItems(rt, rt.words[type + TypeWord.Bases]);
  for (const base of bases) {
    if (rt.words[base + TypeWord.Mro] === 0)
      typeError(rt, `Cannot extend an incomplete type '${typeFullName(rt, base)}'`);
  }
  if (bases.length === 1) return tupleOf(rt, type, ...tupleItems(rt, rt.words[bases[0] + TypeWord.Mro]));
  const order = merge(rt, bases);
  // CPython merges into a list.
  touchList(rt);
  return tupleOf(rt, type, ...order);
}

function merge(rt: Runtime, bases: Ref[]): Ref[] {
  checkDuplicates(rt, bases);
  const lists = [...bases.map((base) => tupleItems(rt, rt.words[base + TypeWord.Mro])), bases];
  const heads = lists.map(() => 0);
  const result: Ref[] = [];
  for (;;) {
    const open = lists.findIndex((list, i) => heads[i] < list.length);
    if (open < 0) return result;
    const candidate = nextInOrder(lists, heads);
    if (candidate === 0) inconsistent(rt, lists, heads);
    result.push(candidate);
    for (let i = 0; i < lists.length; i++) if (lists[i][heads[i]] === candidate) heads[i]++;
  }
}

/** The first head that is in no list's tail; 0 if there is none. */
function nextInOrder(lists: readonly Ref[][], heads: readonly number[]): Ref {
  for (let i = 0; i < lists.length; i++) {
    if (heads[i] >= lists[i].length) continue;
    const candidate = lists[i][heads[i]];
    if (!lists.some((list, j) => list.indexOf(candidate, heads[j] + 1) >= 0)) return candidate;
  }
  return 0;
}

function checkDuplicates(rt: Runtime, bases: readonly Ref[]): void {
  for (let i = 0; i < bases.length; i++) {
    if (bases.indexOf(bases[i], i + 1) >= 0) typeError(rt, `duplicate base class ${typeName(rt, bases[i])}`);
  }
}

function inconsistent(rt: Runtime, lists: readonly Ref[][], heads: readonly number[]): never {
  const left = new Set<Ref>();
  lists.forEach((list, i) => {
    if (heads[i] < list.length) left.add(list[heads[i]]);
  });
  const names = [...left].map((type) => typeName(rt, type)).join(', ');
  typeError(rt, `Cannot create a consistent method resolution\norder (MRO) for bases ${names}`);
}
