/**
 * Images: snapshots as bytes, to be kept in a file. Long runs of zeros are left out, since fresh words are zero.
 *
 * ```
 * │ magic │ words of the index │ bytes of the host values │ index: (start, length)… │ words… │ host values, JSON in UTF-8 │
 * ```
 *
 * Everything is little-endian. Host values are texts, numbers, bigints, bytes and null; others are code, which no file can hold.
 */
import { Table } from '../layout/allocator.ts';
import type { Snapshot } from './snapshot.ts';

const MAGIC = 0x4d4f4931;

const enum Head {
  Magic = 0,
  IndexWords = 1,
  HostBytes = 2,
  Words = 3,
}

/** Words of an entry of the index. */
const enum Entry {
  Start = 0,
  Length = 1,
  Words = 2,
}

/** A run of fewer zeros costs less as words than as one more range. */
const LEAST_GAP = 64;

type Range = Snapshot['ranges'][number];

/** The snapshot as bytes. Throws TypeError if a host value is none that can be kept. */
export function packSnapshot(snapshot: Snapshot): Uint8Array {
  const ranges = snapshot.ranges.flatMap(withoutGaps);
  const hosts = new TextEncoder().encode(JSON.stringify(snapshot.hosts.map(plainValue)));
  const count = ranges.reduce((sum, { words }) => sum + words.length, 0);
  const indexWords = Entry.Words * ranges.length;
  const words = new Int32Array(Head.Words + indexWords + count);
  words.set([MAGIC, indexWords, hosts.length]);
  let at = Head.Words + indexWords;
  ranges.forEach((range, i) => {
    words.set([range.start, range.words.length], Head.Words + Entry.Words * i);
    words.set(range.words, at);
    at += range.words.length;
  });
  const bytes = new Uint8Array(words.byteLength + hosts.length);
  bytes.set(new Uint8Array(words.buffer));
  bytes.set(hosts, words.byteLength);
  return bytes;
}

/** The snapshot that `packSnapshot` made bytes of; it views them where they are aligned. Only for a memory in which nothing was
 *  allocated yet. Throws RangeError for other bytes. */
export function unpackSnapshot(bytes: Uint8Array): Snapshot {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(whole.buffer, whole.byteOffset, whole.byteLength >> 2);
  if (words[Head.Magic] !== MAGIC) throw new RangeError('these bytes are no image of a heap');
  const indexEnd = Head.Words + words[Head.IndexWords]!;
  const ranges: Range[] = [];
  let at = indexEnd;
  for (let i: number = Head.Words; i < indexEnd; i += Entry.Words) {
    const length = words[i + Entry.Length]!;
    ranges.push({ start: words[i + Entry.Start]!, words: words.subarray(at, at + length) });
    at += length;
  }
  if (4 * at + words[Head.HostBytes]! !== bytes.length)
    throw new RangeError(`image of ${bytes.length} bytes is cut off`);
  const hosts = JSON.parse(new TextDecoder().decode(whole.subarray(4 * at))) as unknown[];
  return { ranges, hosts: hosts.map(valueOf), traces: null };
}

/** The parts of a range between long runs of zeros. The root record and its tables are written by every new memory: they stay
 *  whole. */
function withoutGaps({ start, words }: Range): Range[] {
  const parts: Range[] = [];
  let from = 0;
  let i = start === 0 ? Table.End : 0;
  while (i < words.length) {
    const gap = i;
    while (i < words.length && words[i] === 0) i++;
    if (i - gap >= LEAST_GAP || i === words.length) {
      if (gap > from) parts.push({ start: start + from, words: words.subarray(from, gap) });
      from = i;
    }
    while (i < words.length && words[i] !== 0) i++;
  }
  if (words.length > from) parts.push({ start: start + from, words: words.subarray(from) });
  return parts;
}

/** What JSON has no form for is a list: of a text for a bigint, of numbers for bytes. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'string' || value === null || Number.isFinite(value)) return value;
  if (typeof value === 'bigint') return [`${value}`];
  if (value instanceof Uint8Array) return [...value];
  throw new TypeError(`a host value of type ${typeof value} cannot be kept in an image`);
}

function valueOf(plain: unknown): unknown {
  if (!Array.isArray(plain)) return plain;
  return typeof plain[0] === 'string' ? BigInt(plain[0]) : Uint8Array.from(plain as number[]);
}
