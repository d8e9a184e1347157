/**
 * Nodes and edges as tables, for tools that query tables (DuckDB, Spark, pandas): comma-separated values after RFC 4180,
 * one header line.
 *
 * `nodes`: node, ref, type, bytes, refcount (empty: immortal), reachable (0 or 1), dominator, retained, label.
 * `edges`: edge, source, target, kind (element, property, key, variable, internal, weak), name.
 */
import { dominators } from '../analysis/dominators.ts';
import type { HeapGraph } from '../graph/graph.ts';

/** Names of kinds of edges, by number. */
export const KINDS = ['element', 'property', 'key', 'variable', 'internal', 'weak'];

/** Lines of the table of nodes. */
export function* nodesTable(g: HeapGraph): Generator<string> {
  const d = dominators(g);
  const { refs, bytes, counts } = g.arrays;
  yield 'node,ref,type,bytes,refcount,reachable,dominator,retained,label\r\n';
  for (let i = 0; i < g.nodeCount; i++) {
    const dominator = d.immediate[i]!;
    const count = counts[i]! < 0 ? '' : counts[i]!;
    const fields = [
      i,
      refs[i]!,
      cell(g.typeName(i)),
      bytes[i]!,
      count,
      dominator < 0 ? 0 : 1,
      dominator < 0 ? '' : dominator,
      d.retained[i]!,
    ];
    yield `${fields.join(',')},${cell(g.label(i))}\r\n`;
  }
}

/** Lines of the table of edges. */
export function* edgesTable(g: HeapGraph): Generator<string> {
  const { first, targets, kinds, names } = g.arrays;
  yield 'edge,source,target,kind,name\r\n';
  for (let node = 0; node < g.nodeCount; node++) {
    for (let e = first[node]!; e < first[node + 1]!; e++) {
      const name = names[e]! < 0 ? cell(g.edgeName(e)) : names[e]!;
      yield `${e},${node},${targets[e]!},${KINDS[kinds[e]!]},${name}\r\n`;
    }
  }
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
