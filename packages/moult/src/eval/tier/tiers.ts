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
import { findFlow } from './flow.ts';
import { functionSource, Generator } from './generate.ts';
import { LIBRARY } from './library.ts';
import { partAt } from './parts.ts';
import type { Range } from './parts.ts';
import { shapeOf } from './shape.ts';
import { DEPTH_MAX } from './writer.ts';

/** Taken at once: a program that runs asks for no global of the engine. */
const FunctionConstructor = Function;

/** How often the function of a part may find other things than it expects before it is replaced. */
const MISSES_MAX = 20;
/** Functions that a part may have one after the other. */
const FUNCTIONS_MAX = 20;
/** How often a run may come to a part before that gets a function, in a code that is hot elsewhere. */
const VISITS_MAX = 3;
/** A longer function stays with the loop: V8 does not optimise one of more than 60 KB of its bytecode, which is about as many characters
 *  of source. */
const SOURCE_MAX = 62_000;
/** A function that was left by a throw is called once more to count, from here to 0: 0.1 µs, once it is optimised. */
const WARMING_STEPS = -250;
/** Characters of a name in profiles. */
const NAME_MAX = 60;

/** A generated function, for all parts of codes that are of one shape. */
interface Generated {
  /** Null if there can be none. */
  readonly run: Evaluation | null;
  /** 1 for each unit of the part at which it may begin. */
  readonly entries: Uint8Array;
}

/** The function of one part of a code object. */
interface Part extends Generated, Range {
  /** The opcodes for which it was generated. */
  readonly ops: Uint8Array;
  misses: number;
}

/** The functions of one code object. */
interface Tier {
  /** Index of its first unit. */
  readonly units: number;
  /** By unit. */
  readonly parts: (Part | null)[];
  /** By unit: how often the driver came there and found no function. */
  readonly visits: Uint8Array;
  readonly history: History;
}

