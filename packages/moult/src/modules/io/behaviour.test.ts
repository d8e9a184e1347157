import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('streams do what those of CPython do', () => {
  expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary);
});
