import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('locks, thread-locals and the functions of _thread behave as in CPython', () => {
  expectAsRecorded(new URL('behaviour.py', import.meta.url));
});
