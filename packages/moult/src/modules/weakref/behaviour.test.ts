import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('weakref behave as recorded from CPython', () => {
  expectAsRecorded(new URL('behaviour.py', import.meta.url));
});
