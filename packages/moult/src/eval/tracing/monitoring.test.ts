import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('tools of sys.monitoring are told what CPython tells them', () => {
  expectAsRecorded(new URL('./monitoring.py', import.meta.url), useLibrary);
});

test('recursive functions and generators are traced in every frame', () => {
  expectAsRecorded(new URL('./recursion.py', import.meta.url), useLibrary);
});

test('a generator that returns a value to a loop is seen to raise StopIteration', () => {
  expectAsRecorded(new URL('./stop-iteration.py', import.meta.url), useLibrary);
});
