/** From a heap to its graph: what the roots lead to, then what the collector knows beyond that (garbage not collected yet). */
import { HeapGraph } from './graph.ts';
import { Interned } from './interned.ts';
import { EdgeKind } from './source.ts';
import type { HeapSource } from './source.ts';

/** An array of numbers that grows by doubling. */
class Numbers<A extends Int32Array | Uint32Array | Float64Array | Uint8Array> {
  length = 0;
  #array: A;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#array = make(1 << 12);
  }

  push(value: number): void {
    if (this.length === this.#array.length) {
      const larger = this.#make(2 * this.length);
      larger.set(this.#array);
      this.#array = larger;
    }
    this.#array[this.length++] = value;
  }

  at(index: number): number {
    return this.#array[index]!;
  }

  finish(): A {
    return this.#array.slice(0, this.length) as A;
  }
}

class Builder {
  readonly refs = new Numbers((n) => new Int32Array(n));
  readonly types = new Numbers((n) => new Int32Array(n));
  readonly bytes = new Numbers((n) => new Float64Array(n));
  readonly counts = new Numbers((n) => new Int32Array(n));
  readonly first = new Numbers((n) => new Uint32Array(n));
  readonly targets = new Numbers((n) => new Uint32Array(n));
  readonly kinds = new Numbers((n) => new Uint8Array(n));
  readonly names = new Numbers((n) => new Int32Array(n));
  readonly typeNames = new Interned();
  readonly strings = new Interned();
  /** Node of the object at each even word, 0: none yet. */
  readonly #nodes: Int32Array;
  readonly #source: HeapSource;

  constructor(source: HeapSource) {
    this.#source = source;
    this.#nodes = new Int32Array((source.limit >> 1) + 1);
  }

  /** A node that is no object. */
  addSynthetic(name: string): void {
    this.#add(0, name, 0, -1);
  }

  /** The node of `o`, made if it is new. */
  node(o: number): number {
    const known = this.#nodes[o >> 1]!;
    if (known !== 0) return known;
    const node = this.refs.length;
    this.#nodes[o >> 1] = node;
    this.#add(o, this.#source.typeName(o), this.#source.bytes(o), this.#source.count(o));
    return node;
  }

  /** The node whose edges come next. */
  startNode(): void {
    this.first.push(this.targets.length);
  }

  edge(target: number, kind: EdgeKind, name: string | number): void {
    this.targets.push(target);
    this.kinds.push(kind);
    this.names.push(typeof name === 'number' ? name : ~this.strings.number(name));
  }

  #add(ref: number, typeName: string, bytes: number, count: number): void {
    this.refs.push(ref);
    this.types.push(this.typeNames.number(typeName));
    this.bytes.push(bytes);
    this.counts.push(count);
  }
}

/** Copies the heap's shape. Takes time and memory in proportion to objects and references; the heap is only read. */
export function buildGraph(source: HeapSource): HeapGraph {
  const b = new Builder(source);
  const groups = rootsByGroup(source);
  addRoots(b, groups);
  let node = groups.size + 2;
  const visit = (to: number, kind: EdgeKind, name: string | number): void => b.edge(b.node(to), kind, name);
  const drain = (): void => {
    for (; node < b.refs.length; node++) {
      b.startNode();
      source.edges(b.refs.at(node), visit);
    }
  };
  drain();
  source.tracked((o) => b.node(o));
  drain();
  b.startNode();
  return finish(b, source, groups.size + 1);
}

function rootsByGroup(source: HeapSource): Map<string, [to: number, name: string][]> {
  const groups = new Map<string, [number, string][]>();
  source.roots((to, group, name) => {
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [[to, name]]);
    else members.push([to, name]);
  });
  return groups;
}

/** The root, the node that all groups hang on (tools look for it by its name), and the groups with their edges. */
function addRoots(b: Builder, groups: Map<string, [to: number, name: string][]>): void {
  b.addSynthetic('(root)');
  b.addSynthetic('(GC roots)');
  for (const group of groups.keys()) b.addSynthetic(`(${group})`);
  b.startNode();
  b.edge(1, EdgeKind.Element, 1);
  b.startNode();
  [...groups.keys()].forEach((group, i) => b.edge(i + 2, EdgeKind.Property, group));
  for (const members of groups.values()) {
    b.startNode();
    for (const [to, name] of members) b.edge(b.node(to), EdgeKind.Property, name);
  }
}

function finish(b: Builder, source: HeapSource, groups: number): HeapGraph {
  return new HeapGraph(
    {
      refs: b.refs.finish(),
      types: b.types.finish(),
      bytes: b.bytes.finish(),
      counts: b.counts.finish(),
      first: b.first.finish(),
      targets: b.targets.finish(),
      kinds: b.kinds.finish(),
      names: b.names.finish(),
      typeNames: b.typeNames.texts,
      strings: b.strings.texts,
      groups,
    },
    (ref) => source.label(ref),
    (ref) => source.value(ref),
  );
}
