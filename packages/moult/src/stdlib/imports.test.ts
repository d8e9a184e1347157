import { test } from 'vitest';
import { useLibrary } from '../testing/library.ts';
import { expectAsRecorded } from '../testing/recorded.ts';

test('the commonest modules of the library can be imported', () => {
  expectAsRecorded(new URL('./imports.py', import.meta.url), useLibrary);
});
