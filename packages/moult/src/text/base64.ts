/** Base64, as `binascii` has it. Failures are messages for `binascii.Error`. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = Uint8Array.from(ALPHABET, (ch) => ch.charCodeAt(0));
const PAD = 61;
const INVALID = 64;

const VALUES = new Uint8Array(256).fill(INVALID);
CODES.forEach((code, value) => (VALUES[code] = value));

/** A failure of decoding. */
export class Base64Fault {
  constructor(readonly message: string) {}
}

function fail(message: string): never {
  throw new Base64Fault(message);
}

/** The digits for `data`, padded, with a line end if asked. */
export function encodeBase64(data: Uint8Array, newline: boolean): Uint8Array {
  const out = new Uint8Array(Math.ceil(data.length / 3) * 4 + (newline ? 1 : 0));
  let to = 0;
  for (let i = 0; i < data.length; i += 3) {
    const rest = data.length - i;
    const bits = ((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    out[to++] = CODES[bits >> 18] ?? 0;
    out[to++] = CODES[(bits >> 12) & 63] ?? 0;
    out[to++] = rest > 1 ? (CODES[(bits >> 6) & 63] ?? 0) : PAD;
    out[to++] = rest > 2 ? (CODES[bits & 63] ?? 0) : PAD;
  }
  if (newline) out[to] = 10;
  return out;
}

/** Decodes; characters outside the alphabet are passed over, or with `strict` refused. Throws Base64Fault.
 *  Source: CPython 3.12 binascii_a2b_base64_impl. */
export function decodeBase64(data: Uint8Array, strict: boolean): Uint8Array {
  const out = new Uint8Array(Math.ceil(data.length / 4) * 3);
  let length = 0;
  let quad = 0;
  let left = 0;
  let pads = 0;
  let padded = false;
  if (strict && data[0] === PAD) fail('Leading padding not allowed');
  for (let i = 0; i < data.length; i++) {
    const byte = data[i] ?? 0;
    if (byte === PAD) {
      padded = true;
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < data.length) fail('Excess data after padding');
        return out.subarray(0, length);
      }
      continue;
    }
    const value = VALUES[byte] ?? INVALID;
    if (value >= INVALID) {
      if (strict) fail('Only base64 data is allowed');
      continue;
    }
    if (strict && padded) fail('Discontinuous padding not allowed');
    pads = 0;
    if (quad > 0) out[length++] = ((left << (2 * quad)) | (value >> (6 - 2 * quad))) & 0xff;
    left = value & (0xff >> (2 + 2 * quad));
    quad = (quad + 1) & 3;
  }
  if (quad === 1) {
    fail(
      `Invalid base64-encoded string: number of data characters (${Math.floor(length / 3) * 4 + 1}) cannot be 1 more than a multiple of 4`,
    );
  }
  if (quad !== 0) fail('Incorrect padding');
  return out.subarray(0, length);
}
