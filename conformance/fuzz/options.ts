/** The fuzzer's command line. */
import { availableParallelism } from 'node:os';

export interface FuzzOptions {
  programs: number;
  seed: number;
  jobs: number;
  shrink: boolean;
  /** Let half of the programs look at how far the collector counts. */
  counts: boolean;
  /** Instructions between two audits of the reference counts, or null for none. */
  audit: number | null;
  /** How hot code is that gets a generated function, or null for what is usual. */
  tier: number | null;
  /** where programs that differ are written, or null */
  output: string | null;
  /** mutate programs of the corpus instead of generating ones about memory */
  language: boolean;
  /** files to run instead of generated programs */
  files: string[];
}

export const usage = `usage: npm run fuzz -- [OPTION...] [FILE...]

Runs generated programs in Moult and in an installed CPython 3.12 (MOULT_CPYTHON, pyenv's, or python3.12) and compares
what they print.

  --programs N   how many (default 100)
  --seed S       the seed of the first one (default: by the clock)
  --jobs J       at the same time (default: as many as there are cores)
  --counts       let half of the programs look at how far the collector counts, and let it start by itself
  --language     mutate conformance programs, examples and CPython's tests instead: about the language, not about memory
  --shrink       shrink what differs to the lines that matter
  --audit [N]    in the traced build, recompute every reference count after each N instructions (default 200) and at the end
  --tier N       generate functions for code that was entered or jumped back N times
  --output DIR   write programs that differ there, as DIR/SEED.py
  FILE...        run these programs instead
  --help         show this
`;

/** Thrown for a command line that cannot be understood. */
export class UsageError extends Error {}

/** Reads the command line. Throws UsageError with the offending argument. */
export function parseOptions(args: readonly string[]): FuzzOptions {
  const options: FuzzOptions = {
    programs: 100,
    seed: Date.now() % 1_000_000_000,
    jobs: availableParallelism(),
    shrink: false,
    counts: false,
    audit: null,
    tier: null,
    output: null,
    language: false,
    files: [],
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) applyOption(options, arg, rest);
  return options;
}

const DEFAULT_AUDIT = 200;

function applyOption(options: FuzzOptions, name: string, rest: string[]): void {
  switch (name) {
    case '--programs':
    case '--seed':
    case '--jobs':
    case '--tier':
      options[name.slice(2) as 'programs' | 'seed' | 'jobs' | 'tier'] = numberOf(name, rest.shift());
      return;
    case '--audit':
      options.audit = /^\d+$/.test(rest[0] ?? '') ? Number(rest.shift()) : DEFAULT_AUDIT;
      return;
    case '--counts':
      options.counts = true;
      return;
    case '--language':
      options.language = true;
      return;
    case '--shrink':
      options.shrink = true;
      return;
    case '--output':
      options.output = rest.shift() ?? null;
      return;
    default:
      if (name.startsWith('-')) throw new UsageError(`unknown option ${name}`);
      options.files.push(name);
  }
}

function numberOf(name: string, text: string | undefined): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new UsageError(`${name} needs a whole number, got ${text ?? 'nothing'}`);
  return value;
}
