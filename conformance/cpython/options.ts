/** The command line of the runner for CPython's own tests. */
import { UsageError } from '../options.ts';

export interface Options {
  /** Names of modules to run; empty: all. */
  modules: string[];
  /** Only tests whose name contains this. */
  pattern: string | null;
  jobs: number;
  /** For one module. */
  timeoutMs: number;
  /** For one test. */
  stallMs: number;
  audit: boolean;
  verbose: boolean;
  /** Record what CPython itself passes instead of running Moult. */
  record: boolean;
  /** Merge what was run into the committed results. */
  update: boolean;
  /** The implementation to run; empty: the command of this repository. */
  command: string[];
}

export const usage = `usage: npm run conformance:cpython -- [OPTION...] [-- COMMAND...]

Runs CPython 3.12's own tests, unmodified, on Moult, with the library of the CPython that they come from. That is the one
MOULT_CPYTHON names (the python or its prefix), or the newest 3.12 of pyenv; without one nothing is run.

  --module NAME    only this module (may be repeated); a result is merged into the committed ones with --update
  -k WORD          only tests whose name contains WORD
  --jobs N         modules at the same time (default 2)
  --timeout S      seconds for each module (default 300)
  --stall S        seconds for each test (default 60)
  --audit          in the traced bundle; every reference count is recomputed after each module
  -v               show each failure
  --update         write results.json and results.md (without --module and -k: always)
  --record         run CPython itself and write what it passes (cpython.json)
  COMMAND...       another build of Moult, for example: -- node /tmp/moult/bin/moult.js
`;

/** Reads the command line. Throws UsageError with the offending argument. */
export function parseOptions(args: readonly string[]): Options {
  const options: Options = {
    modules: [],
    pattern: null,
    jobs: 2,
    timeoutMs: 300_000,
    stallMs: 60_000,
    audit: false,
    verbose: false,
    record: false,
    update: false,
    command: [],
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) apply(options, arg, rest);
  options.update ||= options.modules.length === 0 && options.pattern === null && !options.audit;
  return options;
}

function apply(options: Options, name: string, rest: string[]): void {
  const switches: Record<string, () => void> = {
    '--module': () => options.modules.push(valueOf(rest, name)),
    '-k': () => (options.pattern = valueOf(rest, name)),
    '--jobs': () => (options.jobs = positive(rest, name)),
    '--timeout': () => (options.timeoutMs = 1000 * positive(rest, name)),
    '--stall': () => (options.stallMs = 1000 * positive(rest, name)),
    '--audit': () => (options.audit = true),
    '-v': () => (options.verbose = true),
    '--update': () => (options.update = true),
    '--record': () => (options.record = true),
    '--': () => (options.command = rest.splice(0)),
  };
  const action = switches[name];
  if (action === undefined) throw new UsageError(`unknown argument ${name}`);
  action();
}

function valueOf(rest: string[], name: string): string {
  const value = rest.shift();
  if (value === undefined) throw new UsageError(`${name} needs a value`);
  return value;
}

function positive(rest: string[], name: string): number {
  const text = valueOf(rest, name);
  if (!(Number(text) > 0)) throw new UsageError(`${name} needs a positive number, not ${text}`);
  return Number(text);
}
