/** What the page's head starts before the page's own code is there (`build/engine.ts`): the engine, and in it the first program unless the
 *  address names another one. */
import type { FromWorker } from './protocol.ts';

export interface EarlyEngine {
  readonly worker: Worker;
  /** What it was asked to run; null: nothing yet. */
  readonly source: string | null;
  /** What it has said so far. */
  readonly heard: FromWorker[];
}

/** The number of the request that was made early. */
export const EARLY_REQUEST = 1;

declare global {
  interface Window {
    earlyEngine?: EarlyEngine;
  }
}
