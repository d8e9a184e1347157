/** The one run of a program that is recorded: its snapshots, what it wrote, its collections, the heap's size over time. */
import { generationHead, GenWord, setLimit } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { LIBRARY_FOLDER } from '../../stdlib/pack.ts';
import { createRuntime } from '../create.ts';
import { Console } from './console.ts';
import type { Written } from './console.ts';
import { HostLog } from './host-log.ts';
import { DEFAULT_INTERVAL, DEFAULT_SNAPSHOT_BYTES } from './options.ts';
import type { TimelineOptions } from './options.ts';
import { outsideOf } from './outside.ts';
import { Player } from './player.ts';
import type { Watch } from './player.ts';
import { Samples } from './samples.ts';
import type { Sample } from './samples.ts';
import { Phase, States } from './states.ts';
import type { State } from './states.ts';

export interface CollectionNote {
  /** The step that was being made when it began. */
  readonly step: number;
  readonly generation: number;
  /** Of the three generations, before. */
  readonly counts: readonly [number, number, number];
  collected: number;
  uncollectable: number;
}

/** Why a recording ended before the program did. */
export type Cut = 'steps' | 'time' | null;

/** Steps between two looks at the clock. */
const CLOCK_INTERVAL = 4096;

export class Recording {
  readonly player: Player;
  /** From which the run can be gone on with. */
  readonly states: States;
  readonly console: Console;
  readonly collections: CollectionNote[] = [];
  readonly #samples = new Samples();
  /** The last step, as a state. */
  final: State | null = null;
  cut: Cut = null;
  /** The step at which the main module has ended; −1 if it has not. */
  ended = -1;
  #exitCode = 0;
  readonly #steps: number;
  readonly #time: number;
  #deadline = Infinity;
  #nextState = 0;

  constructor(options: TimelineOptions) {
    const log = new HostLog();
    this.console = new Console(() => this.player.now);
    this.player = new Player(startRuntime(options, log, this.console), log);
    this.states = new States(options.interval ?? DEFAULT_INTERVAL, options.snapshotBytes ?? DEFAULT_SNAPSHOT_BYTES);
    this.#steps = options.steps ?? Infinity;
    this.#time = options.time ?? Infinity;
  }

  /** The last step. */
  get last(): number {
    return this.final?.step ?? 0;
  }

  /** What the program ended with, as the command's exit code; of no meaning if the recording was cut. */
  get exitCode(): number {
    return this.#exitCode;
  }

  /** What the program wrote, in order. */
  get written(): readonly Written[] {
    return this.console.written;
  }

  get samples(): readonly Sample[] {
    return this.#samples.list;
  }

  /** Runs the program. To be called once. */
  run(options: TimelineOptions): void {
    const { player } = this;
    const listeners = [this.#listener()];
    const observer = options.observe?.(player.rt, () => player.now);
    if (observer !== undefined) listeners.push(observer);
    this.#deadline = performance.now() + this.#time;
    this.console.target = 'program';
    const { source, filename = '<string>', isFile = false, each } = options;
    const eachStep = each && ((step: number, hasEnded: boolean) => each(player.rt, step, hasEnded));
    this.console.wrote = options.wrote ?? null;
    player.record({ source, filename, isFile }, { ...this.#watch(), events: both(listeners), each: eachStep });
    this.console.target = 'nowhere';
    this.#exitCode = player.exitCode;
  }

  #watch(): Watch {
    return {
      from: 0,
      isRecording: true,
      at: (step, resumable) => {
        this.#sample(step);
        if (this.player.phase !== Phase.Program) return this.#atEnd(step);
        this.cut = this.#cutAt(step);
        if (this.cut !== null) return this.#finish(resumable);
        if (step >= this.#nextState && resumable) this.#keep();
        const next = step >= this.#nextState ? step + 1 : this.#nextState;
        return Math.min(next, this.#samples.next, this.#steps, step + CLOCK_INTERVAL);
      },
    };
  }

  #cutAt(step: number): Cut {
    if (step >= this.#steps) return 'steps';
    return performance.now() > this.#deadline ? 'time' : null;
  }

  #keep(): void {
    this.states.add(this.#state(true));
    this.#nextState = this.player.now + this.states.interval;
  }

  /** The main module has ended, or the interpreter has, whose last instructions are counted too. */
  #atEnd(step: number): number {
    if (this.player.phase === Phase.Over) return this.#finish(false);
    if (this.ended < 0) {
      this.ended = step;
      this.#exitCode = this.player.exitCode;
      this.states.add(this.#state(true));
    }
    if (step >= this.#steps + 1 || performance.now() > this.#deadline) {
      this.cut = 'time';
      return this.#finish(false);
    }
    return step + 1;
  }

  #finish(resumable: boolean): -1 {
    this.final = this.#state(resumable);
    if (this.states.last === null) this.states.add(this.final);
    return -1;
  }

  #state(resumable: boolean): State {
    return this.player.capture(this.states.last?.snapshot ?? null, resumable);
  }

  #sample(step: number): void {
    this.#samples.take(this.player.rt, step);
  }

  #listener(): HeapEvents {
    const { rt } = this.player;
    return {
      alloc: () => this.#samples.alive++,
      free: () => this.#samples.alive--,
      collectionStart: (generation) => {
        if (this.player.now < 0) return;
        const counts = [0, 1, 2].map((i) => rt.words[generationHead(i) + GenWord.Count]);
        this.collections.push({
          step: this.player.now,
          generation,
          counts: counts as [number, number, number],
          collected: 0,
          uncollectable: 0,
        });
      },
      collectionStop: (_generation, collected, uncollectable) => {
        const note = this.collections.at(-1);
        if (note !== undefined && this.player.now >= 0) Object.assign(note, { collected, uncollectable });
      },
    };
  }
}

const NAMES = [
  'alloc',
  'free',
  'incref',
  'decref',
  'dealloc',
  'track',
  'untrack',
  'finalize',
  'clear',
  'weakrefCallback',
  'collectionStart',
  'phase',
  'collectionStop',
] as const satisfies readonly (keyof HeapEvents)[];

/** One listener that tells several; of what none of them hears it has no method. */
function both(listeners: readonly HeapEvents[]): HeapEvents {
  if (listeners.length === 1) return listeners[0] as HeapEvents;
  const told = NAMES.flatMap((name) => {
    const methods = listeners.flatMap((listener) => {
      const method = Reflect.get(listener, name) as ((...args: unknown[]) => void) | undefined;
      return method === undefined ? [] : [method.bind(listener)];
    });
    if (methods.length === 0) return [];
    const tell = (...args: unknown[]): void => {
      for (const method of methods) method(...args);
    };
    return [[name, methods.length === 1 ? methods[0] : tell] as const];
  });
  return Object.fromEntries(told) as unknown as HeapEvents;
}

function startRuntime(options: TimelineOptions, log: HostLog, console: Console): Runtime {
  const { library } = options;
  const host = log.wrap(outsideOf(options, console));
  const rt = createRuntime({
    host,
    argv: options.argv ?? [''],
    path: [...(options.path ?? []), ...(library ? [LIBRARY_FOLDER] : [])],
    optimize: options.optimize ?? 0,
    hashSeed: options.hashSeed ?? 0,
    singly: true,
    ...(options.reserveBytes === undefined ? {} : { reserveBytes: options.reserveBytes }),
  });
  rt.libraryPack = library?.find ?? null;
  rt.now = () => log.call('now', () => performance.now() / 1000);
  if (options.memory !== undefined) setLimit(rt, options.memory);
  return rt;
}
