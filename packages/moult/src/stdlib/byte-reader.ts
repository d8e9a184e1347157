/** Reading what `ByteSink` wrote. */

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

export class ByteReader {
  private at = 0;
  private readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  byte(): number {
    return this.data[this.at++] ?? fail();
  }

  /** An unsigned number of up to 53 bits. */
  varint(): number {
    const first = this.data[this.at] ?? fail();
    if (first < 128) {
      this.at++;
      return first;
    }
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  float(): number {
    const value = new DataView(this.data.buffer, this.data.byteOffset + this.at, 8).getFloat64(0, true);
    this.at += 8;
    return value;
  }

  /** Bytes with their length in front; a view, not a copy. */
  bytes(): Uint8Array {
    const length = this.varint();
    this.at += length;
    if (this.at > this.data.length) fail();
    return this.data.subarray(this.at - length, this.at);
  }

  text(): string {
    return DECODER.decode(this.bytes());
  }
}

function fail(): never {
  throw new RangeError('the library pack is damaged: data ends too early');
}
