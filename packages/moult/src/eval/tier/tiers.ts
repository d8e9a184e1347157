/**
 * The second tier: code that ran often gets a JavaScript function of its own, generated from its units (`generate.ts`).
 *
 * The frame stays in the words, as in the loop, and is complete whenever anything can look at it; so the loop and a generated function can
 * take over from each other between any two instructions. A generated function does what the loop does, without looking instructions up,
 * with inline caches as guards, and with operands that are not counted while nobody can see them. It returns to `run.ts` where
 * the loop would go on with another frame, and where something is not as expected.
 *
 * The word `CodeHead.Heat` of a code counts what is a sign of use, jumps back and starts of frames. At `Runtime.adoptHeat` the code gets
 * a function that there is for its shape, at `Runtime.tierHeat` a new one, and the word then says which. Functions are of this process, the word is of the heap: a word that came with a snapshot is
 * known by its function not being that of these units.
 */
import type { Owned } from '@moult/heap';
import { FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { RootNum } from '../../core/roots.ts';
import type { Evaluation, Runtime } from '../../core/runtime.ts';
import { CodeHead, Heat } from '../../frames/code-area.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { executable } from '../../frames/frames.ts';
import { functionSource, Generator } from './generate.ts';
import { LIBRARY } from './library.ts';
import { shapeOf } from './shape.ts';
import { DEPTH_MAX } from './writer.ts';

/** Taken at once: a program that runs asks for no global of the engine. */
const FunctionConstructor = Function;

/** How often a code may find other things than its function expects before it gets another function. */
const MISSES_MAX = 20;
/** Functions that a code may have one after the other. */
const FUNCTIONS_MAX = 6;
/** Longer code stays with the loop: V8 does not optimise a function of more than 60 KB of its bytecode, which is about as many characters
 *  of source. */
const UNITS_MAX = 2000;
const SOURCE_MAX = 62_000;
/** Characters of a name in profiles. */
const NAME_MAX = 60;

/** A generated function, for all codes of one shape. */
interface Generated {
  readonly run: Evaluation;
  /** 1 for each unit at which it may begin. */
  readonly entries: Uint8Array;
}

/** The function of one code object. */
interface Tier extends Generated {
  /** Index of its first unit. */
  readonly units: number;
  readonly history: History;
  misses: number;
}

/** What is remembered about codes made from one place of a source. */
interface History {
  /** Units at which something else came than was expected. */
  readonly missed: Map<number, number>;
  functions: number;
}

/** Numbers for the functions of one runtime: no two of a process use the same. */
const NUMBERS = 1 << 16;
let runtimes = 0;

export class Tiers {
  /** By number less `base`; each number is used once. */
  private readonly tiers: (Tier | null)[] = [];
  private readonly base = (Heat.First as number) + (runtimes++ % (Heat.First / NUMBERS)) * NUMBERS;
  private readonly shapes = new Map<string, Generated>();
  private readonly histories = new Map<string, History>();
  /** Codes for which there was no function at their first heat. */
  private readonly asked = new WeakSet<ExecutableCode>();
  private allowed = true;

  constructor(private readonly rt: Runtime) {}

  /** The function for the current frame, which is made if its code is hot; null if the loop is to go on. */
  readonly find = (): Evaluation | null => {
    const H = this.rt.words;
    const frame = H[RootNum.CurrentFrame];
    const units = H[H[frame] + CodeWord.Units];
    const heat = H[units + CodeHead.Heat];
    if (heat < this.rt.adoptHeat) return null;
    const i = (heat - this.base) | 0;
    const tier = i >= 0 && i < this.tiers.length ? this.tiers[i] : null;
    if (tier === null || tier.units !== units) return this.provide(frame, units);
    return tier.entries[H[frame + FrameWord.PrevInstr] + 1] === 1 ? tier.run : null;
  };

  /** The heat of the current frame's code. */
  private readonly heatOf = (): number => {
    const H = this.rt.words;
    return H[H[H[H[RootNum.CurrentFrame]] + CodeWord.Units] + CodeHead.Heat];
  };

  /** Runs the frame that the function of another one has just made current. 0, with that state, where this is left to the driver. */
  private readonly enter = (entry: number, leash: number, depth: number): Owned | 0 | -1 => {
    if (depth > DEPTH_MAX) return 0;
    const run = this.find();
    return run === null ? 0 : run(entry, leash, depth);
  };

  /** A function did not find what it expects at `unit`. */
  private readonly missed = (id: number, unit: number): void => {
    const tier = this.tiers[id - this.base] ?? null;
    if (tier === null) return;
    const { missed } = tier.history;
    missed.set(unit, (missed.get(unit) ?? 0) + 1);
    if (++tier.misses < MISSES_MAX) return;
    this.rt.words[tier.units + CodeHead.Heat] = 0;
    this.tiers[id - this.base] = null;
  };

  /** Gives the code of the current frame a function: one that there is, or, at its second heat, a new one. */
  private provide(frame: number, units: number): Evaluation | null {
    const { rt } = this;
    const H = rt.words;
    const exec = executable(rt, H[frame + FrameWord.Code]);
    const heat = units + CodeHead.Heat;
    H[heat] = Heat.Never;
    if (!this.allowed || this.tiers.length === NUMBERS || exec.instruments !== null || exec.units.length > UNITS_MAX)
      return null;
    const history = this.historyOf(exec);
    const consts = H[H[frame] + CodeWord.Consts];
    const general = generalUnits(history);
    const shape = shapeOf(rt, consts, exec, general);
    let generated = this.shapes.get(shape);
    if (generated === undefined) {
      if (!this.asked.has(exec) && rt.tierHeat > rt.adoptHeat) {
        this.asked.add(exec);
        H[heat] = rt.adoptHeat - rt.tierHeat;
        return null;
      }
      if (history.functions >= FUNCTIONS_MAX) return null;
      history.functions++;
      generated = this.generate(consts, exec, general) ?? undefined;
      if (generated === undefined) return null;
      this.shapes.set(shape, generated);
    }
    H[heat] = this.base + this.tiers.length;
    this.tiers.push({ ...generated, units, history, misses: 0 });
    return generated.entries[H[frame + FrameWord.PrevInstr] + 1] === 1 ? generated.run : null;
  }

  private historyOf(exec: ExecutableCode): History {
    const { filename, qualname, firstlineno, code } = exec.data;
    const key = `${filename}:${firstlineno}:${qualname}:${code.length}`;
    let history = this.histories.get(key);
    if (history === undefined) {
      history = { missed: new Map(), functions: 0 };
      this.histories.set(key, history);
    }
    return history;
  }

  /** Null for code that is too long, and where the host forbids to make functions from text. Of what a program consists, only numbers get
   *  into that text. */
  private generate(consts: number, exec: ExecutableCode, general: ReadonlySet<number>): Generated | null {
    const { rt } = this;
    const { shared, cases, entries } = new Generator(rt, consts, exec, general).run();
    if (cases.length > SOURCE_MAX) return null;
    try {
      const make = new FunctionConstructor(
        'rt',
        'words',
        'floats',
        'library',
        'tiers',
        functionSource(functionName(exec), shared, cases),
      ) as Maker;
      return {
        run: make(rt, rt.words, rt.floats, LIBRARY, {
          missed: this.missed,
          enter: this.enter,
          find: this.find,
          heatOf: this.heatOf,
        }),
        entries,
      };
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      this.allowed = false;
      return null;
    }
  }
}

/** Units at which something else came more than now and then. */
function generalUnits({ missed }: History): Set<number> {
  return new Set([...missed].filter(([, times]) => times >= TIMES_GENERAL).map(([unit]) => unit));
}

/** Misses at a unit after which it gets its general form. */
const TIMES_GENERAL = 4;

type Maker = (
  rt: Runtime,
  words: Int32Array,
  floats: Float64Array,
  library: typeof LIBRARY,
  tiers: {
    missed: (id: number, unit: number) => void;
    enter: Evaluation;
    find: () => Evaluation | null;
    heatOf: () => number;
  },
) => Evaluation;

/** A name for profiles. */
function functionName(exec: ExecutableCode): string {
  return `py_${exec.data.qualname.slice(0, NAME_MAX).replace(/[^\w]/g, '_')}`;
}
