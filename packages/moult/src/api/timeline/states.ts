/** The snapshots of a recording: few enough for their memory, each sharing with the one before it what did not change. */
import type { Snapshot } from '@moult/heap';

/** Where a run is. */
export const enum Phase {
  Program = 0,
  /** The main module has ended, the interpreter has not. */
  Ended = 1,
  /** The interpreter has shut down. */
  Over = 2,
}

/** A moment of a run. */
export interface State {
  readonly step: number;
  readonly phase: Phase;
  readonly snapshot: Snapshot;
  /** How many answers of the host the program had got. */
  readonly logAt: number;
  /** Whether the run can be gone on with from here: nothing of it is on the host's stack. */
  readonly resumable: boolean;
}

/** Fewer are not thrown away for their memory. */
const LEAST = 3;

/** More make nothing faster. */
const MOST = 256;

export class States {
  readonly #list: State[] = [];
  readonly #limit: number;
  /** Steps between two states. */
  interval: number;

  constructor(interval: number, limit: number) {
    this.interval = interval;
    this.#limit = limit;
  }

  get list(): readonly State[] {
    return this.#list;
  }

  get last(): State | null {
    return this.#list.at(-1) ?? null;
  }

  /** Adds a state that is later than all others. When there are too many, every second one goes. */
  add(state: State): void {
    this.#list.push(state);
    while (this.#list.length > MOST || (this.#list.length > LEAST && this.bytes() > this.#limit)) {
      const kept = this.#list.filter((_, i) => i % 2 === 0);
      this.#list.splice(0, Infinity, ...kept);
      this.interval *= 2;
    }
  }

  /** Index of the latest state at or before a step. */
  before(step: number): number {
    let low = 0;
    let high = this.#list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#list[middle] as State).step <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Bytes of all snapshots together. */
  bytes(): number {
    const counted = new Set<Int32Array>();
    for (const { snapshot } of this.#list) for (const { words } of snapshot.ranges) counted.add(words);
    let bytes = 0;
    for (const words of counted) bytes += words.byteLength;
    return bytes;
  }
}
