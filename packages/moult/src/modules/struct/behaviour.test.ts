import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../objects/recorded.ts';

describe('_struct', () => {
  test('gives what CPython gives', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
