import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('a native that a loop calls again is profiled and called each time', () => {
  expectAsRecorded(new URL('profiled-loop.py', import.meta.url));
});
