/** Bytes allocated, by call stack: what Speedscope draws (https://www.speedscope.app). */
import type { HeapEvents } from '@moult/heap';
import { runningFrames } from 'moult';
import type { Runtime } from 'moult';

interface Frame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** Calls of a stack that are told apart. */
const DEEPEST = 200;

export class Profile implements HeapEvents {
  bytes = 0;
  readonly #rt: Runtime;
  readonly #frames: Frame[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #weights = new Map<string, number>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  get stacks(): number {
    return this.#weights.size;
  }

  alloc(_block: number, _nwords: number, nbytes: number): void {
    const stack = this.#stackNow();
    if (stack === '') return;
    this.bytes += nbytes;
    this.#weights.set(stack, (this.#weights.get(stack) ?? 0) + nbytes);
  }

  free(): void {
    // What was allocated counts, also if it is gone.
  }

  /** The profile as pieces of JSON. */
  *speedscope(): Generator<string> {
    const samples = [...this.#weights.keys()].map((stack) => stack.split(',').map(Number));
    yield JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      shared: { frames: this.#frames },
      profiles: [
        {
          type: 'sampled',
          name: 'bytes allocated',
          unit: 'bytes',
          startValue: 0,
          endValue: this.bytes,
          samples,
          weights: [...this.#weights.values()],
        },
      ],
      name: 'allocations',
      exporter: 'moult',
      activeProfileIndex: 0,
    });
  }

  /** Numbers of the frames, outermost first; empty outside of Python code. */
  #stackNow(): string {
    const frames = runningFrames(this.#rt).slice(0, DEEPEST);
    return frames
      .reverse()
      .map((frame) => this.#number({ name: frame.function, file: frame.filename, line: frame.line }))
      .join(',');
  }

  #number(frame: Frame): number {
    const key = `${frame.line} ${frame.name} ${frame.file}`;
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.#frames.push(frame) - 1));
    return number;
  }
}
