import { expect, it } from 'vitest';
import { importLines, needsFull, needsLibrary } from './imports.ts';

it('a program of native modules needs neither the library nor the full engine', () => {
  const source = 'import gc, sys\nfrom itertools import count\nprint("import json")\n';
  expect([needsLibrary(source), needsFull(source)]).toEqual([false, false]);
});

it('modules that stand on the core’s natives need the library only', () => {
  const source = 'import gc\nimport weakref as w, ctypes\n>>> from functools import lru_cache\n';
  expect([needsLibrary(source), needsFull(source)]).toEqual([true, false]);
});

it('other modules, and what may import anything, need the full engine', () => {
  for (const source of [
    'import json',
    'if x: import re',
    'a = 1; from math import pi',
    '__import__(name)',
    'exec(text)',
  ])
    expect(needsFull(source), source).toBe(true);
});

it('lines of imports are found, in sessions too', () => {
  expect([...importLines('import gc\nx = 1\n    from a import b\n>>> import sys\n')]).toEqual([1, 3, 4]);
});
