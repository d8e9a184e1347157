import { describe, test } from 'vitest';
import { expectAsRecorded } from '../../recorded.ts';

describe('list.sort', () => {
  test('compares what CPython compares, in its order', () => expectAsRecorded(new URL('./behaviour.py', import.meta.url)));
});
