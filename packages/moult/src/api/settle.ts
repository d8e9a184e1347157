/** What CPython's start leaves in the generations, so that collections come when they come there. */
import {
  collect,
  GcRoot,
  generationHead,
  GENERATIONS,
  GenWord,
  ObjectWord,
  trackedCount,
  TupleWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newDict } from '../core/dict/index.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { newList } from '../core/list.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { releaseTemps, temp, tempMark } from '../core/temps.ts';
import { tupleOf } from '../core/tuple.ts';

/** Collections of the youngest generation until CPython runs the first instruction of a program. */
const COLLECTIONS = 5;
/** What those found. */
const COLLECTED = 24;

/** Objects that are still tracked after a full collection at the start of a program: CPython's `site` imports modules in
 *  Python which are not needed here. */
const TRACKED = 4953;

/** About what compiling a program of a hundred lines leaves in CPython's free lists: tuples by their size, lists, dicts. */
const FREE_TUPLES = [0, 4, 100, 20, 1, 1, 1];
const FREE_LISTS = 80;
const FREE_DICTS = 70;

/** What compiling leaves there for each function and class of the program, besides: measured by what imports then count. */
const FREE_FOR_SCOPE = 8;

/** Number of functions and classes in a code object, at any depth. */
function scopesIn(rt: Runtime, code: Ref): number {
  const H = rt.words;
  const consts = H[code + CodeWord.Consts];
  let count = 0;
  for (let i = 0; i < H[consts + TupleWord.Size]; i++) {
    const constant = H[consts + TupleWord.Items + i];
    if (H[constant + ObjectWord.Type] === T.code) count += 1 + scopesIn(rt, constant);
  }
  return count;
}

/** Makes `count` objects, then releases them. */
function leaveFree(rt: Runtime, count: number, make: () => Owned): void {
  const m = tempMark(rt);
  for (let i = 0; i < count; i++) temp(rt, make());
  releaseTemps(rt, m);
}

function fillFreeLists(rt: Runtime): void {
  FREE_TUPLES.forEach((count, size) => {
    leaveFree(rt, count, () => tupleOf(rt, ...Array<Ref>(size).fill(S.None)));
  });
  leaveFree(rt, FREE_LISTS, () => newList(rt, 0));
  leaveFree(rt, FREE_DICTS, () => newDict(rt));
}

/** Ends the start: what it made is one generation older, and the counts are those of CPython 3.12 at the first instruction
 *  of a program. `code` is the program's, 0 if that is found elsewhere. @mayCollect */
export function settleGenerations(rt: Runtime, code: Ref): void {
  const H = rt.words;
  if (H[GcRoot.LongLivedElsewhere] !== 0) return;
  H[GcRoot.LongLivedElsewhere] = Math.max(TRACKED - trackedCount(rt), 1);
  collect(rt, 0);
  fillFreeLists(rt);
  H[RootNum.FreeForReading] = code === 0 ? 0 : FREE_FOR_SCOPE * scopesIn(rt, code);
  for (let i = 0; i < GENERATIONS; i++) {
    const record = generationHead(i);
    H[record + GenWord.Count] = i === 1 ? COLLECTIONS : 0;
    H[record + GenWord.Collections] = i === 0 ? COLLECTIONS : 0;
    H[record + GenWord.Collected] = i === 0 ? COLLECTED : 0;
    H[record + GenWord.Uncollectable] = 0;
  }
  H[GcRoot.Scheduled] = 0;
}
