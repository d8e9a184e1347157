/**
 * Wild data: random and mutated bytes given to `marshal`, to `pickle`, and as the parts of code objects that are then run. Whatever the
 * program makes of them, it ends: by itself, by its limits, or by HeapCorruption, where code of no compiler ruined its
 * heap. The state before is then restored, and an interpreter beside it is unharmed.
 */
import { readFileSync } from 'node:fs';
import { createPython, LimitExceeded } from 'moult';
import type { LibraryPack, Python } from 'moult';
import { attempt, Defects } from './defects.ts';
import type { Verdict } from './task.ts';

const RESERVE_BYTES = 2 ** 28;
const MEMORY = 2 ** 27;
const LIMITS = { steps: 200_000, time: 5_000 };
const MAX_DEFECTS = 20;
/** Audits are taken after every k-th attempt that ended by itself. */
const AUDIT_EVERY = 50;

/** Runs `attempt(seed)` of a program for many seeds. Its first line says whether it may ruin its heap: `# ruins: yes`.
 *  @param first the first seed */
export function sweepWildData(path: string, library: LibraryPack, first: number, count: number): Verdict {
  const source = readFileSync(path, 'utf8');
  const ruins = source.startsWith('# ruins: yes');
  const bystander = start(library);
  bystander.run('values = [[i] for i in range(1000)]');
  const python = start(library);
  const { exitCode, stderr } = python.run(source);
  if (exitCode !== 0) throw new Error(stderr);
  const ready = python.snapshot();
  const defects = new Defects(MAX_DEFECTS);
  for (let seed = first; seed < first + count && !defects.isFull; seed++) {
    const what = attempt(() => {
      runSeed(python, seed, ruins);
    });
    defects.add(`seed ${seed}`, what);
    if (ruins || what !== null) python.restore(ready);
  }
  defects.add(
    'the other interpreter',
    attempt(() => {
      checkUnharmed(bystander);
    }),
  );
  return { runs: count, defects: defects.texts() };
}

function start(library: LibraryPack): Python {
  return createPython({ library, memory: MEMORY, reserveBytes: RESERVE_BYTES });
}

/** Throws what should never be thrown. */
function runSeed(python: Python, seed: number, ruins: boolean): void {
  try {
    const { exitCode, stderr } = python.run(`attempt(${seed})`, LIMITS);
    if (exitCode !== 0 && !ruins) throw new Error(stderr.slice(-600));
  } catch (error) {
    if (!(error instanceof LimitExceeded) && !(ruins && isRuin(error))) throw error;
  }
  if (!ruins && seed % AUDIT_EVERY === 0) python.audit();
}

/** Code that takes one thing for another. */
function isRuin(error: unknown): boolean {
  return error instanceof Error && error.name === 'HeapCorruption';
}

function checkUnharmed(python: Python): void {
  const sum = python.evaluate('sum(v[0] for v in values)');
  if (sum.toJs() !== 499_500) throw new Error('the other interpreter was harmed');
  sum.release();
  python.audit();
  python.close();
}
