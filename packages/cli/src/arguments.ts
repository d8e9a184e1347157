/** The command line, as CPython reads it. */

export interface CommandLine {
  /** What to run: a file, code given with `-c`, a module, standard input; or what to say instead. */
  readonly kind: 'file' | 'code' | 'module' | 'stdin' | 'version' | 'help' | 'error';
  /** File name, code, module name, or the error's text. */
  readonly value: string;
  /** `sys.argv[1:]`. */
  readonly rest: readonly string[];
  readonly interactive: boolean;
  readonly quiet: boolean;
  readonly unbuffered: boolean;
  /** `-x`: the first line of the file is not Python. */
  readonly skipFirstLine: boolean;
  readonly optimize: 0 | 1 | 2;
  /** Values of `sys.flags`. */
  readonly flags: Readonly<Record<string, number>>;
  /** `sys.warnoptions`. */
  readonly warnOptions: readonly string[];
  /** `sys._xoptions`. */
  readonly xOptions: Readonly<Record<string, string | true>>;
  /** Metered bytes the program may use; null: the default. */
  readonly memoryLimit: number | null;
  /** The seed of the hashes of str and bytes. */
  readonly hashSeed: number | 'random';
}

/** Variables of the environment that say what options say. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Parsed {
  hashSeed: number | 'random';
  memoryLimit: number | null;
  interactive: boolean;
  quiet: boolean;
  unbuffered: boolean;
  skipFirstLine: boolean;
  optimize: number;
  flags: Record<string, number>;
  warnings: string[];
  xOptions: Record<string, string | true>;
}

type Ended = CommandLine | null;

/** Letters that only count for `sys.flags`. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  b: ['bytes_warning'],
  B: ['dont_write_bytecode'],
  d: ['debug'],
  E: ['ignore_environment'],
  I: ['isolated', 'ignore_environment', 'no_user_site', 'safe_path'],
  P: ['safe_path'],
  s: ['no_user_site'],
  S: ['no_site'],
  v: ['verbose'],
};

/** Compiles without columns. */
const NO_RANGES_OPTION = 'no_debug_ranges';

/** The most frames that `tracemalloc` keeps of a place. */
const MOST_FRAMES = 65535;

/** Flags that are 0 or 1, however often they are given. */
const ONCE = new Set(['isolated', 'ignore_environment', 'no_user_site', 'safe_path', 'no_site', 'dont_write_bytecode']);
const MAX_DIGITS_OPTION = 'int_max_str_digits';

/** Reads the arguments after the program's own name. */
export function parseArguments(args: readonly string[], environment: Environment = {}): CommandLine {
  const parsed: Parsed = {
    hashSeed: 0,
    memoryLimit: null,
    interactive: false,
    quiet: false,
    unbuffered: false,
    skipFirstLine: false,
    optimize: 0,
    flags: {},
    warnings: [],
    xOptions: {},
  };
  const reader = new ArgumentReader(parsed, args);
  const ended = reader.readOptions();
  if (parsed.flags['ignore_environment'] === undefined) applyEnvironment(parsed, environment);
  const fatal = readHashSeed(parsed, environment) ?? readTracedFrames(parsed, environment);
  if (fatal !== null)
    return { kind: 'error', value: fatal, rest: reader.remaining(), ...settings(parsed, environment) };
  return ended === null
    ? target(parsed, reader.remaining(), environment)
    : { ...ended, ...settings(parsed, environment) };
}

class ArgumentReader {
  private at = 0;
  private readonly parsed: Parsed;
  private readonly args: readonly string[];

  constructor(parsed: Parsed, args: readonly string[]) {
    this.parsed = parsed;
    this.args = args;
  }

  remaining(): readonly string[] {
    return this.args.slice(this.at);
  }

  /** Reads options; the command line if one of them ends it. */
  readOptions(): Ended {
    while (this.at < this.args.length) {
      const arg = this.args[this.at] ?? '';
      if (arg === '-' || !arg.startsWith('-')) return null;
      this.at++;
      const ended = arg.startsWith('--') ? this.readLong(arg) : this.readLetters(arg);
      if (ended !== null) return ended;
      if (arg === '--') return null;
    }
    return null;
  }

