import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { HeadWord, Prev } from '../layout/object.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import type { Ref } from '../memory/ref.ts';
import { decref } from '../object/refcount.ts';

function sample(): { py: MiniPython; list: Ref; o: Ref; wr: Ref } {
  const py = new MiniPython();
  const type = py.class({ name: 'C', attributes: ['a'] });
  const o = py.new(type);
  const wr = py.newRef(o, 0);
  const list = py.newList([o, wr]);
  [type, list].forEach((owned, i) => py.setTake(i, owned));
  decref(py, o);
  decref(py, wr);
  py.audit({ leaks: true });
  return { py, list, o, wr };
}

describe('audit', () => {
  it('names the type and the holders of an object whose count is too high', () => {
    const { py, list, o } = sample();
    py.words[o]!++;
    expect(() => py.audit()).toThrow(
      `INV-RC-1: count of C, held by [list at word ${list}] at word ${o}: expected 1, found 2`,
    );
  });

  it('finds a count that is too low', () => {
    const { py, o } = sample();
    py.store(py.variable(2), o);
    py.words[o]!--;
    expect(() => py.audit()).toThrow(/held by \[root word, list .*expected 2, found 1/);
  });

  it('finds a block that nothing leads to', () => {
    const { py } = sample();
    const lost = py.alloc(py.str);
    expect(py.refCount(lost)).toBe(1);
    py.audit();
    expect(() => py.audit({ leaks: true })).toThrow('INV-RC-4');
  });

  it('finds a tracked object that is in no list', () => {
    const { py, o } = sample();
    const gc = o + HeadWord.GcNext;
    const prev = py.words[o + HeadWord.GcPrev]! >>> Prev.Shift;
    const next = py.words[gc]!;
    py.words[prev] = next;
    py.words[next + 1] = prev << Prev.Shift;
    expect(() => py.audit()).toThrow('INV-GC-1: a tracked object is in a list');
  });

  it('finds a list that is not linked both ways', () => {
    const { py, o } = sample();
    py.words[o + HeadWord.GcPrev]! += 8 << Prev.Shift;
    expect(() => py.audit()).toThrow('INV-GC-1: lists are linked both ways');
  });

  it('finds a weak reference outside of its object’s list', () => {
    const { py, o, wr } = sample();
    py.words[o + HeadWord.WeakList] = 0;
    expect(() => py.audit()).toThrow('INV-WR-1');
    py.words[o + HeadWord.WeakList] = wr;
    py.words[wr + WeakrefWord.Prev] = wr;
    expect(() => py.audit()).toThrow('INV-WR-1');
  });
});
