/** Answers about a heap, as text for a terminal. */
import {
  byType,
  cycleNote,
  cyclesWorthTelling,
  dominators,
  duplicates,
  pathLines,
  Paths,
  reachable,
} from '@moult/inspect';
import type { Component, HeapGraph } from '@moult/inspect';

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
  const cycles = cyclesWorthTelling(g)
    .slice(0, limit)
    .map((component) => cycleNote(g, component));
  return `${JSON.stringify({
    types: byType(g),
    cycles: cycles.map(({ objects, bytes, cycle }) => ({ objects, bytes, cycle })),
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
  for (const component of components.slice(0, limit)) {
    const { objects, bytes, cycle, advice } = cycleNote(g, component);
    lines.push(`  ${objects} objects, ${bytes} bytes: ${cycle}`);
    if (advice !== '') lines.push(`    ${advice}`);
  }
  return [...lines, ''];
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
