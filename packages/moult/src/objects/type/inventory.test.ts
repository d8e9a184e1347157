import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('every built-in type has the flags, sizes, bases and names of CPython', () => {
  expectAsRecorded(new URL('./inventory.py', import.meta.url));
});
