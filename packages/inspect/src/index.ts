/** @moult/inspect: questions about a heap. */
export { buildGraph } from './graph/build.ts';
export { shortFileName } from './graph/file-name.ts';
export { HeapGraph, ROOT } from './graph/graph.ts';
export type { GraphArrays, Referrers } from './graph/graph.ts';
export { EdgeKind } from './graph/source.ts';
export type { EdgeVisitor, HeapSource, RootVisitor } from './graph/source.ts';

export { cyclicComponents, shortestCycle, weakCandidates } from './analysis/cycles.ts';
export type { Component, WeakCandidate } from './analysis/cycles.ts';
export { diffGraphs } from './analysis/diff-graphs.ts';
export type { HeapDifference, PathDifference, Side } from './analysis/diff-graphs.ts';
export { diffByType } from './analysis/diff.ts';
export type { TypeCount, TypeDifference } from './analysis/diff.ts';
export { dominators } from './analysis/dominators.ts';
export type { Dominators } from './analysis/dominators.ts';
export { byType, duplicates, miscounted, whoCounts } from './analysis/groups.ts';
export type { Counted, Duplicates, TypeGroup } from './analysis/groups.ts';
export { Paths } from './analysis/paths.ts';
export type { Path } from './analysis/paths.ts';
export { depths, freedWithout, reachable, shortestTree, sourceOf } from './analysis/reach.ts';

export { cycleNote, cyclesWorthTelling } from './export/cycle-notes.ts';
export type { CycleNote } from './export/cycle-notes.ts';
export { dot } from './export/dot.ts';
export { heapSnapshot } from './export/heapsnapshot.ts';
export type { Allocations } from './export/heapsnapshot.ts';
export { readHeapSnapshot } from './export/read-snapshot.ts';
export type { ReadSnapshot } from './export/read-snapshot.ts';
export { graphJson } from './export/json.ts';
export { edgesTable, nodesTable } from './export/tables.ts';
export { cycleLine, edgeText, pathLines } from './export/text.ts';
