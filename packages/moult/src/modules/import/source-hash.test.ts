import { expect, test } from 'vitest';
import { sourceHash } from './source-hash.ts';

/** `_imp.source_hash(importlib.util._RAW_MAGIC_NUMBER, source)` of CPython 3.12. */
test.each([
  ['', 'baf18eedc9387a25'],
  ['print()', '9061545ca0ad1ec1'],
  ['x = 1\n'.repeat(10), 'a7b7213c3068e82b'],
])('the hash of %j is that of CPython', (source, expected) => {
  expect(Buffer.from(sourceHash(168627659n, new TextEncoder().encode(source))).toString('hex')).toBe(expected);
});
