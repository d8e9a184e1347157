/** Validators of the collector's lists. */
import { forEachTracked, generationLists } from '../collector/generations.ts';
import { isCollecting, listPrev } from '../collector/lists.ts';
import type { Heap } from '../heap.ts';
import { GcRoot } from '../layout/gc.ts';
import { GC_HEAD_WORDS, HeadWord, NextFlag, ObjectWord } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Ref } from '../memory/ref.ts';
import { isGc } from '../object/track.ts';
import { WordSet } from './word-table.ts';

/** INV-GC-1: every list is linked both ways and holds collected objects, each in one list; outside of a collection no
 *  flag of a phase is set. */
export function validateGenerations(h: Heap): void {
  const seen = new WordSet(h);
  for (const list of generationLists(h)) validateList(h, list, seen);
}

/** INV-GC-1 from the other side: those of `objects` that say they are tracked are in a list. */
export function validateTracked(h: Heap, objects: Iterable<Ref>): void {
  const tracked = new WordSet(h);
  for (const list of generationLists(h)) forEachTracked(h, list, (o) => tracked.add(o));
  for (const o of objects) {
    const linked = isGc(h, o) && h.words[o + HeadWord.GcNext] !== 0;
    if (linked && !tracked.has(o)) throw corrupt('a tracked object is in a list', o, 'a member', h.typeNameOf(o));
  }
}

function validateList(h: Heap, list: number, seen: WordSet): void {
  const H = h.words;
  const idle = H[GcRoot.Collecting] === 0;
  let prev = list;
  for (let gc = H[list]; gc !== list; prev = gc, gc = H[gc]) {
    const o = gc + GC_HEAD_WORDS;
    if ((gc & NextFlag.Unreachable) !== 0) throw corrupt('links carry no flags', prev, gc - 1, gc);
    if (seen.has(gc)) throw corrupt('an object is in one list, once', o, 'one list', 'another');
    seen.add(gc);
    if (listPrev(H, gc) !== prev) throw corrupt('lists are linked both ways', o, prev, listPrev(H, gc));
    const flags = H[H[o + ObjectWord.Type] + TypeWord.Flags];
    if ((flags & TypeFlag.HaveGc) === 0) throw corrupt('listed objects are collected', o, 'HaveGc', h.typeNameOf(o));
    if (idle && isCollecting(H, gc)) throw corrupt('nothing is collecting between collections', o, 0, 1);
  }
  if (listPrev(H, list) !== prev) throw corrupt('a list ends at its head', list, prev, listPrev(H, list));
}

function corrupt(text: string, address: number, expected: number | string, found: number | string): HeapCorruption {
  return new HeapCorruption(`INV-GC-1: ${text}`, address, expected, found);
}
