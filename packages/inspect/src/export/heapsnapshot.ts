/**
 * The format of V8's heap snapshots, which Chrome's DevTools (Memory, Load) and memlab open. All numbers are unsigned
 * 32-bit integers; nodes and edges are rows of numbers without separators; `strings` must be the last key.
 */
import { ROOT } from '../graph/graph.ts';
import { Interned } from '../graph/interned.ts';
import type { HeapGraph } from '../graph/graph.ts';
import { EdgeKind } from '../graph/source.ts';
import { reachable } from '../analysis/reach.ts';

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
const NODE_TYPES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
];
const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

/** Type of a node by the name of its Python type; `object` for all others. */
const NODE_TYPE: Readonly<Record<string, string>> = {
  str: 'string',
  bytes: 'string',
  bytearray: 'array',
  int: 'number',
  float: 'number',
  complex: 'number',
  bool: 'number',
  list: 'array',
  tuple: 'array',
  function: 'closure',
  builtin_function_or_method: 'closure',
  code: 'code',
};
const EDGE_TYPE: Readonly<Record<EdgeKind, string>> = {
  [EdgeKind.Element]: 'element',
  [EdgeKind.Property]: 'property',
  [EdgeKind.Key]: 'property',
  [EdgeKind.Variable]: 'context',
  [EdgeKind.Internal]: 'internal',
  [EdgeKind.Weak]: 'weak',
};

/** `detachedness`: attached; garbage that was not collected yet. */
const ATTACHED = 1;
const DETACHED = 2;
const MAX_LABEL = 200;

/** Ids of objects begin above those of the root and its groups, so that they are the same in each snapshot of a program. */
export const FIRST_SERIAL = 256;

/** Where objects were allocated. */
export interface Allocations {
  /** Index into `places` of an object's place; −1: unknown. */
  readonly placeOf: (ref: number) => number;
  readonly places: readonly { readonly function: string; readonly filename: string; readonly line: number }[];
}

const NO_ALLOCATIONS: Allocations = { placeOf: () => -1, places: [] };

/** The snapshot as pieces of text, to be written one after the other. Each object's id is made of its reference, so it stays the same
 *  between snapshots of one program. Places of allocations are written as V8's allocation stacks of one frame. */
export function* heapSnapshot(g: HeapGraph, allocations = NO_ALLOCATIONS): Generator<string> {
  const strings = new Interned();
  const traces = new Traces(g, allocations, strings);
  yield `{"snapshot":{"meta":${meta()},"node_count":${g.nodeCount},"edge_count":${g.edgeCount},"trace_function_count":${traces.count},"extra_native_bytes":0},\n"nodes":[`;
  yield* rows(g.nodeCount, nodeRows(g, strings, traces));
  yield '],\n"edges":[';
  yield* rows(g.edgeCount, edgeRows(g, strings));
  yield `],\n"trace_function_infos":[${traces.infos()}],\n"trace_tree":[${traces.tree()}],"samples":[],"locations":[],\n"strings":[`;
  for (let i = 0; i < strings.texts.length; i++) yield (i === 0 ? '' : ',\n') + JSON.stringify(strings.texts[i]);
  yield ']}\n';
}

/** Id of the root of the tree. */
const ROOT_TRACE = 1;

/** A tree of allocation stacks: the root, and below it one node for each place, whose id is its number plus two. */
class Traces {
  readonly #places: Allocations['places'];
  readonly #of: Int32Array;
  readonly #counts: Float64Array;
  readonly #bytes: Float64Array;
  readonly #strings: Interned;

