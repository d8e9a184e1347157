/** `int.to_bytes` and `int.from_bytes`. */

import { overflowError, valueError } from '../text/fault.ts';

/** `value.to_bytes(nbytes, byteorder, signed=signed)`. Throws OverflowError if it does not fit. */
export function intToBytes(value: bigint, nbytes: number, littleEndian: boolean, signed: boolean): Uint8Array {
  if (nbytes < 0) valueError('length argument must be non-negative');
  if (value < 0n && !signed) overflowError("can't convert negative int to unsigned");
  const nbits = nbytes * 8;
  if (!fits(value, nbits, signed)) overflowError('int too big to convert');
  const bytes = new Uint8Array(nbytes);
  const hex = BigInt.asUintN(nbits, value).toString(16);
  for (let i = 0, end = hex.length; end > 0 && i < nbytes; i++, end -= 2) {
    bytes[littleEndian ? i : nbytes - 1 - i] = parseInt(hex.slice(Math.max(end - 2, 0), end), 16);
  }
  return bytes;
}

/** Whether the value fits. CPython lets -1 pass in no bytes at all. */
function fits(value: bigint, nbits: number, signed: boolean): boolean {
  if (!signed) return BigInt.asUintN(nbits, value) === value;
  return BigInt.asIntN(nbits, value) === value || (nbits === 0 && value === -1n);
}

/** `int.from_bytes(bytes, byteorder, signed=signed)`. */
export function intFromBytes(bytes: Uint8Array, littleEndian: boolean, signed: boolean): bigint {
  if (bytes.length === 0) return 0n;
  let hex = '0x';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[littleEndian ? bytes.length - 1 - i : i]!;
    hex += (byte < 16 ? '0' : '') + byte.toString(16);
  }
  const value = BigInt(hex);
  return signed ? BigInt.asIntN(bytes.length * 8, value) : value;
}
