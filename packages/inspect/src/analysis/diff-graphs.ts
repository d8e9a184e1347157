/** What changed between two snapshots of a program, or of two runs of it: by type, by line of allocation, and the ways to what is new. */
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';
import { Paths } from './paths.ts';
import { diffByType } from './diff.ts';
import type { TypeCount, TypeDifference } from './diff.ts';
import { reachable } from './reach.ts';

/** A heap at one moment. */
export interface Side {
  readonly graph: HeapGraph;
  /** Where a node's object was allocated; null: unknown. */
  placeOf(node: number): string | null;
}

export interface PathDifference {
  readonly typeName: string;
  /** Names from the root on; a position in a container is `[*]`. */
  readonly path: string;
  readonly count: number;
  readonly bytes: number;
}

export interface HeapDifference {
  readonly types: readonly TypeDifference[];
  /** `typeName` is `Type from file.py:3 in f`. */
  readonly lines: readonly TypeDifference[];
  /** Objects that were not there before, by the shortest way to them; most bytes first. */
  readonly added: readonly PathDifference[];
  readonly bytes: number;
  readonly objects: number;
}

/** New objects whose ways are looked for. */
const MOST_PATHS = 20_000;

/** Compares two heaps. Objects are the same if they have the same address. */
export function diffGraphs(before: Side, after: Side): HeapDifference {
  const types = diffByType(counted(before, typeOf), counted(after, typeOf));
  const lines = diffByType(counted(before, lineOf), counted(after, lineOf));
  return {
    types,
    lines,
    added: addedPaths(before.graph, after.graph),
    bytes: types.reduce((sum, { bytes }) => sum + bytes, 0),
    objects: types.reduce((sum, { count }) => sum + count, 0),
  };
}

function typeOf({ graph }: Side, node: number): string {
  return graph.typeName(node);
}

function lineOf(side: Side, node: number): string | null {
  const place = side.placeOf(node);
  return place === null ? null : `${side.graph.typeName(node)} from ${place}`;
}

function counted(side: Side, nameOf: (side: Side, node: number) => string | null): TypeCount[] {
  const groups = new Map<string, { count: number; bytes: number }>();
  const { graph } = side;
  for (let node = 1; node < graph.nodeCount; node++) {
    const name = graph.isObject(node) ? nameOf(side, node) : null;
    if (name === null) continue;
    const group = groups.get(name) ?? { count: 0, bytes: 0 };
    group.count++;
    group.bytes += graph.arrays.bytes[node]!;
    groups.set(name, group);
  }
  return [...groups].map(([typeName, group]) => ({ typeName, ...group }));
}

function addedPaths(before: HeapGraph, after: HeapGraph): PathDifference[] {
  const known = new Set(before.arrays.refs);
  const paths = new Paths(after);
  const seen = reachable(after);
  const groups = new Map<string, { typeName: string; path: string; count: number; bytes: number }>();
  let looked = 0;
  for (let node = 1; node < after.nodeCount && looked < MOST_PATHS; node++) {
    if (!after.isObject(node) || known.has(after.arrays.refs[node]!)) continue;
    looked++;
    const path = seen[node] === 1 ? pathName(after, paths.shortest(node)!) : '(garbage that waits for the collector)';
    const typeName = after.typeName(node);
    const key = `${typeName} ${path}`;
    const group = groups.get(key) ?? { typeName, path, count: 0, bytes: 0 };
    group.count++;
    group.bytes += after.arrays.bytes[node]!;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes);
}

/** The names along a way; what only the implementation has is left out. */
function pathName(g: HeapGraph, path: readonly number[]): string {
  const { kinds } = g.arrays;
  return path
    .slice(2)
    .flatMap((edge) => {
      if (kinds[edge] === EdgeKind.Internal) return [];
      return kinds[edge] === EdgeKind.Element ? ['[*]'] : [`.${g.edgeName(edge)}`];
    })
    .join('')
    .replace(/^\./, '');
}
