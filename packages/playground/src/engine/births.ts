/**
 * Which allocation an object is: the log of the blocks that a program was given, made while it runs for the first time. An address
 * serves many objects one after the other; the number of its allocation is an object's identity, the same in each run of the program.
 *
 * A moment's events are those before it and after the moment before: what is allocated between the moments m and m + 1 has `bornAt` m + 1.
 */
import { headWords, ObjectWord } from '@moult/heap';
import type { Runtime } from 'moult';
import type { ObjectId } from '../shared/protocol.ts';

/** Allocations that are kept; later ones are objects without a number. */
const MAX_BIRTHS = 1_000_000;
const NEVER = 0x7fffffff;

/** Says which object is which. */
export interface Identities {
  /** Number of the object at `o` as it is at `moment`; negative for one that is older than the program. */
  idOf(rt: Runtime, o: number, moment: number): ObjectId;
  /** Line that allocated it; 0: unknown. */
  lineOf(id: ObjectId): number;
}

/** Numbers the blocks of a run that goes on: right between two moments, too. */
export class LiveBirths implements Identities {
  readonly #births: Births;
  readonly #numbers = new Map<number, number>();
  #made = 0;

  constructor(births: Births) {
    this.#births = births;
  }

  alloc(block: number): void {
    this.#numbers.set(block, ++this.#made);
  }

  free(block: number): void {
    this.#numbers.delete(block);
  }

  idOf(rt: Runtime, o: number): ObjectId {
    return this.#numbers.get(o - headWords(rt, rt.words[o + ObjectWord.Type]!)) ?? -o;
  }

  lineOf(id: ObjectId): number {
    return this.#births.lineOf(id);
  }
}

export class Births implements Identities {
  /** By number, which counts from 1. */
  readonly #bornAt: number[] = [0];
  readonly #diedAt: number[] = [NEVER];
  readonly #lines: number[] = [0];
  readonly #bytes: number[] = [0];
  /** Numbers of the allocations of each block, ascending. */
  readonly #ofBlock = new Map<number, number[]>();
  alive = 0;

  alloc(block: number, nbytes: number, moment: number, line: number): void {
    if (this.#bornAt.length > MAX_BIRTHS) return;
    const number = this.#bornAt.push(moment) - 1;
    this.#diedAt.push(NEVER);
    this.#lines.push(line);
    this.#bytes.push(nbytes);
    const numbers = this.#ofBlock.get(block);
    if (numbers === undefined) this.#ofBlock.set(block, [number]);
    else numbers.push(number);
    this.alive++;
  }

  free(block: number, moment: number): void {
    const number = this.#ofBlock.get(block)?.at(-1);
    if (number === undefined || this.#diedAt[number] !== NEVER) return;
    this.#diedAt[number] = moment;
    this.alive--;
  }

  idOf(rt: Runtime, o: number, moment: number): ObjectId {
    const block = o - headWords(rt, rt.words[o + ObjectWord.Type]!);
    const numbers = this.#ofBlock.get(block) ?? [];
    const alive = numbers.findLast((number) => this.#bornAt[number]! <= moment && this.#diedAt[number]! > moment);
    return alive ?? -o;
  }

  lineOf(id: ObjectId): number {
    return this.#lines[id] ?? 0;
  }

  /** Moment at which it is there for the first time; 0: from the start. */
  bornAt(id: ObjectId): number {
    return this.#bornAt[id] ?? 0;
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
