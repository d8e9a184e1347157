/** Who holds one object: each owned reference to it, with its kind; and which change of the count came from which of them. */
import { buildGraph, EdgeKind, edgeText, sourceOf, whoCounts } from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { describeHeap } from 'moult';
import type { Runtime } from 'moult';

/** The references to an object: a text by which each is known again, and one for people, with its kind. */
export type Holders = ReadonlyMap<string, string>;

/** Looks at the whole heap; only reads. */
export function holdersOf(rt: Runtime, object: number): Holders {
  const g = buildGraph(describeHeap(rt));
  const node = g.nodeOf(object);
  const holders = new Map<string, string>();
  if (node < 0) return holders;
  for (const edge of whoCounts(g, node).edges) {
    const source = sourceOf(g, edge);
    const name = edgeText(g, edge);
    const text = g.isObject(source) ? `${g.label(source)}${name}` : name.slice(1);
    let key = `${g.arrays.refs[source]!} ${name}`;
    while (holders.has(key)) key += "'";
    holders.set(key, `${text} (${kindOf(g, edge, source)})`);
  }
  return holders;
}

/** Whether a frame's value stack is among them. */
export function isOnStack(holders: Holders): boolean {
  return [...holders.values()].some((text) => text.endsWith(`(${ON_STACK})`));
}

const ON_STACK = 'value stack';

/** What kind of reference an edge is, for people. */
function kindOf(g: HeapGraph, edge: number, source: number): string {
  if (!g.isObject(source)) return kindOfRoot(g.typeName(source), g.edgeName(edge));
  const type = g.typeName(source);
  switch (g.arrays.kinds[edge] as EdgeKind) {
    case EdgeKind.Element:
      return 'item';
    case EdgeKind.Key:
      return 'key';
    case EdgeKind.Variable:
      return 'local variable';
    case EdgeKind.Internal:
      return type === 'cell' ? 'closure' : `kept by the ${type}`;
    default:
      return type === 'dict' ? 'value' : 'attribute';
  }
}

/** Of a reference that no object holds; `group` is written in parentheses. */
function kindOfRoot(group: string, name: string): string {
  if (group !== '(frames)') return group.slice(1, -1);
  return /^stack \d+ in /.test(name) ? ON_STACK : 'local variable';
}

/** An entry of a ledger, as far as holders go. */
export interface Held {
  readonly what: string;
  /** Who holds the object after it and did not before, and the other way round. */
  gained: readonly string[];
  lost: readonly string[];
}

/** Gives what was gained and lost meanwhile to the changes of the count that happened meanwhile: one reference to each, the last ones first,
 *  since those that came before may have been of a temporary. What is left over goes to the last entry. */
export function shareOut(entries: readonly Held[], gained: readonly string[], lost: readonly string[]): void {
  const last = entries.at(-1);
  if (last === undefined) return;
  const left = {
    gained: deal(entries.filter(isGain), gained, (entry, text) => (entry.gained = [...entry.gained, text])),
    lost: deal(entries.filter(isLoss), lost, (entry, text) => (entry.lost = [...entry.lost, text])),
  };
  last.gained = [...last.gained, ...left.gained];
  last.lost = [...last.lost, ...left.lost];
}

const isGain = ({ what }: Held): boolean => what === 'allocated' || what.startsWith('+');
export const isLoss = ({ what }: Held): boolean => what.startsWith('-');

/** Returns the texts that nobody got. */
function deal(entries: readonly Held[], texts: readonly string[], give: (entry: Held, text: string) => void): string[] {
  const getters = entries.slice(-texts.length || entries.length);
  texts.slice(0, getters.length).forEach((text, i) => give(getters[i]!, text));
  return texts.slice(getters.length);
}
