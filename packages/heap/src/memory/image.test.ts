import { expect, test } from 'vitest';
import { alloc, free } from '../alloc/alloc.ts';
import { hostAdd, hostFree, hostGet } from './host-table.ts';
import { packSnapshot, unpackSnapshot } from './image.ts';
import { Memory, reserveStatic } from './memory.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';

const MIB = 1 << 20;
const small = (): Memory => new Memory({ reserveBytes: 8 * MIB, staticWords: 1 << 17 });

function filled(): Memory {
  const m = small();
  const area = reserveStatic(m, 9000);
  m.words[area + 8000] = 7;
  const block = alloc(m, 200);
  m.words.fill(5, block, block + 3);
  m.words[block + 199] = 6;
  free(m, alloc(m, 64), 64);
  for (const value of ['text', 'ü€😀', 12n ** 30n, null, 1.5, new Uint8Array(0), Uint8Array.of(0, 255)])
    hostAdd(m, value);
  hostFree(m, 2);
  return m;
}

test('an image brings every word and host value to a new memory', () => {
  const m = filled();
  const image = packSnapshot(takeSnapshot(m));
  const other = small();
  reserveStatic(other, 9000);
  restoreSnapshot(other, unpackSnapshot(image));
  expect(takeSnapshot(other)).toEqual(takeSnapshot(m));
  expect(other.words.findIndex((word, i) => word !== m.words[i])).toBe(-1);
  expect(hostGet(other, 3)).toBe(12n ** 30n);
  expect(alloc(other, 64)).toBe(alloc(m, 64));
});

test('runs of zeros take no room', () => {
  const m = small();
  const before = packSnapshot(takeSnapshot(m)).length;
  reserveStatic(m, 50_000);
  expect(packSnapshot(takeSnapshot(m)).length).toBe(before);
});

test('bytes that are not aligned are read', () => {
  const image = packSnapshot(takeSnapshot(filled()));
  const shifted = new Uint8Array(image.length + 1);
  shifted.set(image, 1);
  expect(unpackSnapshot(shifted.subarray(1))).toEqual(unpackSnapshot(image));
});

test('code is refused, and so are other bytes', () => {
  const m = small();
  hostAdd(m, () => 1);
  expect(() => packSnapshot(takeSnapshot(m))).toThrow(
    new TypeError('a host value of type function cannot be kept in an image'),
  );
  expect(() => unpackSnapshot(new Uint8Array(64))).toThrow(RangeError);
  const image = packSnapshot(takeSnapshot(filled()));
  expect(() => unpackSnapshot(image.subarray(0, image.length - 8))).toThrow(RangeError);
});