  private readLong(arg: string): Ended {
    if (arg === '--') return null;
    if (arg === '--version') return this.end('version', '');
    if (arg.startsWith('--help')) return this.end('help', '');
    if (arg === '--check-hash-based-pycs') {
      const mode = this.args[this.at++];
      if (mode !== undefined && ['always', 'default', 'never'].includes(mode)) return null;
      return this.end('error', "--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
    }
    const limit = /^--memory-limit=(.*)$/.exec(arg);
    if (limit === null) return this.end('error', `unknown option ${arg}`);
    this.parsed.memoryLimit = parseSize(limit[1] ?? '');
    return this.parsed.memoryLimit === null
      ? this.end('error', `--memory-limit: '${limit[1] ?? ''}' is no size such as 100M`)
      : null;
  }

  private readLetters(arg: string): Ended {
    for (let j = 1; j < arg.length; j++) {
      const letter = arg[j] ?? '';
      if ('cmWX'.includes(letter)) return this.readValue(letter, arg.slice(j + 1));
      if (letter === 'V') return this.end('version', '');
      if (letter === 'h' || letter === '?') return this.end('help', '');
      if (!this.readSwitch(letter)) return this.end('error', `Unknown option: -${letter}`);
    }
    return null;
  }

  /** An option with a value, attached or in the next word. */
  private readValue(letter: string, attached: string): Ended {
    const value = attached === '' ? this.args[this.at++] : attached;
    if (value === undefined) return this.end('error', `Argument expected for the -${letter} option`);
    if (letter === 'c') return this.end('code', value);
    if (letter === 'm') return this.end('module', value);
    if (letter === 'W') this.parsed.warnings.push(value);
    else readXOption(this.parsed, value);
    return null;
  }

  private readSwitch(letter: string): boolean {
    const { parsed } = this;
    if (letter === 'O') parsed.optimize++;
    else if (letter === 'i') parsed.interactive = true;
    else if (letter === 'q') parsed.quiet = true;
    else if (letter === 'u') parsed.unbuffered = true;
    else if (letter === 'x') parsed.skipFirstLine = true;
    else if (letter === 'R') parsed.hashSeed = 'random';
    else if (SWITCHES[letter] === undefined) return false;
    for (const flag of SWITCHES[letter] ?? []) raiseFlag(parsed, flag);
    return true;
  }

  private end(kind: CommandLine['kind'], value: string): CommandLine {
    return { kind, value, rest: this.remaining(), ...settings(this.parsed, {}) };
  }
}

function raiseFlag(parsed: Parsed, flag: string): void {
  parsed.flags[flag] = ONCE.has(flag) ? 1 : (parsed.flags[flag] ?? 0) + 1;
}

function readXOption(parsed: Parsed, text: string): void {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  parsed.xOptions[name] = equals < 0 ? true : text.slice(equals + 1);
  if (name === 'dev') parsed.flags['dev_mode'] = 1;
  if (name === 'utf8') parsed.flags['utf8_mode'] = parsed.xOptions[name] === '0' ? 0 : 1;
  if (name === 'warn_default_encoding' || name === NO_RANGES_OPTION) parsed.flags[name] = 1;
  if (name === MAX_DIGITS_OPTION) parsed.flags[name] = Number(parsed.xOptions[name]);
}

const FLAG_VARIABLES: Readonly<Record<string, string>> = {
  PYTHONDEBUG: 'debug',
  PYTHONDONTWRITEBYTECODE: 'dont_write_bytecode',
  PYTHONNOUSERSITE: 'no_user_site',
  PYTHONVERBOSE: 'verbose',
  PYTHONSAFEPATH: 'safe_path',
  PYTHONDEVMODE: 'dev_mode',
  PYTHONNODEBUGRANGES: NO_RANGES_OPTION,
};

/** What variables say that no option says. */
function applyEnvironment(parsed: Parsed, environment: Environment): void {
  for (const [variable, flag] of Object.entries(FLAG_VARIABLES)) {
    if ((environment[variable] ?? '') !== '')
      parsed.flags[flag] = Math.max(parsed.flags[flag] ?? 0, variableLevel(environment[variable]));
  }
  if ((environment['PYTHONOPTIMIZE'] ?? '') !== '')
    parsed.optimize = Math.max(parsed.optimize, variableLevel(environment['PYTHONOPTIMIZE']));
  if ((environment['PYTHONUNBUFFERED'] ?? '') !== '') parsed.unbuffered = true;
  if ((environment['PYTHONINSPECT'] ?? '') !== '') parsed.interactive = true;
}

/** Sets the flag `tracemalloc`, the number of frames of each trace, from the option or else the variable; an error's text if that is no
 *  such number. */
function readTracedFrames(parsed: Parsed, environment: Environment): string | null {
  const option = parsed.xOptions['tracemalloc'];
  const variable = parsed.flags['ignore_environment'] === undefined ? environment['PYTHONTRACEMALLOC'] : undefined;
  const text = option === true ? '1' : (option ?? variable ?? '');
  if (text === '') return null;
  const name = option === undefined ? 'PYTHONTRACEMALLOC' : '-X tracemalloc=NFRAME';
  const frames = Number(text);
  if (!/^[0-9]+$/.test(text) || frames > MOST_FRAMES)
    return `Fatal Python error: config_init_tracemalloc: ${name}: invalid number of frames`;
  parsed.flags['tracemalloc'] = frames;
  return null;
}

const MOST_SEED = 4294967295;

/** Sets the seed of hashes from the variable, unless an option did; an error's text if it is none. */
function readHashSeed(parsed: Parsed, environment: Environment): string | null {
  const text = parsed.flags['ignore_environment'] === undefined ? (environment['PYTHONHASHSEED'] ?? '') : '';
  if (text === '' || parsed.hashSeed === 'random') return null;
  if (text !== 'random' && !(/^\s*\+?[0-9]+$/.test(text) && Number(text) <= MOST_SEED)) {
    const range = `[0; ${MOST_SEED}]`;
    return `Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be "random" or an integer in range ${range}`;
  }
  parsed.hashSeed = text === 'random' ? text : Number(text);
  return null;
}

function variableLevel(value: string | undefined): number {
  const level = Number(value);
  return Number.isInteger(level) && level > 0 ? level : 1;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes of a size such as `4096`, `100M` or `1.5G`; null if it is none. */
function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([KMG]?)$/i.exec(text);
  if (match === null) return null;
  return Math.floor(Number(match[1]) * (UNITS[(match[2] ?? '').toUpperCase()] ?? 1));
}

function target(parsed: Parsed, words: readonly string[], environment: Environment): CommandLine {
  const [first, ...rest] = words;
  const kind = first === undefined || first === '-' ? 'stdin' : 'file';
  return { kind, value: first ?? '', rest, ...settings(parsed, environment) };
}

/** `sys.warnoptions`: what the mode implies, the variable, the options. */
function warnOptions(parsed: Parsed, environment: Environment): string[] {
  const bytes = parsed.flags['bytes_warning'] ?? 0;
  const implied = (parsed.flags['dev_mode'] ?? 0) !== 0 ? ['default'] : [];
  const variable = parsed.flags['ignore_environment'] === undefined ? (environment['PYTHONWARNINGS'] ?? '') : '';
  const named = variable.split(',').filter((option) => option !== '');
  return [
    ...implied,
    ...named,
    ...parsed.warnings,
    ...(bytes > 1 ? ['error::BytesWarning'] : bytes === 1 ? ['default::BytesWarning'] : []),
  ];
}

function settings(parsed: Parsed, environment: Environment): Omit<CommandLine, 'kind' | 'value' | 'rest'> {
  const { interactive, quiet, unbuffered, skipFirstLine, memoryLimit, xOptions } = parsed;
  const optimize = Math.min(parsed.optimize, 2) as 0 | 1 | 2;
  const flags = { ...parsed.flags, ...(interactive ? { interactive: 1, inspect: 1 } : {}), quiet: quiet ? 1 : 0 };
  return {
    interactive,
    quiet,
    unbuffered,
    skipFirstLine,
    optimize,
    flags,
    warnOptions: warnOptions(parsed, environment),
    xOptions,
    memoryLimit,
    hashSeed: parsed.hashSeed,
  };
}
