/**
 * Segments: the buffer after the static area in pieces of 131072 words, each an arena, a part of the large space, or
 * free. The lowest free ones are taken first.
 *
 * Keeps INV-SEG-1: below `SegmentHint` no segment is free; from `SegmentTop` on none was ever taken.
 */
import { Segment, SegmentKind, SegmentRecord, Table } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';

/** Address of a segment's record. */
export function segmentRecord(segment: number): number {
  return (Table.Segments + (segment << SegmentRecord.Shift)) | 0;
}

/** A `SegmentKind`; Free for anything outside the segments. */
export function segmentKind(m: Memory, segment: number): number {
  return segment < Segment.Limit ? m.words[segmentRecord(segment) + SegmentRecord.Kind] : SegmentKind.Free;
}

/** Takes `count` adjacent free segments, the lowest there are, and returns the first; 0 if there are none. */
export function takeSegments(m: Memory, count: number, kind: SegmentKind): number {
  const first = findFree(m, count);
  if (first !== 0) claimSegments(m, first, count, kind);
  return first;
}

/** Takes the free segments `first` … `first + count - 1`. */
export function claimSegments(m: Memory, first: number, count: number, kind: SegmentKind): void {
  const H = m.words;
  for (let segment = first; segment < first + count; segment++) {
    H[segmentRecord(segment) + SegmentRecord.Kind] = kind;
  }
  if (first + count > H[Root.SegmentTop]) H[Root.SegmentTop] = first + count;
  if (first === H[Root.SegmentHint]) H[Root.SegmentHint] = first + count;
}

/** Gives segments back; whatever was in them is gone. */
export function releaseSegments(m: Memory, first: number, count: number): void {
  const H = m.words;
  H.fill(0, segmentRecord(first), segmentRecord(first + count));
  if (first < H[Root.SegmentHint]) H[Root.SegmentHint] = first;
}

/** Whether `count` segments from `first` on exist and are free. */
export function areFree(m: Memory, first: number, count: number): boolean {
  if (first + count > m.words[Root.SegmentEnd]) return false;
  for (let segment = first; segment < first + count; segment++) {
    if (segmentKind(m, segment) !== SegmentKind.Free) return false;
  }
  return true;
}

function findFree(m: Memory, count: number): number {
  const H = m.words;
  const end = H[Root.SegmentEnd];
  let run = 0;
  for (let segment = H[Root.SegmentHint]; segment < end; segment++) {
    run = segmentKind(m, segment) === SegmentKind.Free ? run + 1 : 0;
    if (run === count) return segment - count + 1;
  }
  return 0;
}
