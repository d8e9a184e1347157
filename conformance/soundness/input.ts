/**
 * Bad input: programs that mean harm. Each runs within limits, in one of two interpreters of a process. It may fail, be ended, or ruin
 * its own heap, which shows as HeapCorruption; the other interpreter goes on, sound.
 *
 * The first line of a program says how it is to end: `# expect: end` by itself and with a sound heap, `limit` by its limits, `any`
 * in whatever way.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPython, LimitExceeded } from 'moult';
import type { LibraryPack, Python } from 'moult';
import { findPrograms } from '../programs.ts';
import { attempt } from './defects.ts';
import { NodeHost } from '../../packages/cli/src/host.ts';
import { sweepSources } from './sources.ts';
import type { Task, Verdict } from './task.ts';
import { sweepWildData } from './wild-data.ts';

const RESERVE_BYTES = 2 ** 30;
const LIMITS = { steps: 50_000_000, time: 60_000 };
/** For programs that would go on for ever. */
const TIGHT_LIMITS = { steps: 50_000_000, time: 2_000 };
const MEMORY = 512 * 2 ** 20;

type Expectation = 'end' | 'limit' | 'any';

export function sweepInput(task: Task, library: LibraryPack): Verdict {
  if (!task.name.startsWith('wild/')) return sweepProgram(task, library);
  const { path, every: count, only } = task;
  const first = (only ?? 0) * count;
  if (!path.endsWith('.py')) return sweepSources(sourceFiles(path), first, count);
  return sweepWildData(path, library, first, count);
}

/** The programs whose mutants are parsed. */
function sourceFiles(conformance: string): string[] {
  return findPrograms(conformance, { categories: [], words: [] })
    .filter(({ kind }) => kind === 'program' || kind === 'seed')
    .map(({ folder, args }) => join(folder, args[0] ?? ''));
}

function sweepProgram({ path }: Task, library: LibraryPack): Verdict {
  const bystander = start(library);
  bystander.run('values = [[i] for i in range(1000)]');
  const source = readFileSync(path, 'utf8');
  const expected = (/^# expect: (\w+)/.exec(source)?.[1] ?? 'end') as Expectation;
  const harm = attempt(() => {
    provoke(start(library), source, expected);
  });
  const damage = attempt(() => {
    checkUnharmed(bystander);
  });
  return { runs: 1, defects: [harm, damage].filter((what) => what !== null) };
}

function start(library: LibraryPack): Python {
  const clock = new NodeHost();
  const host = { time: () => clock.time(), monotonic: () => clock.monotonic() };
  return createPython({ library, host, memory: MEMORY, reserveBytes: RESERVE_BYTES });
}

/** Runs the program. Throws what is not expected of it. */
function provoke(python: Python, source: string, expected: Expectation): void {
  try {
    const { exitCode, stderr } = python.run(source, expected === 'limit' ? TIGHT_LIMITS : LIMITS);
    if (expected === 'any') return;
    if (expected === 'limit') throw new Error('it came to an end by itself');
    if (exitCode !== 0) throw new Error(stderr.slice(-600));
    python.audit();
    python.close();
  } catch (error) {
    if (expected === 'limit' && error instanceof LimitExceeded) {
      python.audit();
      python.close();
    } else if (!isOwnRuin(error, expected)) throw error;
  }
}

/** A program that writes anywhere ruins its heap: what comes of it is an error of the host that says so. */
function isOwnRuin(error: unknown, expected: Expectation): boolean {
  return expected === 'any' && error instanceof Error && ['HeapCorruption', 'LimitExceeded'].includes(error.name);
}

function checkUnharmed(python: Python): void {
  const sum = python.evaluate('sum(v[0] for v in values)');
  if (sum.toJs() !== 499_500) throw new Error('the other interpreter was harmed');
  sum.release();
  python.audit();
  python.close();
}
