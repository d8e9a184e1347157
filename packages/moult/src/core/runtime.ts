/**
 * A runtime: one Python interpreter in one heap. Everything that changes while a program runs is in the words (D3);
 * the fields here are views, code tables and the host's callbacks.
 */
import { Heap, ObjectWord, reserveStatic } from '@moult/heap';
import type { HeapFunction, MemoryOptions, Owned, Ref } from '@moult/heap';
import type { CodeData } from '../compiler/code-data.ts';
import { clearException } from './errors.ts';
import { FixedSlot, SLOT_FUNCTIONS } from './functions.ts';
import { setHashKey } from './hash-key.ts';
import { newHostRoom, Recursion } from './host-stack.ts';
import type { HostRoom } from './host-stack.ts';
import type { HostInterface } from './host.ts';
import { ThreadState, ThreadWord } from './layout/thread.ts';
import type { NativeDefinition } from './native.ts';
import { RootNum } from './roots.ts';
import { StaticArea } from './static.ts';
import { STACKS_HEADROOM } from './temps.ts';

export interface RuntimeOptions extends MemoryOptions {
  /** What the program reaches outside of the heap; nothing when absent. */
  host?: HostInterface;
  argv?: readonly string[];
  /** Words of the frame stack. Default 4194304. */
  frameStackWords?: number;
  /** As the command line's `-O`: 1 drops assertions, 2 docstrings too. */
  optimize?: 0 | 1 | 2;
  /** Further values of `sys.flags` by name. */
  flags?: Readonly<Record<string, number>>;
  /** As the command line's `-u`: nothing is held back of standard output and standard error. */
  unbuffered?: boolean;
  /** As CPython's `PYTHONHASHSEED`: the key of the hashes of str and bytes. Default 0, which is none. */
  hashSeed?: number | 'random';
  /** Instructions are executed one by one, none joined with its neighbour: what somebody wants who counts them. */
  singly?: boolean;
  /** How hot code is that gets a generated function: jumps back and calls. Default 2,000; `Infinity` for never. */
  tierHeat?: number;
  /** Run the audit every N instructions (a stress mode); 0 is off. */
  auditInterval?: number;
}

/** A module of a library pack: its source or its code. */
export interface PackEntry {
  readonly source?: string | Uint8Array;
  readonly code?: CodeData;
  readonly isPackage: boolean;
  /** What `__file__` shows. */
  readonly path: string;
  /** What tracebacks show, if that is not the path. */
  readonly codeName?: string;
}

/** See `frames/code-area.ts`, which reserves and uses it. */
export const CODE_AREA_WORDS = 1 << 22;
/** Its first words: lists of free blocks by size class. */
export const CODE_CLASSES = 128;
const NATIVE_STACK_WORDS = 1 << 19;
const STATIC_SEGMENT = 131072;
const METHOD_CACHE_WORDS = 4096 * 4;

/** Looks at the eval breaker that stand for CPython's switch interval of 5 ms. */
export const SLICE_LENGTH = 100_000;

const TIER_HEAT = 2000;
const ADOPT_HEAT = 100;
const TIER_HEAT_MAX = 0x3fffffff;

/** What is thrown for a Python exception (D8): one value, no stack. The exception itself is in the heap. */
export class PythonThrow {
  readonly name = 'PythonThrow';
}
export const PYTHON_THROW = new PythonThrow();

/** Runs the current frame, which `entry` called or is, and returns what `entry` returns or yields; or 0 after about `leash` jumps back and
 *  calls, or where something else is to go on, with its state saved; or −1 where only the loop can go on. `depth`: how many generated
 *  functions have called each other. */
export type Evaluation = (entry: number, leash: number, depth: number) => Owned | 0 | -1;

