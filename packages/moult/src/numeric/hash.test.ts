import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  frozensetHash,
  hashBigInt,
  hashBytes,
  hashComplex,
  hashFloat,
  hashHi,
  hashInt,
  hashPointer,
  hashStr,
  hashStrBigInt,
  hashToBigInt,
  tupleHash,
} from './hash.ts';

interface Goldens {
  strings: [string, string][];
  bytes: [string, string][];
  ints: [string, string][];
  floats: [string, string][];
  complexes: [string, string, string][];
  tuples: [number[], string][];
  frozensets: [number[], string][];
}

const path = process.env['HASH_GOLDENS'] ?? new URL('./fixtures/hash.json', import.meta.url);
const goldens = JSON.parse(readFileSync(path, 'utf8')) as Goldens;

const shown = (lo: number): string => String(hashToBigInt(lo, hashHi));
const float = (text: string): number => Number(text.replace('inf', 'Infinity'));
const halves = (items: number[]): number[] => items.flatMap((item) => [hashInt(item), hashHi]);
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('hashes equal those of CPython 3.12 with PYTHONHASHSEED=0', () => {
  test('str in one, two and four bytes a character', () => {
    for (const [text, hash] of goldens.strings) expect(shown(hashStr(text)), JSON.stringify(text)).toBe(hash);
    expect(hashStrBigInt('abc')).toBe(hashToBigInt(hashStr('abc'), hashHi));
  });

  test('bytes', () => {
    for (const [hex, hash] of goldens.bytes) expect(shown(hashBytes(bytes(hex)))).toBe(hash);
  });

  test('a slice of a byte array hashes like a copy of it', () => {
    const data = Uint8Array.from({ length: 40 }, (_, i) => i * 7);
    const whole = shown(hashBytes(data.slice(3, 29)));
    expect(shown(hashBytes(data.subarray(3, 29)))).toBe(whole);
  });

  test('int, small and large', () => {
    for (const [text, hash] of goldens.ints) {
      expect(shown(hashBigInt(BigInt(text)))).toBe(hash);
      if (Number.isSafeInteger(Number(text))) expect(shown(hashInt(Number(text)))).toBe(hash);
    }
  });

  test('float', () => {
    for (const [text, hash] of goldens.floats) expect(shown(hashFloat(float(text))), text).toBe(hash);
  });

  test('complex', () => {
    for (const [a, b, hash] of goldens.complexes) expect(shown(hashComplex(float(a), float(b)))).toBe(hash);
  });

  test('tuple', () => {
    for (const [items, hash] of goldens.tuples) expect(shown(tupleHash(halves(items), items.length))).toBe(hash);
  });

  test('frozenset', () => {
    for (const [items, hash] of goldens.frozensets) {
      expect(shown(frozensetHash(halves(items), items.length))).toBe(hash);
    }
  });

  test('an address is rotated right by four bits', () => {
    expect(hashToBigInt(hashPointer(0x10, 0x7f), hashHi)).toBe(0x7f0000001n | 0n);
    expect(hashToBigInt(hashPointer(0x08, 0), hashHi)).toBe(-(1n << 63n));
  });
});
