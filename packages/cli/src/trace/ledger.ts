/**
 * The ledger of one object: every change of its count, with the line that made it. The object is named by an expression
 * that is evaluated when the program has ended; a first run tells which allocation it was, a second run, which is the same
 * to the last step, is listened to from that allocation on.
 */
import { headWords, ObjectWord } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from 'moult';
import { placeNow } from './place.ts';

/** Numbers allocations. */
export class AllocationCounter implements HeapEvents {
  #made = 0;
  readonly #numbers = new Map<number, number>();

  alloc(block: number): void {
    this.#numbers.set(block, ++this.#made);
  }

  free(block: number): void {
    this.#numbers.delete(block);
  }

  /** Number of the allocation that the object lies in; 0: it is older than the program, or immortal. */
  numberOf(rt: Runtime, o: number): number {
    return this.#numbers.get(o - headWords(rt, rt.words[o + ObjectWord.Type])) ?? 0;
  }
}

export interface Entry {
  readonly place: string;
  readonly what: string;
  /** The count after it. */
  readonly count: number;
}

const ALLOCATED = 'allocated';
const ADDED = '+1';
const RELEASED = '-1';

/** What an event does to the count. */
function change(what: string): number {
  if (what === RELEASED) return -1;
  return what === ALLOCATED || what === ADDED ? 1 : 0;
}

/** Listens for one allocation, then for what happens to the object in it. */
export class LedgerListener implements HeapEvents {
  readonly entries: Entry[] = [];
  readonly #rt: Runtime;
  readonly #number: number;
  #made = 0;
  #block = -1;
  #nwords = 0;
  #count = 0;

  constructor(rt: Runtime, number: number) {
    this.#rt = rt;
    this.#number = number;
  }

  alloc(block: number, nwords: number): void {
    if (++this.#made !== this.#number) return;
    this.#block = block;
    this.#nwords = nwords;
    this.#note(ALLOCATED, 1);
  }

  free(block: number): void {
    if (block !== this.#block) return;
    this.#note('block given back', 0);
    this.#block = -1;
  }

  incref(o: number): void {
    if (this.#isIt(o)) this.#note(ADDED, this.#rt.words[o] + 1);
  }

  decref(o: number): void {
    if (this.#isIt(o)) this.#note(RELEASED, this.#rt.words[o] - 1);
  }

  track(o: number): void {
    if (this.#isIt(o)) this.#note('tracked by the collector', this.#rt.words[o]);
  }

  untrack(o: number): void {
    if (this.#isIt(o)) this.#note('untracked', this.#rt.words[o]);
  }

  finalize(o: number): void {
    if (this.#isIt(o)) this.#note('finalizer called', this.#rt.words[o]);
  }

  clear(o: number): void {
    if (this.#isIt(o)) this.#note('cleared by the collector', this.#rt.words[o]);
  }

  dealloc(o: number): void {
    if (this.#isIt(o)) this.#note('destroyed', 0);
  }

  #isIt(o: number): boolean {
    return this.#block >= 0 && o >= this.#block && o < this.#block + this.#nwords;
  }

  /** Instructions change the counts of their operands without a word; what that made of the count shows at the next event. */
  #note(what: string, count: number): void {
    const place = placeNow(this.#rt);
    const before = count - change(what);
    const unseen = before - this.#count;
    if (unseen !== 0)
      this.entries.push({ place, what: `${unseen > 0 ? '+' : ''}${unseen} by instructions`, count: before });
    this.entries.push({ place, what, count });
    this.#count = count;
  }
}

/** One line an entry. */
export function ledgerText(label: string, entries: readonly Entry[]): string {
  const lines = entries.map(({ what, count, place }) => `${String(count).padStart(6)}  ${what.padEnd(26)}${place}`);
  return `${label}\n${' count'}  ${'what'.padEnd(26)}where\n${lines.join('\n')}\n`;
}
