/**
 * A program's run as something to move in: any instruction can be gone to, forwards and backwards.
 *
 * A run is deterministic and its state is one buffer. So it is recorded once, with a snapshot now and then, and any moment between is
 * reached by running again from the nearest one. At a moment the words are what they were when the program was there: they may be read
 * in every way, and expressions may be evaluated, since the next move starts from a snapshot again.
 */
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { LIBRARY_FOLDER } from '../../stdlib/pack.ts';
import { BreakpointListener, blockOf } from './breakpoints.ts';
import type { Breakpoint } from './breakpoints.ts';
import { evaluateAt } from './evaluate.ts';
import type { Evaluation } from './evaluate.ts';
import { momentOf } from './moment.ts';
import type { Moment } from './moment.ts';
import type { Player } from './player.ts';
import { Positions } from './positions.ts';
import type { Part, StepKind as FoundKind } from './positions.ts';
import type { Recording } from './recording.ts';
import type { State } from './states.ts';

export type Direction = 'forward' | 'backward';

/** What to step by; `line`: lines of the program's own files, `death`: the last reference to an object goes, `event`: any of what the
 *  memory manager reports, a collection's start too. */
export type StepKind = FoundKind | 'collection' | 'instruction';

/** What a search does with what it hears. */
interface Search {
  hit(step: number): void;
  /** The object's block is handed out: nothing that happened before has to do with it. */
  born(): void;
  isDone(): boolean;
}

export class Timeline {
  readonly recording: Recording;
  readonly #player: Player;
  readonly #positions: Positions;
  #now: State;
  #isClean = false;
  /** Where the last breakpoint was found: searched for again, the next one is wanted. */
  #hit = { step: -1, key: '' };

  /** Begins at the first step. */
  constructor(recording: Recording) {
    this.recording = recording;
    this.#player = recording.player;
    this.#positions = new Positions(this.#player, (filename) => !isLibrary(filename));
    this.#now = recording.states.list[0] as State;
    this.#clean();
  }

  /** The last step that can be gone to. */
  get last(): number {
    return this.recording.last;
  }

  /** Where the program is now. */
  get step(): number {
    return this.#now.step;
  }

  /** The runtime at the present step: to be read, by `describeHeap` and the like, not to be run. References out of it are good until the
   *  next move. */
  get runtime(): Runtime {
    this.#clean();
    return this.#player.rt;
  }

  /** What the program shows at the present step. */
  moment(): Moment {
    return momentOf(this.runtime, this.#now.step, this.#now.phase);
  }

  /** Goes to a step. Throws RangeError if there is none of that number. */
  goto(step: number): Moment {
    if (!Number.isInteger(step) || step < 0 || step > this.last)
      throw new RangeError(`step ${step} is not one from 0 to ${this.last}`);
    if (step !== this.#now.step) this.#move(step);
    return this.moment();
  }

  /** Goes to the next step of a kind; null if there is none, then nothing changes. */
  next(kind: StepKind): Moment | null {
    if (kind === 'instruction') return this.step < this.last ? this.goto(this.step + 1) : null;
    for (let i = this.#partAt(this.step); i < this.#partCount; i++) {
      const found = this.#find(i, kind).find((step) => step > this.step);
      if (found !== undefined) return this.goto(found);
    }
    return null;
  }

  /** Goes to the last step of a kind before the present one; null if there is none. */
  previous(kind: StepKind): Moment | null {
    if (kind === 'instruction') return this.step > 0 ? this.goto(this.step - 1) : null;
    for (let i = this.#partAt(this.step); i >= 0; i--) {
      const found = this.#find(i, kind).findLast((step) => step < this.step);
      if (found !== undefined) return this.goto(found);
    }
    return null;
  }

  /** Goes to the nearest step, after or before the present one, during which the breakpoint's event happens; null if there is none. The
   *  event has not happened yet at that step: it has at the one after it. Throws RangeError if the object is none that lives. */
  find(breakpoint: Breakpoint, direction: Direction = 'forward'): Moment | null {
    const object = 'object' in breakpoint ? breakpoint.object : 0;
    const block = object === 0 ? -1 : blockOf(this.runtime, object);
    const key = JSON.stringify(breakpoint);
    const isAgain = this.#hit.step === this.step && this.#hit.key === key;
    const step =
      direction === 'forward' ? this.#findLater(breakpoint, block, isAgain) : this.#findEarlier(breakpoint, block);
    if (step < 0) return null;
    this.#hit = { step, key };
    return this.goto(step);
  }

  /** Runs the steps from `from` up to `to`, which is not made, with somebody listening; stays where it is. `now()` is the step that is
   *  being made. */
  listen(from: number, to: number, listen: (rt: Runtime, now: () => number) => HeapEvents): void {
    const player = this.#player;
    const events = listen(player.rt, () => player.now);
    this.#play(this.#stateBefore(from), {
      from,
      at: (step) => {
        player.rt.events = events;
        return step >= to ? -1 : to;
      },
    });
  }

