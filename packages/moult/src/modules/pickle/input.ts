/** Where an unpickler's bytes come from: data at hand, and then its file. A file that can `peek` is read ahead; what was used
 *  of that is skipped at the end. CPython's input_buffer. */
import { clearWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { catchOnly, mark, raise } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { requireBuffer } from '../../objects/bytes/buffer.ts';
import { UNPICKLING_ERROR, UnpicklerWord } from './layout.ts';

const PREFETCH = 16 * 1024;
const NEWLINE = 10;
const NOTHING = new Uint8Array(0);

export class Input {
  private readonly rt: Runtime;
  private readonly self: Ref;
  private data: Uint8Array;
  private at = 0;
  /** From here on `data` is only peeked at; `data.length` if nothing is. */
  private peeked: number;

  constructor(rt: Runtime, self: Ref, data: Uint8Array = NOTHING) {
    this.rt = rt;
    this.self = self;
    this.data = data;
    this.peeked = data.length;
  }

  /** The next byte; −1 at the end. @runsPython */
  byte(): number {
    if (this.at === this.data.length && !this.fetch(1)) return -1;
    return this.data[this.at++] as number;
  }

  /** The next `n` bytes, not to be changed. Raises UnpicklingError if there are fewer. @runsPython */
  read(n: number): Uint8Array {
    if (n > this.data.length - this.at && !this.fetch(n)) truncated(this.rt);
    this.at += n;
    return this.data.subarray(this.at - n, this.at);
  }

  /** Has the next `n` bytes at hand. Raises UnpicklingError if there are fewer. @runsPython */
  ensure(n: number): void {
    this.read(n);
    this.at -= n;
  }

  /** An unsigned number of `n` bytes, the lowest first. @runsPython */
  number(n: number): number {
    const data = this.read(n);
    let value = 0;
    for (let i = n - 1; i >= 0; i--) value = value * 256 + (data[i] as number);
    return value;
  }

  /** The next line with its end. Raises UnpicklingError if it has none. @runsPython */
  line(): Uint8Array {
    let end = this.data.indexOf(NEWLINE, this.at);
    if (end < 0) {
      this.fetchLine();
      end = this.data.length - 1;
      if (this.data[end] !== NEWLINE) truncated(this.rt);
    }
    const line = this.data.subarray(this.at, end + 1);
    this.at = end + 1;
    this.rt.words[this.self + UnpicklerWord.LineBytes] = line.length + 1;
    return line;
  }

  /** Reads what was used of the bytes peeked at. @runsPython */
  skipUsed(): void {
    const used = this.at - this.peeked;
    if (used <= 0) return;
    const { rt } = this;
    const m = tempMark(rt);
    temp(rt, call1(rt, rt.words[this.self + UnpicklerWord.Read], temp(rt, newInt(rt, used))));
    releaseTemps(rt, m);
    this.peeked = this.at;
  }

  private take(o: Ref): void {
    this.data = requireBuffer(this.rt, o).slice();
    this.at = 0;
    this.peeked = this.data.length;
  }

  /** Source: CPython 3.12 _Unpickler_ReadFromFile. */
  private fetch(n: number): boolean {
    const { rt, self } = this;
    const read = rt.words[self + UnpicklerWord.Read];
    if (read === 0) return false;
    this.skipUsed();
    const m = tempMark(rt);
    if (n < PREFETCH && this.peek() && n <= this.data.length) {
      releaseTemps(rt, m);
      return true;
    }
    this.take(temp(rt, call1(rt, read, temp(rt, newInt(rt, n)))));
    releaseTemps(rt, m);
    return n <= this.data.length;
  }

  /** False if the file cannot. */
  private peek(): boolean {
    const { rt, self } = this;
    const peek = rt.words[self + UnpicklerWord.Peek];
    if (peek === 0) return false;
    const m = mark(rt);
    try {
      const answer = temp(rt, call1(rt, peek, temp(rt, newInt(rt, PREFETCH))));
      this.take(answer);
      this.peeked = 0;
      releaseTemps(rt, m.temps);
      return true;
    } catch (error) {
      catchOnly(rt, error, m, T.NotImplementedError);
      clearWord(rt, self + UnpicklerWord.Peek);
      return false;
    }
  }

  private fetchLine(): void {
    const { rt, self } = this;
    const readline = rt.words[self + UnpicklerWord.Readline];
    if (readline === 0) truncated(rt);
    this.skipUsed();
    const m = tempMark(rt);
    this.take(temp(rt, call0(rt, readline)));
    releaseTemps(rt, m);
  }
}

export function truncated(rt: Runtime): never {
  raise(rt, UNPICKLING_ERROR, 'pickle data was truncated');
}