export class Runtime extends Heap {
  /** High half of the hash returned last. */
  hashHigh = 0;
  /** In the traced build called before each instruction, which is at the current frame's `PrevInstr`, with the frame that this run of the
   *  loop began with. It may read; what it throws leaves the run, after which the state must be restored. */
  beforeInstruction: ((entry: number) => void) | null = null;
  /** Set by `sendGenerator`/`sendValue`: true if the receiver returned, false if it yielded. */
  sendFinished = false;
  /** The evaluation loop for this runtime: made at the first run. */
  evaluate: Evaluation | null = null;
  /** Items that natives have taken from iterators since limits began. */
  itemsTaken = 0;
  /** How often the host's stack ended where nothing had looked: each is a mistake. */
  stackOverflows = 0;
  /** What is known of the host's stack. */
  readonly hostRoom: HostRoom = newHostRoom();
  /** Generated functions (eval/tier): made at the first run. */
  tiers: { find: () => Evaluation | null; noteThrow(): void } | null = null;
  /** The heat (`CodeHead.Heat`) at which code gets a generated function. */
  readonly tierHeat: number;
  /** The heat at which it gets one that was generated for another code. */
  readonly adoptHeat: number;
  /** Set before `PYTHON_THROW` is thrown again for an exception that has its traceback: unit of the throwing instruction. */
  reraisedAt = -1;
  /** Set by `superMethod`: true if it found a function to be called with self. */
  superMethodFound = false;
  readonly options: RuntimeOptions;
  readonly host: HostInterface | null;

  constructor(options: RuntimeOptions = {}) {
    const frameWords = options.frameStackWords ?? 1 << 22;
    super({ ...options, staticWords: 2 * STATIC_SEGMENT + CODE_AREA_WORDS + frameWords + 2 * NATIVE_STACK_WORDS });
    this.options = options;
    this.tierHeat = Math.min(options.tierHeat ?? TIER_HEAT, TIER_HEAT_MAX);
    this.adoptHeat = options.tierHeat === Infinity ? TIER_HEAT_MAX : Math.min(ADOPT_HEAT, this.tierHeat);
    this.host = options.host ?? null;
    shareFunctions(this);
    this.reserveAreas(frameWords);
    setHashKey(this.words, options.hashSeed ?? 0);
  }

  /** `list.append` for a method, `len` for a function: set by `objects/descriptors`. */
  qualifiedNativeName: (def: NativeDefinition, self: Ref) => string = (def) => def.name;

  /** Operations that lower layers need of higher ones; set when `objects/` is installed. */
  /** Warns that a coroutine was never awaited; set by the warnings module. */
  warnUnawaited: (coroutine: Ref) => void = () => undefined;
  newAnextAwaitable: (awaitable: Ref, fallback: Ref) => Owned = missing;
  makeGenericAlias: (type: Ref, args: Ref) => Owned = missing;
  /** `importlib.import_module(name)` for the interpreter's own needs. */
  importModule: (name: string) => Owned = missing;
  /** Modules of the standard library, found before `sys.path` is searched; null: there is none of that name. */
  libraryPack: ((name: string) => PackEntry | null) | null = null;
  /** `_PyObject_LookupSpecial`: see `objects/type/lookup.ts`. */
  lookupSpecial: (o: Ref, name: Ref) => Owned | 0 = missing;
  /** Globals of the running Python function, borrowed; 0 outside of Python code. */
  currentGlobals: () => Ref = () => 0;
  /** `str.encode('utf-8')`, which raises UnicodeEncodeError for surrogates. */
  encodeUtf8: (text: Ref) => Owned = missing;
  /** `__name__` of a module as text; '' if it has none. */
  moduleNameOf: (module: Ref) => string = () => '';
  /** `frozenset(iterable)` */
  newFrozenSet: (iterable: Ref) => Owned = missing;
  /** Warns with DeprecationWarning, which may raise. */
  warnDeprecated: (message: string) => void = () => undefined;
  /** Warns with RuntimeWarning, which may raise. */
  warnRuntime: (message: string) => void = () => undefined;
  /** Class and first argument of the running method, borrowed: what `super()` without arguments takes. */
  superContext: () => [type: Ref, self: Ref] = missing;
  newSequenceIterator: (sequence: Ref) => Owned = missing;
  newCallableIterator: (callable: Ref, sentinel: Ref) => Owned = missing;
  lengthHintSlow: (o: Ref, fallback: number) => number = missing;
  /** Reports the pending exception, which nobody can catch, and clears it; `where` is the function or object at fault
   *  (sys.unraisablehook). */
  writeUnraisable: (where: Ref) => void = () => {
    clearException(this);
  };

