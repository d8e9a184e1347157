import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('numbers that the parser would refuse are shown, async and await are keywords to the parser only', () => {
  expectAsRecorded(new URL('./numbers.py', import.meta.url), useLibrary);
});
