/**
 * The heap at one moment as a person wants to see it: the objects that the program made, with the references that a programmer knows of.
 * What Python keeps for itself (a class's tuples and descriptors, a function's code, an instance's type) is left out.
 */
import { forEachTracked, generationHead, isFinalized } from '@moult/heap';
import { buildGraph, EdgeKind, reachable } from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { describeHeap, mainNamespace, runningFrames } from 'moult';
import type { Runtime, RunningFrame } from 'moult';
import type { ObjectId } from '../shared/protocol.ts';
import type { Identities } from './births.ts';
import { describeOwn, isClosed } from './own-part.ts';
import { FILENAME } from './program.ts';

/** A reference as it is shown. */
export interface Shown {
  readonly name: string;
  readonly node: number;
  readonly weak: boolean;
}

/** What is drawn at the left: a call's variables, or the module's. */
export interface Place {
  readonly key: string;
  readonly title: string;
  readonly line: number;
  readonly fields: readonly Shown[];
}

/** Types whose objects are values: shown where they are referred to. */
const ATOMS = new Set([
  'int',
  'float',
  'complex',
  'str',
  'bytes',
  'bool',
  'NoneType',
  'ellipsis',
  'NotImplementedType',
  'range',
]);

/** Types that are shown by name, and not looked into. */
export const OPAQUE: ReadonlySet<string> = new Set([
  'module',
  'code',
  'builtin_function_or_method',
  'getset_descriptor',
  'member_descriptor',
  'wrapper_descriptor',
  'method_descriptor',
  'method-wrapper',
  'classmethod_descriptor',
  'slot wrapper',
]);

/** References of a function that are a programmer's business. */
const OF_FUNCTIONS = new Set(['__closure__', '__defaults__', '__kwdefaults__', '__dict__']);

/** References of other objects that are not. */
const HIDDEN = new Set(['__class__', '__name__', '__qualname__', 'f_code', 'function', '__module__', 'frame object']);

const isDunder = (name: string): boolean => name.startsWith('__') && name.endsWith('__');

export class Model {
  readonly rt: Runtime;
  readonly moment: number;
  /** Whether the graph holds the whole heap, or just what the program made. */
  readonly isWhole: boolean;
  readonly graph: HeapGraph;
  readonly frames: readonly RunningFrame[];
  readonly reachable: Uint8Array;
  readonly #births: Identities;
  readonly #generations = new Map<number, number>();
  readonly #ids = new Map<number, ObjectId>();
  readonly #main: number;

  /** `rt` stands still at `moment`. Pictures can do without the whole heap; who holds an object, and by which ways, only the whole tells. */
  constructor(rt: Runtime, births: Identities, moment: number, extent: 'whole' | 'own') {
    this.rt = rt;
    this.moment = moment;
    this.#births = births;
    this.frames = runningFrames(rt);
    this.#noteGenerations();
    const part = extent === 'own' ? this.#ownPart() : null;
    this.isWhole = part === null;
    this.graph = part?.graph ?? buildGraph(describeHeap(rt));
    this.reachable = part?.reached ?? reachable(this.graph);
    this.#main = this.graph.nodeOf(mainNamespace(rt));
  }

  /** Of the program's objects. */
  #noteGenerations(): void {
    for (let i = 0; i < 4; i++) {
      forEachTracked(this.rt, generationHead(i), (o) => {
        if (this.#isOwn(o)) this.#generations.set(o, i);
      });
    }
  }

