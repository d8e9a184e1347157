/** Draws up the cards of one moment, and says what changed since the moment before. */
import { addressOf } from '@moult/heap';
import type { Card, Change, Field, HeapView, ObjectId, ViewOptions } from '../shared/protocol.ts';
import { choose, search } from './choose.ts';
import type { Choice } from './choose.ts';
import type { Model, Place, Shown } from './model.ts';
import { generationWords } from './recorder.ts';

/** Rows of a card; of a namespace. */
const ROWS = 7;
const NAMESPACE_ROWS = 40;

/** Search results. */
const FOUND = 40;

/** Deaths that are told. */
const DIED = 12;

/** What a moment is compared with: each card's fields and count. */
export type Summary = ReadonlyMap<string, Noted>;

interface Noted {
  /** 0: no object. */
  readonly id: ObjectId;
  readonly count: number;
  readonly fields: ReadonlyMap<string, string>;
  readonly label: string;
}

/** The view, and what the next moment's view is to be compared with. */
export function drawView(model: Model, options: ViewOptions, before: Summary | null): HeapView {
  const places = model.places();
  const choice = choose(model, places, options);
  const drawer = new Drawer(model, choice, before);
  const cards = [
    ...places.map((place) => drawer.place(place)),
    ...[...choice.nodes].map((node) => drawer.object(node)),
    ...[...choice.groups].map(([type, members]) => drawer.group(type, members)),
  ];
  const { bytes } = model.graph.arrays;
  const [innermost] = model.frames;
  return {
    moment: model.moment,
    line: innermost?.line ?? 0,
    function: innermost?.function ?? '',
    cards,
    died: before === null ? [] : deaths(model, before),
    objects: choice.all.length,
    garbage: choice.all.filter((node) => model.isGarbage(node)).length,
    bytes: choice.all.reduce((sum, node) => sum + bytes[node]!, 0),
    generations: generationWords(model.rt, 'count'),
    thresholds: generationWords(model.rt, 'threshold'),
    found: search(model, choice.all, options.search, FOUND),
  };
}

/** What a later view may be compared with. */
export function summarize(model: Model, atoms: boolean): Summary {
  const summary = new Map<string, Noted>();
  const places = model.places();
  const note = (key: string, id: ObjectId, count: number, fields: readonly Shown[], label: string): void => {
    summary.set(key, {
      id,
      count,
      fields: new Map(uniqueNames(fields).map((name, i) => [name, signature(model, fields[i]!.node)])),
      label,
    });
  };
  for (const { key, fields } of places) note(key, 0, 0, fields, '');
  const { all } = choose(model, places, { expanded: [], focus: null, search: '', atoms });
  for (const node of all)
    note(
      keyOf(model, node),
      model.id(node),
      model.graph.arrays.counts[node]!,
      model.fields(node),
      model.graph.label(node),
    );
  return summary;
}

export const keyOf = (model: Model, node: number): string => `o${model.id(node)}`;

/** Names of fields, told apart where keys of a dict are written alike. */
function uniqueNames(fields: readonly Shown[]): string[] {
  const times = new Map<string, number>();
  return fields.map(({ name }) => {
    const n = (times.get(name) ?? 0) + 1;
    times.set(name, n);
    return n === 1 ? name : `${name} (${n})`;
  });
}

/** Equal for the same object, and for equal values. */
function signature(model: Model, node: number): string {
  return model.isAtom(node) ? model.graph.label(node) : keyOf(model, node);
}

/** What is no longer shown may be alive all the same: no variable leads to it any more. */
function deaths(model: Model, before: Summary): string[] {
  const alive = model.allIds();
  const died = [...before.values()].filter(({ id }) => id > 0 && !alive.has(id)).map(({ label }) => label);
  return died.length > DIED ? [...died.slice(0, DIED), `${died.length - DIED} more`] : died;
}

class Drawer {
  readonly #model: Model;
  readonly #choice: Choice;
  readonly #before: Summary | null;
  readonly #groupOf = new Map<number, string>();

  constructor(model: Model, choice: Choice, before: Summary | null) {
    this.#model = model;
    this.#choice = choice;
    this.#before = before;
    for (const [type, members] of choice.groups) for (const node of members) this.#groupOf.set(node, type);
  }

  place({ key, title, line, fields }: Place): Card {
    const kind = key === 'globals' ? 'namespace' : 'frame';
    return {
      ...EMPTY,
      key,
      kind,
      title,
      label: line > 0 ? `line ${line}` : '',
      ...this.#rows(key, fields, NAMESPACE_ROWS),
    };
  }

  object(node: number): Card {
    const { graph } = this.#model;
    const key = keyOf(this.#model, node);
    const count = graph.arrays.counts[node]!;
    const known = this.#before?.get(key);
    const rows = this.#rows(key, this.#model.fields(node), ROWS);
    const isChanged = known !== undefined && (known.count !== count || rows.fields.some((field) => field.changed));
    const change: Change = this.#before === null ? null : known === undefined ? 'new' : isChanged ? 'changed' : null;
    return {
      ...EMPTY,
      ...rows,
      key,
      kind: 'object',
      title: graph.typeName(node),
      label: graph.label(node),
      id: this.#model.id(node),
      address: `0x${addressOf(graph.arrays.refs[node]!).toString(16)}`,
      count,
      countBefore: known !== undefined && known.count !== count ? known.count : null,
      generation: this.#model.generation(node),
      bytes: graph.arrays.bytes[node]!,
      garbage: this.#model.isGarbage(node),
      finalized: this.#model.isFinalized(node),
      change,
      bornLine: this.#model.bornLine(node),
    };
  }

  /** References out of a group are drawn once for each card that they lead to. */
  group(type: string, members: readonly number[]): Card {
    const { graph } = this.#model;
    const targets = new Map<string, number>();
    for (const node of members) {
      for (const field of this.#model.fields(node)) {
        const target = this.#target(field.node);
        if (target !== null) targets.set(target, (targets.get(target) ?? 0) + 1);
      }
    }
    const fields = [...targets]
      .slice(0, ROWS)
      .map(([target, times]) => ({ name: `×${times}`, text: null, target, weak: false, changed: false }));
    return {
      ...EMPTY,
      key: groupKey(type),
      kind: 'group',
      title: type,
      label: `${members.length.toLocaleString('en')} objects`,
      fields,
      bytes: members.reduce((sum, node) => sum + graph.arrays.bytes[node]!, 0),
      garbage: members.every((node) => this.#model.isGarbage(node)),
      members: members.length,
    };
  }

  #rows(key: string, shown: readonly Shown[], most: number): { fields: Field[]; more: number } {
    const known = this.#before?.get(key)?.fields;
    const names = uniqueNames(shown);
    const fields = shown.slice(0, most).map(({ name, node, weak }, i) => {
      const target = this.#target(node);
      const changed = known !== undefined && known.get(names[i]!) !== signature(this.#model, node);
      return { name, text: target === null ? this.#model.graph.label(node) : null, target, weak, changed };
    });
    return { fields, more: shown.length - fields.length };
  }

  #target(node: number): string | null {
    if (this.#choice.nodes.has(node)) return keyOf(this.#model, node);
    const group = this.#groupOf.get(node);
    return group === undefined ? null : groupKey(group);
  }
}

const groupKey = (type: string): string => `g${type}`;

const EMPTY = {
  id: 0,
  address: '',
  count: 0,
  countBefore: null,
  generation: -1,
  bytes: 0,
  garbage: false,
  finalized: false,
  change: null,
  bornLine: 0,
  members: 0,
  fields: [],
  more: 0,
} as const;
