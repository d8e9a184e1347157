/** A growing byte buffer with the number encodings of code tables. */

export class ByteWriter {
  private buffer = new Uint8Array(64);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.buffer.length) {
      const bigger = new Uint8Array(this.length * 2);
      bigger.set(this.buffer);
      this.buffer = bigger;
    }
    this.buffer[this.length++] = value;
  }

  /** Six bits a byte, low bits first, 0x40 on all but the last. */
  varint(value: number): void {
    while (value >= 64) {
      this.byte(0x40 | (value & 0x3f));
      value >>>= 6;
    }
    this.byte(value);
  }

  /** The sign in the lowest bit. */
  signedVarint(value: number): void {
    this.varint(value < 0 ? (-value << 1) | 1 : value << 1);
  }

  /** Six bits a byte, high bits first, 0x40 on all but the last; `firstBit` is added to the first byte. */
  bigEndianVarint(value: number, firstBit: number): void {
    let mark = firstBit;
    for (let shift = 24; shift > 0; shift -= 6) {
      if (value >>> shift === 0) continue;
      this.byte(((value >>> shift) & 0x3f) | 0x40 | mark);
      mark = 0;
    }
    this.byte((value & 0x3f) | mark);
  }

  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}
