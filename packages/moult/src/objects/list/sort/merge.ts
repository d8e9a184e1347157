/**
 * Merging runs. Keys lie in a row of words; when there is a key function, the values that they stand for lie
 * `valueOffset` words further and move along. Everything here is borrowed references in scratch words.
 *
 * When a comparison raises, what was set aside is put back, so that the words are a permutation again.
 */
import type { Runtime } from '../../../core/runtime.ts';
import { gallopLeft, gallopRight } from './gallop.ts';
import { isLess } from './less.ts';
import type { KeyOrder } from './less.ts';

const MIN_GALLOP = 7;

export interface MergeState {
  readonly rt: Runtime;
  readonly order: KeyOrder;
  /** Words from a key to its value, 0 without a key function. */
  readonly valueOffset: number;
  /** Words for half of the keys, with the values at the same distance. */
  readonly scratch: number;
  minGallop: number;
}

export function newMergeState(rt: Runtime, order: KeyOrder, valueOffset: number, scratch: number): MergeState {
  return { rt, order, valueOffset, scratch, minGallop: MIN_GALLOP };
}

/** Copies `n` keys and their values; the ranges may overlap. */
function copyRun(ms: MergeState, from: number, to: number, n: number): void {
  const H = ms.rt.words;
  H.copyWithin(to, from, from + n);
  const v = ms.valueOffset;
  if (v !== 0) H.copyWithin(to + v, from + v, from + v + n);
}

function copyOne(ms: MergeState, from: number, to: number): void {
  const H = ms.rt.words;
  const v = ms.valueOffset;
  H[to] = H[from];
  if (v !== 0) H[to + v] = H[from + v];
}

/** Merges two neighbouring runs, `a` of `na` keys before `b` of `nb`. @runsPython Source: CPython 3.12 merge_at. */
export function mergeRuns(ms: MergeState, a: number, na: number, b: number, nb: number): void {
  const H = ms.rt.words;
  const skip = gallopRight(ms, H[b], a, na, 0);
  a += skip;
  na -= skip;
  if (na === 0) return;
  nb = gallopLeft(ms, H[a + na - 1], b, nb, nb - 1);
  if (nb <= 0) return;
  if (na <= nb) new LowMerge(ms, a, na, b, nb).run();
  else new HighMerge(ms, a, na, b, nb).run();
}

/** What a step of a merge says about going on. */
const enum Step {
  More = 0,
  /** The run in the scratch words has one key left, which belongs at the far end. */
  OneLeft = 1,
  /** Nothing is left to compare. */
  Done = 2,
}

/** Merges from the left; `a`, the shorter run, is set aside. Source: CPython 3.12 merge_lo. */
class LowMerge {
  private dest: number;
  private a: number;

  constructor(
    private readonly ms: MergeState,
    a: number,
    private na: number,
    private b: number,
    private nb: number,
  ) {
    copyRun(ms, a, ms.scratch, na);
    this.dest = a;
    this.a = ms.scratch;
  }

  run(): void {
    let step: Step = Step.Done;
    try {
      step = this.takeB();
      if (step === Step.More && this.na === 1) step = Step.OneLeft;
      while (step === Step.More) step = this.round();
    } finally {
      this.finish(step);
    }
  }

  private finish(step: Step): void {
    const { ms } = this;
    if (step !== Step.OneLeft) {
      if (this.na > 0) copyRun(ms, this.a, this.dest, this.na);
      return;
    }
    copyRun(ms, this.b, this.dest, this.nb);
    copyOne(ms, this.a, this.dest + this.nb);
  }

  private takeA(): Step {
    copyOne(this.ms, this.a++, this.dest++);
    return --this.na === 1 ? Step.OneLeft : Step.More;
  }

  private takeB(): Step {
    copyOne(this.ms, this.b++, this.dest++);
    return --this.nb === 0 ? Step.Done : Step.More;
  }

  /** One by one until one run keeps winning, then in gallops while they pay. */
  private round(): Step {
    const { ms } = this;
    let step = this.oneByOne();
    if (step !== Step.More) return step;
    ms.minGallop++;
    do {
      if (ms.minGallop > 1) ms.minGallop--;
      step = this.gallop();
      if (step !== Step.More) return step;
    } while (this.galloped >= MIN_GALLOP);
    ms.minGallop++;
    return Step.More;
  }

  private oneByOne(): Step {
    const { rt, order, minGallop } = this.ms;
    const H = rt.words;
    let wonA = 0;
    let wonB = 0;
    while (wonA < minGallop && wonB < minGallop) {
      const b = isLess(rt, order, H[this.b], H[this.a]);
      wonA = b ? 0 : wonA + 1;
      wonB = b ? wonB + 1 : 0;
      const step = b ? this.takeB() : this.takeA();
      if (step !== Step.More) return step;
    }
    return Step.More;
  }

