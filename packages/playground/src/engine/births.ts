/**
 * Which object is which. An address serves many objects one after the other, so an object's identity is the number of its birth, counted
 * from the program's first line: the same in each run of the same program.
 *
 * A birth is an allocation, or an object out of a free list, of which nobody hears before the collector is told of it. A moment's births
 * are those before it and after the moment before: what is born between the moments m and m + 1 has `bornAt` m + 1.
 */
import { headWords, ObjectWord } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import type { Runtime } from 'moult';
import type { ObjectId } from '../shared/protocol.ts';

/** Births that are kept; later ones are objects without a number. */
const MAX_BIRTHS = 1_000_000;
const NEVER = 0x7fffffff;

/** Says which object is which. */
export interface Identities {
  /** Number of the object at `o` as it is at `moment`; negative for one that is older than the program. */
  idOf(rt: Runtime, o: number, moment: number): ObjectId;
  /** Line that it was born at; 0: unknown. */
  lineOf(id: ObjectId): number;
  /** Whether an import made it: it is a module's, then, and not the program's. */
  isImported(id: ObjectId): boolean;
}

/** The block that an object lies in. */
export function blockOf(rt: Runtime, o: number): number {
  return o - headWords(rt, rt.words[o + ObjectWord.Type]!);
}

/** Is told of births, in their order, and of blocks that hold nobody any more. */
export interface BirthListener {
  born(block: number, nbytes: number): void;
  gone(block: number): void;
}

/** The events that births are found by. To be merged into a listener of a run, from its first step on. */
export function birthEvents(rt: Runtime, listener: BirthListener): Required<Pick<HeapEvents, BirthEvent>> {
  const inhabited = new Set<number>();
  /** Blocks whose object died, and that were not given back: a free list may keep them. */
  const left = new Set<number>();
  const born = (block: number, nbytes: number): void => {
    inhabited.add(block);
    left.delete(block);
    listener.born(block, nbytes);
  };
  return {
    alloc: (block, _nwords, nbytes) => born(block, nbytes),
    free: (block) => {
      left.delete(block);
      if (inhabited.delete(block)) listener.gone(block);
    },
    track: (o) => {
      const block = blockOf(rt, o);
      if (inhabited.has(block) && !left.has(block)) return;
      if (inhabited.has(block)) listener.gone(block);
      born(block, 0);
    },
    dealloc: (o) => left.add(blockOf(rt, o)),
    // It may come back to life, and is tracked again then.
    finalize: (o) => left.delete(blockOf(rt, o)),
  };
}

type BirthEvent = 'alloc' | 'free' | 'track' | 'dealloc' | 'finalize';

/** Numbers the objects of a run that goes on: right between two moments, too. */
export class LiveBirths implements Identities, BirthListener {
  readonly #births: Births;
  readonly #numbers = new Map<number, number>();
  #made = 0;

  constructor(births: Births) {
    this.#births = births;
  }

  born(block: number): void {
    this.#numbers.set(block, ++this.#made);
  }

  gone(block: number): void {
    this.#numbers.delete(block);
  }

  idOf(rt: Runtime, o: number): ObjectId {
    return this.#numbers.get(blockOf(rt, o)) ?? -o;
  }

  lineOf(id: ObjectId): number {
    return this.#births.lineOf(id);
  }

  isImported(id: ObjectId): boolean {
    return this.#births.isImported(id);
  }
}

/** The log of all births and deaths, made while a program runs for the first time. */
export class Births implements Identities, BirthListener {
  /** By number, which counts from 1. */
  readonly #bornAt: number[] = [0];
  readonly #diedAt: number[] = [NEVER];
  readonly #lines: number[] = [0];
  readonly #bytes: number[] = [0];
  /** Numbers of the objects of each block, ascending. */
  readonly #ofBlock = new Map<number, number[]>();
  alive = 0;
  /** Line that runs, and the moment that comes next. */
  line = 0;
  next = 0;
  readonly #imports: ReadonlySet<number>;

  /** `imports`: the lines of import statements. */
  constructor(imports: ReadonlySet<number>) {
    this.#imports = imports;
  }

  born(block: number, nbytes: number): void {
    if (this.#bornAt.length > MAX_BIRTHS) return;
    const number = this.#bornAt.push(this.next) - 1;
    this.#diedAt.push(NEVER);
    this.#lines.push(this.line);
    this.#bytes.push(nbytes);
    const numbers = this.#ofBlock.get(block);
    if (numbers === undefined) this.#ofBlock.set(block, [number]);
    else numbers.push(number);
    this.alive++;
  }

  gone(block: number): void {
    const number = this.#ofBlock.get(block)?.at(-1);
    if (number === undefined || this.#diedAt[number] !== NEVER) return;
    this.#diedAt[number] = this.next;
    this.alive--;
  }

  idOf(rt: Runtime, o: number, moment: number): ObjectId {
    const numbers = this.#ofBlock.get(blockOf(rt, o));
    if (numbers === undefined) return -o;
    for (let i = numbers.length - 1; i >= 0; i--) {
      const number = numbers[i]!;
      if (this.#bornAt[number]! <= moment && this.#diedAt[number]! > moment) return number;
    }
    return -o;
  }

  /** Whether the program made the object at `o`, which is alive now, and no import did. */
  isOwn(rt: Runtime, o: number): boolean {
    const number = this.#ofBlock.get(blockOf(rt, o))?.at(-1);
    return number !== undefined && this.#diedAt[number] === NEVER && !this.isImported(number);
  }

  lineOf(id: ObjectId): number {
    return this.#lines[id] ?? 0;
  }

  isImported(id: ObjectId): boolean {
    return this.#imports.has(this.lineOf(id));
  }

  /** Blocks and bytes by line. */
  heat(): { line: number; blocks: number; bytes: number }[] {
    const byLine = new Map<number, { line: number; blocks: number; bytes: number }>();
    this.#lines.forEach((line, number) => {
      if (line === 0) return;
      const entry = byLine.get(line) ?? { line, blocks: 0, bytes: 0 };
      entry.blocks++;
      entry.bytes += this.#bytes[number]!;
      byLine.set(line, entry);
    });
    return [...byLine.values()].sort((a, b) => a.line - b.line);
  }
}
