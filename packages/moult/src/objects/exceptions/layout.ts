/**
 * How the collector and the destructor see exceptions: each type's own references first, then those of `BaseException`
 * in the order dict, args, notes, traceback, cause, context (not the order of the words).
 */
import {
  clearWord,
  freeObject,
  ObjectWord,
  trashcanBegin,
  trashcanEnd,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Ref, Visit } from '@moult/heap';
import { slotIndex } from '../../core/functions.ts';
import type { HeapSlot } from '../../core/functions.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { TypeSpec } from '../../core/type-spec.ts';

/** Flags of every built-in exception type. */
export const EXCEPTION_FLAGS = TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.BaseExcSubclass;

function visitBase(H: Int32Array, o: Ref, visit: Visit): void {
  visitWord(H, o + ExcWord.Dict, visit);
  visitWord(H, o + ExcWord.Args, visit);
  visitWord(H, o + ExcWord.Notes, visit);
  visitWord(H, o + ExcWord.Traceback, visit);
  visitWord(H, o + ExcWord.Cause, visit);
  visitWord(H, o + ExcWord.Context, visit);
}

function visitWord(H: Int32Array, word: number, visit: Visit): void {
  if (H[word] !== 0) visit(H[word]);
}

/** Releases what `BaseException` has. Source: CPython 3.12 BaseException_clear. @runsPython */
export function clearBase(rt: Heap, o: Ref): void {
  clearWord(rt, o + ExcWord.Dict);
  clearWord(rt, o + ExcWord.Args);
  clearWord(rt, o + ExcWord.Notes);
  clearWord(rt, o + ExcWord.Traceback);
  clearWord(rt, o + ExcWord.Cause);
  clearWord(rt, o + ExcWord.Context);
}

/** The parts of a `TypeSpec` that follow from the reference words an exception type adds. */
export function exceptionParts(
  own: readonly number[],
): Pick<TypeSpec, 'layout' | 'clear' | 'dealloc' | 'flags' | 'dictWord'> {
  const clear = (rt: Heap, o: Ref): void => {
    for (const word of own) clearWord(rt, o + word);
    clearBase(rt, o);
  };
  const layout: CustomLayout = {
    name: 'exception',
    traverse(heap, o, visit) {
      for (const word of own) visitWord(heap.words, o + word, visit);
      visitBase(heap.words, o, visit);
    },
  };
  return {
    layout,
    clear,
    dealloc: own.length === 0 ? deallocBase : destructor(clear),
    flags: EXCEPTION_FLAGS,
    dictWord: ExcWord.Dict,
  };
}

/** Destructor of exceptions with words of their own; as in CPython they are outside of the trashcan. */
function destructor(clear: (rt: Heap, o: Ref) => void): HeapSlot {
  return (rt, o) => {
    untrack(rt, o);
    clear(rt, o);
    freeObject(rt, o);
  };
}

const BASE_DEALLOC = slotIndex(deallocBase);

/** Destructor of plain exceptions. Source: CPython 3.12 BaseException_dealloc. @runsPython */
function deallocBase(rt: Runtime, o: Ref): void {
  untrack(rt, o);
  const nests = rt.words[rt.words[o + ObjectWord.Type] + TypeWord.Dealloc] === BASE_DEALLOC;
  if (nests && !trashcanBegin(rt, o)) return;
  clearBase(rt, o);
  freeObject(rt, o);
  if (nests) trashcanEnd(rt);
}
