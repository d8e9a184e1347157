/** Characters that terminals show two columns wide: East Asian width W and F of Unicode 15.0. */

/** Gap before and length − 1 of each range, in base 36. */
const RANGES =
  '3cw 2n 3i3 1 e 1 5b 3 4 0 3 0 ei 1 m 1 1f b 18 0 k 0 e 0 9 1 i 1 6 1 9 0 6 0 m 0 8 1 2 0 5 0 3 0 8 0 5 1 t ' +
  '0 10 0 2 0 5 2 2 0 1q 2 p 0 f 0 nw 1 1g 0 5 0 mj p 2 2g d 5x r b 5 1q 3 2d 3 2u 6 16 2 2l 2 2b d 1a 2 13 9 ' +
  '5f3 1t h3g 4 1i wq s hw 8mb 6l9 e7 lt 9 n y 2 i 2 3 46 2n 3k 6 m4a 4 c 1 f 4qf 9 yd 17 8 6w8 3 2 6 2 1 2 82 ' +
  'g 0 u 2 3 0 f 3 9 az c21 0 5n 0 5b 0 3 9 2u 2 e 17 5 8 8 1 f 5 4b w d 8 2 1x 2 l d 16 5 4 d g 4 0 4 1y 2 0 ' +
  '2 56 3 1q e 3 2 n j 0 r 1 e 0 2f 2c 1d 1x 7 0 4 2 3 2 5 3 c 1 8 8 6c b 5 0 7w 1a 2 9 2 54 35 c 4 8 8 19 2 6 ' +
  '9 d 5 8 8 8 zs 1ekd 3 1ekd';

let table: Uint32Array | null = null;

/** First and last code point of each range. */
function ranges(): Uint32Array {
  let last = 0;
  return Uint32Array.from(RANGES.split(' '), (text) => (last += parseInt(text, 36)));
}

/** True if the character takes two columns. */
export function isWide(code: number): boolean {
  if (code < 0x1100) return false;
  table ??= ranges();
  let low = 0;
  let high = table.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[2 * middle + 1] ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return 2 * low < table.length && (table[2 * low] ?? 0) <= code;
}

/** Columns that a text takes: one a character, two for a wide one. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const ch of text) width += isWide(ch.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}
