import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('trace and profile functions are told what CPython tells them', () => {
  expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary);
});

test('a generator that yields goes on where a trace function sends it', () => {
  expectAsRecorded(new URL('./jump-from-yield.py', import.meta.url), useLibrary);
});
