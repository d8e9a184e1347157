/** `_imp.source_hash`: SipHash-1-3 with a key, as files of bytecode are checked by. Slow and seldom: in big integers. */

const MASK = 0xffff_ffff_ffff_ffffn;
const START = [0x736f6d6570736575n, 0x646f72616e646f6dn, 0x6c7967656e657261n, 0x7465646279746573n] as const;
const FINAL_ROUNDS = 3;

const rotate = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & MASK;

/** The state of a hash under way. */
class SipState {
  private v0: bigint;
  private v1: bigint;
  private v2: bigint;
  private v3: bigint;

  constructor(key: bigint) {
    this.v0 = key ^ START[0];
    this.v1 = START[1];
    this.v2 = key ^ START[2];
    this.v3 = START[3];
  }

  take(word: bigint): void {
    this.v3 ^= word;
    this.round();
    this.v0 ^= word;
  }

  finish(): bigint {
    this.v2 ^= 0xffn;
    for (let i = 0; i < FINAL_ROUNDS; i++) this.round();
    return this.v0 ^ this.v1 ^ this.v2 ^ this.v3;
  }

  private round(): void {
    this.v0 = (this.v0 + this.v1) & MASK;
    this.v1 = rotate(this.v1, 13n) ^ this.v0;
    this.v0 = rotate(this.v0, 32n);
    this.v2 = (this.v2 + this.v3) & MASK;
    this.v3 = rotate(this.v3, 16n) ^ this.v2;
    this.v0 = (this.v0 + this.v3) & MASK;
    this.v3 = rotate(this.v3, 21n) ^ this.v0;
    this.v2 = (this.v2 + this.v1) & MASK;
    this.v1 = rotate(this.v1, 17n) ^ this.v2;
    this.v2 = rotate(this.v2, 32n);
  }
}

/** Eight bytes. Source: CPython 3.12 _Py_KeyedHash. */
export function sourceHash(key: bigint, data: Uint8Array): Uint8Array {
  const state = new SipState(key & MASK);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const whole = data.length - (data.length % 8);
  for (let at = 0; at < whole; at += 8) state.take(view.getBigUint64(at, true));
  let last = BigInt(data.length & 0xff) << 56n;
  data.subarray(whole).forEach((byte, i) => (last |= BigInt(byte) << BigInt(8 * i)));
  state.take(last);
  const result = new Uint8Array(8);
  new DataView(result.buffer).setBigUint64(0, state.finish(), true);
  return result;
}
