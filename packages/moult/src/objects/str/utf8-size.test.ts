import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('a str that was compiled is as long as with its form in UTF-8', () => {
  expectAsRecorded(new URL('./utf8-size.py', import.meta.url), useLibrary);
});
