/** Positions in strings with astral characters: where each code point starts. */

let cachedText = '';
let cachedOffsets = new Int32Array(1);

/** The UTF-16 unit at which each code point of `text` starts, and its end. The table of the text asked for last is kept.
 *  `length` is the number of code points. */
export function codePointOffsets(text: string, length: number): Int32Array {
  if (cachedText === text && cachedOffsets.length === length + 1) return cachedOffsets;
  const offsets = new Int32Array(length + 1);
  let unit = 0;
  for (let i = 0; i < length; i++) {
    offsets[i] = unit;
    const astral = (text.charCodeAt(unit) & 0xfc00) === 0xd800 && (text.charCodeAt(unit + 1) & 0xfc00) === 0xdc00;
    unit += astral ? 2 : 1;
  }
  offsets[length] = unit;
  cachedText = text;
  cachedOffsets = offsets;
  return offsets;
}
