/** Every change of one object's count, up to a moment: heard while the program runs once more. */
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from 'moult';
import type { LedgerEntry, ObjectId } from '../shared/protocol.ts';
import type { Machine } from './machine.ts';

/** Entries that are kept: the first ones. */
const MOST = 400;

/** Runs the program again up to `moment`. `id` counts allocations, as `Births` does; `lineOf` says which line a moment is
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
  #end = -1;
  /** What the count should be if nothing else happened. */
  #count = 0;

  constructor(id: ObjectId, lineOf: (moment: number) => number) {
    this.#id = id;
    this.#lineOf = lineOf;
  }

  listen(rt: Runtime, now: () => number): HeapEvents {
    const note = (what: string, count: number): void => this.#note(now(), what, count);
    const about = (what: string, after: (count: number) => number): ((o: number) => void) => {
      return (o) => {
        if (o >= this.#block && o < this.#end) note(what, after(rt.words[o]!));
      };
    };
    return {
      alloc: (block, nwords) => {
        if (++this.#made !== this.#id) return;
        this.#block = block;
        this.#end = block + nwords;
        note('made', 1);
      },
      free: (block) => {
        if (block !== this.#block) return;
        note('memory given back', 0);
        this.#block = this.#end = -1;
      },
      incref: about('+1', (count) => count + 1),
      decref: about('−1', (count) => count - 1),
      dealloc: about('dies', () => 0),
      track: about('known to the collector', (count) => count),
      finalize: about('finalizer called', (count) => count),
      clear: about('cleared by the collector', (count) => count),
    };
  }

  /** Some instructions change counts without an event; what they did shows as the difference at the next one. */
  #note(moment: number, what: string, count: number): void {
    if (this.entries.length >= MOST) return;
    const before = what === 'made' ? 0 : what === '+1' ? count - 1 : what === '−1' ? count + 1 : count;
    const unseen = before - this.#count;
    const line = this.#lineOf(moment);
    if (unseen !== 0 && what !== 'dies' && what !== 'memory given back') {
      this.entries.push({ moment, line, what: `${unseen > 0 ? '+' : '−'}${Math.abs(unseen)}`, count: before });
    }
    this.entries.push({ moment, line, what, count });
    this.#count = count;
  }
}
