import { expect, it } from 'vitest';
import { toy } from '../../test/toy-heap.ts';
import { diffGraphs } from '../analysis/diff-graphs.ts';
import { heapSnapshot } from './heapsnapshot.ts';
import { readHeapSnapshot } from './read-snapshot.ts';

const PLACES = [
  { filename: '', line: 0, function: '' },
  { filename: '/x/p.py', line: 3, function: 'f' },
];
const written = (shape: string): string =>
  [...heapSnapshot(toy(shape).g, { placeOf: (ref) => (ref % 4 === 0 ? 1 : -1), places: PLACES })].join('');

it('a snapshot is read back with its shape, ids, bytes and places', () => {
  const { g } = toy('root -> a\na -> b s1\nb ~> a\nx -> y\ny -> x');
  const read = readHeapSnapshot(written('root -> a\na -> b s1\nb ~> a\nx -> y\ny -> x'));
  const { graph } = read;
  for (const name of ['refs', 'bytes', 'first', 'targets'] as const) expect(graph.arrays[name]).toEqual(g.arrays[name]);
  expect(graph.arrays.groups).toBe(g.arrays.groups);
  const edges = [...Array(g.edgeCount).keys()];
  expect(edges.map((e) => graph.edgeName(e))).toEqual(edges.map((e) => g.edgeName(e)));
  const placed = g.arrays.refs.findIndex((ref) => ref !== 0 && ref % 4 === 0);
  expect(read.placeOf(placed)).toBe('p.py:3 in f');
  expect(read.placeOf(0)).toBe(null);
});

it('the difference of two snapshots tells what is new, and by which way it is reached', () => {
  const before = readHeapSnapshot(written('root -> a'));
  const after = readHeapSnapshot(written('root -> a\na -> b'));
  expect(diffGraphs(before, before)).toMatchObject({ types: [], added: [], objects: 0, bytes: 0 });
  const { added, objects, lines } = diffGraphs(before, after);
  expect(objects).toBe(1);
  expect(added).toMatchObject([{ path: 'a.b', count: 1 }]);
  expect(lines.length).toBeLessThanOrEqual(1);
});

it('what is no snapshot is refused', () => {
  expect(() => readHeapSnapshot('{}')).toThrow(RangeError);
  expect(() => readHeapSnapshot('nonsense')).toThrow(SyntaxError);
});
