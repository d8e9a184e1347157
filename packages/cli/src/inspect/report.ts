/** Answers about a heap, as text for a terminal. */
import {
  byType,
  cycleLine,
  edgeText,
  cyclicComponents,
  dominators,
  duplicates,
  pathLines,
  Paths,
  reachable,
  shortestCycle,
  sourceOf,
  weakCandidates,
} from '@moult/inspect';
import type { Component, HeapGraph } from '@moult/inspect';

/** Objects in a component for which each edge is tried. */
const MAX_TRIED = 2000;

/** Types whose objects refer to each other by their nature; a cycle is told only if something else is in it. */
const SELF_REFERENT = new Set([
  'type',
  'module',
  'function',
  'code',
  'dict',
  'tuple',
  'getset_descriptor',
  'member_descriptor',
  'method_descriptor',
  'wrapper_descriptor',
  'builtin_function_or_method',
  'cell',
  'property',
  'classmethod',
  'staticmethod',
  'method',
]);

/** Why objects of a type are alive: how many there are, ways to the first `limit` of them, their cycles; null if there are none. */
export function whyReport(g: HeapGraph, typeName: string, limit: number): string | null {
  const nodes = g.nodesOfType(typeName);
  if (nodes.length === 0) return null;
  const seen = reachable(g);
  const d = dominators(g);
  const alive = nodes.filter((node) => seen[node] === 1);
  const bytes = nodes.reduce((sum, node) => sum + g.arrays.bytes[node]!, 0);
  const lines = [
    `${count(nodes.length, typeName)}, ${bytes} bytes; ${nodes.length - alive.length} of them garbage that waits for the collector`,
  ];
  const paths = new Paths(g);
  for (const node of nodes.slice(0, limit)) {
    lines.push('', `${g.label(node)}: count ${countText(g, node)}, retains ${d.retained[node]!} bytes`);
    const ways = paths.all(node, 3);
    if (ways.length === 0) lines.push('  nothing outside of its cycle refers to it');
    for (const way of ways) lines.push(...pathLines(g, way).map((line) => `  ${line}`));
  }
  if (nodes.length > limit) lines.push('', `… and ${nodes.length - limit} more (--limit)`);
  lines.push('');
  const inside = new Set(nodes);
  return finish([...lines, ...cyclesOf(g, limit, (component) => component.nodes.some((node) => inside.has(node)))]);
}

function countText(g: HeapGraph, node: number): string {
  const n = g.arrays.counts[node]!;
  return n < 0 ? 'immortal' : String(n);
}

function count(n: number, typeName: string): string {
  return `${n} ${typeName} ${n === 1 ? 'object' : 'objects'}`;
}

/** Types by bytes, cycles, equal values, garbage. */
export function heapReport(g: HeapGraph, limit: number): string {
  const types = byType(g);
  const objects = types.reduce((sum, group) => sum + group.count, 0);
  const bytes = types.reduce((sum, group) => sum + group.bytes, 0);
  const lines = [
    `${objects} objects, ${bytes} bytes, ${g.edgeCount} references`,
    '',
    columns('count', 'bytes', 'retained', 'type'),
  ];
  for (const group of types.slice(0, limit))
    lines.push(columns(group.count, group.bytes, group.retained, group.typeName));
  lines.push('', ...garbageLines(g), ...cyclesOf(g, limit, () => true), ...duplicateLines(g, limit));
  return finish(lines);
}

/** The same as data. */
export function heapJson(g: HeapGraph, limit: number): string {
  const cycles = cyclesWorthTelling(g).slice(0, limit);
  return `${JSON.stringify({
    types: byType(g),
    cycles: cycles.map(({ nodes, bytes }) => ({
      objects: nodes.length,
      bytes,
      cycle: cycleLine(g, cycleIn(g, nodes)),
    })),
    duplicates: duplicates(g)
      .slice(0, limit)
      .map(({ typeName, value, nodes, wasted }) => ({ typeName, value, count: nodes.length, wasted })),
  })}\n`;
}

