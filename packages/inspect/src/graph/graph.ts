/**
 * A heap as a graph in typed arrays. Nodes are numbered: 0 is the root, 1 all roots, then each group of roots, then the
 * objects in the order in which they were found. A node's edges lie together, in node order (compressed rows).
 */
import { EdgeKind } from './source.ts';

/** The root of everything. */
export const ROOT = 0;

export interface GraphArrays {
  /** Reference of each node's object; 0 for the root and the groups. */
  readonly refs: Int32Array;
  /** Index into `types`. */
  readonly types: Int32Array;
  /** Metered bytes. */
  readonly bytes: Float64Array;
  /** Reference counts, negative: immortal. */
  readonly counts: Int32Array;
  /** First edge of each node, and one past the last edge of all. */
  readonly first: Uint32Array;
  readonly targets: Uint32Array;
  readonly kinds: Uint8Array;
  /** A position, or `~index` into `strings`. */
  readonly names: Int32Array;
  readonly typeNames: readonly string[];
  readonly strings: readonly string[];
  /** Number of nodes between the root and the first object. */
  readonly groups: number;
}

export class HeapGraph {
  readonly arrays: GraphArrays;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly #label: (ref: number) => string;
  readonly #value: (ref: number) => string | null;
  #referrers: Referrers | null = null;
  #nodeOf: Map<number, number> | null = null;

  constructor(arrays: GraphArrays, label: (ref: number) => string, value: (ref: number) => string | null) {
    this.arrays = arrays;
    this.nodeCount = arrays.refs.length;
    this.edgeCount = arrays.targets.length;
    this.#label = label;
    this.#value = value;
  }

  /** Name of the type of a node; of the root and its groups, their own. */
  typeName(node: number): string {
    return this.arrays.typeNames[this.arrays.types[node]!]!;
  }

  /** A short text for the object; only while the heap is as it was. */
  label(node: number): string {
    const ref = this.arrays.refs[node]!;
    return ref === 0 ? this.typeName(node) : this.#label(ref);
  }

  /** What `HeapSource.value` says. */
  value(node: number): string | null {
    const ref = this.arrays.refs[node]!;
    return ref === 0 ? null : this.#value(ref);
  }

  /** Name of an edge, or its position in brackets. */
  edgeName(edge: number): string {
    const name = this.arrays.names[edge]!;
    return name < 0 ? this.arrays.strings[~name]! : `[${name}]`;
  }

  /** The node of an object; −1 if it is not in the graph. */
  nodeOf(ref: number): number {
    if (this.#nodeOf === null) {
      this.#nodeOf = new Map();
      for (let i = 1; i < this.nodeCount; i++) if (this.arrays.refs[i] !== 0) this.#nodeOf.set(this.arrays.refs[i]!, i);
    }
    return this.#nodeOf.get(ref) ?? -1;
  }

  isObject(node: number): boolean {
    return this.arrays.refs[node] !== 0;
  }

  /** The nodes of a type, in node order. */
  nodesOfType(name: string): number[] {
    const type = this.arrays.typeNames.indexOf(name);
    const nodes: number[] = [];
    for (let i = 1; i < this.nodeCount; i++) if (this.arrays.types[i] === type && this.isObject(i)) nodes.push(i);
    return nodes;
  }

  /** Who refers to whom, weak references left out. Made at the first call. */
  referrers(): Referrers {
    return (this.#referrers ??= invert(this.arrays, this.nodeCount));
  }
}

/** The strong edges by target: `sources[first[n]] …` refer to node n by the edges `edges[first[n]] …`. */
export interface Referrers {
  readonly first: Uint32Array;
  readonly sources: Uint32Array;
  readonly edges: Uint32Array;
}

function invert(a: GraphArrays, nodeCount: number): Referrers {
  const first = new Uint32Array(nodeCount + 1);
  const { targets, kinds } = a;
  for (let e = 0; e < targets.length; e++) if (kinds[e] !== EdgeKind.Weak) first[targets[e]! + 1]!++;
  for (let i = 0; i < nodeCount; i++) first[i + 1]! += first[i]!;
  const next = first.slice();
  const sources = new Uint32Array(first[nodeCount]!);
  const edges = new Uint32Array(first[nodeCount]!);
  for (let node = 0; node < nodeCount; node++) {
    for (let e = a.first[node]!; e < a.first[node + 1]!; e++) {
      if (kinds[e] === EdgeKind.Weak) continue;
      const at = next[targets[e]!]!++;
      sources[at] = node;
      edges[at] = e;
    }
  }
  return { first, sources, edges };
}
