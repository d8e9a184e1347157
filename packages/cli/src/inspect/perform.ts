/** Obeys an inspection command on the heap of a runtime whose program has run. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { buildGraph, dot, edgesTable, heapSnapshot, nodesTable } from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { describeHeap } from 'moult';
import type { Runtime } from 'moult';
import type { Inspection, SnapshotFormat } from './options.ts';
import { heapJson, heapReport, whyReport } from './report.ts';

/** Drawings beyond this many objects help nobody: only the first ones are drawn. */
const MAX_DRAWN = 400;

/** Returns what to print. Throws the host's error if the output cannot be written. */
export function inspect(rt: Runtime, inspection: Inspection): string {
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
