/** Graphviz: a part of the heap as a drawing. */
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';

/** The nodes and the edges among them, in Graphviz' language; weak references are dashed. */
export function dot(g: HeapGraph, nodes: Iterable<number>): string {
  const chosen = new Set(nodes);
  const lines = [
    'digraph heap {',
    '  node [shape=box, fontname="monospace", fontsize=10];',
    '  edge [fontname="monospace", fontsize=9];',
  ];
  for (const node of chosen) lines.push(`  n${node} [label=${quote(describe(g, node))}];`);
  for (const node of chosen) {
    for (let e = g.arrays.first[node]!; e < g.arrays.first[node + 1]!; e++) {
      const to = g.arrays.targets[e]!;
      if (!chosen.has(to)) continue;
      const style = g.arrays.kinds[e] === EdgeKind.Weak ? ', style=dashed' : '';
      lines.push(`  n${node} -> n${to} [label=${quote(g.edgeName(e))}${style}];`);
    }
  }
  return `${lines.join('\n')}\n}\n`;
}

function describe(g: HeapGraph, node: number): string {
  if (!g.isObject(node)) return g.typeName(node);
  const count = g.arrays.counts[node]!;
  return `${g.label(node)}\n${g.arrays.bytes[node]!} bytes, count ${count < 0 ? 'immortal' : count}`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
