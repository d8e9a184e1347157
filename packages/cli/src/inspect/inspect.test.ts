import {
  buildGraph,
  byType,
  cyclicComponents,
  cycleLine,
  dominators,
  duplicates,
  heapSnapshot,
  miscounted,
  pathLines,
  Paths,
  shortestCycle,
  weakCandidates,
} from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { createRuntime, describeHeap, finalize, runSource } from 'moult';
import { describe, expect, it } from 'vitest';

/** Runs a program and looks at the heap it leaves. */
function look(program: string, inspect: (g: HeapGraph) => void): void {
  const rt = createRuntime({ host: { write: () => undefined } as never });
  expect(runSource(rt, program, 'p.py')).toBe(0);
  inspect(buildGraph(describeHeap(rt)));
  rt.audit();
  finalize(rt);
}

const LEAK = `
class Node:
    def __init__(self, parent):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

cache = {}
root = Node(None)
for i in range(3):
    Node(root)
cache['tree'] = root
del root
`;

describe('the graph of a heap', () => {
  it('finds as many references as the counts say', () => {
    look(LEAK, (g) =>
      expect(miscounted(g).map(({ node, difference }) => `${g.label(node)} ${difference}`)).toEqual([]),
    );
  });

  it('shows why an object is alive', () => {
    look(LEAK, (g) => {
      const [node] = g.nodesOfType('Node');
      const paths = new Paths(g);
      const text = pathLines(g, paths.shortest(node!)!).join('\n');
      expect(text).toMatch(/\.tree -> Node at 0x/);
      expect(text).toMatch(/cache -> dict of 1/);
    });
  });

  it('finds cycles, and what would break them', () => {
    look(LEAK, (g) => {
      const node = g.nodesOfType('Node')[0]!;
      const [component] = cyclicComponents(g, (n) => !['Node', 'list'].includes(g.typeName(n)));
      expect(component!.nodes.filter((n) => g.typeName(n) === 'Node')).toHaveLength(4);
      const cycle = shortestCycle(g, component!.nodes, node);
      expect(cycleLine(g, cycle)).toMatch(/^Node at \S+ -\.children-> list of 3 -\[0\]-> Node at \S+ -\.parent-> Node/);
      expect(weakCandidates(g, component!.nodes)[0]!.remaining).toBeLessThan(component!.nodes.length);
    });
  });

  it('counts what dies with an object', () => {
    look('keep = [bytes(1000) for _ in range(10)]\n', (g) => {
      const d = dominators(g);
      const node = g.nodesOfType('list').find((n) => g.label(n) === 'list of 10')!;
      expect(d.retained[node]).toBeGreaterThan(10_000);
      expect(byType(g, d).find((group) => group.typeName === 'bytes')!.count).toBeGreaterThanOrEqual(10);
      expect(duplicates(g).find((group) => group.typeName === 'bytes')!.nodes).toHaveLength(10);
    });
  });

  it('writes snapshots that are whole', () => {
    look(LEAK, (g) => {
      const parsed = JSON.parse([...heapSnapshot(g)].join('')) as {
        nodes: number[];
        edges: number[];
        strings: string[];
      };
      expect(parsed.nodes).toHaveLength(7 * g.nodeCount);
      expect(parsed.edges).toHaveLength(3 * g.edgeCount);
      expect(Object.keys(parsed).at(-1)).toBe('strings');
    });
  });

  it('knows garbage that was not collected yet', () => {
    look('import gc\ngc.disable()\nclass A: pass\na = A()\na.self = a\ndel a\n', (g) => {
      const [node] = g.nodesOfType('A');
      expect(new Paths(g).shortest(node!)).toBe(null);
    });
  });
});
