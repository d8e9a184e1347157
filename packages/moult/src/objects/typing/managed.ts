/**
 * Types of the module `typing` that programs did not make, yet whose instances have attributes and can be referenced
 * weakly as if a class statement had made them: both lie in the pre-header.
 */
import {
  clearAttributes,
  clearWeakrefs,
  clearWord,
  freeObject,
  HeadWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Heap, Ref, Visit } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import type { TypeSpec } from '../../core/type-spec.ts';

type Managed = Pick<TypeSpec, 'flags' | 'layout' | 'dealloc' | 'weakListWord'>;

/** The parts of a declaration: `owned` words die first, in order, `visited` ones are seen by the collector. Without `attributes`
 *  instances have no dict. */
export function managedParts(
  name: string,
  visited: readonly number[],
  owned: readonly number[],
  attributes: boolean,
): Managed {
  return {
    flags: TypeFlag.HaveGc | TypeFlag.ManagedWeakref | (attributes ? TypeFlag.ManagedDict : 0),
    weakListWord: HeadWord.WeakList,
    layout: {
      name,
      traverse: (heap, o, visit) => {
        visitWords(heap, o, visited, visit);
        if (attributes && heap.words[o + HeadWord.DictOrValues] > 0) visit(heap.words[o + HeadWord.DictOrValues]);
      },
      owned: (heap, o, visit) => {
        visitWords(
          heap,
          o,
          owned.filter((word) => !visited.includes(word)),
          visit,
        );
      },
      clear: (heap, o) => {
        for (const word of visited) clearWord(heap, o + word);
        clearAttributes(heap, o);
      },
    },
    dealloc: (rt, o) => {
      untrack(rt, o);
      for (const word of owned) clearWord(rt, o + word);
      clearAttributes(rt, o);
      clearWeakrefs(rt, o);
      freeObject(rt, o);
    },
  };
}

function visitWords(heap: Heap, o: Ref, words: readonly number[], visit: Visit): void {
  for (const word of words) if (heap.words[o + word] !== 0) visit(heap.words[o + word]);
}

/** Instances of `type` have attributes, though no `__dict__`. */
export function giveAttributes(rt: Runtime, type: Ref): void {
  rt.words[type + TypeWord.DictOffset] = -1;
}
