import { setLimit, takeSnapshot } from '@moult/heap';
import { expect, test } from 'vitest';
import { createRuntime, prepareRuntimes, startImage } from './create.ts';
import { runSource } from './run.ts';

const image = startImage();

test('a runtime that begins with the image is, word by word, as one that was made', () => {
  const made = createRuntime({ argv: ['x'] });
  const begun = createRuntime({ argv: ['x'], image });
  // The meter's integers begin anew where a limit is set; what they add up to is the same.
  for (const rt of [made, begun]) setLimit(rt, Infinity);
  expect(takeSnapshot(begun)).toEqual(takeSnapshot(made));
  begun.audit();
});

test('a runtime whose beginning was prepared is, word by word, as one that begins with the image', () => {
  prepareRuntimes();
  const prepared = createRuntime({ argv: ['x'] });
  const begun = createRuntime({ argv: ['x'], image });
  for (const rt of [prepared, begun]) setLimit(rt, Infinity);
  expect(takeSnapshot(prepared)).toEqual(takeSnapshot(begun));
});

test('it runs programs, within its own limit', () => {
  const rt = createRuntime({ image, budgetBytes: 8 << 20 });
  expect(runSource(rt, 'import sys, gc\nassert str(1) + "a" == "1a" and gc.collect() >= 0\n', 'a.py')).toBe(0);
  expect(
    runSource(rt, 'try:\n  bytearray(9 << 20)\nexcept MemoryError: pass\nelse: raise SystemExit(3)\n', 'b.py'),
  ).toBe(0);
  rt.audit();
});

test('the image holds nothing of its size in zeros', () => {
  expect(image.length).toBeLessThan(4 << 20);
});
