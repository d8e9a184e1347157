import { test } from 'vitest';
import { expectAsRecorded } from '../../objects/recorded.ts';

test('weakref behave as recorded from CPython', () => {
  expectAsRecorded(new URL('behaviour.py', import.meta.url));
});
