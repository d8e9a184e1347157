import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('iterators, ascii(), arrays of text, views and hidden variables are as recorded from CPython', () => {
  expectAsRecorded(new URL('./meddled.py', import.meta.url), useLibrary);
});
