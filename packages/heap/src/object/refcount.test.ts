import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Owned } from '../memory/ref.ts';
import { clearWord, decref, incref, newRef, refCount, setWord, xdecref } from './refcount.ts';

describe('reference counts', () => {
  it('go up and down and end in destruction', () => {
    const py = new MiniPython();
    const before = py.usedBytes();
    const o = py.alloc(py.str);
    incref(py, o);
    expect(refCount(py, o)).toBe(2);
    decref(py, o);
    decref(py, o);
    expect(py.usedBytes()).toBe(before);
  });

  it('of immortal objects never change and show as 4294967295', () => {
    const py = new MiniPython();
    incref(py, py.none);
    decref(py, py.none);
    decref(py, py.none);
    expect(refCount(py, py.none)).toBe(4294967295);
  });

  it('below zero are corruption', () => {
    const py = new MiniPython();
    const o = py.alloc(py.str);
    py.words[o] = 0;
    expect(() => decref(py, o)).toThrow(HeapCorruption);
  });

  it('are released after the word that held them is written', () => {
    const py = new MiniPython();
    const seen: number[] = [];
    const type = py.class({ name: 'C', slots: 0, finalize: () => seen.push(py.get(0)) });
    const replacement = py.alloc(py.str);
    py.setTake(0, py.new(type));
    setWord(py, py.variable(0), replacement);
    py.setTake(0, py.new(type));
    clearWord(py, py.variable(0));
    expect(seen).toEqual([replacement, 0]);
  });

  it('accept no reference where that is allowed', () => {
    const py = new MiniPython();
    xdecref(py, 0);
    clearWord(py, py.variable(3));
    setWord(py, py.variable(3), newRef(py, py.none));
    setWord(py, py.variable(3), 0 as Owned);
    expect(py.get(3)).toBe(0);
  });
});
