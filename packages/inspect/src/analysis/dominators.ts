/**
 * Dominators: node d dominates n if every way from the root to n leads through d. What d dominates dies with it, so the
 * bytes of all that is d's *retained size*.
 *
 * The algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm", 2001): immediate dominators are
 * improved in reverse postorder until nothing changes.
 */
import { ROOT } from '../graph/graph.ts';
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';

export interface Dominators {
  /** Immediate dominator of each node; the root's is itself, −1: unreachable. */
  readonly immediate: Int32Array;
  /** Bytes that die with each node, its own among them; 0 for unreachable ones. */
  readonly retained: Float64Array;
}

export function dominators(g: HeapGraph): Dominators {
  const order = postorder(g);
  const immediate = immediateDominators(g, order);
  const retained = new Float64Array(g.nodeCount);
  for (const node of order) {
    retained[node]! += g.arrays.bytes[node]!;
    if (node !== ROOT) retained[immediate[node]!]! += retained[node]!;
  }
  return { immediate, retained };
}

/** The reachable nodes, each after all that a depth-first walk finds from it; the root comes last. */
function postorder(g: HeapGraph): Uint32Array {
  const { first, targets, kinds } = g.arrays;
  const order = new Uint32Array(g.nodeCount);
  const next = first.slice(0, g.nodeCount);
  const seen = new Uint8Array(g.nodeCount);
  const stack = new Uint32Array(g.nodeCount);
  seen[ROOT] = 1;
  let done = 0;
  for (let top = 0; top >= 0;) {
    const node = stack[top]!;
    if (next[node]! === first[node + 1]!) {
      order[done++] = node;
      top--;
      continue;
    }
    const edge = next[node]!++;
    const to = targets[edge]!;
    if (seen[to] === 1 || kinds[edge] === EdgeKind.Weak) continue;
    seen[to] = 1;
    stack[++top] = to;
  }
  return order.subarray(0, done);
}

function immediateDominators(g: HeapGraph, order: Uint32Array): Int32Array {
  const { first, sources } = g.referrers();
  const number = new Int32Array(g.nodeCount).fill(-1);
  order.forEach((node, i) => (number[node] = i));
  // By postorder numbers, which makes the comparison below a comparison of numbers.
  const best = new Int32Array(order.length).fill(-1);
  best[order.length - 1] = order.length - 1;
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a < b) a = best[a]!;
      while (b < a) b = best[b]!;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let i = order.length - 2; i >= 0; i--) {
      const node = order[i]!;
      let common = -1;
      for (let r = first[node]!; r < first[node + 1]!; r++) {
        const from = number[sources[r]!]!;
        if (from >= 0 && best[from] !== -1) common = common === -1 ? from : meet(from, common);
      }
      if (best[i] === common) continue;
      best[i] = common;
      changed = true;
    }
  }
  const immediate = new Int32Array(g.nodeCount).fill(-1);
  order.forEach((node, i) => (immediate[node] = order[best[i]!]!));
  return immediate;
}
