import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('list, tuple, range, slice and their iterators', () => {
  test('print what CPython prints', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