  /** The longer of the last two gallops. */
  private galloped = 0;

  private gallop(): Step {
    const H = this.ms.rt.words;
    const fromA = gallopRight(this.ms, H[this.b], this.a, this.na, 0);
    this.galloped = fromA;
    if (fromA > 0) {
      this.moveA(fromA);
      if (this.na === 1) return Step.OneLeft;
      if (this.na === 0) return Step.Done;
    }
    const step = this.takeB();
    if (step !== Step.More) return step;
    const fromB = gallopLeft(this.ms, H[this.a], this.b, this.nb, 0);
    this.galloped = Math.max(fromA, fromB);
    if (fromB > 0) {
      this.moveB(fromB);
      if (this.nb === 0) return Step.Done;
    }
    return this.takeA();
  }

  private moveA(n: number): void {
    copyRun(this.ms, this.a, this.dest, n);
    this.a += n;
    this.dest += n;
    this.na -= n;
  }

  private moveB(n: number): void {
    copyRun(this.ms, this.b, this.dest, n);
    this.b += n;
    this.dest += n;
    this.nb -= n;
  }
}

/** Merges from the right; `b`, the shorter run, is set aside. Source: CPython 3.12 merge_hi. */
class HighMerge {
  private dest: number;
  /** The last key left of each run. */
  private a: number;
  private b: number;
  private readonly baseA: number;

  constructor(
    private readonly ms: MergeState,
    a: number,
    private na: number,
    b: number,
    private nb: number,
  ) {
    copyRun(ms, b, ms.scratch, nb);
    this.dest = b + nb - 1;
    this.baseA = a;
    this.a = a + na - 1;
    this.b = ms.scratch + nb - 1;
  }

  run(): void {
    let step: Step = Step.Done;
    try {
      step = this.takeA();
      if (step === Step.More && this.nb === 1) step = Step.OneLeft;
      while (step === Step.More) step = this.round();
    } finally {
      this.finish(step);
    }
  }

  private finish(step: Step): void {
    const { ms, na, nb } = this;
    if (step !== Step.OneLeft) {
      if (nb > 0) copyRun(ms, ms.scratch, this.dest - (nb - 1), nb);
      return;
    }
    copyRun(ms, this.a + 1 - na, this.dest + 1 - na, na);
    copyOne(ms, this.b, this.dest - na);
  }

  private takeA(): Step {
    copyOne(this.ms, this.a--, this.dest--);
    return --this.na === 0 ? Step.Done : Step.More;
  }

  private takeB(): Step {
    copyOne(this.ms, this.b--, this.dest--);
    return --this.nb === 1 ? Step.OneLeft : Step.More;
  }

  private round(): Step {
    const { ms } = this;
    let step = this.oneByOne();
    if (step !== Step.More) return step;
    ms.minGallop++;
    do {
      if (ms.minGallop > 1) ms.minGallop--;
      step = this.gallop();
      if (step !== Step.More) return step;
    } while (this.galloped >= MIN_GALLOP);
    ms.minGallop++;
    return Step.More;
  }

  private oneByOne(): Step {
    const { rt, order, minGallop } = this.ms;
    const H = rt.words;
    let wonA = 0;
    let wonB = 0;
    while (wonA < minGallop && wonB < minGallop) {
      const a = isLess(rt, order, H[this.b], H[this.a]);
      wonA = a ? wonA + 1 : 0;
      wonB = a ? 0 : wonB + 1;
      const step = a ? this.takeA() : this.takeB();
      if (step !== Step.More) return step;
    }
    return Step.More;
  }

  private galloped = 0;

  private gallop(): Step {
    const { ms } = this;
    const H = ms.rt.words;
    const fromA = this.na - gallopRight(ms, H[this.b], this.baseA, this.na, this.na - 1);
    this.galloped = fromA;
    if (fromA > 0) {
      this.moveA(fromA);
      if (this.na === 0) return Step.Done;
    }
    const step = this.takeB();
    if (step !== Step.More) return step;
    const fromB = this.nb - gallopLeft(ms, H[this.a], ms.scratch, this.nb, this.nb - 1);
    this.galloped = Math.max(fromA, fromB);
    if (fromB > 0) {
      this.moveB(fromB);
      if (this.nb === 1) return Step.OneLeft;
      if (this.nb === 0) return Step.Done;
    }
    return this.takeA();
  }

  private moveA(n: number): void {
    this.dest -= n;
    this.a -= n;
    this.na -= n;
    copyRun(this.ms, this.a + 1, this.dest + 1, n);
  }

  private moveB(n: number): void {
    this.dest -= n;
    this.b -= n;
    this.nb -= n;
    copyRun(this.ms, this.b + 1, this.dest + 1, n);
  }
}
