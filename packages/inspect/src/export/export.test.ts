import { expect, it } from 'vitest';
import { toy } from '../../test/toy-heap.ts';
import { dot } from './dot.ts';
import { heapSnapshot } from './heapsnapshot.ts';
import { edgesTable, nodesTable } from './tables.ts';
import { edgeText } from './text.ts';

const SHAPE = 'root -> a\na -> b s1\nb ~> a\nx -> y\ny -> x';

it('a snapshot has the rows that it announces, and marks garbage', () => {
  const { g } = toy(SHAPE);
  const text = [...heapSnapshot(g)].join('');
  const parsed = JSON.parse(text) as {
    snapshot: { node_count: number };
    nodes: number[];
    edges: number[];
    strings: string[];
  };
  expect(Object.keys(parsed).at(-1)).toBe('strings');
  expect(parsed.nodes).toHaveLength(7 * parsed.snapshot.node_count);
  expect(parsed.strings).toContain('(GC roots)');
  const ids = parsed.nodes.filter((_, i) => i % 7 === 2);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => id % 2 === 1)).toBe(true);
  const detached = parsed.nodes.filter((_, i) => i % 7 === 6 && parsed.nodes[i] === 2);
  expect(detached).toHaveLength(2);
  expect(parsed.edges.every((word) => Number.isInteger(word) && word >= 0)).toBe(true);
});

it('a drawing has the chosen nodes and their edges, weak ones dashed', () => {
  const { g, n } = toy(SHAPE);
  const text = dot(g, [n('a'), n('b')]);
  expect(text.match(/->/g)).toHaveLength(2);
  expect(text).toContain('style=dashed');
});

it('tables have a line for each node and edge', () => {
  const { g } = toy(SHAPE);
  expect([...nodesTable(g)]).toHaveLength(g.nodeCount + 1);
  expect([...edgesTable(g)]).toHaveLength(g.edgeCount + 1);
  expect([...nodesTable(g)][0]).toMatch(/^node,ref,type/);
});

it('edges are written as a program would', () => {
  const { g, n } = toy(SHAPE);
  const weak = [...Array(g.edgeCount).keys()].filter((e) => g.arrays.targets[e] === n('a'));
  expect(weak.map((edge) => edgeText(g, edge))).toEqual(['.a', '~a']);
});
