import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('a warning about source text that a filter makes an error is a SyntaxError', () => {
  expectAsRecorded(new URL('./compile-warnings.py', import.meta.url), useLibrary);
});
