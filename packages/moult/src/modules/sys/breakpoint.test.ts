import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('breakpoint() calls what the environment names', () => {
  expectAsRecorded(new URL('./breakpoint.py', import.meta.url), useLibrary);
});
