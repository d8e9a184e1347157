/** How many objects of each type are alive, at some moments, evenly spread. Objects are counted as the collector is told of them: to walk the
 *  generations at each moment would take longer than the program. */
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from 'moult';
import type { TypeSamples } from '../shared/protocol.ts';
import type { Births } from './births.ts';
import { OPAQUE } from './model.ts';

/** When there are more, every second one goes. */
const MOST = 256;

/** Types with names of their own; the rest are 'other'. */
const TYPES = 6;

export class TypeSampler {
  readonly #births: Births;
  /** The type names of the tracked objects that are counted; an object is taken off the name that it was counted under. */
  readonly #names = new Map<number, string>();
  readonly #alive = new Map<string, number>();
  #samples: { readonly moment: number; readonly counts: ReadonlyMap<string, number> }[] = [];
  #interval = 1;
  #next = 0;

  constructor(births: Births) {
    this.#births = births;
  }

  /** What is to be heard of the run, after `births` has heard it. */
  events(rt: Runtime): Required<Pick<HeapEvents, 'track' | 'untrack'>> {
    return {
      track: (o) => {
        if (!this.#births.isOwn(rt, o)) return;
        const name = rt.typeNameOf(o);
        if (OPAQUE.has(name)) return;
        this.#names.set(o, name);
        this.#add(name, 1);
      },
      untrack: (o) => {
        const name = this.#names.get(o);
        if (name === undefined) return;
        this.#names.delete(o);
        this.#add(name, -1);
      },
    };
  }

  /** Notes the counts, if it is time. */
  sample(moment: number): void {
    if (moment < this.#next) return;
    this.#samples.push({ moment, counts: new Map(this.#alive) });
    if (this.#samples.length > MOST) {
      this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
      this.#interval *= 2;
    }
    this.#next = moment + this.#interval;
  }

  finish(): TypeSamples {
    const totals = new Map<string, number>();
    for (const { counts } of this.#samples)
      for (const [name, count] of counts) totals.set(name, Math.max(totals.get(name) ?? 0, count));
    const names = [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    const shown = names.slice(0, TYPES);
    const types = shown.map((name) => ({ name, counts: this.#samples.map(({ counts }) => counts.get(name) ?? 0) }));
    if (names.length > TYPES) {
      const rest = names.slice(TYPES);
      const sum = (counts: ReadonlyMap<string, number>): number =>
        rest.reduce((total, name) => total + (counts.get(name) ?? 0), 0);
      types.push({ name: 'other', counts: this.#samples.map(({ counts }) => sum(counts)) });
    }
    return { moments: this.#samples.map(({ moment }) => moment), types };
  }

  #add(name: string, change: number): void {
    this.#alive.set(name, (this.#alive.get(name) ?? 0) + change);
  }
}
