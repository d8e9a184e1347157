/** The options of an interpreter and of a run. */
import type { HostInterface } from '../../core/host.ts';
import type { LibraryPack } from '../../stdlib/pack.ts';

/** Limits of one run; what is not given is not limited. */
export interface RunLimits {
  /** Calls and backward jumps of the program. The same program makes the same number of steps in each run. */
  readonly steps?: number;
  /** Milliseconds. Looked at each 256 steps: a single long operation, such as `10 ** 10 ** 8`, is not interrupted. */
  readonly time?: number;
  /** Bytes written to standard output and standard error. */
  readonly output?: number;
}

export interface PythonOptions {
  /** The standard library, of `openPack`. Without one only native modules can be imported. */
  readonly library?: LibraryPack | null;
  /** Files that the program can read and import, by absolute path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** `sys.path`, before the library. Default none. */
  readonly path?: readonly string[];
  /** `sys.argv`. Default `['']`. */
  readonly argv?: readonly string[];
  /** Gets what the program writes to standard output; by default it is in the result of `run`. */
  readonly stdout?: (text: string) => void;
  /** The same for standard error. */
  readonly stderr?: (text: string) => void;
  /** What `input()` and `sys.stdin` read. Default nothing. */
  readonly stdin?: string;
  /** Metered bytes, as CPython would count them, that may be in use at one time: beyond them the program gets MemoryError. */
  readonly memory?: number;
  /** Limits of each run that gives none of its own. */
  readonly limits?: RunLimits;
  /** Clocks, files and whatever else the program is to reach. Standard streams are those above. */
  readonly host?: HostInterface;
  /** Bytes of address space for the heap, committed as they are used. Default 4 GiB. */
  readonly reserveBytes?: number;
  /** As the command line's `-O`: 1 drops assertions, 2 docstrings too. */
  readonly optimize?: 0 | 1 | 2;
  /** As CPython's `PYTHONHASHSEED`: another number gives other hashes of str and bytes. Default 0. */
  readonly hashSeed?: number | 'random';
}

/** Throws RangeError with the value and the bound for a limit that is none. */
export function checkLimits(limits: RunLimits): void {
  for (const name of ['steps', 'time', 'output'] as const) {
    const value = limits[name];
    if (value !== undefined && !(value >= 0)) throw new RangeError(`limit of ${name} is ${value}, not a number from 0`);
  }
}

/** Throws RangeError if the options cannot be. */
export function checkOptions(options: PythonOptions): void {
  checkLimits(options.limits ?? {});
  const { memory } = options;
  if (memory !== undefined && !(memory > 0)) throw new RangeError(`memory of ${memory} bytes is not a number above 0`);
  for (const path of Object.keys(options.files ?? {})) {
    if (!path.startsWith('/')) throw new RangeError(`the file ${path} has no absolute path`);
  }
}
