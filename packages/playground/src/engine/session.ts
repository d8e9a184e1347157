/** One program: its recording, and the answers to what the page asks about it. */
import type { LibraryPack } from 'moult';
import type {
  HeapView,
  ObjectId,
  ObjectReport,
  Program,
  Recording,
  Theatre,
  ViewOptions,
  Written,
} from '../shared/protocol.ts';
import { ledgerOf } from './ledger.ts';
import { Machine } from './machine.ts';
import { Model } from './model.ts';
import { Recorder } from './recorder.ts';
import { reportOn } from './report.ts';
import { hearCollection } from './theatre.ts';
import { drawView, summarize } from './view.ts';
import type { Summary } from './view.ts';

/** Comparisons that are kept. */
const SUMMARIES = 64;

export class Session {
  readonly recording: Recording;
  readonly #machine: Machine;
  readonly #recorder: Recorder;
  readonly #summaries = new Map<string, Summary>();
  #model: Model | null = null;

  /** Runs the program; `tell` gets what it writes. */
  constructor(program: Program, library: LibraryPack | null, tell: (written: Written) => void) {
    const started = performance.now();
    this.#recorder = new Recorder(program.source, tell);
    this.#machine = new Machine(program, library, this.#recorder);
    this.recording = this.#recorder.finish(this.#machine, performance.now() - started);
  }

  view(moment: number, options: ViewOptions): HeapView {
    const before = moment > 0 ? this.#summary(moment - 1, options.atoms) : null;
    return drawView(this.#at(moment, 'own'), options, before);
  }

  /** The moment to begin with: the first one before a line; the last one if that line is not run. */
  momentAt(line: number): number {
    const { lines } = this.recording.series;
    const at = line > 0 ? lines.indexOf(line) : -1;
    return at < 0 ? lines.length - 1 : at;
  }

  object(moment: number, id: ObjectId): ObjectReport {
    const { lines } = this.recording.series;
    const report = reportOn(this.#at(moment, 'whole'), id);
    this.#model = null;
    return { ...report, ledger: ledgerOf(this.#machine, id, moment, (at) => lines[at] ?? 0) };
  }

  theatre(collection: number): Theatre {
    const { collections } = this.recording;
    this.#model = null;
    const heard = hearCollection(this.#machine, this.#recorder.births, collections, collection);
    return { collection: collections[collection]!, ...heard };
  }

  evaluate(moment: number, source: string): Written[] {
    this.#model = null;
    const { value, output, error } = this.#machine.evaluate(moment, source);
    const shown: Written[] = [{ moment, stream: 'stdout', text: value === null ? output : `${output}${value}\n` }];
    if (error !== null) shown.push({ moment, stream: 'stderr', text: error });
    return shown.filter(({ text }) => text !== '');
  }

  /** The heap at a moment. Labels are read from the runtime, which stands there until somebody moves it. */
  #at(moment: number, extent: 'whole' | 'own'): Model {
    const known = this.#model;
    if (known?.moment === moment && (known.isWhole || extent === 'own')) return known;
    return (this.#model = new Model(this.#machine.goto(moment), this.#recorder.births, moment, extent));
  }

  #summary(moment: number, atoms: boolean): Summary {
    const key = `${moment} ${atoms}`;
    const known = this.#summaries.get(key);
    if (known !== undefined) return known;
    const summary = summarize(this.#at(moment, 'own'), atoms);
    if (this.#summaries.size >= SUMMARIES) this.#summaries.clear();
    this.#summaries.set(key, summary);
    return summary;
  }
}
