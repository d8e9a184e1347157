import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

// The listing still differs for a few types (docs/fidelity.md).
test.skip('every built-in type has the flags, sizes, bases and names of CPython', () => {
  expectAsRecorded(new URL('./inventory.py', import.meta.url));
});
