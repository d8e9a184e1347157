import { expect, test } from 'vitest';
import { displayWidth, isWide } from './wide.ts';

test('East Asian wide and full-width characters take two columns', () => {
  for (const ch of ['日', '한', 'Ａ', '😀', '⌚', '\u3000', '\u115f', '￦', '𠀀', '〰'])
    expect(isWide(ch.codePointAt(0) ?? 0)).toBe(true);
  for (const ch of ['a', 'é', '→', 'ｱ', '𝐀', '\u1160', '₩', '\u303f', '‼', '\u{10ffff}']) {
    expect(isWide(ch.codePointAt(0) ?? 0)).toBe(false);
  }
  expect(displayWidth("x = '日本'")).toBe(10);
});
