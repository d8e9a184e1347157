/** Coroutines and asynchronous generators against CPython's recorded output. */
import { describe, test } from 'vitest';
import { useLibrary } from '../testing/library.ts';
import { expectAsRecorded } from '../testing/recorded.ts';

describe('asynchronous code', () => {
  test.each(['async-statements', 'async-generators'])('%s.py prints what CPython prints', (name) =>
    expectAsRecorded(new URL(`./${name}.py`, import.meta.url), useLibrary),
  );
});
