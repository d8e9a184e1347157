import { getObjects, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import { expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { runSource } from '../../api/run.ts';
import { T } from '../../core/static.ts';
import { SLOT_DEFS } from './slotdefs.ts';
import { fixupSlots } from './update-slots.ts';

const CLASSES = `
class L(list):
    def __radd__(self, o): return 1
class L2(L): pass
class L3(L2):
    def __len__(self): return 3
class I(int): __add__ = int.__sub__
class I2(I): pass
class I3(I2): __radd__ = list.__add__
class W: __add__ = list.__add__; __getitem__ = dict.__getitem__; __hash__ = None
class W2(W): __iter__ = None; __call__ = None
class W3(W2): pass
class Both(I, W): __new__ = int.__new__
class Both2(Both): pass
class T(tuple): __contains__ = None
class T2(T): __getattr__ = lambda self, name: 1
class T3(T2): __delattr__ = lambda self, name: 0
class T4(T3): pass
class M(type): mro = lambda cls: type.mro(cls)[:1] + [W, object]
class Ordered(metaclass=M): pass
class Ordered2(Ordered): pass
Named = type('Named', (W3,), {''.join(['__', 'add__']): len})
W.__sub__ = max
class Late(W3): pass
`;

test('a new class has the slots that looking for every special method gives it', () => {
  const rt = createRuntime();
  expect(runSource(rt, CLASSES, 'a.py')).toBe(0);
  const H = rt.words;
  const types = getObjects(rt).filter((o) => H[o + ObjectWord.Type] === T.type);
  const classes = types.filter((type) => (H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0);
  expect(classes.length).toBeGreaterThanOrEqual(16);
  for (const type of classes.filter((o) => H[o + TypeWord.DefinitionIndex] === 0)) {
    const slots = (): number[] => [...SLOT_DEFS.map(({ word }) => H[type + word]), H[type + TypeWord.Flags]];
    const found = slots();
    fixupSlots(rt, type);
    expect(found).toEqual(slots());
  }
});
