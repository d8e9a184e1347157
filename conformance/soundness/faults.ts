/**
 * Every allocation fails: for each N until the program no longer notices, the N-th allocation of `test` is refused. The
 * program ends with a traceback or handles it; then every count is right, no block is lost, and after a whole end of the interpreter
 * nothing mortal is left.
 */
import { failAllocation, pendingFailure } from '@moult/heap';
import { attempt, Defects } from './defects.ts';
import type { Lab } from './lab.ts';
import type { Task, Verdict } from './task.ts';

/** Ends of the interpreter take long: only after every k-th failure. */
const END_EVERY = 16;
/** A program with more allocations is looked at in as many places, evenly. */
const MAX_RUNS = 4000;
/** More allocations than a program makes. */
const NEVER = 2 ** 30;
/** Different ones, for a program; more say little that is new. */
const MAX_DEFECTS = 20;

export function sweepFaults(lab: Lab, { every, only }: Task): Verdict {
  const defects = new Defects(MAX_DEFECTS);
  const watch = new FaultWatch(lab);
  const stride = Math.max(every, Math.ceil(watch.countAllocations() / MAX_RUNS));
  let runs = 0;
  for (let n = only ?? 1; !defects.isFull; n += stride) {
    lab.restart();
    const what = attempt(() => watch.failAt(n));
    runs++;
    if (what !== null) defects.add(`allocation ${n}`, what, watch.place());
    if (!watch.happened) break;
    if (what === null && (runs % END_EVERY === 0 || only !== null))
      defects.add(
        `allocation ${n}, at the end`,
        attempt(() => lab.end()),
        watch.place(),
      );
    if (only !== null) break;
  }
  return { runs, defects: defects.texts() };
}

/** Functions below those that matter. */
const ALLOCATORS = /at (.*onOutOfMemory|countAllocation|charge|meter|alloc\w*|realloc\w*|gcNew\w*) /;

/** Lets allocations fail, and remembers where. */
class FaultWatch {
  happened = false;
  #stack = '';

  constructor(readonly lab: Lab) {
    const { rt } = lab;
    const refuse = rt.onOutOfMemory;
    rt.onOutOfMemory = (nbytes) => {
      if (!this.happened) this.#stack = new Error().stack ?? '';
      this.happened = true;
      return refuse(nbytes);
    };
  }

  /** How many allocations the test makes when none fails. */
  countAllocations(): number {
    const { lab } = this;
    lab.restart();
    failAllocation(lab.rt, NEVER);
    lab.test();
    const left = pendingFailure(lab.rt);
    failAllocation(lab.rt, 0);
    return NEVER - left;
  }

  /** Runs the test with the `n`-th allocation refused. Throws what should never be thrown. */
  failAt(n: number): void {
    const { rt } = this.lab;
    this.happened = false;
    this.#stack = '';
    failAllocation(rt, n);
    try {
      this.lab.test();
      this.happened ||= pendingFailure(rt) === 0;
    } finally {
      failAllocation(rt, 0);
    }
    this.lab.forget();
    this.lab.audit();
  }

  /** The functions in which the allocation was. */
  place(): string {
    const frames = this.#stack.split('\n').slice(1);
    return frames
      .filter((line) => !ALLOCATORS.test(line))
      .slice(0, 12)
      .join('\n');
  }
}
