import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('builtins behave as recorded from CPython', () => {
  expectAsRecorded(new URL('behaviour.py', import.meta.url));
});
