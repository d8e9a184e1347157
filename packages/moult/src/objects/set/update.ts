/** Adding and taking away the members of other collections. */
import { incref, newRef, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictHashAt, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { SetEntry, SetWord } from '../../core/layout/set.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { baseSetType, isAnySet, newSetFrom, setClear } from './make.ts';
import { intersection } from './operations.ts';
import {
  grownSize,
  insertClean,
  setAdd,
  setAddHash,
  setDiscard,
  setDiscardHash,
  setEntryAt,
  setNext,
  setResize,
} from './table.ts';

/** Adds the members of any iterable. @runsPython
 *  Source: CPython 3.12 set_update_internal. */
export function setUpdate(rt: Runtime, s: Ref, other: Ref): void {
  if (isAnySet(rt, other)) mergeSet(rt, s, other);
  else if (rt.words[other + ObjectWord.Type] === T.dict) updateFromDict(rt, s, other);
  else updateFromIterable(rt, s, other);
}

function updateFromIterable(rt: Runtime, s: Ref, other: Ref): void {
  const iterator = temp(rt, iter(rt, other));
  for (let key = iterNext(rt, iterator); key !== 0; key = iterNext(rt, iterator)) {
    temp(rt, key);
    setAdd(rt, s, key);
    dropTemp(rt, key);
  }
  dropTemp(rt, iterator);
}

function makeRoomFor(rt: Runtime, s: Ref, more: number): void {
  const H = rt.words;
  if ((H[s + SetWord.Fill] + more) * 5 >= H[s + SetWord.Mask] * 3) setResize(rt, s, (H[s + SetWord.Used] + more) * 2);
}

function updateFromDict(rt: Runtime, s: Ref, d: Ref): void {
  makeRoomFor(rt, s, dictLength(rt, d));
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) {
    const lo = dictHashAt(rt, d, i);
    setAddHash(rt, s, dictKeyAt(rt, d, i), lo, rt.hashHigh);
  }
}

/** @runsPython
 *  Source: CPython 3.12 set_merge. */
function mergeSet(rt: Runtime, s: Ref, other: Ref): void {
  const H = rt.words;
  if (s === other || H[other + SetWord.Used] === 0) return;
  makeRoomFor(rt, s, H[other + SetWord.Used]);
  if (H[s + SetWord.Fill] !== 0) addMembers(rt, s, other);
  else if (H[s + SetWord.Mask] === H[other + SetWord.Mask] && H[other + SetWord.Fill] === H[other + SetWord.Used]) {
    copyTable(rt, s, other);
  } else insertMembers(rt, s, other);
}

function copyTable(rt: Runtime, s: Ref, other: Ref): void {
  const H = rt.words;
  const table = H[s + SetWord.Table];
  const from = H[other + SetWord.Table];
  const nwords = (H[other + SetWord.Mask] + 1) * SetEntry.Words;
  H.copyWithin(table, from, from + nwords);
  for (let entry = table; entry < table + nwords; entry += SetEntry.Words) if (H[entry] > 0) incref(rt, H[entry]);
  H[s + SetWord.Fill] = H[other + SetWord.Fill];
  H[s + SetWord.Used] = H[other + SetWord.Used];
}

function insertMembers(rt: Runtime, s: Ref, other: Ref): void {
  const H = rt.words;
  for (let i = setNext(rt, other, 0); i >= 0; i = setNext(rt, other, i + 1)) {
    const entry = setEntryAt(rt, other, i);
    incref(rt, H[entry]);
    const table = H[s + SetWord.Table];
    insertClean(H, table, H[s + SetWord.Mask], H[entry], H[entry + SetEntry.HashLow], H[entry + SetEntry.HashHigh]);
  }
  H[s + SetWord.Fill] = H[s + SetWord.Used] = H[other + SetWord.Used];
}

function addMembers(rt: Runtime, s: Ref, other: Ref): void {
  const H = rt.words;
  for (let i = setNext(rt, other, 0); i >= 0; i = setNext(rt, other, i + 1)) {
    const entry = setEntryAt(rt, other, i);
    setAddHash(rt, s, H[entry], H[entry + SetEntry.HashLow], H[entry + SetEntry.HashHigh]);
  }
}

/** Instead of a set more than 2^3 times as large, its intersection is taken away. */
const MUCH_LARGER = 3;

/** Takes the members of any iterable away. @runsPython
 *  Source: CPython 3.12 set_difference_update_internal. */
export function setDifferenceUpdate(rt: Runtime, s: Ref, other: Ref): void {
  const H = rt.words;
  if (s === other) return setClear(rt, s);
  if (isAnySet(rt, other)) discardMembers(rt, s, other);
  else discardIterable(rt, s, other);
  if (H[s + SetWord.Fill] - H[s + SetWord.Used] > H[s + SetWord.Mask] >> 2)
    setResize(rt, s, grownSize(H[s + SetWord.Used]));
}

function discardMembers(rt: Runtime, s: Ref, other: Ref): void {
  const H = rt.words;
  const large = H[other + SetWord.Used] >> MUCH_LARGER > H[s + SetWord.Used];
  const walked = temp(rt, large ? intersection(rt, s, other) : newRef(rt, other));
  for (let i = setNext(rt, walked, 0); i >= 0; i = setNext(rt, walked, i + 1)) {
    const entry = setEntryAt(rt, walked, i);
    const lo = H[entry + SetEntry.HashLow];
    const hi = H[entry + SetEntry.HashHigh];
    const key = temp(rt, newRef(rt, H[entry]));
    setDiscardHash(rt, s, key, lo, hi);
    dropTemp(rt, key);
  }
  dropTemp(rt, walked);
}

function discardIterable(rt: Runtime, s: Ref, other: Ref): void {
  const iterator = temp(rt, iter(rt, other));
  for (let key = iterNext(rt, iterator); key !== 0; key = iterNext(rt, iterator)) {
    temp(rt, key);
    setDiscard(rt, s, key);
    dropTemp(rt, key);
  }
  dropTemp(rt, iterator);
}

/** Leaves what is in exactly one of the two. @runsPython
 *  Source: CPython 3.12 set_symmetric_difference_update. */
export function setSymmetricUpdate(rt: Runtime, s: Ref, other: Ref): void {
  if (s === other) return setClear(rt, s);
  if (rt.words[other + ObjectWord.Type] === T.dict) return toggleKeys(rt, s, other);
  const members = temp(rt, isAnySet(rt, other) ? newRef(rt, other) : newSetFrom(rt, baseSetType(rt, s), other));
  const H = rt.words;
  for (let i = setNext(rt, members, 0); i >= 0; i = setNext(rt, members, i + 1)) {
    const entry = setEntryAt(rt, members, i);
    toggle(rt, s, H[entry], H[entry + SetEntry.HashLow], H[entry + SetEntry.HashHigh]);
  }
  dropTemp(rt, members);
}

function toggleKeys(rt: Runtime, s: Ref, d: Ref): void {
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) {
    const lo = dictHashAt(rt, d, i);
    toggle(rt, s, dictKeyAt(rt, d, i), lo, rt.hashHigh);
  }
}

function toggle(rt: Runtime, s: Ref, key: Ref, lo: number, hi: number): void {
  temp(rt, newRef(rt, key));
  if (!setDiscardHash(rt, s, key, lo, hi)) setAddHash(rt, s, key, lo, hi);
  dropTemp(rt, key);
}
