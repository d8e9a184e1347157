import { test } from 'vitest';
import { expectAsRecorded } from '../testing/recorded.ts';

test('a cached method is hidden by an attribute of another instance with the same keys', () => {
  expectAsRecorded(new URL('method-cache.py', import.meta.url));
});
