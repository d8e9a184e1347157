/** Validator of weak references' lists. */
import type { Heap } from '../heap.ts';
import { ObjectWord } from '../layout/object.ts';
import { TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Ref } from '../memory/ref.ts';
import { isWeakref, weakListWord } from '../object/weakref.ts';
import { WordSet } from './word-table.ts';

/** INV-WR-1: a reference with an object is in exactly that object's list; one without is in none. */
export function validateWeakLists(h: Heap, objects: Iterable<Ref>): void {
  const H = h.words;
  const listed = new WordSet(h);
  const references: Ref[] = [];
  for (const o of objects) {
    if (isWeakref(H, o)) references.push(o);
    if (H[H[o + ObjectWord.Type] + TypeWord.WeakListOffset] !== 0) validateListOf(H, o, listed);
  }
  for (const wr of references) {
    if (H[wr + WeakrefWord.Object] !== 0 && !listed.has(wr)) throw corrupt(wr, 'in a list', 'in none');
  }
}

function validateListOf(H: Int32Array, o: Ref, listed: WordSet): void {
  let prev = 0;
  for (let wr = H[weakListWord(H, o)]; wr !== 0; prev = wr, wr = H[wr + WeakrefWord.Next]) {
    if (H[wr + WeakrefWord.Object] !== o) throw corrupt(wr, o, H[wr + WeakrefWord.Object]);
    if (H[wr + WeakrefWord.Prev] !== prev) throw corrupt(wr, prev, H[wr + WeakrefWord.Prev]);
    if (listed.has(wr)) throw corrupt(wr, 'in one list', 'in two');
    listed.add(wr);
  }
}

function corrupt(address: number, expected: number | string, found: number | string): HeapCorruption {
  return new HeapCorruption('INV-WR-1: list of weak references', address, expected, found);
}
