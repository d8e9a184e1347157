/** The runner's command line. */

export interface Options {
  categories: string[];
  words: string[];
  timeoutMs: number;
  jobs: number;
  verbose: boolean;
  compareErr: boolean;
  json: string | null;
  /** Check conformance/differences instead. */
  differences: boolean;
  /** Instructions between two audits of the reference counts, or null for none. */
  audit: number | null;
  /** Uses after which code gets a generated function, or null for what is usual. */
  tier: number | null;
  /** The command that gets a program's file as its last argument; empty: the CLI of this repository. */
  command: string[];
}

export const usage = `usage: npm run conformance -- [OPTION...] [-- COMMAND...]

Runs the programs of conformance/programs, conformance/seeds and examples and compares what they print with the goldens.

  -c, --category NAME    only this category (may be repeated); the seed programs are the category "seeds",
                         the programs of examples/ the category "examples"
  -k WORD                only programs whose CATEGORY/NAME contains WORD (may be repeated)
  -t, --timeout SECONDS  for each program (default 20)
  -j N                   programs at the same time (default 2)
  -v                     show how each failure differs
  --no-err               do not compare stderr
  --tier N               generate a function for code that was used N times (MOULT_TIER=N), and recompute every reference
                         count at the end
  --audit N              recompute every reference count after each N instructions (MOULT_AUDIT=N MOULT_TRACE=1)
  --json FILE            write the results as JSON
  --differences          prove instead that each of conformance/differences still is one
  --help                 show this
  COMMAND...             another implementation, for example: -- python3.12 -X utf8
`;

/** Thrown for a command line that cannot be understood. */
export class UsageError extends Error {}

/** Reads the command line. Throws UsageError with the offending argument. */
export function parseOptions(args: readonly string[]): Options {
  const options: Options = {
    categories: [],
    words: [],
    timeoutMs: 20_000,
    jobs: 2,
    verbose: false,
    compareErr: true,
    json: null,
    differences: false,
    audit: null,
    tier: null,
    command: [],
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      options.command = rest.splice(0);
    } else {
      applyOption(options, arg, () => valueOf(rest, arg));
    }
  }
  return options;
}

function applyOption(options: Options, name: string, value: () => string): void {
  switch (name) {
    case '-c':
    case '--category':
      options.categories.push(value());
      break;
    case '-k':
      options.words.push(value());
      break;
    case '-t':
    case '--timeout':
      options.timeoutMs = 1000 * positive(name, value());
      break;
    case '-j':
      options.jobs = positive(name, value());
      break;
    case '-v':
      options.verbose = true;
      break;
    case '--no-err':
      options.compareErr = false;
      break;
    case '--differences':
      options.differences = true;
      break;
    case '--tier':
      options.tier = positive(name, value());
      break;
    case '--audit':
      options.audit = positive(name, value());
      break;
    case '--json':
      options.json = value();
      break;
    default:
      throw new UsageError(`unknown argument ${name}`);
  }
}

function valueOf(rest: string[], name: string): string {
  const value = rest.shift();
  if (value === undefined) throw new UsageError(`${name} needs a value`);
  return value;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`${name} needs a positive number, not ${text}`);
  return value;
}
