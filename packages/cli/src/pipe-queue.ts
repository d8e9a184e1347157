/**
 * Pipes that a program waits on together. Node cannot ask the kernel whether a pipe is ready, so it is tried: a second opening of the same
 * pipe does not block. What a trial read brings is kept for the program's next read; what a trial write leaves is written later, before
 * anything else.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const NON_BLOCKING = 0o4000;
const AHEAD_BYTES = 1 << 16;

export class PipeQueue {
  /** What was read and not yet taken; null: nothing. */
  private ahead: Uint8Array | null = null;
  private ended = false;
  private readonly waiting: Uint8Array[] = [];
  private readonly alias: number;
  /** Nobody reads any more. */
  broken = false;

  /** `real` is Node's descriptor of an end of a pipe, opened for reading (0) or writing (1). */
  constructor(real: number, access: number) {
    this.alias = openSync(`/proc/self/fd/${real}`, access | NON_BLOCKING);
  }

  /** Whether a read would not wait; `atEnd` when there is nothing more to come. */
  readable(): 'data' | 'end' | null {
    if (this.ahead !== null) return 'data';
    if (this.ended) return 'end';
    const buffer = new Uint8Array(AHEAD_BYTES);
    const count = attempt(() => readSync(this.alias, buffer, 0, AHEAD_BYTES, null));
    if (count === null) return null;
    if (count === 0) this.ended = true;
    else this.ahead = buffer.slice(0, count);
    return count === 0 ? 'end' : 'data';
  }

  /** Takes what was read ahead, null if that is nothing. */
  take(length: number): Uint8Array | null {
    if (this.ahead === null) return null;
    const data = this.ahead.subarray(0, length);
    this.ahead = data.length === this.ahead.length ? null : this.ahead.subarray(data.length);
    return data;
  }

  /** Whether all that was written has gone. */
  writable(): boolean {
    while (this.waiting.length > 0) {
      const data = this.waiting[0] ?? new Uint8Array(0);
      const count = this.tryWrite(data);
      if (count === null) return false;
      if (count < data.length) {
        this.waiting[0] = data.subarray(count);
        return false;
      }
      this.waiting.shift();
    }
    return true;
  }

  /** Writes, or keeps for later what the pipe does not take. */
  write(data: Uint8Array): void {
    const count = this.writable() ? this.tryWrite(data) : 0;
    const rest = data.subarray(count ?? 0);
    if (rest.length > 0) this.waiting.push(rest.slice());
  }

  close(): void {
    closeSync(this.alias);
  }

  private tryWrite(data: Uint8Array): number | null {
    try {
      return attempt(() => writeSync(this.alias, data));
    } catch (error) {
      this.broken = true;
      this.waiting.length = 0;
      throw error;
    }
  }
}

/** What `action` gives, null where it would have to wait. */
function attempt(action: () => number): number | null {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    if ((error as NodeJS.ErrnoException).code === 'EOF') return 0;
    throw error;
  }
}
