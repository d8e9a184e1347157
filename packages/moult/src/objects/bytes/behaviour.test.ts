import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test.each(['behaviour', 'buffers'])('%s.py prints what CPython prints', (name) => {
  expectAsRecorded(new URL(`./${name}.py`, import.meta.url), useLibrary);
});
