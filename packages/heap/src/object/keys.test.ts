import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { DictKeysKind, KeysWord } from '../layout/containers.ts';
import { keysBytes, keysDecref, keysIncref, newKeys, usableFraction } from './keys.ts';
import { freeValues, newValues, valuesBytes, valuesCapacity } from './values.ts';

describe('keys records', () => {
  // sys.getsizeof of dicts with 1, 6, 11, 100, 1000 and 100000 keys in CPython 3.12, less the 64 of the dict itself
  it.each([
    [3, 120, 160],
    [4, 208, 288],
    [5, 400, 568],
    [8, 3264, 4624],
    [11, 25_968, 36_888],
    [18, 3_844_800, 5_242_896],
  ])('of 2**%i slots are metered as CPython sizes them', (log2Size, unicode, general) => {
    expect(keysBytes(log2Size, DictKeysKind.Unicode)).toBe(unicode);
    expect(keysBytes(log2Size, DictKeysKind.General)).toBe(general);
    expect(usableFraction(log2Size)).toBe(Math.floor((2 << log2Size) / 3));
  });

  it('come from their free list when they are small, and live as long as they are counted', () => {
    const py = new MiniPython();
    const keys = newKeys(py, 3, DictKeysKind.Unicode);
    keysIncref(py, keys);
    keysDecref(py, keys);
    expect(py.words[keys + KeysWord.RefCount]).toBe(1);
    keysDecref(py, keys);
    expect(newKeys(py, 3, DictKeysKind.Split)).toBe(keys);
    expect(newKeys(py, 3, DictKeysKind.General)).not.toBe(keys);
  });

  it('has values records with room for what was asked', () => {
    const py = new MiniPython();
    const before = py.usedBytes();
    const values = newValues(py, 30);
    expect(valuesCapacity(py.words, values)).toBe(30);
    expect(py.usedBytes() - before).toBe(valuesBytes(30));
    freeValues(py, values);
    expect(py.usedBytes()).toBe(before);
  });
});
