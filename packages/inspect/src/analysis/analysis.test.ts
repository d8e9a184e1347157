import { describe, expect, it } from 'vitest';
import { toy } from '../../test/toy-heap.ts';
import { EdgeKind } from '../graph/source.ts';
import { cyclicComponents, shortestCycle, weakCandidates } from './cycles.ts';
import { diffByType } from './diff.ts';
import { dominators } from './dominators.ts';
import { byType, duplicates, miscounted, whoCounts } from './groups.ts';
import { Paths } from './paths.ts';
import { freedWithout, reachable, sourceOf } from './reach.ts';

describe('paths', () => {
  it('takes the shortest way, never a weak one', () => {
    const { g, n, names } = toy('root -> a x\na -> b\nb -> c\nx -> c y\ny ~> b');
    const path = new Paths(g).shortest(n('c'))!;
    expect(names(path.slice(2).map((edge) => g.arrays.targets[edge]!))).toBe('c x');
  });

  it('gives one way for each owner, not through the object itself', () => {
    const { g, n } = toy('root -> a b\na -> c\nb -> c\nc -> d\nd -> c');
    expect(new Paths(g).all(n('c'))).toHaveLength(2);
  });

  it('says that garbage has none', () => {
    const { g, n } = toy('root -> a\nb -> c\nc -> b');
    expect(new Paths(g).shortest(n('b'))).toBe(null);
    expect(reachable(g)[n('a')]).toBe(1);
  });

  it('knows the source of every edge', () => {
    const { g } = toy('root -> a b\na -> c b\nb -> c\nc -> a');
    for (let node = 0; node < g.nodeCount; node++) {
      for (let e = g.arrays.first[node]!; e < g.arrays.first[node + 1]!; e++) expect(sourceOf(g, e)).toBe(node);
    }
  });
});

describe('dominators', () => {
  it('are what every way leads through', () => {
    const { g, n } = toy('root -> a\na -> b c\nb -> d\nc -> d\nd -> e');
    const d = dominators(g);
    expect(d.immediate[n('d')]).toBe(n('a'));
    expect(d.immediate[n('e')]).toBe(n('d'));
    expect(d.retained[n('a')]).toBe(50);
    expect(d.retained[n('b')]).toBe(10);
  });

  it('agree with removing each object in turn', () => {
    for (let seed = 1; seed < 30; seed++) {
      const { g } = toy(randomShape(seed));
      const d = dominators(g);
      for (let node = 1 + g.arrays.groups; node < g.nodeCount; node++) {
        const without = reachableWithout(g.arrays, g.nodeCount, node);
        const bytes = [...without].filter((seen, i) => !seen && d.immediate[i]! >= 0).length * 10;
        expect(d.retained[node]).toBe(d.immediate[node]! < 0 ? 0 : bytes);
      }
    }
  });
});

describe('cycles', () => {
  it('are found with their bytes, the largest first', () => {
    const { g, names } = toy('root -> a s\na -> b\nb -> a c\nc -> d e\nd -> e\ne -> c\ns -> s');
    expect(cyclicComponents(g).map(({ nodes }) => names(nodes))).toEqual(['c d e', 'a b', 's']);
  });

  it('are broken best by the references that lead back', () => {
    const { g, n } = toy('root -> p1\np1 -> l1\nl1 -> a1 a2\na1 -> p1\na2 -> p1');
    const [component] = cyclicComponents(g);
    expect(shortestCycle(g, component!.nodes, n('p1'))).toHaveLength(3);
    const [best] = weakCandidates(g, component!.nodes);
    expect(g.typeName(sourceOf(g, best!.edge)) + g.edgeName(best!.edge)).toBe('ap1');
    expect(best!.remaining).toBe(0);
  });

  it('leave out what is ignored', () => {
    const { g } = toy('root -> a\na -> b\nb -> a');
    expect(cyclicComponents(g, (node) => g.label(node) === 'b')).toEqual([]);
  });
});

describe('groups', () => {
  it('count by type, and what dies with a type', () => {
    const { g } = toy('root -> n1\nn1 -> n2 m1\nn2 -> m2');
    expect(byType(g)).toEqual([
      { typeName: 'm', count: 2, bytes: 20, retained: 20 },
      { typeName: 'n', count: 2, bytes: 20, retained: 40 },
    ]);
  });

  it('find equal values and wrong counts', () => {
    const { g, n } = toy('root -> s1 s2 a\na -> s1');
    expect(duplicates(g)).toMatchObject([{ typeName: 's', wasted: 10 }]);
    expect(miscounted(g)).toEqual([]);
    expect(whoCounts(g, n('s1'))).toMatchObject({ count: 2, edges: { length: 2 } });
    g.arrays.counts[n('a')]!++;
    expect(miscounted(g)).toEqual([{ node: n('a'), difference: 1 }]);
  });

  it('differ between two moments', () => {
    const before = [
      { typeName: 'a', count: 1, bytes: 10 },
      { typeName: 'b', count: 2, bytes: 20 },
    ];
    const after = [
      { typeName: 'a', count: 4, bytes: 40 },
      { typeName: 'b', count: 2, bytes: 20 },
    ];
    expect(diffByType(before, after)).toEqual([{ typeName: 'a', count: 3, bytes: 30 }]);
  });
});

it('what dies without a reference is what only that kept', () => {
  const { g, n, names } = toy('root -> a b\na -> c d\nb -> d');
  const edge = [...Array(g.edgeCount).keys()].find((e) => g.arrays.targets[e] === n('a'))!;
  expect(names(freedWithout(g, edge))).toBe('a c');
  expect(() => freedWithout(g, g.edgeCount)).toThrow(RangeError);
});

function randomShape(seed: number): string {
  let state = seed;
  const below = (k: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % k;
  const lines = ['root -> a0 a1'];
  for (let i = 0; i < 12; i++)
    lines.push(`a${i} -> ${Array.from({ length: below(4) }, () => `a${below(12)}`).join(' ')}`);
  return lines.join('\n');
}

function reachableWithout(
  a: { first: Uint32Array; targets: Uint32Array; kinds: Uint8Array },
  n: number,
  removed: number,
): Uint8Array {
  const seen = new Uint8Array(n);
  seen[0] = 1;
  const todo = [0];
  for (const node of todo) {
    for (let e = a.first[node]!; e < a.first[node + 1]!; e++) {
      const to = a.targets[e]!;
      if (to === removed || seen[to] === 1 || a.kinds[e] === EdgeKind.Weak) continue;
      seen[to] = 1;
      todo.push(to);
    }
  }
  return seen;
}
