/** What the main thread asks of a worker, and what it gets back. */

/** The sweeps, in the order in which they run. */
export const SWEEPS = ['faults', 'steps', 'collect', 'threads', 'leaks', 'input'] as const;
export type SweepName = (typeof SWEEPS)[number];

/** One program under one sweep. */
export interface Task {
  readonly sweep: SweepName;
  /** how reports call it */
  readonly name: string;
  /** its file; for `leaks` without a golden the name of a module of tests */
  readonly path: string;
  /** the folder in which it runs: the first entry of `sys.path` */
  readonly folder: string;
  /** what it has to print, where that is compared */
  readonly golden: Golden | null;
  /** every k-th N of `faults` and `steps`, or 1; of mutants, how many */
  readonly every: number;
  /** the only N to be looked at, or null; of mutants, the part */
  readonly only: number | null;
}

export interface Golden {
  readonly out: string;
  readonly exitCode: number;
}

export interface Verdict {
  /** how many runs were looked at */
  readonly runs: number;
  /** what was wrong, one text for each; empty when all is well */
  readonly defects: readonly string[];
}

/** What a worker is started with. */
export interface WorkerSetup {
  /** path of the library pack */
  readonly pack: string;
  /** CPython's `Lib`, with its tests, or null */
  readonly library: string | null;
  /** the program that repeats others */
  readonly harness: string;
}
