/**
 * Reference cycles. A strongly connected component of more than one object, or of one that refers to itself, is what
 * counting alone never frees.
 */
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';
import { depths, sourceOf } from './reach.ts';

/** A component with cycles. */
export interface Component {
  /** In node order. */
  readonly nodes: readonly number[];
  readonly bytes: number;
}

/** A reference, and how many of its component's objects are in cycles still once all references of its kind are gone:
 *  those of the same name (or at any position) from objects of the same type. */
export interface WeakCandidate {
  readonly edge: number;
  readonly remaining: number;
}

/** All components with cycles, the one with most bytes first. Objects of which `ignore` says so are left out (types,
 *  say, are in cycles by nature). */
export function cyclicComponents(g: HeapGraph, ignore: (node: number) => boolean = () => false): Component[] {
  const members = new Map<number, number[]>();
  const component = strongComponents(g, allNodes(g), NO_EDGE, ignore);
  for (let node = 0; node < g.nodeCount; node++) {
    const id = component[node]!;
    if (id < 0) continue;
    const list = members.get(id);
    if (list === undefined) members.set(id, [node]);
    else list.push(node);
  }
  const components: Component[] = [];
  for (const nodes of members.values()) {
    if (nodes.length === 1 && !refersToItself(g, nodes[0]!)) continue;
    components.push({ nodes, bytes: nodes.reduce((sum, node) => sum + g.arrays.bytes[node]!, 0) });
  }
  return components.sort((a, b) => b.bytes - a.bytes);
}

/** The edges of a shortest cycle through `node` inside of a component; empty if there is none. */
export function shortestCycle(g: HeapGraph, nodes: readonly number[], node: number): number[] {
  const inside = new Set(nodes);
  const by = new Map<number, number>();
  const queue = [node];
  for (const at of queue) {
    for (const edge of strongEdges(g, at)) {
      const to = g.arrays.targets[edge]!;
      if (to === node) return wayBack(by, g, node, at, edge);
      if (!inside.has(to) || by.has(to)) continue;
      by.set(to, edge);
      queue.push(to);
    }
  }
  return [];
}

/** The references of a component whose loss would break most, best first: those with which fewest objects stay in a
 *  cycle; of these named ones before items of a container, and first those that lead back towards the roots, as from a
 *  child to its parent. Looks at the edges of one shortest cycle through `node`. */
export function weakCandidates(g: HeapGraph, nodes: readonly number[], node = nodes[0]!): WeakCandidate[] {
  const depth = depths(g);
  const isItem = (edge: number): number => (g.arrays.kinds[edge] === EdgeKind.Element ? 1 : 0);
  const descent = (edge: number): number => depth[g.arrays.targets[edge]!]! - depth[sourceOf(g, edge)]!;
  const cycle = shortestCycle(g, nodes, node);
  const candidates = cycle.map((edge) => ({ edge, remaining: cyclicWithout(g, nodes, alike(g, edge)) }));
  return candidates.sort(
    (a, b) => a.remaining - b.remaining || isItem(a.edge) - isItem(b.edge) || descent(a.edge) - descent(b.edge),
  );
}

type EdgeTest = (edge: number, source: number) => boolean;
const NO_EDGE: EdgeTest = () => false;

/** Whether an edge is of the kind of `edge`. */
function alike(g: HeapGraph, edge: number): EdgeTest {
  const { types, kinds, names } = g.arrays;
  const type = types[sourceOf(g, edge)]!;
  const kind = kinds[edge]!;
  const name = kind === EdgeKind.Element ? null : names[edge]!;
  return (other, source) => types[source] === type && kinds[other] === kind && (name === null || names[other] === name);
}

/** How many of `nodes` are in a cycle among themselves without the edges `cut`. */
function cyclicWithout(g: HeapGraph, nodes: readonly number[], cut: EdgeTest): number {
  const inside = new Set(nodes);
  const component = strongComponents(g, nodes, cut, (node) => !inside.has(node));
  const sizes = new Map<number, number>();
  for (const node of nodes) sizes.set(component[node]!, (sizes.get(component[node]!) ?? 0) + 1);
  return nodes.filter((node) => sizes.get(component[node]!)! > 1 || refersToItself(g, node, cut)).length;
}

function allNodes(g: HeapGraph): number[] {
  return Array.from({ length: g.nodeCount }, (_, i) => i);
}

function* strongEdges(g: HeapGraph, node: number): Generator<number> {
  const { first, kinds } = g.arrays;
  for (let e = first[node]!; e < first[node + 1]!; e++) if (kinds[e] !== EdgeKind.Weak) yield e;
}

function refersToItself(g: HeapGraph, node: number, cut = NO_EDGE): boolean {
  for (const edge of strongEdges(g, node)) if (g.arrays.targets[edge] === node && !cut(edge, node)) return true;
  return false;
}

/** The way from `start` to `last` by the edges noted, then the closing one. */
function wayBack(by: Map<number, number>, g: HeapGraph, start: number, last: number, closing: number): number[] {
  const path = [closing];
  for (let at = last; at !== start; at = sourceOf(g, path.at(-1)!)) path.push(by.get(at)!);
  return path.reverse();
}

/** Number of the component of each node of `nodes`, −1 for others and ignored ones; Tarjan's algorithm, without
 *  recursion. */
function strongComponents(
  g: HeapGraph,
  nodes: readonly number[],
  cut: EdgeTest,
  ignore: (node: number) => boolean,
): Int32Array {
  const { first, targets, kinds } = g.arrays;
  const component = new Int32Array(g.nodeCount).fill(-1);
  const index = new Int32Array(g.nodeCount).fill(-1);
  const low = new Int32Array(g.nodeCount);
  const next = first.slice(0, g.nodeCount);
  const open: number[] = [];
  let counter = 0;
  let found = 0;
  const enter = (node: number, walk: number[]): void => {
    index[node] = low[node] = counter++;
    open.push(node);
    walk.push(node);
  };
  const leave = (node: number, walk: number[]): void => {
    walk.pop();
    const parent = walk.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] !== index[node]) return;
    for (let member = -1; member !== node;) {
      member = open.pop()!;
      component[member] = found;
    }
    found++;
  };
  for (const start of nodes) {
    if (index[start] !== -1 || ignore(start)) continue;
    const walk: number[] = [];
    enter(start, walk);
    while (walk.length > 0) {
      const node = walk.at(-1)!;
      if (next[node]! === first[node + 1]!) {
        leave(node, walk);
        continue;
      }
      const edge = next[node]!++;
      const to = targets[edge]!;
      if (kinds[edge] === EdgeKind.Weak || cut(edge, node) || ignore(to)) continue;
      if (index[to] === -1) enter(to, walk);
      else if (component[to] === -1) low[node] = Math.min(low[node]!, index[to]!);
    }
  }
  return component;
}
