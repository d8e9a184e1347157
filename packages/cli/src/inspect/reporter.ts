/** Gathers what a report tells: one run with a tracer, the heap at its end, and for a ledger a second run. */
import { buildGraph, byType, cycleNote, cyclesWorthTelling, dominators, pathLines, Paths } from '@moult/inspect';
import type { CycleNote, HeapGraph, TypeGroup } from '@moult/inspect';
import { describeHeap } from 'moult';
import type { Runtime } from 'moult';
import type { Entry } from '../trace/ledger.ts';
import { survivors } from '../trace/trace-report.ts';
import type { Survivors } from '../trace/trace-report.ts';
import { Tracer } from '../trace/tracer.ts';
import { Ledger } from './ledger-runs.ts';
import { listening } from './observer.ts';
import type { Observer } from './observer.ts';
import type { Inspection } from './options.ts';
import { page } from './page.ts';
import { writeAll } from './perform.ts';
import type { Answer, Plan } from './perform.ts';
import { garbageTypes } from './report.ts';
import { together } from './when.ts';

/** An object that is alive at the end, and the ways to it. */
export interface Kept {
  readonly typeName: string;
  readonly count: number;
  readonly label: string;
  readonly retained: number;
  /** Each a line for each step. */
  readonly ways: readonly (readonly string[])[];
}

export interface ReportData {
  readonly program: string;
  readonly tracer: Tracer;
  readonly types: readonly TypeGroup[];
  readonly survivors: readonly Survivors[];
  readonly kept: readonly Kept[];
  readonly cycles: readonly CycleNote[];
  readonly garbage: readonly (readonly [typeName: string, count: number])[];
  readonly ledger: { readonly label: string; readonly entries: readonly Entry[] } | null;
}

const MOST_KEPT = 6;
const MOST_CYCLES = 10;
const MOST_WAYS = 3;

export class Reporter {
  readonly #output: string;
  readonly #expression: string | null;
  readonly #answer: Answer;
  #data: ReportData | null = null;

  constructor({ output, expression }: Inspection & { kind: 'report' }, answer: Answer) {
    this.#output = output;
    this.#expression = expression;
    this.#answer = answer;
  }

  plan(): Plan {
    const traced = this.#trace();
    if (this.#expression === null) return { first: together(traced, { over: () => this.#write(null) }) };
    // The tracer and the counter of allocations cannot both listen to one run: the ledger's own two follow.
    const ledger = new Ledger(this.#expression, this.#answer.none, () => undefined);
    const found = (): boolean => ledger.label !== '';
    return {
      first: ledger.firstRun(),
      second: { observer: traced, isNeeded: () => true },
      third: {
        observer: together(ledger.secondRun(), { over: () => this.#write(ledger) }),
        isNeeded: () => found() || this.#giveUp(),
      },
    };
  }

  /** Without a ledger. */
  #giveUp(): boolean {
    this.#write(null);
    return false;
  }

  #trace(): Observer {
    return listening(
      (rt) => new Tracer(rt),
      (rt, tracer) => {
        this.#data = dataOf(rt, tracer);
      },
    );
  }

  #write(ledger: Ledger | null): void {
    if (this.#data === null) return;
    writeAll(this.#output, [page({ ...this.#data, ledger })]);
    this.#answer.print(`${this.#output} is written\n`);
  }
}

function dataOf(rt: Runtime, tracer: Tracer): ReportData {
  const g = buildGraph(describeHeap(rt));
  return {
    program: rt.options.argv?.[0] ?? '',
    tracer,
    types: byType(g),
    survivors: survivors(tracer, g),
    kept: keptObjects(g),
    cycles: cyclesWorthTelling(g)
      .slice(0, MOST_CYCLES)
      .map((component) => cycleNote(g, component)),
    garbage: garbageTypes(g),
    ledger: null,
  };
}

/** Of each class of the program's own, the object that retains most. */
function keptObjects(g: HeapGraph): Kept[] {
  const d = dominators(g);
  const paths = new Paths(g);
  const kept: Kept[] = [];
  for (const typeName of ownTypes(g)) {
    const nodes = g.nodesOfType(typeName);
    const [first, ...rest] = nodes;
    if (first === undefined) continue;
    const node = rest.reduce((best, other) => (d.retained[other]! > d.retained[best]! ? other : best), first);
    const ways = paths.all(node, MOST_WAYS).map((way) => pathLines(g, way));
    kept.push({ typeName, count: nodes.length, label: g.label(node), retained: d.retained[node]!, ways });
  }
  return kept.sort((a, b) => b.retained - a.retained).slice(0, MOST_KEPT);
}

/** Names of the classes that class statements of the program made. */
function ownTypes(g: HeapGraph): string[] {
  const names = g.nodesOfType('type').flatMap((type) => {
    const label = g.label(type);
    return g.arrays.counts[type]! < 0 || (!label.startsWith('<class __main__.') && label.includes('.'))
      ? []
      : [label.slice('<class '.length, -1)];
  });
  return names.map((name) => name.replace(/^__main__\./, ''));
}
