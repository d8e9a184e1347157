/** Which objects get a card of their own: all while they are few; then types with many objects are drawn as one card, which can be unfolded. */
import type { ObjectId, ViewOptions } from '../shared/protocol.ts';
import type { Model, Place } from './model.ts';

/** With so many cards a picture can still be read. */
const FEW = 60;

/** A type with more objects than this is folded when there are too many cards. */
const FOLD_ABOVE = 8;

/** Cards that an unfolded type gets at most. */
const UNFOLDED = 60;

/** References that are followed from the object in focus, both ways, and the most objects that are shown then. */
const FOCUS_DISTANCE = 2;
const FOCUS_MOST = 60;

/** An object with more neighbours is shown, but not what else it is joined to. */
const HUB = 12;

export interface Choice {
  /** Nodes with a card, in the order in which they were found. */
  readonly nodes: ReadonlySet<number>;
  /** Nodes that are drawn together, by type. */
  readonly groups: ReadonlyMap<string, readonly number[]>;
  /** Everything that could have a card. */
  readonly all: readonly number[];
}

/** Chooses for one moment. */
export function choose(model: Model, places: readonly Place[], options: ViewOptions): Choice {
  const all = findAll(model, places, options.atoms);
  const focus = options.focus === null ? -1 : (all.find((node) => model.id(node) === options.focus) ?? -1);
  if (focus > 0) return { nodes: neighbourhood(model, all, focus), groups: new Map(), all };
  return fold(model, all, options.expanded);
}

/** What the program's variables lead to, breadth first; then garbage. */
function findAll(model: Model, places: readonly Place[], atoms: boolean): number[] {
  const seen = new Set<number>();
  const queue: number[] = [];
  const visit = (node: number): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (model.isCarded(node, atoms)) queue.push(node);
  };
  for (const { fields } of places) for (const { node } of fields) visit(node);
  for (const node of queue) for (const field of model.fields(node)) visit(field.node);
  const reached = queue.length;
  for (let node = 1; node < model.graph.nodeCount; node++) {
    if (model.isGarbage(node) && model.generation(node) >= 0) visit(node);
  }
  for (let i = reached; i < queue.length; i++) for (const field of model.fields(queue[i]!)) visit(field.node);
  return queue;
}

function neighbourhood(model: Model, all: readonly number[], focus: number): Set<number> {
  const neighbours = new Map<number, number[]>();
  const join = (a: number, b: number): void => {
    const list = neighbours.get(a);
    if (list === undefined) neighbours.set(a, [b]);
    else list.push(b);
  };
  const known = new Set(all);
  for (const node of all) {
    for (const field of model.fields(node)) {
      if (!known.has(field.node)) continue;
      join(node, field.node);
      join(field.node, node);
    }
  }
  const chosen = new Set([focus]);
  let edge = [focus];
  for (let distance = 0; distance < FOCUS_DISTANCE; distance++) {
    const isHub = (node: number): boolean => node !== focus && (neighbours.get(node)?.length ?? 0) > HUB;
    edge = edge
      .flatMap((node) => (isHub(node) ? [] : (neighbours.get(node) ?? [])))
      .filter((node) => !chosen.has(node));
    for (const node of edge) if (chosen.size < FOCUS_MOST) chosen.add(node);
  }
  return chosen;
}

function fold(model: Model, all: readonly number[], expanded: readonly string[]): Choice {
  if (all.length <= FEW) return { nodes: new Set(all), groups: new Map(), all };
  const byType = new Map<string, number[]>();
  for (const node of all) {
    const type = model.graph.typeName(node);
    const list = byType.get(type);
    if (list === undefined) byType.set(type, [node]);
    else list.push(node);
  }
  const groups = new Map<string, readonly number[]>();
  const nodes = new Set<number>();
  for (const [type, members] of byType) {
    const single = expanded.includes(type) ? UNFOLDED : members.length > FOLD_ABOVE ? 0 : members.length;
    members.slice(0, single).forEach((node) => nodes.add(node));
    if (members.length > single) groups.set(type, members.slice(single));
  }
  return { nodes, groups, all };
}

/** The objects whose type or text has `search` in it. */
export function search(
  model: Model,
  all: readonly number[],
  text: string,
  limit: number,
): { id: ObjectId; label: string; type: string }[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const found: { id: ObjectId; label: string; type: string }[] = [];
  for (const node of all) {
    const type = model.graph.typeName(node);
    const label = model.graph.label(node);
    if (!`${type} ${label}`.toLowerCase().includes(wanted) && !fieldsMatch(model, node, wanted)) continue;
    found.push({ id: model.id(node), label, type });
    if (found.length === limit) break;
  }
  return found;
}

/** A value in the object's fields, by name or text. */
function fieldsMatch(model: Model, node: number, wanted: string): boolean {
  return model.fields(node).some(({ name, node: value }) => {
    return (
      name.toLowerCase() === wanted || (model.isAtom(value) && model.graph.label(value).toLowerCase().includes(wanted))
    );
  });
}