  /** Asked from time to time while limits are on (core/limits.ts): whether the run is to end. Must not throw. */
  mustEnd: () => boolean = () => false;

  /** Results of `typeLookup`, to be forgotten at any moment: see `objects/type/lookup.ts`. */
  readonly methodCache = new Int32Array(METHOD_CACHE_WORDS);

  /** All but the free ends of the stacks, which are large. While another thread runs, the main thread's are not at hand. */
  override usedStatic(): [start: number, end: number][] {
    const H = this.words;
    if (H[RootNum.CurrentThread] !== H[RootNum.FirstThread]) return super.usedStatic();
    const ranges: [number, number][] = [];
    let start = 0;
    for (const [top, limit] of [
      [RootNum.FrameTop, RootNum.FrameLimit],
      [RootNum.CodeTop, RootNum.CodeLimit],
      [RootNum.TempTop, RootNum.TempLimit],
      [RootNum.ArgTop, RootNum.ArgLimit],
    ] as const) {
      ranges.push([start, H[top]]);
      start = H[limit];
    }
    return [...ranges, ...super.usedStatic().map(([, end]): [number, number] => [start, end])];
  }

  private reserveAreas(frameWords: number): void {
    const H = this.words;
    const start = reserveStatic(this, StaticArea.End - StaticArea.Start, STATIC_SEGMENT);
    if (start !== (StaticArea.Start as number)) throw new Error(`static area starts at ${start}`);
    const frames = reserveStatic(this, frameWords);
    H[RootNum.FrameBase] = H[RootNum.FrameTop] = frames;
    H[RootNum.FrameLimit] = frames + frameWords;
    H[RootNum.CodeArea] = reserveStatic(this, CODE_AREA_WORDS);
    H[RootNum.CodeTop] = H[RootNum.CodeArea] + CODE_CLASSES;
    H[RootNum.CodeLimit] = H[RootNum.CodeArea] + CODE_AREA_WORDS;
    const temps = reserveStatic(this, NATIVE_STACK_WORDS);
    H[RootNum.TempBase] = H[RootNum.TempTop] = temps;
    H[RootNum.TempLimit] = temps + NATIVE_STACK_WORDS - STACKS_HEADROOM;
    const args = reserveStatic(this, NATIVE_STACK_WORDS);
    H[RootNum.ArgBase] = H[RootNum.ArgTop] = args;
    H[RootNum.ArgLimit] = args + NATIVE_STACK_WORDS - STACKS_HEADROOM;
    H[RootNum.RecursionLimit] = H[RootNum.RecursionRemaining] = 1000;
    H[RootNum.NativeRecursionRemaining] = Recursion.Limit;
    H[RootNum.NextTypeVersion] = 1;
    H[RootNum.NextFunctionVersion] = 1;
    H[RootNum.NextDictKeysVersion] = 1;
    H[RootNum.ExcInfo] = RootNum.ExcBaseValue;
    const thread = reserveStatic(this, ThreadWord.Words);
    H[RootNum.CurrentThread] = H[RootNum.FirstThread] = H[RootNum.LastThread] = thread;
    H[thread + ThreadWord.State] = ThreadState.Running;
    H[RootNum.SliceLength] = H[RootNum.SliceLeft] = SLICE_LENGTH;
  }
}

/** Slot functions and the heap's destructors are one table: the heap's come first. */
function shareFunctions(rt: Runtime): void {
  const table = SLOT_FUNCTIONS as unknown as HeapFunction[];
  for (let i = 1; i < (FixedSlot.NextNotImplemented as number); i++) {
    const fn = rt.functions[i];
    if (fn !== undefined) table[i] = fn;
  }
  (rt as { functions: HeapFunction[] }).functions = table;
}

function missing(): never {
  throw new Error('the object layer is not installed');
}

/** The type of an object. */
export function typeOf(rt: Runtime, o: Ref): Ref {
  return rt.words[o + ObjectWord.Type] as Ref;
}