  /** Runs a text in the innermost frame, as a debugger's prompt does: its value's `repr`, what it printed. Nothing of it remains.
   *  An expression or statements; `steps` bounds it. */
  evaluate(text: string, steps = 10_000_000): Evaluation {
    return this.evaluateAll([text], steps)[0] as Evaluation;
  }

  /** The same with several texts, each of which finds what those before it did. */
  evaluateAll(texts: readonly string[], steps = 10_000_000): Evaluation[] {
    const { runtime } = this;
    this.#isClean = false;
    return texts.map((text) => evaluateAt(runtime, this.recording.console, text, steps));
  }

  /** What the program had written up to the present step. */
  output(): { readonly stdout: string; readonly stderr: string } {
    return this.recording.console.before(this.step);
  }

  /** Puts the words back to the present step, if something was run meanwhile. */
  #clean(): void {
    if (this.#isClean) return;
    this.#player.restore(this.#now);
    this.#isClean = true;
  }

  /** Runs up to a step, which becomes the present one. */
  #move(step: number): void {
    const from = this.#stateBefore(step);
    const { final } = this.recording;
    if (final?.step === step) this.#now = final;
    else this.#now = from.step === step ? from : this.#capture(from, step);
    this.#isClean = false;
  }

  #capture(from: State, step: number): State {
    let reached: State | null = null;
    this.#play(from, {
      from: step,
      at: (_, resumable) => {
        reached = this.#player.capture(from.snapshot, resumable);
        return -1;
      },
    });
    if (reached === null) throw new Error(`step ${step} was not reached again`);
    return reached;
  }

  #play(...args: Parameters<Player['play']>): void {
    this.#isClean = false;
    this.#player.play(...args);
  }

  /** The latest state to go on from, at a step or before it. */
  #stateBefore(step: number): State {
    const state = this.#starts[this.recording.states.before(step)] as State;
    return this.#now.resumable && this.#now.step > state.step && this.#now.step <= step ? this.#now : state;
  }

  // Parts between two states.

  get #starts(): readonly State[] {
    return this.recording.states.list;
  }

  get #partCount(): number {
    return this.#starts.length;
  }

  #partAt(step: number): number {
    return this.recording.states.before(step);
  }

  #part(i: number): Part {
    return { start: this.#starts[i] as State, end: this.#starts[i + 1]?.step ?? this.last + 1 };
  }

  #find(i: number, kind: FoundKind | 'collection'): readonly number[] {
    if (kind === 'collection') return this.recording.collections.map(({ step }) => step);
    this.#isClean = false;
    return this.#positions.in(this.#part(i), kind);
  }

  #findLater(breakpoint: Breakpoint, block: number, isAgain: boolean): number {
    const from = this.step;
    let found = -1;
    let isOver = false;
    const hit = (step: number): void => {
      if (isOver || (isAgain && step === from)) return;
      if (found < 0) found = step;
      isOver = true;
    };
    this.#watch(this.#stateBefore(from), from, this.last + 1, breakpoint, block, {
      hit,
      born: () => (isOver = true),
      isDone: () => isOver,
    });
    return found;
  }

  /** Part by part backwards; in each the last time counts. */
  #findEarlier(breakpoint: Breakpoint, block: number): number {
    for (let i = this.#partAt(this.step); i >= 0; i--) {
      const { start, end } = this.#part(i);
      let found = -1;
      let born = false;
      this.#watch(start, start.step, Math.min(end, this.step), breakpoint, block, {
        hit: (step) => (found = step),
        born: () => {
          born = true;
          found = -1;
        },
        isDone: () => false,
      });
      if (found >= 0 || born) return found;
    }
    return -1;
  }

  /** Runs from `state`, listening from step `from` on up to `to` or until it is done. */
  #watch(state: State, from: number, to: number, breakpoint: Breakpoint, block: number, search: Search): void {
    const player = this.#player;
    let listener: BreakpointListener | null = null;
    let making = from;
    this.#play(state, {
      from,
      at: (step) => {
        if (listener === null) {
          listener = new BreakpointListener(
            player.rt,
            breakpoint,
            block,
            () => search.hit(making),
            () => search.born(),
          );
          player.rt.events = listener;
        } else listener.step();
        making = step;
        return search.isDone() || step >= to ? -1 : step + 1;
      },
    });
  }
}

function isLibrary(filename: string): boolean {
  return filename.startsWith(LIBRARY_FOLDER) || filename.startsWith('<frozen');
}
