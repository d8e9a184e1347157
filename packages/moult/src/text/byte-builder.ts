/** A byte array that grows. */

export class ByteBuilder {
  private data: Uint8Array;
  private used = 0;

  constructor(nbytes: number) {
    this.data = new Uint8Array(Math.max(nbytes, 16));
  }

  /** Appends one byte. */
  push(byte: number): void {
    if (this.used === this.data.length) this.grow(1);
    this.data[this.used++] = byte;
  }

  /** Appends bytes. */
  append(bytes: Uint8Array): void {
    if (this.used + bytes.length > this.data.length) this.grow(bytes.length);
    this.data.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** The bytes so far, in an array of their own. */
  finish(): Uint8Array {
    return this.data.slice(0, this.used);
  }

  private grow(nbytes: number): void {
    const larger = new Uint8Array(this.data.length * 2 + nbytes);
    larger.set(this.data);
    this.data = larger;
  }
}
