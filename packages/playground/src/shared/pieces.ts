/** The files of the standard library as they lie beside the page, in its folder `library`. */

/** Bytes of a piece of the pack. */
export const PIECE_BYTES = 1 << 18;

export function pieceName(number: number): string {
  return `${String(number).padStart(3, '0')}.bin`;
}

/** Names and properties of characters, in base64. */
export const CHARACTER_DATA_FILE = 'characters.txt';
