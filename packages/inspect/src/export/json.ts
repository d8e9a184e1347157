/** The graph as one JSON document: `{"nodes": [{id, type, label, bytes, count}], "edges": [{from, to, kind, name}]}`. */
import type { HeapGraph } from '../graph/graph.ts';
import { KINDS } from './tables.ts';

/** Pieces of the document, a line for each node and edge. Immortal objects have the count null, the roots have none. */
export function* graphJson(g: HeapGraph): Generator<string> {
  yield '{"nodes":[';
  for (let node = 0; node < g.nodeCount; node++) {
    const count = g.arrays.counts[node]!;
    const counted = g.isObject(node) ? { bytes: g.arrays.bytes[node]!, count: count < 0 ? null : count } : {};
    const row = { id: node, type: g.typeName(node), label: g.label(node), ...counted };
    yield `${node === 0 ? '' : ','}\n${JSON.stringify(row)}`;
  }
  yield '\n],"edges":[';
  const { first, targets, kinds } = g.arrays;
  for (let node = 0; node < g.nodeCount; node++) {
    for (let e = first[node]!; e < first[node + 1]!; e++) {
      const row = { from: node, to: targets[e]!, kind: KINDS[kinds[e]!], name: g.edgeName(e) };
      yield `${e === 0 ? '' : ','}\n${JSON.stringify(row)}`;
    }
  }
  yield '\n]}\n';
}
