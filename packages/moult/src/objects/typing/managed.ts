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
  ObjectWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Heap, Ref, Visit } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { internText } from '../../core/str.ts';
import type { TypeSpec } from '../../core/type-spec.ts';

type Managed = Pick<TypeSpec, 'flags' | 'layout' | 'dealloc' | 'weakListWord' | 'populate'>;

/** The parts of a declaration: `owned` words die first, in order, `visited` ones are seen by the collector. Without `attributes`
 *  instances have no dict. As in CPython the collector sees the type, too: there it is one made at run time. */
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
        visit(heap.words[o + ObjectWord.Type]);
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
    populate: (rt, dict) => {
      showModule(rt, dict);
    },
  };
}

function visitWords(heap: Heap, o: Ref, words: readonly number[], visit: Visit): void {
  for (const word of words) if (heap.words[o + word] !== 0) visit(heap.words[o + word]);
}

/** The entry `__module__` that CPython's types made from a specification have. */
export function showModule(rt: Runtime, dict: Ref): void {
  const name = internText(rt, 'typing');
  dictSetText(rt, dict, '__module__', name);
  if (rt.words[name] > 0) rt.words[name]--;
}

/** Instances of `type` have attributes, though no `__dict__`. */
export function giveAttributes(rt: Runtime, type: Ref): void {
  rt.words[type + TypeWord.DictOffset] = -1;
}
