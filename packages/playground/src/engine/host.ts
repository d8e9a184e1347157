/** The world of a program: the browser's clocks, streams that show each line at once. The timeline records what is said here. */
import type { HostInterface } from 'moult';

const NANOSECONDS_OF_A_MILLISECOND = 1e6;

export class RepeatableHost implements HostInterface {
  /** Milliseconds slept. */
  #slept = 0;

  /** What is written appears line by line. */
  isTerminal(fd: number): boolean {
    return fd === 1 || fd === 2;
  }

  time(): bigint {
    return nanoseconds(performance.timeOrigin + performance.now() + this.#slept);
  }

  monotonic(): bigint {
    return nanoseconds(performance.now() + this.#slept);
  }

  processTime(): bigint {
    return nanoseconds(performance.now());
  }

  threadTime(): bigint {
    return this.processTime();
  }

  /** Takes no time: the clocks are put forward. */
  sleep(seconds: number): void {
    this.#slept += 1000 * seconds;
  }
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * NANOSECONDS_OF_A_MILLISECOND));
}
