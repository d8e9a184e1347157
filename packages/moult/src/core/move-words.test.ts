import { expect, test } from 'vitest';
import { moveWords } from './move-words.ts';

test('runs that overlap are moved whole, in both directions and of any length', () => {
  for (const nwords of [0, 1, 5, 64, 65, 200]) {
    for (const distance of [-210, -3, -1, 0, 1, 2, 210]) {
      const words = Int32Array.from({ length: 700 }, (_, i) => i);
      const expected = words.slice();
      expected.copyWithin(250 + distance, 250, 250 + nwords);
      moveWords(words, 250 + distance, 250, nwords);
      expect(words).toEqual(expected);
    }
  }
});
