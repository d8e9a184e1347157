/** Message digests of byte arrays: MD5, SHA-1 and the SHA-2 family. Pure functions. */

/** First 64 bits of the fractional parts of the roots of the first primes: `root(p)` as 64-bit integers. */
function primeFractions(count: number, root: 2n | 3n): bigint[] {
  const values: bigint[] = [];
  for (let p = 2n; values.length < count; p++) {
    if (!isPrime(p)) continue;
    values.push(integerRoot(p << (64n * root), root) & 0xffff_ffff_ffff_ffffn);
  }
  return values;
}

function isPrime(n: bigint): boolean {
  for (let d = 2n; d * d <= n; d++) if (n % d === 0n) return false;
  return true;
}

function integerRoot(n: bigint, root: 2n | 3n): bigint {
  let low = 0n;
  let high = 1n << 80n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** root <= n) low = middle;
    else high = middle;
  }
  return low;
}

const K512 = primeFractions(80, 3n);
const H512 = primeFractions(8, 2n);
const H384 = primeFractions(16, 2n).slice(8);
const K256 = K512.slice(0, 64).map((k) => Number(k >> 32n) | 0);
const H256 = H512.map((h) => Number(h >> 32n) | 0);
const H224 = H384.map((h) => Number(h & 0xffff_ffffn) | 0);

/** The data with the end mark and its length in bits, in blocks. */
function padded(data: Uint8Array, block: number, littleEndian: boolean): DataView {
  const lengthBytes = block / 8;
  const total = Math.ceil((data.length + 1 + lengthBytes) / block) * block;
  const bytes = new Uint8Array(total);
  bytes.set(data);
  bytes[data.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(total - 8, BigInt(data.length) * 8n, littleEndian);
  return view;
}

const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

function output(words: readonly number[], bytes: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, i) => {
    view.setInt32(4 * i, word, littleEndian);
  });
  return new Uint8Array(view.buffer, 0, bytes);
}

function sha2Small(start: readonly number[], bytes: number): (data: Uint8Array) => Uint8Array {
  return (data) => {
    const view = padded(data, 64, false);
    const h = Int32Array.from(start);
    const w = new Int32Array(64);
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, k] = h as unknown as [number, number, number, number, number, number, number, number];
      for (let i = 0; i < 64; i++) {
        const t1 = (k + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
        const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, k].forEach((x, i) => (h[i] += x));
    }
    return output([...h], bytes, false);
  };
}

const M64 = 0xffff_ffff_ffff_ffffn;
const rotr64 = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & M64;

function sha2Large(start: readonly bigint[], bytes: number): (data: Uint8Array) => Uint8Array {
  return (data) => {
    const view = padded(data, 128, false);
    const h = [...start];
    const w: bigint[] = new Array<bigint>(80).fill(0n);
    for (let at = 0; at < view.byteLength; at += 128) {
      for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(at + 8 * i);
      for (let i = 16; i < 80; i++) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = rotr64(x, 1n) ^ rotr64(x, 8n) ^ (x >> 7n);
        const s1 = rotr64(y, 19n) ^ rotr64(y, 61n) ^ (y >> 6n);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & M64;
      }
      let [a, b, c, d, e, f, g, k] = h as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
      for (let i = 0; i < 80; i++) {
        const big1 = rotr64(e, 14n) ^ rotr64(e, 18n) ^ rotr64(e, 41n);
        const t1 = (k + big1 + ((e & f) ^ (~e & M64 & g)) + K512[i] + w[i]) & M64;
        const t2 = (rotr64(a, 28n) ^ rotr64(a, 34n) ^ rotr64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
        k = g;
        g = f;
        f = e;
        e = (d + t1) & M64;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) & M64;
      }
      [a, b, c, d, e, f, g, k].forEach((x, i) => (h[i] = (h[i] + x) & M64));
    }
    return output(h.flatMap((x) => [Number(x >> 32n) | 0, Number(x & 0xffff_ffffn) | 0]), bytes, false);
  };
}

export const sha224 = sha2Small(H224, 28);
export const sha256 = sha2Small(H256, 32);
export const sha384 = sha2Large(H384, 48);
export const sha512 = sha2Large(H512, 64);

/** SHA-1. */
export function sha1(data: Uint8Array): Uint8Array {
  const view = padded(data, 64, false);
  const h = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0);
  const w = new Int32Array(80);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 80; i++) w[i] = rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    let [a, b, c, d, e] = h as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const k = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][Math.floor(i / 20)];
      const t = (rotl(a, 5) + f + e + k + w[i]) | 0;
      e = d;
      d = c;
      c = rotl(b, 30);
      b = a;
      a = t;
    }
    [a, b, c, d, e].forEach((x, i) => (h[i] += x));
  }
  return output([...h], 20, false);
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** MD5. */
export function md5(data: Uint8Array): Uint8Array {
  const view = padded(data, 64, true);
  const h = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = h as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const g = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] & 15;
      const k = Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0;
      const t = (a + f + k + view.getInt32(at + 4 * g, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotl(t, MD5_SHIFTS[4 * round + (i & 3)])) | 0;
    }
    [a, b, c, d].forEach((x, i) => (h[i] += x));
  }
  return output([...h], 16, true);
}