/** What is remembered about codes made from one place of a source. */
interface History {
  /** How often an instruction, which is its unit and its opcode, met something else than was expected. */
  readonly missed: Map<number, number>;
  /** By the first unit of a part: functions that it has had. */
  readonly functions: Map<number, number>;
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
    const tier = this.tierOf(units, heat);
    if (tier === null) return this.begin(frame, units);
    const unit = (H[frame + FrameWord.PrevInstr] + 1) | 0;
    const part = tier.parts[unit] ?? this.comeTo(tier, frame, unit);
    return part !== null && part.entries[(unit - part.from) | 0] === 1 ? part.run : null;
  };

  private tierOf(units: number, heat: number): Tier | null {
    const i = (heat - this.base) | 0;
    const tier = i >= 0 && i < this.tiers.length ? (this.tiers[i] as Tier | null) : null;
    return tier !== null && tier.units === units ? tier : null;
  }

  /** A throw leaves the current frame. V8 takes for hot what returns or jumps back, so a function that is always left by a throw would
   *  never be optimised, without this. */
  noteThrow(): void {
    const H = this.rt.words;
    const frame = H[RootNum.CurrentFrame];
    const units = H[H[frame] + CodeWord.Units];
    const part = this.tierOf(units, H[units + CodeHead.Heat])?.parts[H[frame + FrameWord.PrevInstr]];
    // It gives no value then.
    const count: ((entry: number, leash: number, depth: number) => unknown) | undefined = part?.run ?? undefined;
    count?.(0, 0, WARMING_STEPS);
  }

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
    const part = tier?.parts[unit] ?? null;
    if (tier === null || part === null) return;
    const { missed, functions } = tier.history;
    const then = part.ops[unit - part.from];
    const instruction = (unit << 8) | then;
    missed.set(instruction, (missed.get(instruction) ?? 0) + 1);
    part.misses++;
    // Where the loop has learnt since, another function would do better at once.
    const hasLearnt = (this.rt.words[tier.units + unit] & 255) !== then;
    if ((part.misses < MISSES_MAX && !hasLearnt) || (functions.get(part.from) ?? 0) >= FUNCTIONS_MAX) return;
    for (let i = part.from; i < part.to; i++) if (tier.parts[i] === part) tier.parts[i] = null;
    this.renumber(id);
  };

  /** Functions of the code that are running leave at the next occasion. */
  private renumber(id: number): void {
    const tier = this.tiers[id - this.base];
    this.tiers[id - this.base] = null;
    if (tier === null) return;
    const hasRoom = this.tiers.length < NUMBERS;
    this.rt.words[tier.units + CodeHead.Heat] = hasRoom ? this.base + this.tiers.length : Heat.Never;
    if (hasRoom) this.tiers.push(tier);
  }

  /** Begins with functions for the code of the current frame: at its first heat if there is one for its shape, or else at its second. */
  private begin(frame: number, units: number): Evaluation | null {
    const { rt } = this;
    const H = rt.words;
    const exec = executable(rt, H[frame + FrameWord.Code]);
    const heat = units + CodeHead.Heat;
    H[heat] = Heat.Never;
    if (!this.allowed || this.tiers.length === NUMBERS || exec.instruments !== null) return null;
    const count = exec.data.code.length >> 1;
    const parts = new Array<Part | null>(count).fill(null);
    const tier = { units, parts, visits: new Uint8Array(count), history: this.historyOf(exec) };
    const mayGenerate = this.asked.has(exec) || rt.tierHeat <= rt.adoptHeat;
    const unit = H[frame + FrameWord.PrevInstr] + 1;
    const part = this.provide(tier, frame, unit, mayGenerate);
    if (part === null) {
      this.asked.add(exec);
      H[heat] = rt.adoptHeat - rt.tierHeat;
      return null;
    }
    H[heat] = this.base + this.tiers.length;
    this.tiers.push(tier);
    return part.entries[unit - part.from] === 1 ? part.run : null;
  }

  /** The driver came to a part of hot code that has no function. */
  private comeTo(tier: Tier, frame: number, unit: number): Part | null {
    if (++tier.visits[unit] < VISITS_MAX) return null;
    tier.visits[unit] = 0;
    return this.provide(tier, frame, unit, true);
  }

  /** Gives the part that has `unit` a function. Null if one had to be generated, and is not to be. */
  private provide(tier: Tier, frame: number, unit: number, mayGenerate: boolean): Part | null {
    const { rt } = this;
    const H = rt.words;
    const exec = executable(rt, H[frame + FrameWord.Code]);
    const consts = H[H[frame] + CodeWord.Consts];
    const flow = findFlow(exec);
    const range = partAt(exec, flow, unit);
    const { from, to } = range;
    const { history } = tier;
    const general = generalUnits(history, exec.units, range);
    const shape = shapeOf(rt, consts, exec, general, flow, range);
    let generated = this.shapes.get(shape);
    if (generated === undefined) {
      if (!mayGenerate) return null;
      history.functions.set(from, (history.functions.get(from) ?? 0) + 1);
      generated = this.generate(exec, new Generator(rt, consts, exec, general, flow, range));
      this.shapes.set(shape, generated);
    }
    const ops = Uint8Array.from(exec.units.subarray(from, to), (whole) => whole & 255);
    const part = { ...generated, from, to, ops, misses: 0 };
    tier.parts.fill(part, from, to);
    return part;
  }

  private historyOf(exec: ExecutableCode): History {
    const { filename, qualname, firstlineno, code } = exec.data;
    const key = `${filename}:${firstlineno}:${qualname}:${code.length}`;
    let history = this.histories.get(key);
    if (history === undefined) {
      history = { missed: new Map(), functions: new Map() };
      this.histories.set(key, history);
    }
    return history;
  }

  /** Without a function for code that is too long, and where the host forbids to make functions from text. Of what a program consists,
   *  only numbers get into that text. */
  private generate(exec: ExecutableCode, generator: Generator): Generated {
    const { rt } = this;
    const { shared, cases, entries } = generator.run();
    if (cases.length > SOURCE_MAX) return { run: null, entries };
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
      return { run: null, entries };
    }
  }
}

/** Units at which something else came more than now and then, as they stand now. */
function generalUnits({ missed }: History, units: Int32Array, { from, to }: Range): Set<number> {
  const general = new Set<number>();
  for (const [instruction, times] of missed) {
    const unit = instruction >> 8;
    if (unit < from || unit >= to || times < TIMES_GENERAL) continue;
    if ((units[unit] & 255) === (instruction & 255)) general.add(unit);
  }
  return general;
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
