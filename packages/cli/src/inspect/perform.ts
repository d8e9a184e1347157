/** Obeys the commands that look at a program's heap: by observers of one run of it, or of two that are the same. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { buildGraph, dot, edgesTable, graphJson, heapSnapshot, nodesTable } from '@moult/inspect';
import type { Allocations, HeapGraph } from '@moult/inspect';
import { describeHeap } from 'moult';
import type { Runtime } from 'moult';
import { EventWriter } from '../trace/event-writer.ts';
import { Profile } from '../trace/profile.ts';
import { traceJson, traceReport } from '../trace/trace-report.ts';
import { Tracer } from '../trace/tracer.ts';
import { Ledger } from './ledger-runs.ts';
import { listening } from './observer.ts';
import type { Observer } from './observer.ts';
import type { Inspection, SnapshotFormat } from './options.ts';
import { Reporter } from './reporter.ts';
import { heapJson, heapReport, whyReport } from './report.ts';
import { atExit, atLine, Peak, together } from './when.ts';
import type { When } from './when.ts';

/** Drawings beyond this many objects help nobody: only the first ones are drawn. */
const MAX_DRAWN = 400;

/** Where answers go. */
export interface Answer {
  readonly print: (text: string) => void;
  /** There was nothing to answer; `text` says why. */
  readonly none: (text: string) => void;
}

/** Observers of the runs that an inspection needs, one after the other; a later one may turn out not to be needed. */
export interface Plan {
  readonly first: Observer;
  readonly second?: LaterRun;
  readonly third?: LaterRun;
}

export interface LaterRun {
  readonly observer: Observer;
  isNeeded(): boolean;
}

/** How to answer a question. */
export function planFor(inspection: Inspection, answer: Answer): Plan {
  switch (inspection.kind) {
    case 'trace':
      return { first: traceObserver(inspection, answer) };
    case 'ledger':
      return new Ledger(inspection.expression, answer.none, answer.print).plan();
    case 'report':
      return new Reporter(inspection, answer).plan();
    case 'snapshot':
      return snapshotPlan(inspection, answer);
    default:
      return planAt(inspection.when, answer, (rt) => {
        const g = buildGraph(describeHeap(rt));
        if (inspection.kind === 'heap')
          return answer.print(inspection.json ? heapJson(g, inspection.limit) : heapReport(g, inspection.limit));
        const report = whyReport(g, inspection.typeName, inspection.limit);
        if (report === null) answer.none(`no ${inspection.typeName} is alive\n`);
        else answer.print(report);
      });
  }
}

function planAt(when: When, answer: Answer, look: (rt: Runtime) => void): Plan {
  switch (when.kind) {
    case 'exit':
      return { first: atExit(look) };
    case 'line': {
      const where = when.file === '' ? `line ${when.line}` : `${when.file}:${when.line}`;
      return { first: atLine(when.file, when.line, look, () => answer.none(`${where} was never reached\n`)) };
    }
    case 'peak': {
      const peak = new Peak();
      return { first: peak.search(), second: { observer: peak.visit(look), isNeeded: () => true } };
    }
  }
}

function traceObserver({ json, limit, events, references }: Inspection & { kind: 'trace' }, answer: Answer): Observer {
  let tracer: Tracer;
  let writer: EventWriter | null = null;
  return {
    begin: (rt) => {
      tracer = new Tracer(rt);
      writer = events === null ? null : new EventWriter(rt, events, references);
      rt.events = writer === null ? tracer : writer.alsoTelling(tracer);
    },
    end: (rt) => {
      rt.events = writer;
      answer.print(json ? traceJson(rt, tracer) : traceReport(rt, tracer, limit));
    },
    over: (rt) => {
      rt.events = null;
      writer?.close();
      if (writer !== null) answer.print(`${events}: ${writer.count} events\n`);
    },
  };
}

/** With the lines at which objects were allocated. Throws the host's error if the output cannot be written. */
function snapshotPlan({ output, format, when }: Inspection & { kind: 'snapshot' }, answer: Answer): Plan {
  if (format === 'speedscope') return { first: profileObserver(output, answer) };
  let tracer: Tracer;
  const listen = listening(
    (rt) => (tracer = new Tracer(rt)),
    () => undefined,
  );
  const plan = planAt(when, answer, (rt) => {
    const g = buildGraph(describeHeap(rt));
    const allocations = { placeOf: (ref: number) => tracer.placeNumberOf(ref), places: tracer.places.list };
    const files = snapshotFiles(output, format, g, allocations);
    for (const [path, text] of files) writeAll(path, text);
    answer.print(`${files.map(([path]) => path).join(', ')}: ${sizeText(g, format)}\n`);
  });
  if (plan.second === undefined) return { first: together(listen, plan.first) };
  return { ...plan, second: { ...plan.second, observer: together(listen, plan.second.observer) } };
}

/** What is in the file; of a drawing, how much of the heap is in it. */
function sizeText(g: HeapGraph, format: SnapshotFormat): string {
  if (format === 'dot') return `${ownObjects(g).length} of ${g.nodeCount} nodes are drawn`;
  return `${g.nodeCount} nodes, ${g.edgeCount} edges`;
}

function profileObserver(output: string, answer: Answer): Observer {
  return listening(
    (rt) => new Profile(rt),
    (_rt, profile) => {
      writeAll(output, profile.speedscope());
      answer.print(`${output}: ${profile.bytes} bytes allocated by ${profile.stacks} call stacks\n`);
    },
  );
}

function snapshotFiles(
  output: string,
  format: SnapshotFormat,
  g: HeapGraph,
  allocations: Allocations,
): (readonly [path: string, text: Iterable<string>])[] {
  if (format !== 'tables') return [[output, snapshotText(g, format, allocations)]];
  const stem = output.slice(0, -'.csv'.length);
  return [
    [`${stem}.nodes.csv`, nodesTable(g)],
    [`${stem}.edges.csv`, edgesTable(g)],
  ];
}

function snapshotText(g: HeapGraph, format: SnapshotFormat, allocations: Allocations): Iterable<string> {
  switch (format) {
    case 'nodes':
      return nodesTable(g);
    case 'edges':
      return edgesTable(g);
    case 'dot':
      return [dot(g, ownObjects(g))];
    case 'json':
      return graphJson(g);
    default:
      return heapSnapshot(g, allocations);
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

/** Writes pieces to a file one after the other. */
export function writeAll(path: string, pieces: Iterable<string>): void {
  const fd = openSync(path, 'w');
  try {
    for (const piece of pieces) writeSync(fd, piece);
  } finally {
    closeSync(fd);
  }
}
