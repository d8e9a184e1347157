/**
 * The large space: blocks over 64 words, where CPython asks the system's allocator. Boundary tags let a freed block
 * merge with both neighbours and a growing one take its right neighbour; adjacent segments are one space, so that a
 * block may span them. A free block never contains a whole segment: that is given back at once.
 *
 * A block is named by its tag here, `Large.Header` words before what the caller sees. An *open* region is one that a
 * function works on: its tag holds its size, but it is in no bin and nothing says so to its neighbours yet.
 * Keeps INV-LARGE-1: from tag to tag the blocks fill their segments; no two free blocks are neighbours; PrevUsed says
 * whether the block before is in use, or none; TailFree is the size of the free block that ends with the segment.
 */
import { Large, LargeTag, Segment, SegmentKind, SegmentRecord } from '../layout/allocator.ts';
import { Root, RootFlag } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { returnKeptArena } from './arena.ts';
import { findBlock, insertBlock, removeBlock } from './bins.ts';
import { checkDead, fillDead } from './dead-fill.ts';
import { areFree, claimSegments, releaseSegments, segmentKind, segmentRecord, takeSegments } from './segment.ts';

/** Words that a block handed out with `nwords` words takes, tag included. */
export function largeWords(nwords: number): number {
  return (nwords + Large.Header + Large.Granule - 1) & -Large.Granule;
}

/** Takes a block of `nwords` words; 0 if the buffer is full. Records `nbytes` but does not charge them. */
export function takeLarge(m: Memory, nwords: number, nbytes: number): number {
  const H = m.words;
  if (nwords > H.length) return 0;
  const size = largeWords(nwords);
  let start = findBlock(m, size);
  if (start !== 0) removeFree(m, start);
  else start = openSegments(m, size);
  if (start === 0) return 0;
  H[Root.LargeBlocks]++;
  m.floats[Root.LargeBytes / 2] += nbytes;
  handOut(m, start, size, nwords, nbytes);
  return start + Large.Header;
}

/** Gives back a block of `takeLarge`. */
export function returnLarge(m: Memory, block: number): void {
  const H = m.words;
  const start = block - Large.Header;
  const size = H[start] & LargeTag.SizeMask;
  H[Root.LargeBlocks]--;
  m.floats[Root.LargeBytes / 2] -= m.floats[(start + Large.Bytes) / 2];
  if (isDebug(m)) fillDead(m, start + 1, start + size);
  giveBack(m, openMerged(m, start, start + size));
}

/** Makes the block `nwords` long where it is: gives its tail back, or takes what is free to its right. Answers false,
 *  with nothing changed, if there is not enough. */
export function resizeLarge(m: Memory, block: number, nwords: number, nbytes: number): boolean {
  const H = m.words;
  const start = block - Large.Header;
  if (nwords > H.length) return false;
  const size = largeWords(nwords);
  const have = H[start] & LargeTag.SizeMask;
  if (size > have && !growRight(m, start, have, size - have)) return false;
  m.floats[Root.LargeBytes / 2] += nbytes - m.floats[(start + Large.Bytes) / 2];
  handOut(m, start, size, nwords, nbytes);
  return true;
}

/** Size of the free block that starts at `end`, or 0. */
function freeAfter(m: Memory, end: number): number {
  if ((end & Segment.Mask) === 0 && segmentKind(m, end >>> Segment.Shift) !== SegmentKind.Large) return 0;
  const tag = m.words[end];
  return (tag & LargeTag.Used) !== 0 ? 0 : tag & LargeTag.SizeMask;
}

/** Size of the free block that ends at `start`, or 0. */
export function freeBefore(m: Memory, start: number): number {
  const H = m.words;
  if ((start & Segment.Mask) === 0) return H[segmentRecord((start >>> Segment.Shift) - 1) + SegmentRecord.TailFree];
  return (H[start] & LargeTag.PrevUsed) !== 0 ? 0 : H[start - 1];
}

/** Uses the first `size` words of the open region at `start` and gives the rest back. */
function handOut(m: Memory, start: number, size: number, nwords: number, nbytes: number): void {
  const H = m.words;
  const end = start + (H[start] & LargeTag.SizeMask);
  H[start] = size | LargeTag.Used | (H[start] & LargeTag.PrevUsed);
  H[start + Large.Requested] = nwords;
  m.floats[(start + Large.Bytes) / 2] = nbytes;
  tellNext(m, start + size, 0);
  if (start + size < end) giveBack(m, openMerged(m, start + size, end));
}

