/**
 * Listens to a traced run and counts: what was allocated and freed at which line, when collections ran and what they cost,
 * which finalizers were called. Keeps its numbers in JavaScript; the program's heap is only read.
 */
import type { HeapEvents } from '@moult/heap';
import { forEachTracked, generationHead, headWords, ObjectWord } from '@moult/heap';
import { INTERPRETER, Places } from 'moult';
import type { Runtime } from 'moult';

/** What one line allocated. */
export interface LineCount {
  readonly place: string;
  /** Number of the place. */
  readonly at: number;
  blocks: number;
  bytes: number;
  aliveBlocks: number;
  aliveBytes: number;
}

export interface CollectionRecord {
  readonly generation: number;
  readonly place: string;
  /** Objects in the generations that were looked at. */
  readonly objects: number;
  /** Blocks that had been allocated when it began. */
  readonly when: number;
  collected: number;
  uncollectable: number;
  milliseconds: number;
}

interface DeathCount {
  readonly typeName: string;
  count: number;
}

interface FinalizerCall {
  readonly typeName: string;
  readonly place: string;
  count: number;
}

interface Block {
  readonly line: LineCount;
  readonly bytes: number;
}

/** Bytes in use after so many blocks had been allocated. */
export interface Use {
  readonly blocks: number;
  readonly bytes: number;
}

/** Moments at which the bytes in use are noted, at most. */
const MOST_USES = 512;

export class Tracer implements HeapEvents {
  readonly places: Places;
  readonly lines = new Map<string, LineCount>();
  readonly collections: CollectionRecord[] = [];
  readonly deaths = new Map<string, DeathCount>();
  readonly finalizers = new Map<string, FinalizerCall>();
  /** Most metered bytes in use at once, where, and after how many blocks. */
  peak = 0;
  peakPlace = '';
  peakWhen = 0;
  /** Blocks allocated. */
  made = 0;
  readonly uses: Use[] = [];
  #useInterval = 1;
  readonly #rt: Runtime;
  readonly #blocks = new Map<number, Block>();
  readonly #byPlace: LineCount[] = [];
  #started = 0;
  /** False until the first line of the program runs: what making it ready allocates is not counted. */
  #begun = false;

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.places = new Places(rt);
  }

  /** Where the block of an object was allocated; null: before the program began. */
  placeOf(o: number): string | null {
    return this.#lineOf(o)?.place ?? null;
  }

  /** The same as a number of `places`; −1: before the program began. */
  placeNumberOf(o: number): number {
    return this.#lineOf(o)?.at ?? -1;
  }

  alloc(block: number, _nwords: number, nbytes: number): void {
    if (!this.#hasBegun()) return;
    const line = this.#lineNow();
    line.blocks++;
    line.bytes += nbytes;
    line.aliveBlocks++;
    line.aliveBytes += nbytes;
    this.#blocks.set(block, { line, bytes: nbytes });
    const used = this.#rt.usedBytes();
    if (this.made++ % this.#useInterval === 0) this.#noteUse(used);
    if (used <= this.peak) return;
    this.peak = used;
    this.peakPlace = line.place;
    this.peakWhen = this.made;
  }

  free(block: number): void {
    const known = this.#blocks.get(block);
    if (known === undefined) return;
    known.line.aliveBlocks--;
    known.line.aliveBytes -= known.bytes;
    this.#blocks.delete(block);
  }

  dealloc(o: number): void {
    if (!this.#begun) return;
    const typeName = this.#rt.typeNameOf(o);
    const count = this.deaths.get(typeName);
    if (count === undefined) this.deaths.set(typeName, { typeName, count: 1 });
    else count.count++;
  }

  finalize(o: number): void {
    const typeName = this.#rt.typeNameOf(o);
    const place = this.#placeNow();
    const key = `${typeName} ${place}`;
    const call = this.finalizers.get(key);
    if (call === undefined) this.finalizers.set(key, { typeName, place, count: 1 });
    else call.count++;
  }

  collectionStart(generation: number): void {
    if (!this.#hasBegun()) return;
    let objects = 0;
    for (let i = 0; i <= generation; i++) forEachTracked(this.#rt, generationHead(i), () => objects++);
    this.collections.push({
      generation,
      place: this.#placeNow(),
      objects,
      when: this.made,
      collected: 0,
      uncollectable: 0,
      milliseconds: 0,
    });
    this.#started = performance.now();
  }

  collectionStop(_generation: number, collected: number, uncollectable: number): void {
    const record = this.collections.at(-1);
    if (record === undefined) return;
    record.milliseconds = performance.now() - this.#started;
    record.collected = collected;
    record.uncollectable = uncollectable;
  }

  #hasBegun(): boolean {
    this.#begun ||= this.places.now() !== INTERPRETER;
    return this.#begun;
  }

  #placeNow(): string {
    return this.places.text(this.places.now());
  }

  #lineOf(o: number): LineCount | undefined {
    return this.#blocks.get(o - headWords(this.#rt, this.#rt.words[o + ObjectWord.Type]))?.line;
  }

  #lineNow(): LineCount {
    const at = this.places.now();
    let line = this.#byPlace[at];
    if (line === undefined) {
      const place = this.places.text(at);
      line = { place, at, blocks: 0, bytes: 0, aliveBlocks: 0, aliveBytes: 0 };
      this.#byPlace[at] = line;
      this.lines.set(place, line);
    }
    return line;
  }

  /** Keeps every second one when there are too many. */
  #noteUse(bytes: number): void {
    this.uses.push({ blocks: this.made, bytes });
    if (this.uses.length < MOST_USES) return;
    this.uses.splice(0, Infinity, ...this.uses.filter((_, i) => i % 2 === 0));
    this.#useInterval *= 2;
  }
}
