/**
 * A collection, step by step, with the collector's own numbers: they are read from the heap as the phases begin, and what happens in
 * between is heard. Nothing is worked out that the collector does not do itself.
 */
import { forEachTracked, GcRoot, generationHead, traverse, weakrefCount } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import { describeHeap } from 'moult';
import type { Runtime } from 'moult';
import type { Actor, ActorState, CollectionMark, HeapView, Theatre, TheatreStep } from '../shared/protocol.ts';
import { birthEvents, LiveBirths } from './births.ts';
import type { Births } from './births.ts';
import { choose } from './choose.ts';
import type { Machine } from './machine.ts';
import { Model } from './model.ts';
import { drawView } from './view.ts';

/** Actors that are shown; more are among the others. */
const ACTORS = 200;

/** Subtractions that get a step of their own. */
const SINGLE_STEPS = 400;

/** Of the word before an object: the count of references, above two flags. */
const REFS_WORD = -1;
const REFS_SHIFT = 2;
const COLLECTING = 2;

/** What was heard of a collection. `view` is the heap as it began. */
export type Heard = Omit<Theatre, 'collection'>;

/** Plays the collection `number` of a program again. */
export function hearCollection(
  machine: Machine,
  births: Births,
  marks: readonly CollectionMark[],
  number: number,
): Heard {
  const mark = marks[number];
  if (mark === undefined) throw new RangeError(`collection ${number} of ${marks.length}`);
  const live = new LiveBirths(births);
  let begun = -1;
  const stages: Stage[] = [];
  const stage = (): Stage | undefined => (stages[0]?.isOver === false ? stages[0] : undefined);
  machine.replay(mark.over + 1, (rt): HeapEvents => {
    const heard = birthEvents(rt, live);
    return {
      ...heard,
      collectionStart: (generation) => {
        if (++begun === number) stages.push(new Stage(new Model(rt, live, mark.moment + 1, 'whole'), generation));
      },
      phase: (name) => stage()?.phase(name),
      finalize: (o) => {
        heard.finalize(o);
        stage()?.finalize(o);
      },
      weakrefCallback: () => stage()?.callback(),
      clear: (o) => stage()?.clear(o),
      dealloc: (o) => {
        heard.dealloc(o);
        stage()?.die(o);
      },
      collectionStop: (_, collected, uncollectable) => stage()?.stop(collected, uncollectable),
    };
  });
  if (stages[0] === undefined) throw new RangeError(`collection ${number} did not happen again`);
  return stages[0].heard();
}

const plural = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

class Stage {
  readonly #rt: Runtime;
  readonly #generation: number;
  readonly #view: HeapView;
  readonly #labels: ReadonlyMap<number, Actor>;
  isOver = false;
  readonly #steps: TheatreStep[] = [];
  readonly #actors: Actor[] = [];
  readonly #objects: number[] = [];
  /** Actor of an object that is alive. */
  readonly #index = new Map<number, number>();
  readonly #refs: number[] = [];
  readonly #states: ActorState[] = [];
  readonly #looked: number[] = [];
  #subtractions = 0;
  /** Searches so far: the second one comes after finalizers and callbacks. */
  #searches = 0;
  #ran = 0;

  /** Before anything of the collection has happened. */
  constructor(model: Model, generation: number) {
    this.#rt = model.rt;
    this.#generation = generation;
    this.#view = drawView(model, { expanded: [], focus: null, search: '', atoms: false }, null);
    this.#labels = actorsOf(model);
  }

  heard(): Heard {
    const others = this.#looked.length - this.#actors.length;
    return { actors: this.#actors, others, steps: this.#steps, view: this.#view };
  }

  /** A phase begins: what the one before it left in the heap is told. */
  phase(name: string): void {
    switch (name) {
      case 'updateRefs':
        return this.#searches++ === 0 ? this.#enter() : undefined;
      case 'subtractRefs':
        return this.#searches === 1
          ? this.#subtract()
          : this.#say(
              name,
              'The search is made once more, among the unreachable only: a finalizer or a callback may have brought one of them back.',
            );
      case 'moveUnreachable':
        return this.#searches === 1 ? this.#outside() : undefined;
      case 'untrack':
        return this.#unreachable();
      case 'handleWeakrefs':
        return this.#weakrefs();
      case 'deleteGarbage':
        return this.#resurrected();
    }
  }

