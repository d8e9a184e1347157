/** Type parameters against CPython's recorded output. */
import { describe, test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('type parameters', () => {
  test.each(['parameters', 'syntax', 'substitution'])('%s.py prints what CPython prints', (name) =>
    expectAsRecorded(new URL(`./${name}.py`, import.meta.url), useLibrary),
  );
});
