/** The bytes of a pickle in the making, and their frames (protocol 4 on): a frame begins with the first byte after a boundary
 *  between opcodes and ends at the first such boundary beyond the target size. CPython's output_buffer. */
import { Op } from './opcodes.ts';

const FRAME_TARGET = 64 * 1024;
/** Frames of fewer bytes get no header. */
const FRAME_LEAST = 4;
const HEADER = 9;
const ENCODER = new TextEncoder();

export class Output {
  private buffer = new Uint8Array(256);
  private length = 0;
  private frameStart = -1;
  framing = false;
  /** Gives bytes to the file; null: all are kept. */
  private readonly write: ((data: Uint8Array) => void) | null;

  constructor(write: ((data: Uint8Array) => void) | null) {
    this.write = write;
  }

  /** Makes room for `n` more bytes, and begins a frame if one is due. */
  private reserve(n: number): void {
    const begins = this.framing && this.frameStart < 0;
    const needed = this.length + n + (begins ? HEADER : 0);
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    if (!begins) return;
    this.frameStart = this.length;
    this.length += HEADER;
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  bytes(data: Uint8Array): void {
    this.reserve(data.length);
    this.buffer.set(data, this.length);
    this.length += data.length;
  }

  /** An opcode and an unsigned number of `nbytes` bytes, the lowest first. */
  number(op: Op, value: number, nbytes: number): void {
    this.reserve(nbytes + 1);
    this.buffer[this.length++] = op;
    let rest = value;
    for (let i = 0; i < nbytes; i++) {
      this.buffer[this.length++] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }

  /** An opcode and text that is ASCII, or becomes UTF-8. */
  text(op: Op, text: string): void {
    this.byte(op);
    this.bytes(ENCODER.encode(text));
  }

  /** A head (opcode and length) and its data. Large data go to the file directly, outside of frames. @runsPython */
  large(op: Op, nbytes: number, data: Uint8Array): void {
    const bypass = data.length >= FRAME_TARGET;
    const { framing } = this;
    if (bypass) {
      this.endFrame();
      this.framing = false;
    }
    this.number(op, data.length, nbytes);
    if (bypass && this.write !== null) {
      this.flush();
      this.write(data);
    } else this.bytes(data);
    this.framing = framing;
  }

  /** To be called before each object. @runsPython */
  boundary(): void {
    if (this.frameStart < 0 || this.length - this.frameStart - HEADER < FRAME_TARGET) return;
    this.endFrame();
    this.flush();
  }

  endFrame(): void {
    if (this.frameStart < 0) return;
    const start = this.frameStart;
    const size = this.length - start - HEADER;
    this.frameStart = -1;
    if (size < FRAME_LEAST) {
      this.buffer.copyWithin(start, start + HEADER, this.length);
      this.length -= HEADER;
      return;
    }
    this.buffer[start] = Op.Frame;
    const view = new DataView(this.buffer.buffer);
    view.setUint32(start + 1, size, true);
    view.setUint32(start + 5, 0, true);
  }

  /** Gives the file what there is. @runsPython */
  flush(): void {
    if (this.write === null) return;
    const data = this.buffer.slice(0, this.length);
    this.length = 0;
    this.write(data);
  }

  /** All bytes that no file got. */
  result(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}
