/** The first run of a program: what the timeline shows. */
import { forEachTracked, generationHead, GenWord, ObjectWord, TypeWord } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import { callDepth } from 'moult';
import type { Runtime } from 'moult';
import type { CollectionMark, LifeMark, Outcome, Recording, Stream, Written } from '../shared/protocol.ts';
import { birthEvents, Births } from './births.ts';
import { importLines } from '../shared/imports.ts';
import { LIMITS } from './limits.ts';
import type { Listener, Machine } from './machine.ts';
import { FILENAME } from './program.ts';
import { TypeSampler } from './samples.ts';

/** Marks that are kept. */
const MAX_MARKS = 5000;

/** The thresholds of the three generations, or their counts. */
export function generationWords(rt: Runtime, what: 'threshold' | 'count'): [number, number, number] {
  const word = what === 'threshold' ? GenWord.Threshold : GenWord.Count;
  const at = (i: number): number => rt.words[generationHead(i) + word]!;
  return [at(0), at(1), at(2)];
}

/** Lines, counts and bytes, moment by moment. */
class SeriesRecorder {
  readonly lines: number[] = [];
  readonly depths: number[] = [];
  readonly bytes: number[] = [];
  readonly objects: number[] = [];
  readonly generations: number[] = [];
}

export class Recorder implements Listener {
  readonly births: Births;
  readonly #series = new SeriesRecorder();
  readonly #samples: TypeSampler;
  readonly #written: Written[] = [];
  readonly #collections: CollectionMark[] = [];
  readonly #lives: LifeMark[] = [];
  readonly #tell: (written: Written) => void;
  #thresholds: [number, number, number] = [0, 0, 0];
  #outputBytes = 0;
  #base = 0;

  constructor(source: string, tell: (written: Written) => void) {
    this.#tell = tell;
    this.births = new Births(importLines(source));
    this.#samples = new TypeSampler(this.births);
  }

  /** What was heard of a run that is over. */
  finish(machine: Machine, milliseconds: number): Recording {
    const { lines, depths, bytes, objects, generations } = this.#series;
    return {
      outcome: outcomeOf(machine, this.#written),
      written: this.#written,
      series: {
        lines: Int32Array.from(lines),
        depths: Int32Array.from(depths),
        bytes: Float64Array.from(bytes),
        objects: Int32Array.from(objects),
        generations: Int32Array.from(generations),
      },
      samples: this.#samples.finish(),
      thresholds: this.#thresholds,
      collections: this.#collections,
      lives: this.#lives,
      heat: this.births.heat(),
      truncated: lines.length > LIMITS.moments,
      milliseconds,
    };
  }

  moment(rt: Runtime, moment: number, line: number): void {
    if (moment === 0) this.#base = rt.usedBytes();
    this.births.line = line;
    this.births.next = moment + 1;
    const { lines, depths, bytes, objects, generations } = this.#series;
    lines.push(line);
    depths.push(callDepth(rt));
    bytes.push(rt.usedBytes() - this.#base);
    objects.push(this.births.alive);
    generations.push(...generationWords(rt, 'count'));
    this.#thresholds = generationWords(rt, 'threshold');
    this.#samples.sample(moment);
  }

  /** Beyond a bound, what is written is not kept. */
  write(moment: number, stream: Stream, text: string): void {
    if (this.#outputBytes >= LIMITS.output) return;
    this.#outputBytes += text.length;
    const isTooMuch = this.#outputBytes >= LIMITS.output;
    const written = { moment, stream, text: isTooMuch ? `${text}\n… and more, which is not shown\n` : text };
    this.#written.push(written);
    this.#tell(written);
  }

  events(rt: Runtime, now: () => number): HeapEvents {
    const { births } = this;
    const mark = (kind: LifeMark['kind'], o: number): void => {
      if (this.#lives.length >= MAX_MARKS || births.idOf(rt, o, now() + 1) < 0) return;
      this.#lives.push({ moment: now(), kind, label: rt.typeNameOf(o) });
    };
    const heard = birthEvents(rt, births);
    const counted = this.#samples.events(rt);
    let dying = 0;
    return {
      ...heard,
      track: (o) => {
        heard.track(o);
        counted.track(o);
      },
      untrack: counted.untrack,
      dealloc: (o) => {
        if (o !== dying && isInstance(rt, o)) mark('death', o);
        dying = o;
        heard.dealloc(o);
      },
      finalize: (o) => {
        mark('finalizer', o);
        heard.finalize(o);
      },
      weakrefCallback: (wr) => mark('weakref callback', wr),
      collectionStart: (generation) => this.#collect(rt, now(), generation),
      collectionStop: (_generation, collected, uncollectable) => {
        const last = this.#collections.at(-1);
        if (last !== undefined) this.#collections.splice(-1, 1, { ...last, collected, uncollectable, over: now() });
      },
    };
  }

  #collect(rt: Runtime, moment: number, generation: number): void {
    let objects = 0;
    for (let i = 0; i <= generation; i++) forEachTracked(rt, generationHead(i), () => objects++);
    this.#collections.push({ moment, generation, objects, collected: 0, uncollectable: 0, over: moment });
  }
}

/** Whether an object's type is one that a class statement made. */
function isInstance(rt: Runtime, o: number): boolean {
  const H = rt.words;
  return H[H[o + ObjectWord.Type]! + TypeWord.DefinitionIndex] === 0;
}

function outcomeOf(machine: Machine, written: readonly Written[]): Outcome {
  if (machine.wasCut) {
    const seconds = LIMITS.time / 1000;
    return {
      kind: 'stopped',
      message: `Stopped after ${seconds} seconds: an endless loop? What it did until then can be looked at.`,
      line: 0,
    };
  }
  if (machine.exitCode === 0) return { kind: 'finished', message: '', line: 0 };
  const said = written
    .filter(({ stream }) => stream === 'stderr')
    .map(({ text }) => text)
    .join('');
  const lines = said.trimEnd().split('\n');
  const at = [...said.matchAll(new RegExp(`File "${FILENAME}", line (\\d+)`, 'g'))].at(-1);
  return { kind: 'error', message: lines.at(-1) ?? `exit code ${machine.exitCode}`, line: Number(at?.[1] ?? 0) };
}
