/** A heap of named objects for tests: each has 10 bytes and as many counted references as lead to it. */
import { EdgeKind } from '../src/graph/source.ts';
import type { HeapSource } from '../src/graph/source.ts';
import { buildGraph } from '../src/graph/build.ts';
import type { HeapGraph } from '../src/graph/graph.ts';

interface Toy {
  readonly g: HeapGraph;
  /** Node of a name. */
  readonly n: (name: string) => number;
  /** Names of nodes, sorted. */
  readonly names: (nodes: Iterable<number>) => string;
}

/** `shape`: lines such as `root -> a`, `a -> b c`, `a ~> d` (weak). Everything named is tracked. */
export function toy(shape: string): Toy {
  const strong = new Map<string, string[]>();
  const weak = new Map<string, string[]>();
  const all: string[] = [];
  const note = (name: string): void => void (name !== 'root' && !all.includes(name) && all.push(name));
  for (const line of shape.trim().split('\n')) {
    const [from = '', arrow = '', ...to] = line.trim().split(/\s+/);
    (arrow === '~>' ? weak : strong).set(from, to);
    [from, ...to].forEach(note);
  }
  const ref = (name: string): number => 100 + 2 * all.indexOf(name);
  const name = (o: number): string => all[(o - 100) / 2]!;
  const count = (o: number): number => [...strong.values()].flat().filter((to) => to === name(o)).length;
  const source: HeapSource = {
    limit: 100 + 2 * all.length,
    roots: (visit) => (strong.get('root') ?? []).forEach((to) => visit(ref(to), 'roots', to)),
    tracked: (visit) => all.forEach((each) => visit(ref(each))),
    edges: (o, visit) => {
      (strong.get(name(o)) ?? []).forEach((to) => visit(ref(to), EdgeKind.Property, to));
      (weak.get(name(o)) ?? []).forEach((to) => visit(ref(to), EdgeKind.Weak, to));
    },
    typeName: (o) => name(o).replace(/\d+$/, ''),
    bytes: () => 10,
    count,
    label: name,
    value: (o) => (name(o).startsWith('s') ? 'text' : null),
  };
  const g = buildGraph(source);
  return {
    g,
    n: (wanted) => g.nodeOf(ref(wanted)),
    names: (nodes) =>
      [...nodes]
        .map((node) => g.label(node))
        .sort()
        .join(' '),
  };
}