/** Opens new segments for a block of `size` words, with any free neighbours; 0 if there are none left. */
function openSegments(m: Memory, size: number): number {
  const count = (size + Segment.Mask) >>> Segment.Shift;
  let first = takeSegments(m, count, SegmentKind.Large);
  if (first === 0 && returnKeptArena(m)) first = takeSegments(m, count, SegmentKind.Large);
  return first === 0 ? 0 : openNewSegments(m, first, count);
}

function openNewSegments(m: Memory, first: number, count: number): number {
  const start = first << Segment.Shift;
  const end = (first + count) << Segment.Shift;
  m.words[Root.LargeSegments] += count;
  if (isDebug(m)) fillDead(m, start, end);
  return openMerged(m, start, end);
}

/** Makes one open region of `start` … `end` and the free blocks on both sides; returns its start. */
function openMerged(m: Memory, start: number, end: number): number {
  const H = m.words;
  const before = freeBefore(m, start);
  const after = freeAfter(m, end);
  if (before !== 0) removeFree(m, start - before);
  if (after !== 0) removeFree(m, end);
  if (isDebug(m)) {
    if (before !== 0) fillDead(m, start - 1, start + 1);
    if (after !== 0) fillDead(m, end, end + Large.Header);
  }
  H[start - before] = (end + after - start + before) | LargeTag.PrevUsed;
  return start - before;
}

/** Frees an open region: whole segments leave the large space, what remains goes to the bins. */
function giveBack(m: Memory, start: number): void {
  const H = m.words;
  const end = start + (H[start] & LargeTag.SizeMask);
  const first = (start + Segment.Mask) >>> Segment.Shift;
  const last = end >>> Segment.Shift;
  if (first >= last) {
    insertFree(m, start, end);
    return;
  }
  releaseSegments(m, first, last - first);
  H[Root.LargeSegments] -= last - first;
  if (start < first << Segment.Shift) insertFree(m, start, first << Segment.Shift);
  if (end > last << Segment.Shift) insertFree(m, last << Segment.Shift, end);
  else tellNext(m, end, 0);
}

/** Makes the block at `start` longer by at least `wanted` words; its region then is open. */
function growRight(m: Memory, start: number, have: number, wanted: number): boolean {
  const H = m.words;
  const end = start + have;
  const after = freeAfter(m, end);
  if (after >= wanted) removeFree(m, end);
  else if (!extendSpace(m, end + after, wanted - after)) return false;
  H[start] += H[end] & LargeTag.SizeMask;
  return true;
}

/** Opens the segments right of `end`, if it is where the space ends, for `wanted` words more. */
function extendSpace(m: Memory, end: number, wanted: number): boolean {
  if ((end & Segment.Mask) !== 0) return false;
  const first = end >>> Segment.Shift;
  const count = (wanted + Segment.Mask) >>> Segment.Shift;
  if (!areFree(m, first, count)) return false;
  claimSegments(m, first, count, SegmentKind.Large);
  openNewSegments(m, first, count);
  return true;
}

function insertFree(m: Memory, start: number, end: number): void {
  const H = m.words;
  const size = end - start;
  H[start] = size | LargeTag.PrevUsed;
  H[start + Large.Requested] = 0;
  H[end - 1] = size;
  tellNext(m, end, size);
  insertBlock(m, start, size);
}

function removeFree(m: Memory, start: number): void {
  const size = m.words[start] & LargeTag.SizeMask;
  if (isDebug(m)) checkDead(m, start + Large.Header, start + size - 1);
  removeBlock(m, start, size);
}

/** Tells whoever comes after `end` that the block before it is free with `freeWords` words, or in use (0). */
function tellNext(m: Memory, end: number, freeWords: number): void {
  const H = m.words;
  if ((end & Segment.Mask) === 0) {
    const next = end >>> Segment.Shift;
    H[segmentRecord(next - 1) + SegmentRecord.TailFree] = freeWords;
    if (segmentKind(m, next) !== SegmentKind.Large) return;
  }
  if (freeWords === 0) H[end] |= LargeTag.PrevUsed;
  else H[end] &= ~LargeTag.PrevUsed;
}

function isDebug(m: Memory): boolean {
  return (m.words[Root.Flags] & RootFlag.Debug) !== 0;
}
