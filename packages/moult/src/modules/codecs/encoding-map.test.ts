import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('charmap_build makes the maps that CPython makes', () => {
  expectAsRecorded(new URL('./encoding-map.py', import.meta.url), useLibrary);
});
