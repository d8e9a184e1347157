/** Objects counted: by type, by equal value, and against their reference counts. */
import { ROOT } from '../graph/graph.ts';
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';
import { dominators } from './dominators.ts';
import type { Dominators } from './dominators.ts';

export interface TypeGroup {
  readonly typeName: string;
  readonly count: number;
  /** Bytes of the objects themselves. */
  readonly bytes: number;
  /** Bytes that die with all of them: what they dominate, objects dominated by another of the type counted once. */
  readonly retained: number;
}

/** The objects by type, most bytes first. */
export function byType(g: HeapGraph, d: Dominators = dominators(g)): TypeGroup[] {
  const groups = new Map<number, { count: number; bytes: number; retained: number }>();
  const { types, bytes } = g.arrays;
  for (let node = 1; node < g.nodeCount; node++) {
    if (!g.isObject(node)) continue;
    let group = groups.get(types[node]!);
    if (group === undefined) groups.set(types[node]!, (group = { count: 0, bytes: 0, retained: 0 }));
    group.count++;
    group.bytes += bytes[node]!;
    if (!dominatedByOwnType(g, d, node)) group.retained += d.retained[node]!;
  }
  return [...groups]
    .map(([type, group]) => ({ typeName: g.arrays.typeNames[type]!, ...group }))
    .sort((a, b) => b.bytes - a.bytes || (a.typeName < b.typeName ? -1 : 1));
}

function dominatedByOwnType(g: HeapGraph, d: Dominators, node: number): boolean {
  const { types } = g.arrays;
  for (let at = d.immediate[node]!; at > ROOT; at = d.immediate[at]!) if (types[at] === types[node]) return true;
  return false;
}

export interface Duplicates {
  readonly typeName: string;
  readonly value: string;
  readonly nodes: readonly number[];
  /** Bytes of all but one of them. */
  readonly wasted: number;
}

/** Objects that are equal and cannot change, two or more of a kind; most wasted bytes first. */
export function duplicates(g: HeapGraph): Duplicates[] {
  const equal = new Map<string, number[]>();
  for (let node = 1; node < g.nodeCount; node++) {
    const value = g.value(node);
    if (value === null) continue;
    const key = `${g.arrays.types[node]}:${value}`;
    const nodes = equal.get(key);
    if (nodes === undefined) equal.set(key, [node]);
    else nodes.push(node);
  }
  const found: Duplicates[] = [];
  for (const nodes of equal.values()) {
    if (nodes.length < 2) continue;
    const wasted = nodes.slice(1).reduce((sum, node) => sum + g.arrays.bytes[node]!, 0);
    found.push({ typeName: g.typeName(nodes[0]!), value: g.value(nodes[0]!)!, nodes, wasted });
  }
  return found.sort((a, b) => b.wasted - a.wasted);
}

/** References that make up the count of an object. */
export interface Counted {
  /** What the object's count says; negative: immortal. */
  readonly count: number;
  /** Owned references found: the edges of these numbers. */
  readonly edges: readonly number[];
}

/** Who counts: the edges to `node` that own a reference. At a safe point there are as many as the count says. */
export function whoCounts(g: HeapGraph, node: number): Counted {
  const { first, edges } = g.referrers();
  return { count: g.arrays.counts[node]!, edges: [...edges.subarray(first[node], first[node + 1])] };
}

/** Mortal objects whose count is not the number of references found, with the difference. At a safe point: none. */
export function miscounted(g: HeapGraph): { node: number; difference: number }[] {
  const found = new Int32Array(g.nodeCount);
  const { targets, kinds, counts } = g.arrays;
  for (let e = 0; e < g.edgeCount; e++) if (kinds[e] !== EdgeKind.Weak) found[targets[e]!]!++;
  const wrong: { node: number; difference: number }[] = [];
  for (let node = 1; node < g.nodeCount; node++) {
    if (!g.isObject(node) || counts[node]! < 0 || counts[node] === found[node]) continue;
    wrong.push({ node, difference: counts[node]! - found[node]! });
  }
  return wrong;
}
