/**
 * The steps of a kind in a part of a recording, found by running the part again. Each part between two snapshots is looked through once
 * and remembered for a while, so that steps one after the other are found at once.
 */
import type { HeapEvents } from '@moult/heap';
import { LineWatcher } from './lines.ts';
import type { Player, Watch } from './player.ts';
import type { State } from './states.ts';

/** What to step by. `line`: lines of the program's own files; `death`: the last reference to an object goes; `event`: any of these and
 *  allocations. */
export type StepKind = 'line' | 'event' | 'death';

/** A part of a recording: from the step of `start`, which is resumable, up to the step `end`, which does not belong to it. */
export interface Part {
  readonly start: State;
  readonly end: number;
}

/** Parts that are remembered. */
const REMEMBERED = 16;

export class Positions {
  readonly #player: Player;
  readonly #isOwn: (filename: string) => boolean;
  readonly #known = new Map<string, number[]>();

  constructor(player: Player, isOwn: (filename: string) => boolean) {
    this.#player = player;
    this.#isOwn = isOwn;
  }

  /** The steps of the kind in the part, ascending. Ends wherever the part ended: a state is to be restored. */
  in(part: Part, kind: StepKind): readonly number[] {
    const key = `${kind} ${part.start.step} ${part.end}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#find(part, kind);
    this.#known.set(key, found);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= REMEMBERED) break;
      this.#known.delete(oldest);
    }
    return found;
  }

  #find({ start, end }: Part, kind: StepKind): number[] {
    const found: number[] = [];
    this.#player.play(start, kind === 'line' ? this.#lines(start, end, found) : this.#events(end, kind, found));
    return found;
  }

  #lines(start: State, end: number, found: number[]): Watch {
    const watcher = new LineWatcher(this.#player.rt, this.#isOwn);
    return {
      from: start.step,
      at: (step) => {
        if (step >= end) return -1;
        if (watcher.isStart()) found.push(step);
        return step + 1;
      },
    };
  }

  #events(end: number, kind: StepKind, found: number[]): Watch {
    const note = (): void => {
      if (found.at(-1) !== this.#player.now) found.push(this.#player.now);
    };
    return { from: end, at: () => -1, events: listener(kind, note) };
  }
}

const IGNORE = (): void => undefined;

function listener(kind: StepKind, note: () => void): HeapEvents {
  if (kind === 'death') return { alloc: IGNORE, free: IGNORE, dealloc: note };
  return { alloc: note, free: note, dealloc: note, track: note, collectionStart: note, finalize: note };
}
