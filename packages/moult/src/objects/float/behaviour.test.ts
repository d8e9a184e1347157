import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('float and complex', () => {
  test('gives what CPython gives', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
