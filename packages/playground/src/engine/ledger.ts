/** Every change of one object's count, up to a moment: heard while the program runs once more. */
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from 'moult';
import type { LedgerEntry, ObjectId } from '../shared/protocol.ts';
import { birthEvents, blockOf } from './births.ts';
import type { Machine } from './machine.ts';

/** Entries that are kept: the first ones. */
const MOST = 400;

/** Runs the program again up to `moment`. `id` counts births, as `Births` does; `lineOf` says which line a moment is
 *  before. */
export function ledgerOf(
  machine: Machine,
  id: ObjectId,
  moment: number,
  lineOf: (moment: number) => number,
): LedgerEntry[] {
  if (id <= 0) return [];
  const ledger = new Ledger(id, lineOf);
  machine.replay(moment, (rt, now) => ledger.listen(rt, now));
  return ledger.entries;
}

class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly #lineOf: (moment: number) => number;
  readonly #id: ObjectId;
  #made = 0;
  #block = -1;
  /** What the count should be if nothing else happened. */
  #count = 0;

  constructor(id: ObjectId, lineOf: (moment: number) => number) {
    this.#id = id;
    this.#lineOf = lineOf;
  }

  listen(rt: Runtime, now: () => number): HeapEvents {
    const note = (what: string, count: number): void => this.#note(now(), what, count);
    const isIt = (o: number): boolean => this.#block >= 0 && blockOf(rt, o) === this.#block;
    const about = (what: string, after: (count: number) => number): ((o: number) => void) => {
      return (o) => {
        if (isIt(o)) note(what, after(rt.words[o]!));
      };
    };
    const heard = birthEvents(rt, {
      born: (block) => {
        if (++this.#made !== this.#id) return;
        this.#block = block;
        note('made', 1);
      },
      gone: (block) => {
        if (block === this.#block) this.#block = -1;
      },
    });
    const dies = about('dies', () => 0);
    const isTracked = about('known to the collector', (count) => count);
    const isFinalized = about('finalizer called', (count) => count);
    return {
      ...heard,
      incref: about('+1', (count) => count + 1),
      decref: about('−1', (count) => count - 1),
      clear: about('cleared by the collector', (count) => count),
      track: (o) => {
        heard.track(o);
        isTracked(o);
      },
      dealloc: (o) => {
        dies(o);
        heard.dealloc(o);
      },
      finalize: (o) => {
        isFinalized(o);
        heard.finalize(o);
      },
    };
  }

  /** Some instructions change counts without an event; what they did shows as the difference at the next one. */
  #note(moment: number, what: string, count: number): void {
    if (this.entries.length >= MOST) return;
    const before = what === 'made' ? 0 : what === '+1' ? count - 1 : what === '−1' ? count + 1 : count;
    const unseen = before - this.#count;
    const line = this.#lineOf(moment);
    if (unseen !== 0 && what !== 'dies') {
      this.entries.push({ moment, line, what: `${unseen > 0 ? '+' : '−'}${Math.abs(unseen)}`, count: before });
    }
    this.entries.push({ moment, line, what, count });
    this.#count = count;
  }
}
