import { expect, test } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { hashToBigInt } from '../numeric/hash.ts';
import { hashOfBytes, internText, strHash } from './str.ts';
import type { Runtime } from './runtime.ts';

function hashesOf(hashSeed: number | 'random'): bigint[] {
  const rt: Runtime = createRuntime({ hashSeed });
  const text = (s: string): bigint => hashToBigInt(strHash(rt, internText(rt, s)), rt.hashHigh);
  return [
    text('a'),
    text('abcdefghi\u0161'),
    text('\u{1f40d}'),
    text(''),
    hashToBigInt(hashOfBytes(rt, Uint8Array.from([120, 121, 122])), rt.hashHigh),
  ];
}

test('a seed gives the hashes of CPython', () => {
  expect(hashesOf(0)).toEqual([
    4644417185603328019n,
    3046334848193446154n,
    5216893564587608945n,
    0n,
    9013747392277146282n,
  ]);
  expect(hashesOf(42)).toEqual([
    -123207753977932514n,
    4839693280831505801n,
    -5791038815689466847n,
    0n,
    -4491887112347156947n,
  ]);
  expect(hashesOf(4294967295)[0]).toBe(-5989683813037840249n);
});

test('a random key is another one each time', () => {
  expect(hashesOf('random')).not.toEqual(hashesOf('random'));
});

test('what is no seed is refused', () => {
  expect(() => createRuntime({ hashSeed: -1 })).toThrow(RangeError);
  expect(() => createRuntime({ hashSeed: 0.5 })).toThrow('not 0.5');
});