function columns(...cells: (string | number)[]): string {
  const [type, ...numbers] = cells.reverse();
  return `${numbers
    .reverse()
    .map((cell) => String(cell).padStart(12))
    .join('')}  ${type}`;
}

function garbageLines(g: HeapGraph): string[] {
  const garbage = garbageTypes(g);
  if (garbage.length === 0) return [];
  const list = garbage.map(([type, n]) => `${n} ${type}`);
  return [`garbage that waits for the collector: ${list.join(', ')}`, ''];
}

function cyclesWorthTelling(g: HeapGraph): Component[] {
  return cyclicComponents(g, (node) => g.arrays.counts[node]! < 0 || g.typeName(node) === 'type').filter(({ nodes }) =>
    nodes.some((node) => !SELF_REFERENT.has(g.typeName(node))),
  );
}

function cycleIn(g: HeapGraph, nodes: readonly number[]): number[] {
  return shortestCycle(g, nodes, startOf(g, nodes));
}

/** An object of a program's own, if there is one. */
function startOf(g: HeapGraph, nodes: readonly number[]): number {
  return nodes.find((node) => !SELF_REFERENT.has(g.typeName(node))) ?? nodes[0]!;
}

/** A group of objects that counting alone does not free. */
export interface CycleNote {
  readonly objects: number;
  readonly bytes: number;
  readonly cycle: string;
  /** Which reference had best be weak; empty if nobody looked. */
  readonly advice: string;
}

/** The cycles worth telling, most bytes first. */
export function cycleNotes(g: HeapGraph, limit: number): CycleNote[] {
  return cyclesWorthTelling(g)
    .slice(0, limit)
    .map(({ nodes, bytes }) => ({
      objects: nodes.length,
      bytes,
      cycle: cycleLine(g, cycleIn(g, nodes)),
      advice: bestCut(g, nodes),
    }));
}

/** How many objects wait for the collector, by type. */
export function garbageTypes(g: HeapGraph): [typeName: string, count: number][] {
  const seen = reachable(g);
  const garbage = new Map<string, number>();
  for (let node = 1; node < g.nodeCount; node++) {
    if (seen[node] === 0) garbage.set(g.typeName(node), (garbage.get(g.typeName(node)) ?? 0) + 1);
  }
  return [...garbage].sort((a, b) => b[1] - a[1]);
}

function cyclesOf(g: HeapGraph, limit: number, wanted: (component: Component) => boolean): string[] {
  const components = cyclesWorthTelling(g).filter(wanted);
  if (components.length === 0) return [];
  const lines = [
    `cycles: ${components.length} ${components.length === 1 ? 'group' : 'groups'} of objects that counting alone does not free`,
  ];
  for (const { nodes, bytes } of components.slice(0, limit)) {
    lines.push(`  ${nodes.length} objects, ${bytes} bytes: ${cycleLine(g, cycleIn(g, nodes))}`);
    const best = bestCut(g, nodes);
    if (best !== '') lines.push(`    ${best}`);
  }
  return [...lines, ''];
}

/** The reference that had best be weak. Left out for components so large that trying takes long. */
function bestCut(g: HeapGraph, nodes: readonly number[]): string {
  if (nodes.length > MAX_TRIED) return '';
  const [best] = weakCandidates(g, nodes, startOf(g, nodes));
  if (best === undefined) return '';
  const owner = `${g.typeName(sourceOf(g, best.edge))}${edgeText(g, best.edge)}`;
  return `with ${owner} as a weak reference ${best.remaining === 0 ? 'none' : best.remaining} of them would be in a cycle`;
}

function duplicateLines(g: HeapGraph, limit: number): string[] {
  const found = duplicates(g).slice(0, Math.min(limit, 5));
  if (found.length === 0) return [];
  return [
    'equal values kept more than once:',
    ...found.map(
      ({ typeName, value, nodes, wasted }) => `  ${nodes.length} × ${typeName} ${value.slice(0, 40)}: ${wasted} bytes`,
    ),
  ];
}

function finish(lines: string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}
