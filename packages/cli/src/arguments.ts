/** The command line, as CPython reads it. */

export interface CommandLine {
  /** What to run: a file, code given with `-c`, a module, standard input. */
  readonly kind: 'file' | 'code' | 'module' | 'stdin' | 'version' | 'help' | 'error';
  /** File name, code, module name, or the error's text. */
  readonly value: string;
  /** `sys.argv[1:]`. */
  readonly rest: readonly string[];
  readonly interactive: boolean;
  readonly quiet: boolean;
  readonly optimize: 0 | 1 | 2;
  /** Values of `sys.flags`. */
  readonly flags: Readonly<Record<string, number>>;
  /** Metered bytes the program may use; null: the default. */
  readonly memoryLimit: number | null;
}

interface Parsed {
  memoryLimit: number | null;
  interactive: boolean;
  quiet: boolean;
  optimize: number;
  flags: Record<string, number>;
}

/** Letters without effect here, with the flag that `sys.flags` shows. */
const SWITCHES: Readonly<Record<string, string>> = {
  b: 'bytes_warning',
  B: 'dont_write_bytecode',
  d: 'debug',
  E: 'ignore_environment',
  I: 'isolated',
  P: 'safe_path',
  s: 'no_user_site',
  S: 'no_site',
  u: '',
  v: 'verbose',
  x: '',
  R: '',
};

/** Reads the arguments after the program's own name. */
export function parseArguments(args: readonly string[]): CommandLine {
  const parsed: Parsed = { memoryLimit: null, interactive: false, quiet: false, optimize: 0, flags: {} };
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-' || !arg.startsWith('-')) break;
    if (arg === '--version') return finish(parsed, 'version', '', []);
    if (arg === '--help') return finish(parsed, 'help', '', []);
    if (arg.startsWith('--')) {
      if (arg === '--check-hash-based-pycs') {
        i++;
        continue;
      }
      const limit = /^--memory-limit=(.*)$/.exec(arg);
      if (limit === null) return finish(parsed, 'error', `unknown option ${arg}`, []);
      parsed.memoryLimit = parseSize(limit[1] ?? '');
      if (parsed.memoryLimit === null)
        return finish(parsed, 'error', `--memory-limit: '${limit[1] ?? ''}' is no size such as 100M`, []);
      continue;
    }
    const ended = parseLetters(parsed, arg, args, i);
    if (typeof ended === 'object') return ended;
    i += ended;
  }
  return target(parsed, args.slice(i));
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes of a size such as `4096`, `100M` or `1.5G`; null if it is none. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([KMG]?)$/i.exec(text);
  if (match === null) return null;
  return Math.floor(Number(match[1]) * (UNITS[(match[2] ?? '').toUpperCase()] ?? 1));
}

/** Reads one word of letters. Returns how many further words it took, or the whole command line when it ends here. */
function parseLetters(parsed: Parsed, arg: string, args: readonly string[], at: number): CommandLine | number {
  for (let j = 1; j < arg.length; j++) {
    const letter = arg[j] ?? '';
    if (letter === 'c' || letter === 'm') {
      const attached = arg.slice(j + 1);
      const value = attached === '' ? args[at + 1] : attached;
      if (value === undefined) return finish(parsed, 'error', `Argument expected for the -${letter} option`, []);
      return finish(parsed, letter === 'c' ? 'code' : 'module', value, args.slice(at + (attached === '' ? 2 : 1)));
    }
    if (letter === 'X' || letter === 'W') {
      if (j + 1 < arg.length) return 0;
      if (args[at + 1] === undefined) return finish(parsed, 'error', `Argument expected for the -${letter} option`, []);
      return 1;
    }
    if (letter === 'V') return finish(parsed, 'version', '', []);
    if (letter === 'h' || letter === '?') return finish(parsed, 'help', '', []);
    if (letter === 'O') parsed.optimize++;
    else if (letter === 'i') parsed.interactive = true;
    else if (letter === 'q') parsed.quiet = true;
    else if (SWITCHES[letter] === undefined) return finish(parsed, 'error', `Unknown option: -${letter}`, []);
    else if (SWITCHES[letter] !== '') parsed.flags[SWITCHES[letter]] = (parsed.flags[SWITCHES[letter]] ?? 0) + 1;
  }
  return 0;
}

function target(parsed: Parsed, words: readonly string[]): CommandLine {
  const [first, ...rest] = words;
  if (first === undefined || first === '-') return finish(parsed, 'stdin', first ?? '', rest);
  return finish(parsed, 'file', first, rest);
}

function finish(parsed: Parsed, kind: CommandLine['kind'], value: string, rest: readonly string[]): CommandLine {
  const { interactive, quiet, memoryLimit } = parsed;
  const optimize = Math.min(parsed.optimize, 2) as 0 | 1 | 2;
  const flags = { ...parsed.flags, ...(interactive ? { interactive: 1, inspect: 1 } : {}), quiet: quiet ? 1 : 0 };
  return { kind, value, rest, interactive, quiet, optimize, flags, memoryLimit };
}
