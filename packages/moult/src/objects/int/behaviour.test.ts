import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('int', () => {
  test('gives what CPython gives', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
