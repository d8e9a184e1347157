/** Runs one test module in a process of its own, and in further ones where a test ended the process before it was done. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Status = 'passed' | 'failed' | 'skipped';

export interface TestOutcome {
  readonly id: string;
  readonly status: Status;
  /** The exception, the reason of a skip, or how the process ended. */
  readonly detail: string;
}

export interface ModuleOutcome {
  readonly name: string;
  readonly tests: TestOutcome[];
  /** How many tests the module has; null if it could not be loaded. */
  total: number | null;
  /** Why it could not be loaded or not all of it was run; empty otherwise. */
  trouble: string;
  seconds: number;
}

export interface Setup {
  /** The implementation and its arguments; the runner program and its own come after. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly runner: string;
  readonly timeoutMs: number;
  readonly stallMs: number;
  readonly pattern: string | null;
  /** The process recomputes every reference count at its end, and ends badly if one is wrong. */
  readonly audited: boolean;
}

/** What one process did. */
interface Part {
  /** The test that was running when the process ended, or null. */
  running: { number: number; id: string } | null;
  done: boolean;
  endedWell: boolean;
  ending: string;
  noise: string;
}

/** Runs a module to its end, or to the end of its time. A test that ends the process fails; what follows it is run by the next. */
export async function runModule(name: string, setup: Setup): Promise<ModuleOutcome> {
  const outcome: ModuleOutcome = { name, tests: [], total: null, trouble: '', seconds: 0 };
  const start = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'moult-cpython-'));
  try {
    for (let first = 0; ;) {
      const left = setup.timeoutMs - (performance.now() - start);
      const part = await runPart(outcome, first, folder, setup, left);
      if (part.running !== null) {
        outcome.tests.push({ id: part.running.id, status: 'failed', detail: ended(part) });
        first = part.running.number + 1;
      }
      if (part.done) {
        if (setup.audited && !part.endedWell)
          outcome.tests.push({ id: 'audit', status: 'failed', detail: ended(part) });
        break;
      }
      const timeIsUp = performance.now() - start >= setup.timeoutMs;
      if (part.running !== null && part.running.number >= 0 && !timeIsUp) continue;
      if (part.running === null || timeIsUp) outcome.trouble = timeIsUp ? 'the time for the module is up' : ended(part);
      break;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    outcome.seconds = (performance.now() - start) / 1000;
  }
  return outcome;
}

/** How a process ended, with the end of what it wrote where that is not the protocol. */
function ended({ ending, noise }: Part): string {
  const lines = noise.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('    at '));
  const last = lines.findLast((line) => /^\w*(Error|Corruption|Exception)\b/.test(line)) ?? lines.at(-1) ?? '';
  return `${ending}${last === '' ? '' : `: ${last.trim().slice(0, 300)}`}`;
}

/** Runs the tests from number `first` on in one process; adds what it says to the outcome. */
function runPart(outcome: ModuleOutcome, first: number, folder: string, setup: Setup, leftMs: number): Promise<Part> {
  const [file = '', ...own] = setup.argv;
  const pattern = setup.pattern === null ? [] : [setup.pattern];
  const child = spawn(file, [...own, setup.runner, outcome.name, String(first), ...pattern], {
    cwd: folder,
    env: { ...setup.environment, TMPDIR: folder, HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const part: Part = { running: null, done: false, endedWell: false, ending: '', noise: '' };
  const kill = (why: string) => () => {
    part.ending ||= why;
    // The whole group: tests start processes of their own.
    if (child.pid !== undefined) endGroup(child.pid);
  };
  const deadline = setTimeout(kill('ended after the time for the module'), Math.max(leftMs, 1000));
  let stall = setTimeout(kill('timed out'), setup.stallMs);
  createInterface({ input: child.stderr, crlfDelay: Infinity }).on('line', (line) => {
    if (!line.startsWith('\x1e')) {
      part.noise = (part.noise + line + '\n').slice(-4000);
      return;
    }
    clearTimeout(stall);
    stall = setTimeout(kill('timed out'), setup.stallMs);
    hear(line.slice(1).split('\t'), outcome, part);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => {
      clearTimeout(stall);
      clearTimeout(deadline);
      if (child.pid !== undefined) endGroup(child.pid);
      part.endedWell = code === 0;
      part.ending ||= `the process ended with ${signal ?? `exit code ${code}`}`;
      resolve(part);
    });
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Takes one line of the protocol (see runner.py). */
function hear([verb, ...fields]: readonly string[], outcome: ModuleOutcome, part: Part): void {
  const [first = '', id = '', status = '', detail = ''] = fields;
  switch (verb) {
    case 'tests':
      outcome.total = Number(first);
      break;
    case 'start':
      part.running = { number: Number(first), id };
      part.noise = '';
      break;
    case 'end':
      part.running = null;
      outcome.tests.push({ id, status: status as Status, detail });
      break;
    case 'done':
      part.done = true;
      break;
  }
}
