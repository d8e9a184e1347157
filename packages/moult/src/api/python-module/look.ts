/** What the module `moult` tells of the heap it is in, as texts. Only reads. */
import {
  buildGraph,
  byType,
  cycleNote,
  cyclesWorthTelling,
  dominators,
  pathLines,
  Paths,
  sourceOf,
  whoCounts,
  shortFileName,
} from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { forEachTracked, generationHead, GENERATIONS, headWords, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import type { Place } from '../../modules/tracemalloc/places.ts';
import { describeHeap } from '../describe/describe.ts';

/** The value stacks of frames hold the arguments of the call that asks. */
const ON_STACK = /^stack \d+ in /;

/** Words of an object's entry in a mark: itself and its type. */
const MARK_WORDS = 2;

/** Why an object is alive: its count, what it retains, ways from the roots. */
export function whyText(rt: Runtime, o: Ref, limit: number): string {
  const g = buildGraph(describeHeap(rt));
  const node = g.nodeOf(o);
  if (node < 0) return `${describeHeap(rt).label(o)}: nothing that was found refers to it`;
  const onStack = whoCounts(g, node).edges.filter((edge) => isOnStack(g, edge)).length;
  const count = g.arrays.counts[node] as number;
  const head = `${g.label(node)}: ${count < 0 ? 'immortal' : `count ${count - onStack}`}, retains ${dominators(g).retained[node]} bytes`;
  return [head, ...waysTo(g, new Paths(g), node, limit)].join('\n');
}

/** Whether a reference is one of a frame's value stack: what is just being computed with. */
function isOnStack(g: HeapGraph, edge: number): boolean {
  return !g.isObject(sourceOf(g, edge)) && ON_STACK.test(g.edgeName(edge));
}

function waysTo(g: HeapGraph, paths: Paths, node: number, limit: number): string[] {
  const ways = paths.all(node).filter((way) => !way.some((edge) => isOnStack(g, edge)));
  if (ways.length === 0)
    return ['  nothing but what is being computed refers to it, or objects that wait for the collector'];
  return ways.slice(0, limit).flatMap((way) => pathLines(g, way).map((line) => `  ${line}`));
}

/** The program's cycles, a text for each. */
export function cycleTexts(rt: Runtime, limit: number): string[] {
  const g = buildGraph(describeHeap(rt));
  return cyclesWorthTelling(g)
    .slice(0, limit)
    .map((component) => noteText(g, component));
}

function noteText(g: HeapGraph, component: Parameters<typeof cycleNote>[1]): string {
  const { objects, bytes, cycle, advice } = cycleNote(g, component);
  return `${objects} objects, ${bytes} bytes: ${cycle}${advice === '' ? '' : `\n  ${advice}`}`;
}

/** Number and bytes of the objects of each type. */
export function typeCounts(rt: Runtime): (readonly [typeName: string, count: number, bytes: number])[] {
  return byType(buildGraph(describeHeap(rt))).map(({ typeName, count, bytes }) => [typeName, count, bytes] as const);
}

/** The objects that the collector knows, each with its type, as numbers. */
export function markNow(rt: Runtime): Int32Array {
  const found: number[] = [];
  for (let i = 0; i <= GENERATIONS; i++)
    forEachTracked(rt, generationHead(i), (o) => found.push(o, rt.words[o + ObjectWord.Type]));
  return Int32Array.from(found);
}

/** What is there now that was not at the mark, if there is more of its type. */
class News {
  readonly #types = new Map<number, number>();
  readonly #counts = new Map<number, number>();

  constructor(mark: Int32Array) {
    for (let i = 0; i < mark.length; i += MARK_WORDS) {
      this.#types.set(mark[i] as number, mark[i + 1] as number);
      this.#add(mark[i + 1] as number, -1);
    }
  }

  objects(rt: Runtime): Ref[] {
    const now = markNow(rt);
    for (let i = 0; i < now.length; i += MARK_WORDS) this.#add(now[i + 1] as number, 1);
    const found: Ref[] = [];
    for (let i = 0; i < now.length; i += MARK_WORDS) {
      const [o, type] = [now[i] as number, now[i + 1] as number];
      if (this.#types.get(o) !== type && (this.#counts.get(type) as number) > 0) found.push(o);
    }
    return found;
  }

  #add(type: number, n: number): void {
    this.#counts.set(type, (this.#counts.get(type) ?? 0) + n);
  }
}

/** What is alive that was made after the mark, with ways and places; empty if nothing is. */
export function leaksText(rt: Runtime, mark: Int32Array, limit: number): string {
  const objects = new News(mark).objects(rt);
  if (objects.length === 0) return '';
  const g = buildGraph(describeHeap(rt));
  const paths = new Paths(g);
  const groups = new Map<string, Ref[]>();
  for (const o of objects) {
    const name = `${rt.typeName(rt.words[o + ObjectWord.Type])}${placeText(rt, o)}`;
    groups.set(name, [...(groups.get(name) ?? []), o]);
  }
  const lines = [
    `${objects.length} ${objects.length === 1 ? 'object is' : 'objects are'} alive that were not there before:`,
  ];
  for (const [name, members] of [...groups].slice(0, limit)) {
    lines.push(`${members.length} ${name}`, ...waysTo(g, paths, g.nodeOf(members[0] as Ref), 1));
  }
  if (groups.size > limit) lines.push(`and ${groups.size - limit} more kinds`);
  return lines.join('\n');
}

/** The cycles among what was made after the mark; `collected`: objects in cycles that the collector has freed meanwhile. Empty if there
 *  are none. */
export function newCyclesText(rt: Runtime, mark: Int32Array, collected: number, limit: number): string {
  const fresh = new Set(new News(mark).objects(rt));
  const g = buildGraph(describeHeap(rt));
  const components = cyclesWorthTelling(g, (node) => !fresh.has(g.arrays.refs[node] as Ref));
  if (components.length === 0 && collected === 0) return '';
  const lines = [
    `${components.length} ${components.length === 1 ? 'group' : 'groups'} of objects in reference cycles:`,
  ];
  for (const component of components.slice(0, limit)) {
    const first = g.arrays.refs[component.nodes[0] as number] as Ref;
    lines.push(`${noteText(g, component)}${placeText(rt, first)}`);
  }
  if (collected > 0) lines.push(`${collected} objects in cycles were freed by the collector meanwhile`);
  return lines.join('\n');
}

/** `, allocated at p.py:3`, if that was traced. */
function placeText(rt: Runtime, o: Ref): string {
  const trace = rt.traces?.blocks.get(o - headWords(rt, rt.words[o + ObjectWord.Type]));
  const place = trace?.place as Place | null | undefined;
  if (place === null || place === undefined) return '';
  const [file = '', line = 0] = [place.files[0], place.lines[0]];
  return `, allocated at ${shortFileName(file)}:${line}`;
}
