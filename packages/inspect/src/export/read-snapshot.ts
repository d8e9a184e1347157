/** Reads what `heapSnapshot` wrote: a heap that is no longer there, with its types, references and places of allocation. */
import { shortFileName } from '../graph/file-name.ts';
import { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';
import { FIRST_SERIAL } from './heapsnapshot.ts';

export interface ReadSnapshot {
  readonly graph: HeapGraph;
  /** Where a node's object was allocated, `file.py:3 in f`; null if that was not recorded. */
  placeOf(node: number): string | null;
}

interface Raw {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: string[];
      readonly node_types: [string[], ...unknown[]];
      readonly edge_types: [string[], ...unknown[]];
    };
    readonly node_count: number;
    readonly edge_count: number;
  };
  readonly nodes: number[];
  readonly edges: number[];
  readonly trace_function_infos: number[];
  readonly strings: string[];
}

const EDGE_KINDS: Readonly<Record<string, EdgeKind>> = {
  element: EdgeKind.Element,
  property: EdgeKind.Property,
  context: EdgeKind.Variable,
  internal: EdgeKind.Internal,
  weak: EdgeKind.Weak,
};

const enum Row {
  Type = 0,
  Name = 1,
  Id = 2,
  Bytes = 3,
  Edges = 4,
  Trace = 5,
  Node = 7,
  Edge = 3,
  Info = 6,
}

/** Throws RangeError if the text is no snapshot of this form. Reference counts are not in it: every object's is 0. */
export function readHeapSnapshot(text: string): ReadSnapshot {
  const raw = parse(text);
  const { node_count: n } = raw.snapshot;
  const ids = column(raw.nodes, Row.Id, n);
  const names = nodeNames(raw);
  const typeNames: string[] = [];
  const numbers = new Map<string, number>();
  const types = Int32Array.from({ length: n }, (_, i) => {
    const name = typeName(raw, i, names[i]!);
    if (!numbers.has(name)) numbers.set(name, typeNames.push(name) - 1);
    return numbers.get(name)!;
  });
  const refs = Int32Array.from(ids, (id) => Math.max((id - 1) / 2 - FIRST_SERIAL, 0));
  const labels = new Map<number, string>();
  refs.forEach((ref, i) => ref !== 0 && labels.set(ref, names[i]!));
  const graph = new HeapGraph(
    {
      ...edgesOf(raw),
      refs,
      types,
      bytes: Float64Array.from(column(raw.nodes, Row.Bytes, n)),
      counts: new Int32Array(n),
      typeNames,
      groups: refs.findIndex((ref) => ref !== 0) - 1,
    },
    (ref) => labels.get(ref) ?? '?',
    () => null,
  );
  return { graph, placeOf: placesOf(raw) };
}

function parse(text: string): Raw {
  const raw = JSON.parse(text) as Partial<Raw> | null;
  if (raw?.snapshot === undefined || raw.nodes === undefined || raw.edges === undefined || raw.strings === undefined)
    throw new RangeError('this is no heap snapshot');
  if (raw.snapshot.meta.node_fields.length !== Row.Node || raw.nodes[Row.Node * 2 + Row.Id] === undefined)
    throw new RangeError('this heap snapshot was not made by moult');
  return raw as Raw;
}

function column(rows: readonly number[], field: Row, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => rows[i * Row.Node + field]!);
}

function nodeNames(raw: Raw): string[] {
  return Array.from({ length: raw.snapshot.node_count }, (_, i) => raw.strings[raw.nodes[i * Row.Node + Row.Name]!]!);
}

/** Texts are named by their value, all else by its type. */
function typeName(raw: Raw, node: number, name: string): string {
  const type = raw.snapshot.meta.node_types[0][raw.nodes[node * Row.Node + Row.Type]!];
  if (type !== 'string') return name === 'Object (Python)' ? 'Object' : name;
  return name.startsWith('b') ? 'bytes' : 'str';
}

function edgesOf(raw: Raw): Pick<HeapGraph['arrays'], 'first' | 'targets' | 'kinds' | 'names' | 'strings'> {
  const { node_count: n, edge_count: m, meta } = raw.snapshot;
  const first = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) first[i + 1] = first[i]! + raw.nodes[i * Row.Node + Row.Edges]!;
  const kinds = new Uint8Array(m);
  const targets = new Uint32Array(m);
  const names = new Int32Array(m);
  for (let e = 0; e < m; e++) {
    const kind = EDGE_KINDS[meta.edge_types[0][raw.edges[e * Row.Edge]!]!] ?? EdgeKind.Internal;
    const name = raw.edges[e * Row.Edge + 1]!;
    kinds[e] = kind;
    names[e] = kind === EdgeKind.Element ? name : ~name;
    targets[e] = raw.edges[e * Row.Edge + 2]! / Row.Node;
  }
  return { first, kinds, targets, names, strings: raw.strings };
}

function placesOf(raw: Raw): (node: number) => string | null {
  const infos = raw.trace_function_infos;
  return (node) => {
    const trace = raw.nodes[node * Row.Node + Row.Trace]!;
    if (trace === 0) return null;
    const at = (trace - 1) * Row.Info;
    const file = raw.strings[infos[at + 2]!]!;
    if (file === '') return '(interpreter)';
    return `${shortFileName(file)}:${infos[at + 4]} in ${raw.strings[infos[at + 1]!]}`;
  };
}
