import { test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

test.each(['behaviour', 'aggregates'])('%s.py prints what CPython prints', (name) => {
  expectAsRecorded(new URL(`./${name}.py`, import.meta.url));
});
