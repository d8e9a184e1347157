/** The heap's size at moments spread over a run: always at most as many as a chart can show. */
import { generationHead, GenWord } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

export interface Sample {
  readonly step: number;
  /** Metered bytes in use. */
  readonly bytes: number;
  /** Blocks that the program has and did not have when it began. */
  readonly blocks: number;
  /** The counts of the three generations. */
  readonly counts: readonly [number, number, number];
}

const MOST = 1024;

export class Samples {
  readonly list: Sample[] = [];
  /** Blocks handed out less those given back. */
  alive = 0;
  #interval = 1;
  /** The step at which the next one is due. */
  next = 0;

  /** Takes one, if it is due. */
  take(rt: Runtime, step: number): void {
    if (step < this.next) return;
    const counts = [0, 1, 2].map((i) => rt.words[generationHead(i) + GenWord.Count]) as [number, number, number];
    this.list.push({ step, bytes: rt.usedBytes(), blocks: this.alive, counts });
    if (this.list.length > MOST) {
      this.list.splice(0, Infinity, ...this.list.filter((_, i) => i % 2 === 0));
      this.#interval *= 2;
    }
    this.next = step + this.#interval;
  }
}
