/** Numbers as bytes: the native single-character formats of memoryview, and of struct. */

/** Bytes of an item of a native format; 0 for an unknown one. */
export function itemSize(code: string): number {
  switch (code) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'P':
    case 'd':
      return 8;
    default:
      return 0;
  }
}

/** Whether the format holds negative integers. */
export function isSigned(code: string): boolean {
  return code === 'b' || code === 'h' || code === 'i' || code === 'l' || code === 'q' || code === 'n';
}

/** Reads an integer of 1, 2, 4 or 8 bytes. */
export function readInteger(
  view: DataView,
  at: number,
  size: number,
  signed: boolean,
  little: boolean,
): number | bigint {
  switch (size) {
    case 1:
      return signed ? view.getInt8(at) : view.getUint8(at);
    case 2:
      return signed ? view.getInt16(at, little) : view.getUint16(at, little);
    case 4:
      return signed ? view.getInt32(at, little) : view.getUint32(at, little);
    default:
      return signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
  }
}

/** Writes an integer of 1, 2, 4 or 8 bytes, which must be in range. */
export function writeInteger(view: DataView, at: number, size: number, value: bigint, little: boolean): void {
  switch (size) {
    case 1:
      view.setUint8(at, Number(BigInt.asUintN(8, value)));
      break;
    case 2:
      view.setUint16(at, Number(BigInt.asUintN(16, value)), little);
      break;
    case 4:
      view.setUint32(at, Number(BigInt.asUintN(32, value)), little);
      break;
    default:
      view.setBigUint64(at, BigInt.asUintN(64, value), little);
  }
}

/** Whether an integer fits into `size` bytes. */
export function fits(value: bigint, size: number, signed: boolean): boolean {
  const bits = BigInt(size * 8);
  return signed ? BigInt.asIntN(Number(bits), value) === value : value >= 0n && value >> bits === 0n;
}

/** A half-precision float. */
export function readHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The bits of a half-precision float, rounded half to even; −1 if the value is too large. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (value !== value) return 0x7e00;
  if (magnitude === Infinity) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundEven(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  const scaled = roundEven(magnitude * 2 ** (10 - exponent));
  const bits = ((exponent + 15) << 10) + (scaled - 1024);
  return bits >= 0x7c00 ? -1 : sign | bits;
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
