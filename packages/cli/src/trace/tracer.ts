/**
 * Listens to a traced run and counts: what was allocated and freed at which line, when collections ran and what they cost,
 * which finalizers were called. Keeps its numbers in JavaScript; the program's heap is only read.
 */
import type { HeapEvents } from '@moult/heap';
import { forEachTracked, generationHead, headWords, ObjectWord } from '@moult/heap';
import { runningAt } from 'moult';
import type { Runtime } from 'moult';
import { placeNow } from './place.ts';

/** What one line allocated. */
export interface LineCount {
  readonly place: string;
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

export class Tracer implements HeapEvents {
  readonly lines = new Map<string, LineCount>();
  readonly collections: CollectionRecord[] = [];
  readonly deaths = new Map<string, DeathCount>();
  readonly finalizers = new Map<string, FinalizerCall>();
  /** Most metered bytes in use at once, and where. */
  peak = 0;
  peakPlace = '';
  readonly #rt: Runtime;
  readonly #blocks = new Map<number, Block>();
  #started = 0;
  /** False until the first line of the program runs: what making it ready allocates is not counted. */
  #begun = false;

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Where the block of an object was allocated; null: before the program began. */
  placeOf(o: number): string | null {
    return this.#blocks.get(o - headWords(this.#rt, this.#rt.words[o + ObjectWord.Type]))?.line.place ?? null;
  }

  alloc(block: number, _nwords: number, nbytes: number): void {
    if (!this.#hasBegun()) return;
    const place = placeNow(this.#rt);
    let line = this.lines.get(place);
    if (line === undefined) {
      line = { place, blocks: 0, bytes: 0, aliveBlocks: 0, aliveBytes: 0 };
      this.lines.set(place, line);
    }
    line.blocks++;
    line.bytes += nbytes;
    line.aliveBlocks++;
    line.aliveBytes += nbytes;
    this.#blocks.set(block, { line, bytes: nbytes });
    const used = this.#rt.usedBytes();
    if (used <= this.peak) return;
    this.peak = used;
    this.peakPlace = place;
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
    const place = placeNow(this.#rt);
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
      place: placeNow(this.#rt),
      objects,
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
    this.#begun ||= runningAt(this.#rt) !== null;
    return this.#begun;
  }
}
