import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('a program learns why its objects are alive, and where they were made', () => {
  // CPython has no such module: the output was checked by hand.
  expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary);
});
