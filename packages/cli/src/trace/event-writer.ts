/**
 * Events as a stream of short lines (docs/inspect.md, *Events*), written while the program runs; the reader is `events.ts`.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { HeapEvents } from '@moult/heap';
import { Places } from 'moult';
import type { Runtime } from 'moult';
import { EVENTS_HEAD, number } from './events.ts';

/** Characters that are written at once. */
const PIECE = 1 << 16;

export class EventWriter implements HeapEvents {
  count = 0;
  readonly incref?: (o: number) => void;
  readonly decref?: (o: number) => void;
  readonly #rt: Runtime;
  readonly #fd: number;
  readonly #places: Places;
  #text = `${EVENTS_HEAD}\n`;
  #place = -1;
  #knownPlaces = 0;
  readonly #types = new Map<string, number>();
  #other: HeapEvents | null = null;

  /** `references`: changes of reference counts are written too, but for those that instructions make. */
  constructor(rt: Runtime, path: string, references: boolean) {
    this.#rt = rt;
    this.#fd = openSync(path, 'w');
    this.#places = new Places(rt);
    if (!references) return;
    this.incref = (o) => this.#write(`+${number(o)}`);
    this.decref = (o) => this.#write(`-${number(o)}`);
  }

  /** This listener, which tells `other` what it hears of allocations, deaths, finalizers and collections. */
  alsoTelling(other: HeapEvents): this {
    this.#other = other;
    return this;
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
  }

  alloc(block: number, nwords: number, nbytes: number): void {
    this.#other?.alloc(block, nwords, nbytes);
    this.#write(`a${number(block)} ${number(nbytes)}`);
  }

  free(block: number, nwords: number, nbytes: number): void {
    this.#other?.free(block, nwords, nbytes);
    this.#write(`f${number(block)}`);
  }

  dealloc(o: number): void {
    this.#other?.dealloc?.(o);
    this.#write(`d${number(o)} ${this.#type(o)}`);
  }

  track(o: number): void {
    this.#write(`k${number(o)}`);
  }

  untrack(o: number): void {
    this.#write(`u${number(o)}`);
  }

  finalize(o: number): void {
    this.#other?.finalize?.(o);
    this.#write(`z${number(o)} ${this.#type(o)}`);
  }

  clear(o: number): void {
    this.#write(`c${number(o)}`);
  }

  weakrefCallback(wr: number): void {
    this.#write(`w${number(wr)}`);
  }

  collectionStart(generation: number): void {
    this.#other?.collectionStart?.(generation);
    this.#write(`(${generation}`);
  }

  phase(name: string): void {
    this.#write(`|${name}`);
  }

  collectionStop(generation: number, collected: number, uncollectable: number): void {
    this.#other?.collectionStop?.(generation, collected, uncollectable);
    this.#write(`)${generation} ${number(collected)} ${number(uncollectable)}`);
  }

  #write(line: string): void {
    this.count++;
    const place = this.#places.now();
    if (place !== this.#place) this.#moveTo(place);
    this.#text += `${line}\n`;
    if (this.#text.length >= PIECE) this.#flush();
  }

  #moveTo(place: number): void {
    const { list } = this.#places;
    for (; this.#knownPlaces < list.length; this.#knownPlaces++) {
      const { filename, line, function: name } = list[this.#knownPlaces]!;
      this.#text += `p${number(line)} ${name} ${filename}\n`;
    }
    this.#place = place;
    this.#text += `@${number(place)}\n`;
  }

  #type(o: number): string {
    const name = this.#rt.typeNameOf(o);
    let known = this.#types.get(name);
    if (known === undefined) {
      this.#types.set(name, (known = this.#types.size));
      this.#text += `t${name}\n`;
    }
    return number(known);
  }

  #flush(): void {
    writeSync(this.#fd, this.#text);
    this.#text = '';
  }
}
