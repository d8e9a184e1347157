/** Ways and cycles as lines for people. */
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';
import { sourceOf } from '../analysis/reach.ts';
import type { Path } from '../analysis/paths.ts';

/** How an edge is written after its source: `.name`, `[3]`, `{key}`, `<internal>`. */
export function edgeText(g: HeapGraph, edge: number): string {
  const name = g.edgeName(edge);
  switch (g.arrays.kinds[edge] as EdgeKind) {
    case EdgeKind.Element:
      return name;
    case EdgeKind.Key:
      return `{key ${name}}`;
    case EdgeKind.Internal:
      return `<${name}>`;
    case EdgeKind.Weak:
      return `~${name}`;
    default:
      return `.${name}`;
  }
}

/** A way from the root, one step a line, each deeper than the one before. */
export function pathLines(g: HeapGraph, path: Path): string[] {
  // The first step, from the root to all roots, says nothing.
  return path.slice(1).map((edge, depth) => {
    const to = g.arrays.targets[edge]!;
    const text = g.isObject(to) ? `${edgeText(g, edge)} -> ${g.label(to)}` : g.typeName(to);
    return '  '.repeat(depth) + text;
  });
}

/** A cycle in one line: `A -.b-> B -.a-> A`. */
export function cycleLine(g: HeapGraph, cycle: readonly number[]): string {
  if (cycle.length === 0) return '';
  const start = g.label(sourceOf(g, cycle[0]!));
  return start + cycle.map((edge) => ` -${edgeText(g, edge)}-> ${g.label(g.arrays.targets[edge]!)}`).join('');
}
