/**
 * The ledger of one object: every change of its count, with the line that made it. The object is named by an expression
 * that is evaluated when the program has ended; a first run tells which allocation it was, a second run, which is the same
 * to the last step, is listened to from that allocation on.
 */
import { headWords, ObjectWord } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import { instructionName, INTERPRETER, Places } from 'moult';
import type { Runtime } from 'moult';
import { holdersOf, isLoss, isOnStack, shareOut } from './holders.ts';
import type { Held, Holders } from './holders.ts';

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

export interface Entry extends Held {
  readonly place: string;
  /** The count after it. */
  readonly count: number;
  /** The instruction that did it, as `dis` writes it; empty outside of Python code. */
  readonly instruction: string;
}

const ALLOCATED = 'allocated';
const ADDED = '+1';
const RELEASED = '-1';

/** Times that the holders are looked for; each is a look at the whole heap. */
const MOST_LOOKS = 400;

/** What an event does to the count. */
function change(what: string): number {
  if (what === RELEASED) return -1;
  return what === ALLOCATED || what === ADDED ? 1 : 0;
}

/** Listens for one allocation, then for what happens to the object in it. Natives tell of each change; what instructions do themselves
 *  is seen by comparing the count at each one. */
export class LedgerListener implements HeapEvents {
  readonly entries: Entry[] = [];
  readonly #rt: Runtime;
  readonly #number: number;
  readonly #places: Places;
  #made = 0;
  #block = -1;
  #nwords = 0;
  #object = 0;
  #count = 0;
  /** The instruction that is being made. */
  #place = INTERPRETER;
  #instruction = '';
  /** Entries before which the holders are known. */
  #told = 0;
  #looks = 0;
  #isOnStack = false;
  #holders: Holders = new Map();

  constructor(rt: Runtime, number: number) {
    this.#rt = rt;
    this.#number = number;
    this.#places = new Places(rt);
  }

  /** To be called before each instruction. */
  step(): void {
    if (this.#object !== 0) {
      const count = this.#rt.words[this.#object]!;
      if (count !== this.#count) this.#add(changeText(count - this.#count), count, this.#place, this.#instruction);
      if (this.entries.length > this.#told || this.#isOnStack) this.#tellHolders();
    }
    if (this.#block < 0) return;
    this.#place = this.#places.now();
    this.#instruction = instructionName(this.#rt);
  }

  alloc(block: number, nwords: number): void {
    if (++this.#made !== this.#number) return;
    this.#block = block;
    this.#nwords = nwords;
    this.#count = 0;
    this.#note(ALLOCATED, 1);
  }

  free(block: number): void {
    if (block !== this.#block) return;
    // Whoever is left has let go within the instruction that is being made.
    shareOut(this.entries.slice(this.#told), [], [...this.#holders.values()]);
    this.#note('block given back', 0);
    this.#block = -1;
    this.#object = 0;
    this.#holders = new Map();
  }

  incref(o: number): void {
    if (this.#isIt(o)) this.#note(ADDED, this.#rt.words[o]! + 1);
  }

  decref(o: number): void {
    if (this.#isIt(o)) this.#note(RELEASED, this.#rt.words[o]! - 1);
  }

  track(o: number): void {
    if (!this.#isIt(o)) return;
    this.#object = o;
    this.#note('tracked by the collector', this.#rt.words[o]!);
  }

  untrack(o: number): void {
    if (this.#isIt(o)) this.#note('untracked', this.#rt.words[o]!);
  }

  finalize(o: number): void {
    if (this.#isIt(o)) this.#note('finalizer called', this.#rt.words[o]!);
  }

  clear(o: number): void {
    if (this.#isIt(o)) this.#note('cleared by the collector', this.#rt.words[o]!);
  }

  dealloc(o: number): void {
    if (this.#isIt(o)) this.#note('destroyed', 0);
  }

  #isIt(o: number): boolean {
    if (this.#block < 0 || o < this.#block || o >= this.#block + this.#nwords) return false;
    this.#object = o;
    return true;
  }

  /** An event of a native, or of an instruction that has done something to the count by itself before. */
  #note(what: string, count: number): void {
    const place = this.#places.now();
    const instruction = instructionName(this.#rt);
    const before = count - change(what);
    if (before !== this.#count) this.#add(changeText(before - this.#count), before, place, instruction);
    this.#add(what, count, place, instruction);
    // Between instructions nobody else asks. Who lets go has done so before the count falls.
    if (place === INTERPRETER && what === RELEASED) this.#tellHolders();
  }

  #add(what: string, count: number, place: number, instruction: string): void {
    this.entries.push({ place: this.#places.text(place), what, count, instruction, gained: [], lost: [] });
    this.#count = count;
  }

  /** Compares who holds the object with who did: what changed since the holders were looked for last is shared out to the entries since
   *  then. An instruction may pass a reference on from a value stack without changing the count: then that is an entry of its own. */
  #tellHolders(): void {
    if (this.#looks++ < MOST_LOOKS) {
      const holders = holdersOf(this.#rt, this.#object);
      const gained = [...holders].filter(([key]) => !this.#holders.has(key)).map(([, text]) => text);
      const lost = [...this.#holders].filter(([key]) => !holders.has(key)).map(([, text]) => text);
      const isTold = this.entries.length > this.#told;
      if (!isTold && gained.length > 0) this.#add('passed on', this.#count, this.#place, this.#instruction);
      shareOut(this.entries.slice(this.#told), gained, lost);
      this.#tellTemporaries(this.entries.slice(this.#told));
      this.#holders = holders;
      this.#isOnStack = isOnStack(holders);
    }
    this.#told = this.entries.length;
  }

  /** A reference that came and went within an instruction was a native's own, or the collector's. */
  #tellTemporaries(entries: readonly Entry[]): void {
    const came = entries.filter((entry) => entry.what === ADDED && entry.gained.length === 0);
    const went = entries.filter((entry) => isLoss(entry) && entry.lost.length === 0);
    for (let i = 0; i < Math.min(came.length, went.length); i++) {
      came[i]!.gained = went[i]!.lost = [temporary(came[i]!)];
    }
  }
}

const temporary = ({ instruction }: Entry): string =>
  `the ${instruction === '' ? 'interpreter' : 'instruction'} itself (temporary)`;

function changeText(n: number): string {
  return n > 0 ? `+${n}` : String(n);
}

/** One line an entry, below it who holds the object from then on, or no more. */
export function ledgerText(label: string, entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ what, count, place, instruction, gained, lost }) => [
    `${String(count).padStart(6)}  ${what.padEnd(26)}${place.padEnd(28)} ${instruction}`.trimEnd(),
    ...gained.map((text) => `${' '.repeat(10)}now held by ${text}`),
    ...lost.map((text) => `${' '.repeat(10)}let go by ${text}`),
  ]);
  return `${label}\n${' count'}  ${'what'.padEnd(26)}${'where'.padEnd(28)} instruction\n${lines.join('\n')}\n`;
}
