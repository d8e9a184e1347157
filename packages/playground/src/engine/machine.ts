/**
 * A program that can be brought to any of its moments: a run is deterministic, so a moment is reached by running again from the start.
 * States around the moment are kept, so that its neighbours are reached by copying.
 */
import { restoreSnapshot, takeSnapshot } from '@moult/heap';
import type { HeapEvents, Snapshot } from '@moult/heap';
import { createPython, finalize, RunEnded } from 'moult';
import type { LibraryPack, Python, PythonSnapshot, Runtime } from 'moult';
import type { Program, Stream } from '../shared/protocol.ts';
import { RepeatableHost } from './host.ts';
import { FILENAME, LineWatch } from './lines.ts';
import { LIMITS } from './limits.ts';

/** States kept before and after the moment asked for. */
const BEFORE = 8;
const AFTER = 24;

/** Listens to a run. `line` is called at each moment but the last. */
export interface Listener {
  line?(moment: number, line: number): void;
  /** The main module has ended: the last moment. What comes then belongs to the interpreter's end. */
  ended?(moment: number): void;
  write?(moment: number, stream: Stream, text: string): void;
  events?(rt: Runtime, now: () => number): HeapEvents | null;
}

export interface RunEnd {
  readonly exitCode: number;
  /** What stopped it from outside. */
  readonly stopped: RunEnded | null;
}

export class Machine {
  readonly #program: Program;
  readonly #python: Python;
  readonly #host: RepeatableHost;
  readonly #start: PythonSnapshot;
  readonly #states = new Map<number, Snapshot>();
  #listener: Listener = {};
  #moment = -1;
  /** Where a run that was stopped is left when it is repeated: without that it might not end. */
  #last = Infinity;

  constructor(program: Program, library: LibraryPack | null) {
    this.#program = program;
    this.#host = new RepeatableHost(Date.now(), Date.now());
    this.#python = createPython({
      ...(library === null ? {} : { library }),
      argv: [FILENAME],
      stdin: program.stdin,
      files: { [`/${FILENAME}`]: program.source },
      memory: LIMITS.bytes,
      reserveBytes: LIMITS.reserve,
      host: this.#host,
      stdout: (text) => this.#listener.write?.(this.#moment, 'stdout', text),
      stderr: (text) => this.#listener.write?.(this.#moment, 'stderr', text),
    });
    this.#start = this.#python.snapshot();
  }

  get runtime(): Runtime {
    return this.#python.runtime;
  }

  /** Runs the program from its start to the end of the interpreter. To be called first. */
  run(listener: Listener): RunEnd {
    let last = 0;
    const end = this.#run(
      {
        line: (moment, line) => {
          last = moment;
          listener.line?.(moment, line);
        },
        ended: (moment) => listener.ended?.(moment),
        write: (moment, stream, text) => listener.write?.(moment, stream, text),
        events: (rt, now) => listener.events?.(rt, now) ?? null,
      },
      Infinity,
    );
    this.#last = end.stopped === null ? Infinity : last;
    return end;
  }

  /** Runs from the start to the moment `until`, and tells `listener` of it. */
  replay(until: number, listener: Listener): void {
    this.#run(listener, until);
  }

  /** Brings the runtime to a moment: it shows the heap as it was then, until the next call of any method. */
  goto(moment: number): Runtime {
    if (!this.#states.has(moment)) this.#fill(moment);
    const state = this.#states.get(moment);
    if (state === undefined) throw new RangeError(`the program has no moment ${moment}`);
    restoreSnapshot(this.runtime, state);
    this.runtime.methodCache.fill(0);
    return this.runtime;
  }

  /** Runs statements in `__main__` beside the program, as it is at a moment. What they change is forgotten by the next `goto`. */
  evaluate(moment: number, source: string, write: (stream: Stream, text: string) => void): void {
    this.goto(moment);
    this.#listener = { write: (_, stream, text) => write(stream, text) };
    try {
      this.#python.run(source, { filename: '<console>', steps: LIMITS.consoleSteps, time: LIMITS.consoleTime });
    } catch (error) {
      if (!(error instanceof RunEnded)) throw error;
      write('stderr', `${error.message}\n`);
    } finally {
      this.#listener = {};
    }
  }

  /** Runs once more and keeps the states around a moment. */
  #fill(moment: number): void {
    const near = (other: number): boolean => other >= moment - BEFORE && other <= moment + AFTER;
    for (const other of this.#states.keys()) if (!near(other)) this.#states.delete(other);
    const keep = (at: number): void => {
      if (near(at)) this.#states.set(at, takeSnapshot(this.runtime));
    };
    this.#run({ line: keep, ended: keep }, Math.min(moment + AFTER + 1, this.#last));
  }

  /** `until`: the moment at which the run is left; Infinity: it is the first run, which ends with the interpreter. */
  #run(listener: Listener, until: number): RunEnd {
    const python = this.#python;
    const rt = python.runtime;
    python.restore(this.#start);
    this.#host.restart();
    this.#listener = listener;
    this.#moment = -1;
    rt.beforeInstruction = this.#watcher(listener, until);
    try {
      const { exitCode } = python.run(this.#program.source, { filename: FILENAME, ...limits(until) });
      rt.beforeInstruction = null;
      listener.ended?.(++this.#moment);
      if (until === Infinity) python.enter(() => finalize(rt));
      return { exitCode, stopped: null };
    } catch (error) {
      if (!(error instanceof RunEnded)) throw error;
      return { exitCode: 1, stopped: error };
    } finally {
      rt.beforeInstruction = null;
      rt.events = null;
      this.#listener = {};
    }
  }

  /** Counts moments. */
  #watcher(listener: Listener, until: number): () => void {
    const rt = this.runtime;
    const lines = new LineWatch(rt);
    return () => {
      if (!lines.starts() || this.#moment >= LIMITS.moments) return;
      if (++this.#moment === 0) rt.events = listener.events?.(rt, () => this.#moment) ?? null;
      listener.line?.(this.#moment, lines.line);
      if (this.#moment >= until) {
        rt.beforeInstruction = null;
        this.#python.end();
      }
    };
  }
}

/** A run that is repeated is left where it is wanted; only the first one is limited by time. */
function limits(until: number): { steps?: number; time?: number; output?: number } {
  return until === Infinity ? { time: LIMITS.time, output: LIMITS.output } : { output: Infinity };
}