  constructor(g: HeapGraph, { placeOf, places }: Allocations, strings: Interned) {
    this.#places = places;
    this.#strings = strings;
    this.#counts = new Float64Array(places.length);
    this.#bytes = new Float64Array(places.length);
    this.#of = g.arrays.refs.map((ref) => (ref === 0 || places.length === 0 ? -1 : placeOf(ref)));
    this.#of.forEach((place, node) => {
      if (place < 0) return;
      this.#counts[place]!++;
      this.#bytes[place]! += g.arrays.bytes[node]!;
    });
  }

  /** Functions, the root among them. */
  get count(): number {
    return this.#places.length === 0 ? 0 : this.#places.length + 1;
  }

  /** Id of the place of a node; 0: unknown. */
  of(node: number): number {
    return this.#of[node]! < 0 ? 0 : this.#of[node]! + ROOT_TRACE + 1;
  }

  infos(): string {
    if (this.count === 0) return '';
    const scripts = new Map<string, number>();
    const infos = this.#places.map(({ function: name, filename, line }, i) => {
      if (!scripts.has(filename)) scripts.set(filename, scripts.size + 1);
      const words = [
        i + 1,
        this.#strings.number(name),
        this.#strings.number(filename),
        scripts.get(filename)!,
        line,
        1,
      ];
      return words.join(',');
    });
    return [`0,${this.#strings.number('(root)')},${this.#strings.number('')},0,0,0`, ...infos].join(',\n');
  }

  tree(): string {
    if (this.count === 0) return '';
    const children = this.#places.map((_, i) =>
      [i + ROOT_TRACE + 1, i + 1, this.#counts[i], this.#bytes[i], '[]'].join(','),
    );
    return `${ROOT_TRACE},0,0,0,[${children.join(',')}]`;
  }
}

function meta(): string {
  return JSON.stringify({
    node_fields: NODE_FIELDS,
    node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number', 'number'],
    edge_fields: EDGE_FIELDS,
    edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: ['timestamp_us', 'last_assigned_id'],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  });
}

/** Joins rows by commas, a few thousand to a piece. */
function* rows(count: number, row: (i: number) => string): Generator<string> {
  const PIECE = 4096;
  for (let start = 0; start < count; start += PIECE) {
    const piece: string[] = [];
    for (let i = start; i < Math.min(start + PIECE, count); i++) piece.push(row(i));
    yield (start === 0 ? '' : ',\n') + piece.join(',\n');
  }
}

function nodeRows(g: HeapGraph, strings: Interned, traces: Traces): (node: number) => string {
  const seen = reachable(g);
  const { refs, bytes, first } = g.arrays;
  return (node) => {
    const type = NODE_TYPES.indexOf(nodeType(g, node));
    const name = strings.number(nodeName(g, node));
    const id = 2 * (refs[node] === 0 ? node : FIRST_SERIAL + refs[node]!) + 1;
    const size = Math.min(bytes[node]!, 0xffffffff);
    return `${type},${name},${id >>> 0},${size},${first[node + 1]! - first[node]!},${traces.of(node)},${seen[node] === 1 ? ATTACHED : DETACHED}`;
  };
}

function nodeType(g: HeapGraph, node: number): string {
  if (!g.isObject(node)) return 'synthetic';
  return NODE_TYPE[g.typeName(node)] ?? 'object';
}

/** Texts and numbers show their value, other objects their type. DevTools gives a meaning of its own to `Object`. */
function nodeName(g: HeapGraph, node: number): string {
  if (node === ROOT) return '';
  if (!g.isObject(node)) return g.typeName(node);
  const type = g.typeName(node);
  const value = nodeType(g, node) === 'string' ? g.value(node) : null;
  const name = value ?? type;
  return name === 'Object' ? 'Object (Python)' : name.slice(0, MAX_LABEL);
}

function edgeRows(g: HeapGraph, strings: Interned): (edge: number) => string {
  const { kinds, names, targets } = g.arrays;
  return (edge) => {
    const kind = kinds[edge] as EdgeKind;
    const type = EDGE_TYPES.indexOf(EDGE_TYPE[kind]);
    const name = kind === EdgeKind.Element ? Math.max(names[edge]!, 0) : strings.number(g.edgeName(edge));
    return `${type},${name},${targets[edge]! * NODE_FIELDS.length}`;
  };
}
