import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('trace and profile functions are told what CPython tells them', () => {
  expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary);
});
