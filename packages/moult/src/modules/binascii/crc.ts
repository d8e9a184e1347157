/** Checksums of bytes. Pure functions. */

function crc32Table(): Int32Array {
  const table = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  return table;
}

const CRC32 = crc32Table();

/** CRC-32 of `data` going on from `start`, unsigned. */
export function crc32(data: Uint8Array, start: number): number {
  let crc = ~start;
  for (let i = 0; i < data.length; i++) crc = (CRC32[(crc ^ (data[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-CCITT of binhex4 (polynomial 0x1021) going on from `start`. */
export function crcHqx(data: Uint8Array, start: number): number {
  let crc = start & 0xffff;
  for (const byte of data) {
    crc ^= byte << 8;
    for (let k = 0; k < 8; k++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x11021 : 0);
  }
  return crc & 0xffff;
}

const BASE = 65521;
/** Bytes that can be added before the sums leave 32 bits. */
const RUN = 5552;

/** Adler-32 of `data` going on from `start`, unsigned. */
export function adler32(data: Uint8Array, start: number): number {
  let a = (start & 0xffff) % BASE;
  let b = (start >>> 16) % BASE;
  for (let at = 0; at < data.length; at += RUN) {
    const end = Math.min(at + RUN, data.length);
    for (let i = at; i < end; i++) {
      a += data[i] ?? 0;
      b += a;
    }
    a %= BASE;
    b %= BASE;
  }
  return ((b << 16) | a) >>> 0;
}
