/** How many objects of each type are alive: counted at some moments, evenly spread, since each count walks the generations. */
import { forEachTracked, generationHead } from '@moult/heap';
import type { Runtime } from 'moult';
import type { TypeSamples } from '../shared/protocol.ts';
import type { Births } from './births.ts';
import { OPAQUE } from './model.ts';

/** When there are more, every second one goes. */
const MOST = 256;

/** Types with names of their own; the rest are 'other'. */
const TYPES = 6;

/** Objects that may be walked for one moment: in a larger heap the next count is put off in proportion. */
const OBJECTS_PER_MOMENT = 20_000;

export class TypeSampler {
  readonly #births: Births;
  #samples: { readonly moment: number; readonly counts: ReadonlyMap<string, number> }[] = [];
  #interval = 1;
  #next = 0;

  constructor(births: Births) {
    this.#births = births;
  }

  /** Counts, if it is time. */
  sample(rt: Runtime, moment: number): void {
    if (moment < this.#next) return;
    const counts = new Map<string, number>();
    let walked = 0;
    for (let i = 0; i < 4; i++) {
      forEachTracked(rt, generationHead(i), (o) => {
        walked++;
        const id = this.#births.idOf(rt, o, moment);
        if (id < 0 || this.#births.isImported(id)) return;
        const name = rt.typeNameOf(o);
        if (OPAQUE.has(name)) return;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      });
    }
    this.#samples.push({ moment, counts });
    if (this.#samples.length > MOST) {
      this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
      this.#interval *= 2;
    }
    this.#next = moment + Math.max(this.#interval, Math.floor(walked / OBJECTS_PER_MOMENT));
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
}
