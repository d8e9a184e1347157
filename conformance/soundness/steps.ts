/**
 * A step budget ends the program at each of its steps: nobody may catch that, what owns references lets them go, and afterwards
 * the interpreter can be used, or closed, with nothing lost.
 */
import { LimitExceeded } from 'moult';
import { attempt, Defects } from './defects.ts';
import type { Lab } from './lab.ts';
import type { Task, Verdict } from './task.ts';

/** Different ones, for a program. */
const MAX_DEFECTS = 20;
/** Ends of the interpreter take long: only after every k-th run. */
const END_EVERY = 16;
/** A program with more steps is looked at in as many places, evenly. */
const MAX_RUNS = 3000;

export function sweepSteps(lab: Lab, { every, only }: Task): Verdict {
  const defects = new Defects(MAX_DEFECTS);
  lab.restart();
  const total = lab.python.run('test()').steps;
  const stride = Math.max(every, Math.ceil(total / MAX_RUNS));
  let runs = 0;
  for (let steps = only ?? 0; steps < total && !defects.isFull; steps += stride) {
    lab.restart();
    const what = attempt(() => {
      endAfter(lab, steps);
    });
    runs++;
    if (what !== null) defects.add(`step ${steps}`, what);
    else if (runs % END_EVERY === 0 || only !== null)
      defects.add(
        `step ${steps}, at the end`,
        attempt(() => {
          lab.end();
        }),
      );
    if (only !== null) break;
  }
  return { runs, defects: defects.texts() };
}

/** Runs the test with so many steps. Throws what should never be thrown. */
function endAfter(lab: Lab, steps: number): void {
  try {
    lab.python.run('test()', { steps });
  } catch (error) {
    if (!(error instanceof LimitExceeded)) throw error;
    lab.forget();
    lab.audit();
    using two = lab.python.evaluate('1 + 1');
    if (two.toJs() !== 2) throw new Error('the interpreter cannot count any more');
    return;
  }
  throw new Error('the run was not ended');
}
