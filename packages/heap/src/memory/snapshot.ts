/**
 * Snapshots: copies of the words that are in use, of the host table and of traces of blocks. A restored memory repeats every later step
 * (INV-STATE-1): the same calls give the same addresses and totals. The contents of free memory are not kept.
 */
import { Segment, SegmentKind, SegmentRecord, Table } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { BlockTraces } from './block-traces.ts';
import type { Memory } from './memory.ts';

/** A memory's state; immutable. */
export interface Snapshot {
  /** Copies of ranges of words, ascending. The first one begins at word 0 and holds the root record. */
  readonly ranges: readonly { readonly start: number; readonly words: Int32Array }[];
  readonly hosts: readonly unknown[];
  /** Of blocks, if they are traced. */
  readonly traces?: BlockTraces | null;
}

/** Copies the state of `m`. */
export function takeSnapshot(m: Memory): Snapshot {
  const H = m.words;
  const ranges = usedRanges(m).map(([start, end]) => ({ start, words: H.slice(start, end) }));
  const traces = m.traces === null ? null : new BlockTraces(m.traces);
  return { ranges, hosts: m.hosts.slice(0, H[Root.HostTop]), traces };
}

/** The ranges of words that are in use, ascending. */
function usedRanges(m: Memory): [start: number, end: number][] {
  const H = m.words;
  const ranges = m.usedStatic();
  let segment = H[Root.SegmentFirst];
  while (segment < H[Root.SegmentTop]) {
    const end = endOfCopy(m, segment);
    const start = segment << Segment.Shift;
    if (end > start) ranges.push([start, end]);
    segment = Math.max(segment + 1, (end + Segment.Mask) >>> Segment.Shift);
  }
  return ranges;
}

/** Words of a part of a snapshot that may be the same as in an earlier one. */
const SHARED_WORDS = 1 << 14;

/** As `takeSnapshot`, in parts; those that are as in `base` are not copied, but shared with it. */
export function takeSharing(m: Memory, base: Snapshot | null): Snapshot {
  const known = new Map(base?.ranges.map(({ start, words }) => [start, words]));
  const ranges: Snapshot['ranges'][number][] = [];
  for (const [first, end] of usedRanges(m)) {
    for (let start = first; start < end; start += SHARED_WORDS) {
      const words = m.words.subarray(start, Math.min(start + SHARED_WORDS, end));
      const before = known.get(start);
      ranges.push({ start, words: before !== undefined && isEqual(before, words) ? before : words.slice() });
    }
  }
  const traces = m.traces === null ? null : new BlockTraces(m.traces);
  return { ranges, hosts: m.hosts.slice(0, m.words[Root.HostTop]), traces };
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Puts `m` into the state of `snapshot`, which another memory may have had: then both need static areas of the same
 *  size. The buffer's size stays. Throws RangeError, with nothing changed, if the snapshot does not fit. */
export function restoreSnapshot(m: Memory, snapshot: Snapshot): void {
  const H = m.words;
  const root = snapshot.ranges[0]!.words;
  const segmentEnd = H[Root.SegmentEnd];
  checkFits(m, root);
  const staticTop = H[Root.StaticTop];
  for (const { start, words } of snapshot.ranges) H.set(words, start);
  if (staticTop > root[Root.StaticTop]) H.fill(0, root[Root.StaticTop], staticTop);
  H[Root.SegmentEnd] = segmentEnd;
  m.hosts = snapshot.hosts.slice();
  m.traces = snapshot.traces ? new BlockTraces(snapshot.traces) : null;
}

/** Bytes that a snapshot takes, not counting host values. */
export function snapshotBytes(snapshot: Snapshot): number {
  return snapshot.ranges.reduce((sum, range) => sum + range.words.byteLength, 0);
}

/** One past the last word of the segment's used part: an arena's pools so far, a whole run of the large space. */
function endOfCopy(m: Memory, segment: number): number {
  let record = Table.Segments + segment * SegmentRecord.Words;
  const H = m.words;
  if (H[record + SegmentRecord.Kind] === SegmentKind.Arena) return H[record + SegmentRecord.PoolAddress];
  let end = segment;
  while (H[record + SegmentRecord.Kind] === SegmentKind.Large) {
    end++;
    record += SegmentRecord.Words;
  }
  return end << Segment.Shift;
}

function checkFits(m: Memory, root: Int32Array): void {
  const H = m.words;
  if (root[Root.StaticEnd] !== H[Root.StaticEnd]) {
    throw new RangeError(
      `snapshot of a static area of ${root[Root.StaticEnd]} words, this one has ${H[Root.StaticEnd]}`,
    );
  }
  if (root[Root.SegmentTop] > H[Root.SegmentEnd]) {
    throw new RangeError(`snapshot has ${root[Root.SegmentTop]} segments, this buffer ${H[Root.SegmentEnd]}`);
  }
}
