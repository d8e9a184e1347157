import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('sockets in memory, epoll, poll and select behave as in CPython', () => {
  expectAsRecorded(new URL('behaviour.py', import.meta.url));
});
