/** The soundness runner's command line. */
import { availableParallelism } from 'node:os';
import { UsageError } from '../options.ts';
import { SWEEPS, type SweepName } from './task.ts';

export interface SoundnessOptions {
  readonly sweeps: SweepName[];
  /** Everything in a form that takes minutes at most. */
  small: boolean;
  words: string[];
  /** `faults` and `steps`: every k-th place only */
  every: number | null;
  /** `faults` and `steps`: this place only */
  only: number | null;
  /** `leaks`: CPython's test modules, not the conformance programs */
  cpython: boolean;
  jobs: number;
  verbose: boolean;
  /** null: what `limitOf` says */
  timeoutMs: number | null;
}

/** Milliseconds for one program: in full, and in the small form. */
const LIMIT_MS = { full: 900_000, small: 120_000 };

export const usage = `usage: npm run soundness -- [SWEEP...] [OPTION...]

Sweeps (default: all of them):
  faults     each allocation of a program fails in turn
  steps      a step budget ends a program at each step in turn
  collect    a full collection at each look at the eval breaker: programs print the same
  threads    threads switch at each look at the eval breaker: programs print the same
  leaks      programs run again and again in one interpreter: references, blocks, handles and host values stay as many
  input      data, addresses, sizes and patterns that are meant to do harm

  --small          in a form that takes minutes: samples of places and programs
  -k WORD          only programs whose name contains WORD (may be repeated)
  --every K        faults, steps: only every K-th place
  --only N         faults, steps: only this place
  --cpython        leaks: the modules of an installed CPython's tests (MOULT_CPYTHON), not the conformance programs
  -j N             at the same time (default: as many as there are cores)
  --timeout S      seconds for one program under one sweep (default 900, with --small 120)
  -v               a line for each program
  --help           show this
`;

/** Reads the command line. Throws UsageError with the offending argument. */
export function parseOptions(args: readonly string[]): SoundnessOptions {
  const options: SoundnessOptions = {
    sweeps: [],
    small: false,
    words: [],
    every: null,
    only: null,
    cpython: false,
    jobs: availableParallelism(),
    verbose: false,
    timeoutMs: null,
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) applyOption(options, arg, rest);
  if (options.sweeps.length === 0) options.sweeps.push(...SWEEPS);
  return options;
}

/** How long one program may take. */
export function limitOf({ timeoutMs, small }: SoundnessOptions): number {
  return timeoutMs ?? (small ? LIMIT_MS.small : LIMIT_MS.full);
}

function applyOption(options: SoundnessOptions, name: string, rest: string[]): void {
  switch (name) {
    case '--small':
      options.small = true;
      return;
    case '--cpython':
      options.cpython = true;
      return;
    case '-v':
      options.verbose = true;
      return;
    case '-k':
      options.words.push(valueOf(name, rest));
      return;
    case '--every':
    case '--only':
      options[name === '--every' ? 'every' : 'only'] = numberOf(name, rest);
      return;
    case '-j':
      options.jobs = numberOf(name, rest);
      return;
    case '--timeout':
      options.timeoutMs = 1000 * numberOf(name, rest);
      return;
    default:
      if (!(SWEEPS as readonly string[]).includes(name)) throw new UsageError(`unknown sweep or option ${name}`);
      options.sweeps.push(name as SweepName);
  }
}

function valueOf(name: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined) throw new UsageError(`${name} needs a value`);
  return value;
}

function numberOf(name: string, rest: string[]): number {
  const text = valueOf(name, rest);
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`${name} needs a whole number from 1, got ${text}`);
  return value;
}
