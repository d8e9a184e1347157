/** Handles: how TypeScript code outside of the heap holds an object. */
import type { Heap } from '../heap.ts';
import type { Ref } from '../memory/ref.ts';
import { newRef } from '../object/refcount.ts';
import { addHandleTake, handleRef, liveHandles, releaseHandle } from './handle-table.ts';

/** Keeps an object alive until it is released: `using handle = heap.handle(ref)`. */
export class Handle {
  readonly heap: Heap;
  #entry: number;

  constructor(heap: Heap, o: Ref) {
    this.heap = heap;
    this.#entry = addHandleTake(heap, newRef(heap, o));
    /* v8 ignore else -- @preserve: the traced build is the one that is measured */
    if (TRACE) heap.handleStacks.set(this.#entry, String(new Error('handle made here').stack));
  }

  /** The object, borrowed. Throws TypeError after `release`. */
  get ref(): Ref {
    if (this.#entry < 0) throw new TypeError('this handle was released');
    return handleRef(this.heap, this.#entry);
  }

  get released(): boolean {
    return this.#entry < 0;
  }

  /** Releases the object; again does nothing.
   *  @runsPython */
  release(): void {
    if (this.#entry < 0) return;
    const entry = this.#entry;
    this.#entry = -1;
    /* v8 ignore else -- @preserve: the traced build is the one that is measured */
    if (TRACE) this.heap.handleStacks.delete(entry);
    releaseHandle(this.heap, entry);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

export interface HandleReport {
  readonly ref: Ref;
  readonly typeName: string;
  /** Where it was made; empty outside of the traced build. */
  readonly stack: string;
}

/** The handles that are not released. */
export function handlesReport(h: Heap): HandleReport[] {
  return liveHandles(h).map(([entry, ref]) => ({
    ref,
    typeName: h.typeNameOf(ref),
    stack: h.handleStacks.get(entry) ?? '',
  }));
}
