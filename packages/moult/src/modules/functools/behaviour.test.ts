import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('_operator and _functools', () => {
  test('give what CPython gives', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
