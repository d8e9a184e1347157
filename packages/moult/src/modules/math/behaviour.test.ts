import { describe, test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('math', () => {
  test('gives what CPython gives', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary));
});
