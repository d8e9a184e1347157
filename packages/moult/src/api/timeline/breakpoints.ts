/** Waiting for something to happen to one object, or for a collection: listeners that a run is watched with. */
import { forEachTracked, generationHead, GENERATIONS, headWords, ObjectWord } from '@moult/heap';
import type { HeapEvents, Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

/** What to wait for. Objects are named by their reference at the moment at which the search begins. */
export type Breakpoint =
  | { readonly kind: 'dies'; readonly object: Ref }
  | { readonly kind: 'count changes'; readonly object: Ref }
  | { readonly kind: 'moves to generation 2'; readonly object: Ref }
  | { readonly kind: 'collection starts'; readonly generation?: number };

const OLDEST = GENERATIONS - 1;
const NOWHERE = -1;

/** Hears what happens while an instruction is made, and calls `hit` if it is what is waited for. */
export class BreakpointListener implements HeapEvents {
  readonly #rt: Runtime;
  readonly #breakpoint: Breakpoint;
  readonly #hit: () => void;
  /** Called when the object's block is handed out: what happened before happened to another object. */
  readonly #born: () => void;
  readonly #object: Ref;
  #block: number;
  #count: number;
  #generation = NOWHERE;
  #collected = 0;

  constructor(rt: Runtime, breakpoint: Breakpoint, block: number, hit: () => void, born: () => void) {
    this.#rt = rt;
    this.#breakpoint = breakpoint;
    this.#hit = hit;
    this.#born = born;
    this.#object = 'object' in breakpoint ? breakpoint.object : 0;
    this.#block = block;
    this.#count = rt.words[this.#object];
  }

  /** At the next instruction: compares the count with what it was at the last one. */
  step(): void {
    if (this.#breakpoint.kind !== 'count changes') return;
    const count = this.#rt.words[this.#object];
    if (count !== this.#count) this.#hit();
    this.#count = count;
  }

  alloc(block: number): void {
    if (block === this.#block) this.#born();
  }

  free(): void {
    // A dead object was heard of by `dealloc`.
  }

  dealloc(o: Ref): void {
    if (o === this.#object && this.#breakpoint.kind === 'dies') this.#hit();
  }

  collectionStart(generation: number): void {
    const { kind } = this.#breakpoint;
    this.#collected = generation;
    if (kind === 'collection starts') {
      if (this.#breakpoint.generation === undefined || this.#breakpoint.generation === generation) this.#hit();
    } else if (kind === 'moves to generation 2' && generation > 0) {
      this.#generation = generationOf(this.#rt, this.#object, generation);
    }
  }

  collectionStop(): void {
    if (this.#breakpoint.kind !== 'moves to generation 2' || this.#collected === 0) return;
    const isYoung = this.#generation >= 0 && this.#generation < OLDEST;
    if (isYoung && generationOf(this.#rt, this.#object, OLDEST) === OLDEST) this.#hit();
    this.#generation = NOWHERE;
  }
}

/** The generation up to `oldest` that an object is in; −1 if it is in none of them. */
function generationOf(rt: Runtime, object: Ref, oldest: number): number {
  let found = NOWHERE;
  for (let i = 0; i <= oldest && found < 0; i++) {
    forEachTracked(rt, generationHead(i), (o) => {
      if (o === object) found = i;
    });
  }
  return found;
}

/** The block that a live object lies in. */
export function blockOf(rt: Runtime, object: Ref): number {
  return object - headWords(rt, rt.words[object + ObjectWord.Type]);
}
