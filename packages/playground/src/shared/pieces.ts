/** Bytes of a piece of the standard library's pack, as it lies on the server. */
export const PIECE_BYTES = 1 << 18;
