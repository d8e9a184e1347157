import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../../testing/recorded.ts';

describe('list.sort', () => {
  test('compares what CPython compares, in its order', () =>
    expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