  /** The objects are in one list now. */
  #enter(): void {
    const rt = this.#rt;
    forEachTracked(rt, generationHead(this.#generation), (o) => {
      this.#looked.push(o);
      const actor = this.#labels.get(o);
      if (actor === undefined || this.#actors.length >= ACTORS) return;
      this.#index.set(o, this.#actors.length);
      this.#actors.push(actor);
      this.#objects.push(o);
      this.#refs.push(-1);
      this.#states.push('waiting');
    });
    const younger = this.#generation === 0 ? '' : ' and everything younger';
    this.#say(
      'start',
      `A collection of generation ${this.#generation}${younger} begins. It looks at ${plural(this.#looked.length, 'object')}: ` +
        `${plural(this.#actors.length, 'object')} of this program and ${(this.#looked.length - this.#actors.length).toLocaleString('en')} of the interpreter.`,
    );
  }

  /** The counts were copied; now the references from inside are taken off. */
  #subtract(): void {
    this.#readRefs();
    this.#say(
      'updateRefs',
      'Each object’s reference count is copied. The copy is called gcRefs; the count itself stays as it is.',
    );
    let untold = 0;
    for (const o of this.#looked) {
      const names = new EdgeNames(this.#rt, o);
      traverse(this.#rt, o, (to) => {
        const actor = this.#index.get(to);
        if (actor === undefined || this.#refs[actor]! < 0) return;
        const before = this.#refs[actor]!--;
        if (this.#subtractions++ < SINGLE_STEPS) this.#subtraction(o, actor, names.next(to), before);
        else untold++;
      });
    }
    if (untold > 0) this.#say('subtractRefs', `… and ${plural(untold, 'more reference')} from inside.`);
  }

  #subtraction(o: number, to: number, name: string, before: number): void {
    const from = this.#index.get(o) ?? -1;
    const label = from < 0 ? `${labelOf(this.#rt, o)} (the interpreter’s)` : this.#actors[from]!.label;
    const sentence = `${label} refers to ${this.#actors[to]!.label} by ${name}: a reference from inside, ${before} − 1 = ${before - 1}.`;
    this.#say('subtractRefs', sentence, { from, to, name });
  }

  /** What is left is what the collector has, too. */
  #outside(): void {
    const own = [...this.#refs];
    this.#readRefs();
    const wrong = this.#refs.findIndex((refs, i) => refs !== own[i]);
    if (wrong >= 0)
      throw new Error(`${this.#actors[wrong]!.label} has gcRefs ${this.#refs[wrong]}, ${own[wrong]} were counted`);
    this.#refs.forEach((refs, i) => (this.#states[i] = refs > 0 ? 'outside' : 'waiting'));
    const outside = this.#refs.filter((refs) => refs > 0).length;
    this.#say(
      'moveUnreachable',
      outside === 0
        ? 'No object of this program is referred to from outside directly: what holds them is the module’s namespace, an object of the interpreter.'
        : `What is left comes from outside: ${plural(outside, 'object')} with gcRefs above 0 ${outside === 1 ? 'is' : 'are'} referred to by variables of a running call, or by what is older.`,
    );
  }

  #unreachable(): void {
    const H = this.#rt.words;
    let found = 0;
    this.#objects.forEach((o, i) => {
      const is = (H[o + REFS_WORD]! & COLLECTING) !== 0;
      this.#states[i] = is ? 'unreachable' : 'reachable';
      this.#refs[i] = -1;
      if (is) found++;
    });
    this.#say(
      'moveUnreachable',
      found === 0
        ? 'What is referred to from outside is followed: all of it is reachable. That is everything; nothing is garbage.'
        : `What is referred to from outside is followed: all of it is reachable, and gets older. ${plural(found, 'object')} cannot be reached: garbage, unless a finalizer objects.`,
    );
  }

  #weakrefs(): void {
    let cleared = 0;
    this.#objects.forEach((o, i) => {
      if (this.#states[i] === 'unreachable') cleared += weakrefCount(this.#rt, o);
    });
    if (cleared > 0)
      this.#say(
        'handleWeakrefs',
        `${plural(cleared, 'weak reference')} to the unreachable ${cleared === 1 ? 'is' : 'are'} cleared first, so that nobody can get hold of them any more.`,
      );
  }

  callback(): void {
    this.#ran++;
    this.#say('handleWeakrefs', 'The callback of a weak reference is called.');
  }

  finalize(o: number): void {
    this.#ran++;
    const actor = this.#index.get(o);
    if (actor !== undefined)
      this.#say('finalizeGarbage', `The finalizer of ${this.#actors[actor]!.label} is called: its only time.`);
  }

  /** Those that are to be cleared are in a list of their own; who was unreachable and is not in it came back. */
  #resurrected(): void {
    if (this.#ran === 0) return;
    const garbage = new Set<number>();
    forEachTracked(this.#rt, GcRoot.StillUnreachable, (o) => garbage.add(o));
    let back = 0;
    this.#objects.forEach((o, i) => {
      if (this.#states[i] !== 'unreachable' || garbage.has(o) || !this.#index.has(o)) return;
      this.#states[i] = 'resurrected';
      back++;
    });
    this.#say(
      'handleResurrected',
      back === 0
        ? 'Nobody came back: what was unreachable before the finalizers still is.'
        : `${plural(back, 'object')} came back to life: something reachable refers to ${back === 1 ? 'it' : 'them'} again.`,
    );
  }

  clear(o: number): void {
    const actor = this.#index.get(o);
    if (actor !== undefined)
      this.#say(
        'deleteGarbage',
        `${this.#actors[actor]!.label} lets go of what it refers to. That breaks the cycle here.`,
      );
  }

  die(o: number): void {
    const actor = this.#index.get(o);
    if (actor === undefined) return;
    this.#index.delete(o);
    this.#states[actor] = 'gone';
    this.#say('deleteGarbage', `The count of ${this.#actors[actor]!.label} falls to 0: it dies.`);
  }

  stop(collected: number, uncollectable: number): void {
    const rest = uncollectable === 0 ? '' : ` ${plural(uncollectable, 'object')} could not be collected.`;
    this.isOver = true;
    this.#say('done', `The collection is over: ${plural(collected, 'object')} collected.${rest}`);
  }

  #readRefs(): void {
    const H = this.#rt.words;
    this.#objects.forEach((o, i) => (this.#refs[i] = H[o]! < 0 ? -1 : H[o + REFS_WORD]! >> REFS_SHIFT));
  }

  #say(phase: string, sentence: string, edge: TheatreStep['edge'] = null): void {
    this.#steps.push({ phase, sentence, refs: [...this.#refs], states: [...this.#states], edge });
  }
}

/** The objects that have cards, by where they are. */
function actorsOf(model: Model): Map<number, Actor> {
  const { all } = choose(model, model.places(), { expanded: [], focus: null, search: '', atoms: false });
  return new Map(
    all.map((node) => {
      const id = model.id(node);
      return [model.graph.arrays.refs[node]!, { id, key: `o${id}`, label: model.graph.label(node) }];
    }),
  );
}

/** Names of an object's references, in their order. */
class EdgeNames {
  readonly #rt: Runtime;
  readonly #o: number;
  #names: Map<number, string[]> | null = null;

  constructor(rt: Runtime, o: number) {
    this.#rt = rt;
    this.#o = o;
  }

  /** The name of a reference to `to` that was not named before. */
  next(to: number): string {
    this.#names ??= this.#all();
    return this.#names.get(to)?.shift() ?? 'a reference';
  }

  #all(): Map<number, string[]> {
    const names = new Map<number, string[]>();
    describeHeap(this.#rt).edges(this.#o, (to, _kind, name) => {
      const list = names.get(to) ?? [];
      list.push(typeof name === 'number' ? `[${name}]` : name);
      names.set(to, list);
    });
    return names;
  }
}

const labelOf = (rt: Runtime, o: number): string => describeHeap(rt).label(o);
