/** The world of a program: a clock that only sleeping moves, and randomness that is the same in each run, so that a run can be repeated. */
import type { HostInterface } from 'moult';

const NANOSECONDS = 1_000_000_000;

/** What a look at the clock takes. */
const GLANCE = 1000n;

export class RepeatableHost implements HostInterface {
  readonly #start: bigint;
  readonly #seed: number;
  #elapsed = 0n;
  #random = 0;

  constructor(start: number, seed: number) {
    this.#start = BigInt(start) * 1_000_000n;
    this.#seed = seed;
    this.restart();
  }

  /** To be called before the program runs again. */
  restart(): void {
    this.#elapsed = 0n;
    this.#random = this.#seed | 1;
  }

  /** What is written appears line by line. */
  isTerminal(fd: number): boolean {
    return fd === 1 || fd === 2;
  }

  time(): bigint {
    return this.#start + this.monotonic();
  }

  monotonic(): bigint {
    return (this.#elapsed += GLANCE);
  }

  processTime(): bigint {
    return this.monotonic();
  }

  threadTime(): bigint {
    return this.monotonic();
  }

  /** Takes no time: the clock is put forward. */
  sleep(seconds: number): void {
    this.#elapsed += BigInt(Math.round(seconds * NANOSECONDS));
  }

  /** Xorshift: nothing here has to be hard to guess. */
  randomBytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => {
      this.#random ^= this.#random << 13;
      this.#random ^= this.#random >>> 17;
      this.#random ^= this.#random << 5;
      return this.#random & 255;
    });
  }
}
