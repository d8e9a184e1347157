import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../testing/recorded.ts';

describe('dict', () => {
  test('prints what CPython prints', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
