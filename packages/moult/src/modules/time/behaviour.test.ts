import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('the module behaves as CPython recorded', () => {
  expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary);
});
