/**
 * A program that can be brought to any of its moments. The timeline of `moult` counts instructions; here the lines among them are
 * numbered.
 */
import type { HeapEvents } from '@moult/heap';
import { LineWatcher, recordTimeline } from 'moult';
import type { Evaluation, LibraryPack, Runtime, Timeline } from 'moult';
import type { Program, Stream } from '../shared/protocol.ts';
import { RepeatableHost } from './host.ts';
import { LIMITS } from './limits.ts';
import { FILENAME, programOf } from './program.ts';

/** Listens to the recording. */
export interface Listener {
  /** A moment: before a line, or (line 0) after the program's end. */
  moment(rt: Runtime, moment: number, line: number): void;
  /** After `moment` and before the next one; −1: before the first. */
  write(moment: number, stream: Stream, text: string): void;
  /** `now()` is the moment after which something happens. Nothing is told of what comes before the first moment and after the last. */
  events(rt: Runtime, now: () => number): HeapEvents;
}

/** Snapshots may take so many bytes. */
const SNAPSHOT_BYTES = 160 * 2 ** 20;

/** Instructions between two of them, at first. */
const INTERVAL = 16000;

export class Machine {
  /** Step of each moment. */
  readonly #steps: number[] = [];
  readonly #timeline: Timeline;
  /** What was run beside the program at the moment that was asked about last. */
  #asides: { readonly moment: number; readonly texts: readonly string[] } = { moment: -1, texts: [] };
  /** False once the program has ended. */
  #isOn = false;

  /** Runs the program to its end, or as long as it may. */
  constructor({ source, stdin }: Program, library: LibraryPack | null, listener: Listener) {
    let lines: LineWatcher | null = null;
    const now = (): number => this.#steps.length - 1;
    this.#timeline = recordTimeline({
      ...programOf(source),
      stdin,
      ...(library === null ? {} : { library }),
      argv: [FILENAME],
      memory: LIMITS.bytes,
      reserveBytes: LIMITS.reserve,
      host: new RepeatableHost(),
      time: LIMITS.time,
      interval: INTERVAL,
      snapshotBytes: SNAPSHOT_BYTES,
      observe: (rt) => onlyWhile(() => this.#isOn, listener.events(rt, now)),
      wrote: (stream, text) => listener.write(now(), stream, text),
      each: (rt, step, hasEnded) => {
        lines ??= new LineWatcher(rt, (filename) => filename === FILENAME);
        if (hasEnded) this.#end(rt, step, listener);
        else if (lines.isStart()) this.#begin(rt, step, lines.line, listener);
        this.#isOn ||= step === 0 && !hasEnded;
      },
    });
    if (this.#timeline.recording.cut !== null) this.#cut(listener);
  }

  /** Whether it was stopped before its end. */
  get wasCut(): boolean {
    return this.#timeline.recording.cut !== null;
  }

  get exitCode(): number {
    return this.#timeline.recording.exitCode;
  }

  /** Brings the runtime to a moment: it shows the heap as it was then, until the next call of any method. */
  goto(moment: number): Runtime {
    this.#timeline.goto(this.#stepOf(moment));
    return this.#timeline.runtime;
  }

  /** Runs the program again from its start up to a moment, with somebody listening: to the same events as the first time. */
  replay(until: number, events: (rt: Runtime, now: () => number) => HeapEvents): void {
    let at = -1;
    this.#timeline.listen(0, this.#stepOf(until), (rt, step) => {
      const now = (): number => {
        while (at + 1 < this.#steps.length && this.#steps[at + 1]! <= step()) at++;
        return at;
      };
      return events(rt, now);
    });
  }

  /** Runs a text beside the program, as it is at a moment, after all texts that were run so at that moment before. */
  evaluate(moment: number, source: string): Evaluation {
    if (this.#asides.moment !== moment) this.#asides = { moment, texts: [] };
    const texts = [...this.#asides.texts, source];
    this.goto(moment);
    const last = this.#timeline.evaluateAll(texts, LIMITS.consoleSteps).at(-1)!;
    if (last.error === null) this.#asides = { moment, texts };
    return last;
  }

  #stepOf(moment: number): number {
    const step = this.#steps[Math.min(moment, this.#steps.length - 1)];
    if (step === undefined) throw new RangeError('the program has no moments');
    return step;
  }

  #begin(rt: Runtime, step: number, line: number, listener: Listener): void {
    if (this.#steps.length >= LIMITS.moments) return;
    const moment = this.#steps.push(step) - 1;
    listener.moment(rt, moment, line);
  }

  #end(rt: Runtime, step: number, listener: Listener): void {
    if (!this.#isOn && this.#steps.length > 0) return;
    this.#isOn = false;
    listener.moment(rt, this.#steps.push(step) - 1, 0);
  }

  /** The last moment of a program that was stopped is where it was stopped. */
  #cut(listener: Listener): void {
    this.#isOn = false;
    const { last } = this.#timeline;
    if (this.#steps.at(-1) === last) return;
    this.#steps.push(last);
    const rt = this.#timeline.goto(last) && this.#timeline.runtime;
    listener.moment(rt, this.#steps.length - 1, 0);
  }
}

/** The events that happen while `isOn` says so. */
function onlyWhile(isOn: () => boolean, events: HeapEvents): HeapEvents {
  const guarded = Object.entries(events).map(([name, tell]: [string, (...args: unknown[]) => void]) => {
    return [name, (...args: unknown[]) => (isOn() ? tell(...args) : undefined)];
  });
  return Object.fromEntries(guarded) as unknown as HeapEvents;
}