  /** The program's part of the heap; null if it cannot be told from it what is garbage. */
  #ownPart(): { readonly graph: HeapGraph; readonly reached: Uint8Array } | null {
    const own = (o: number): boolean => this.#isOwn(o);
    const graph = buildGraph(describeOwn(this.rt, this.frames, own, [...this.#generations.keys()]));
    const reached = reachable(graph);
    return isClosed(graph, reached, own) ? { graph, reached } : null;
  }

  #isOwn(o: number): boolean {
    const id = this.#births.idOf(this.rt, o, this.moment);
    return id > 0 && !this.#births.isImported(id);
  }

  id(node: number): ObjectId {
    let id = this.#ids.get(node);
    if (id === undefined)
      this.#ids.set(node, (id = this.#births.idOf(this.rt, this.graph.arrays.refs[node]!, this.moment)));
    return id;
  }

  /** The node of an object; −1: it is not alive. */
  nodeOf(id: ObjectId): number {
    for (let node = 1; node < this.graph.nodeCount; node++) {
      if (this.graph.isObject(node) && this.id(node) === id) return node;
    }
    return -1;
  }

  /** The objects that are there, shown or not. */
  allIds(): Set<ObjectId> {
    const ids = new Set<ObjectId>();
    for (let node = 1; node < this.graph.nodeCount; node++) if (this.graph.isObject(node)) ids.add(this.id(node));
    return ids;
  }

  /** Of an object of the program. −1: not tracked; 3: frozen. */
  generation(node: number): number {
    return this.#generations.get(this.graph.arrays.refs[node]!) ?? -1;
  }

  isFinalized(node: number): boolean {
    return isFinalized(this.rt, this.graph.arrays.refs[node]!);
  }

  bornLine(node: number): number {
    return this.#births.lineOf(this.id(node));
  }

  isGarbage(node: number): boolean {
    return this.reachable[node] === 0;
  }

  /** Whether the program made it, while it ran; what its imports made is not meant. */
  isProgrammed(node: number): boolean {
    if (!this.graph.isObject(node)) return false;
    const id = this.id(node);
    return id > 0 && !this.#births.isImported(id);
  }

  isAtom(node: number): boolean {
    return ATOMS.has(this.graph.typeName(node));
  }

  /** Whether it gets a card: made by the program, and no value. */
  isCarded(node: number, atoms: boolean): boolean {
    if (!this.isProgrammed(node) || OPAQUE.has(this.graph.typeName(node))) return false;
    return atoms || !this.isAtom(node);
  }

  /** Frames and the module, the module first. */
  places(): Place[] {
    const places: Place[] = [{ key: 'globals', title: 'module', line: 0, fields: this.#dictFields(this.#main, true) }];
    const own = this.frames.filter(({ filename, locals, globals }) => filename === FILENAME && locals !== globals);
    own.reverse().forEach((frame, depth) => {
      places.push({ key: `frame${depth}`, title: frame.function, line: frame.line, fields: this.#frameFields(frame) });
    });
    const module = this.frames.find(({ filename, locals, globals }) => filename === FILENAME && locals === globals);
    if (module !== undefined) {
      places[0] = { ...places[0]!, line: module.line, fields: [...places[0]!.fields, ...this.#stackFields(module)] };
    }
    return places;
  }

  #frameFields(frame: RunningFrame): Shown[] {
    const { graph } = this;
    const fields = frame.variables.map(({ name, value }) => ({ name, node: graph.nodeOf(value), weak: false }));
    if (frame.locals !== 0) fields.push(...this.#dictFields(graph.nodeOf(frame.locals), true));
    return [...fields, ...this.#stackFields(frame)].filter(({ node }) => node > 0);
  }

  /** What an expression being evaluated holds. */
  #stackFields(frame: RunningFrame): Shown[] {
    return frame.stack
      .map((value) => ({ name: '(temporary)', node: this.graph.nodeOf(value), weak: false }))
      .filter(({ node }) => node > 0 && this.isCarded(node, false));
  }

  /** The references of an object that are shown. */
  fields(node: number): Shown[] {
    const type = this.graph.typeName(node);
    if (ATOMS.has(type) || OPAQUE.has(type)) return [];
    if (type === 'function') return this.#edges(node, (name) => OF_FUNCTIONS.has(name));
    if (this.#isClass(node)) return this.#classFields(node);
    if (type === 'dict' || type === 'mappingproxy') return this.#dictFields(node, false);
    return this.#edges(node, (name) => !HIDDEN.has(name));
  }

  #isClass(node: number): boolean {
    return this.graph.label(node).startsWith('<class ');
  }

  /** Class attributes but functions and what every class has. */
  #classFields(node: number): Shown[] {
    const bases = this.#edges(node, (name) => name === '__base__').filter((base) => this.isProgrammed(base.node));
    const dict = this.#edges(node, (name) => name === '__dict__')[0];
    if (dict === undefined) return bases;
    const own = this.#dictFields(dict.node, true).filter(({ node: value }) => !this.#isMachinery(value));
    return [...bases, ...own];
  }

  #isMachinery(node: number): boolean {
    const type = this.graph.typeName(node);
    return (
      OPAQUE.has(type) ||
      ((type === 'function' || type === 'property') && this.#edges(node, (n) => n === '__closure__').length === 0)
    );
  }

  #edges(node: number, wanted: (name: string) => boolean): Shown[] {
    const { first, targets, kinds } = this.graph.arrays;
    const shown: Shown[] = [];
    for (let e = first[node]!; e < first[node + 1]!; e++) {
      const name = this.graph.edgeName(e);
      if (wanted(name)) shown.push({ name, node: targets[e]!, weak: kinds[e] === EdgeKind.Weak });
    }
    return shown;
  }

  /** Values by their keys; keys with a card of their own too. */
  #dictFields(node: number, isNamespace: boolean): Shown[] {
    if (node <= 0) return [];
    const { first, targets, kinds } = this.graph.arrays;
    const shown: Shown[] = [];
    for (let e = first[node]!; e < first[node + 1]!; e++) {
      const name = this.graph.edgeName(e);
      if (isNamespace && isDunder(name)) continue;
      if (kinds[e] !== EdgeKind.Key) shown.push({ name, node: targets[e]!, weak: kinds[e] === EdgeKind.Weak });
      else if (!isNamespace && !this.isAtom(targets[e]!))
        shown.push({ name: `key ${name}`, node: targets[e]!, weak: false });
    }
    return shown;
  }
}
