/** Obeys the commands that look at a program's heap: by observers of its run. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { buildGraph, dot, edgesTable, heapSnapshot, nodesTable } from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { decref } from '@moult/heap';
import { describeHeap, evaluateExpression } from 'moult';
import type { Runtime } from 'moult';
import type { Inspection, SnapshotFormat } from './options.ts';
import { AllocationCounter, LedgerListener, ledgerText } from '../trace/ledger.ts';
import { Tracer } from '../trace/tracer.ts';
import { traceJson, traceReport } from '../trace/trace-report.ts';
import { heapJson, heapReport, whyReport } from './report.ts';

/** Drawings beyond this many objects help nobody: only the first ones are drawn. */
const MAX_DRAWN = 400;

/** What looks on while a program runs. */
export interface Observer {
  /** Before the program begins. */
  begin?(rt: Runtime): void;
  /** When its main module has ended. */
  end?(rt: Runtime): void;
  /** When the interpreter has shut down. */
  over?(rt: Runtime): void;
}

/** The observer that answers a question and gives the answer to `print`, which also takes what went wrong. */
export function observerFor(inspection: AskedOnce, print: (text: string) => void): Observer {
  if (inspection.kind === 'trace') return traceObserver(inspection, print);
  return { end: (rt) => print(answer(rt, inspection)) };
}

/** Questions that one run answers. */
type AskedOnce = Exclude<Inspection, { kind: 'ledger' }>;

function traceObserver({ json, limit }: { json: boolean; limit: number }, print: (text: string) => void): Observer {
  let tracer: Tracer;
  return {
    begin: (rt) => {
      rt.events = tracer = new Tracer(rt);
    },
    end: (rt) => {
      rt.events = null;
      print(json ? traceJson(rt, tracer) : traceReport(rt, tracer, limit));
    },
  };
}

/** Throws the host's error if the output cannot be written. */
function answer(rt: Runtime, inspection: Exclude<AskedOnce, { kind: 'trace' }>): string {
  const g = buildGraph(describeHeap(rt));
  switch (inspection.kind) {
    case 'why':
      return whyReport(g, inspection.typeName, inspection.limit);
    case 'heap':
      return inspection.json ? heapJson(g, inspection.limit) : heapReport(g, inspection.limit);
    case 'snapshot':
      writeAll(inspection.output, snapshotText(g, inspection.format));
      return `${inspection.output}: ${g.nodeCount} nodes, ${g.edgeCount} edges\n`;
  }
}

/** The two runs of a ledger: the first finds the object, the second listens. */
export class Ledger {
  readonly #expression: string;
  readonly #print: (text: string) => void;
  #number = 0;
  #label = '';

  constructor(expression: string, print: (text: string) => void) {
    this.#expression = expression;
    this.#print = print;
  }

  /** Whether the first run found an object that the program itself made. */
  get found(): boolean {
    return this.#number > 0;
  }

  firstRun(): Observer {
    const counter = new AllocationCounter();
    return {
      begin: (rt) => void (rt.events = counter),
      end: (rt) => {
        rt.events = null;
        const value = evaluateExpression(rt, this.#expression);
        if (value === 0) return;
        this.#number = counter.numberOf(rt, value);
        this.#label = describeHeap(rt).label(value);
        if (this.#number === 0) this.#print(`${this.#label} is older than the program: it has no ledger\n`);
        decref(rt, value);
      },
    };
  }

  secondRun(): Observer {
    let listener: LedgerListener;
    return {
      begin: (rt) => {
        rt.events = listener = new LedgerListener(rt, this.#number);
      },
      over: () => this.#print(ledgerText(this.#label, listener.entries)),
    };
  }
}

function snapshotText(g: HeapGraph, format: SnapshotFormat): Iterable<string> {
  switch (format) {
    case 'heapsnapshot':
      return heapSnapshot(g);
    case 'nodes':
      return nodesTable(g);
    case 'edges':
      return edgesTable(g);
    case 'dot':
      return [dot(g, ownObjects(g))];
  }
}

/** What a program made: objects of types that a class statement made, and what they refer to. */
function ownObjects(g: HeapGraph): number[] {
  const builtIn = new Set(['type', 'module', 'function', 'code', 'str', 'int']);
  const chosen = new Set<number>();
  for (const type of g.nodesOfType('type')) {
    if (g.arrays.counts[type]! < 0) continue;
    const name = g.label(type).slice('<class '.length, -1);
    for (const node of g.nodesOfType(name)) {
      chosen.add(node);
      for (let e = g.arrays.first[node]!; e < g.arrays.first[node + 1]!; e++) {
        if (!builtIn.has(g.typeName(g.arrays.targets[e]!))) chosen.add(g.arrays.targets[e]!);
      }
    }
  }
  return [...chosen].slice(0, MAX_DRAWN);
}

function writeAll(path: string, pieces: Iterable<string>): void {
  const fd = openSync(path, 'w');
  try {
    for (const piece of pieces) writeSync(fd, piece);
  } finally {
    closeSync(fd);
  }
}
