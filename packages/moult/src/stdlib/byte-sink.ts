/** A growing array of bytes: numbers of variable length, floats, byte strings, text. */

const ENCODER = new TextEncoder();

export class ByteSink {
  private data = new Uint8Array(1024);
  private length = 0;

  byte(value: number): void {
    this.reserve(1);
    this.data[this.length++] = value;
  }

  /** An unsigned number of up to 53 bits, seven bits a byte, the lowest first. */
  varint(value: number): void {
    while (value >= 128) {
      this.byte((value % 128) | 128);
      value = Math.floor(value / 128);
    }
    this.byte(value);
  }

  float(value: number): void {
    this.reserve(8);
    new DataView(this.data.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** Bytes with their length in front. */
  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.reserve(value.length);
    this.data.set(value, this.length);
    this.length += value.length;
  }

  text(value: string): void {
    this.bytes(ENCODER.encode(value));
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.data.slice(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.data.length) return;
    const larger = new Uint8Array(2 * (this.length + count));
    larger.set(this.data);
    this.data = larger;
  }
}
