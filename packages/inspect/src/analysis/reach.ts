/** What is reachable, and by which shortest way. Weak references lead nowhere. */
import { ROOT } from '../graph/graph.ts';
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';

interface Search {
  readonly edges: Int32Array;
  readonly seen: Uint8Array;
  readonly depths: Uint32Array;
}

/** The edge by which each node was first reached from the root, breadth first; −1: it was not (or is the root). */
export function shortestTree(g: HeapGraph): Int32Array {
  return search(g, -1).edges;
}

/** Whether each node is reachable from the root, without the edge `without` (−1: with all). */
export function reachable(g: HeapGraph, without = -1): Uint8Array {
  return search(g, without).seen;
}

/** How many references lead from the root to each node at least; 0 for the root and for what is not reachable. */
export function depths(g: HeapGraph): Uint32Array {
  return search(g, -1).depths;
}

function search(g: HeapGraph, without: number): Search {
  const { first, targets, kinds } = g.arrays;
  const edges = new Int32Array(g.nodeCount).fill(-1);
  const seen = new Uint8Array(g.nodeCount);
  const depth = new Uint32Array(g.nodeCount);
  const queue = new Uint32Array(g.nodeCount);
  seen[ROOT] = 1;
  let end = 1;
  for (let i = 0; i < end; i++) {
    const node = queue[i]!;
    for (let e = first[node]!; e < first[node + 1]!; e++) {
      const to = targets[e]!;
      if (seen[to] === 1 || kinds[e] === EdgeKind.Weak || e === without) continue;
      seen[to] = 1;
      edges[to] = e;
      depth[to] = depth[node]! + 1;
      queue[end++] = to;
    }
  }
  return { edges, seen, depths: depth };
}

/** What would die if the reference `edge` went: the nodes that only it keeps reachable, in node order. */
export function freedWithout(g: HeapGraph, edge: number): number[] {
  if (!(edge >= 0 && edge < g.edgeCount)) throw new RangeError(`edge ${edge} of a graph with ${g.edgeCount}`);
  const before = reachable(g);
  const after = reachable(g, edge);
  const freed: number[] = [];
  for (let i = 0; i < g.nodeCount; i++) if (before[i] === 1 && after[i] === 0) freed.push(i);
  return freed;
}

/** The node that an edge leaves. */
export function sourceOf(g: HeapGraph, edge: number): number {
  const { first } = g.arrays;
  let low = 0;
  let high = g.nodeCount;
  // The last node whose edges begin at or before it.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (first[middle]! <= edge) low = middle;
    else high = middle;
  }
  while (first[low + 1]! <= edge) low++;
  return low;
}
