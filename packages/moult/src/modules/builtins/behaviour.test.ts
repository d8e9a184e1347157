import { test } from 'vitest';
import { expectAsRecorded } from '../../objects/recorded.ts';

test('builtins behave as recorded from CPython', () => {
  expectAsRecorded(new URL('behaviour.py', import.meta.url));
});
