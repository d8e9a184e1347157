/** Writes the source of one generated function: statements, the stack (`operands.ts`), what is known about variables. */
import { ObjectWord, TupleWord } from '@moult/heap';
import { FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { FloatWord, IntTag, IntWord } from '../../core/layout/numbers.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { CodeHead } from '../../frames/code-area.ts';
import { S, StaticArea, T } from '../../core/static.ts';
import { Emitter } from './emitter.ts';
import { borrowed, known, Pending, stored } from './operands.ts';
import type { Range } from './parts.ts';
import type { Operand } from './operands.ts';

/** What guards have shown about a variable. */
export const enum Kind {
  /** An exact int below 2^30. */
  Int = 1,
  Float = 2,
  List = 3,
  Tuple = 4,
}

export class Writer extends Emitter {
  stack: Operand[] = [];
  /** JavaScript for the names of the keywords of the next call. */
  keywords = '0';
  /** Variables that hold what local variables of the frame hold. */
  private locals = new Map<number, string>();
  /** Of variables; what cannot change. */
  private kinds = new Map<string, Kind>();
  /** JavaScript of numbers inside of objects of a known kind. */
  private numbers = new Map<string, string>();
  /** Guards that were passed and hold until something runs. */
  private passed = new Set<string>();

  constructor(
    readonly rt: Runtime,
    private readonly consts: number,
    nlocals: number,
    private readonly depths: Int16Array,
    private readonly part: Range,
  ) {
    super(nlocals);
  }

  protected get depth(): number {
    return this.stack.length;
  }

  // Leaving.

  /** Statement that leaves the function before the instruction, for the loop to go on: what was expected does not hold. */
  private miss(): string {
    return `{ ${this.stores(this.stack)} return miss(frame, ${this.unit}, ${this.words()}); }`;
  }

  /** Leaves the function before the instruction if the condition does not hold. Nothing of it may have been done. */
  guard(condition: string): void {
    this.emit(`if (!(${condition})) ${this.miss()}`);
  }

  /** As `guard`, for what is not asked again before something has run. */
  guardOnce(condition: string): void {
    if (this.passed.has(condition)) return;
    this.passed.add(condition);
    this.guard(condition);
  }

  /** Goes on at `target`, with everything stored; by the driver if that is in another part. */
  jump(target: number): string {
    const { from, to } = this.part;
    if (target >= from && target < to) return `{ pc = ${target}; continue; }`;
    return `return goOn(frame, ${target}, ${this.words(this.depths[target])});`;
  }

  /** Leaves after the instruction, whose successor is `next`, if the function is no longer in force. */
  checkForce(next: number): void {
    this.emit(`if (${OUT_OF_FORCE}) return goOn(frame, ${next}, ${this.words()});`);
  }

  /** Runs the frame that `condition` has pushed, if it has; goes on when that has returned here. */
  enter(condition: string): void {
    this.emit(`if (${condition}) {`);
    const result = this.fresh('r');
    this.emit(`const ${result} = enter(entry, left, (depth + step) | 0);`);
    this.emit(`if (${result} !== 0 || H[${RootNum.CurrentFrame}] !== frame) return ${result};`);
    this.dispatch();
    this.emit('}');
  }

  /** Goes on where the frame says. */
  private dispatch(): void {
    this.emit(`pc = (H[(frame + ${FrameWord.PrevInstr}) | 0] + 1) | 0; continue;`);
  }

  /** As `enter`, where a function was called: which generated function that led to is remembered here. */
  enterCall(condition: string): void {
    this.emit(`if (${condition}) {`);
    this.runCallee();
    this.dispatch();
    this.emit('}');
  }

  /** Runs the frame of a function that was just called. What follows is done when that has returned here. */
  runCallee(): void {
    const [heat, run, now, result] = ['h', 'f', 'h', 'r'].map((prefix) => this.fresh(prefix)) as [
      string,
      string,
      string,
      string,
    ];
    this.shared.push(`let ${heat} = 0, ${run} = null;`);
    this.emit(`const ${now} = H[(H[(H[H[${RootNum.CurrentFrame}]] + ${CodeWord.Units}) | 0] + ${CodeHead.Heat}) | 0];`);
    this.emit(`if (${now} !== ${heat}) { ${run} = find(); ${heat} = ${run} === null ? 0 : heatOf(); }`);
    this.emit(
      `const ${result} = ${run} === null || depth > ${DEPTH_MAX} ? 0 : ${run}(entry, left, (depth + step) | 0);`,
    );
    this.emit(`if (${result} !== 0 || H[${RootNum.CurrentFrame}] !== frame) return ${result};`);
  }

  // Operands.

  push(operand: Operand): void {
    this.stack.push(operand);
  }

  pop(): Operand {
    const operand = this.stack.pop();
    if (operand === undefined) throw new RangeError(`the stack is empty at unit ${this.unit}`);
    return operand;
  }

  /** The operand `n` below the top, the top being 0. */
  peek(n: number): Operand {
    return this.stack[this.stack.length - 1 - n] as Operand;
  }

  /** Puts all operands but the topmost `but` into the frame. */
  store(but = 0): void {
    const end = this.stack.length - but;
    for (let i = 0; i < end; i++) this.storeAt(i);
  }

  /** Puts the operand at place `i` into the frame, and first what is below it: what is stored is always the lower part of the stack. */
  storeAt(i: number): void {
    const operand = this.stack[i] as Operand;
    if (operand.stored) return;
    if (i > 0) this.storeAt(i - 1);
    if (operand.pending !== Pending.None) {
      this.emit(this.where());
      this.emit(this.top(i));
      const js = this.name(this.allocation(operand));
      this.emit(`${this.slot(i)} = ${js};`);
      this.learnNumber(js, operand);
      this.stack[i] = { ...stored(js) };
      return;
    }
    this.emit(this.storing(operand, i, true));
    this.stack[i] = { ...stored(operand.condition === '' ? operand.js : '') };
  }

  private learnNumber(js: string, { pending, number }: Operand): void {
    this.kinds.set(js, pending === Pending.Int ? Kind.Int : Kind.Float);
    this.numbers.set(js, number);
  }

  /** Statements that put operands into the frame, without noting that they are there. */
  private stores(operands: readonly Operand[]): string {
    const first = operands.findIndex((operand) => !operand.stored);
    if (first < 0) return '';
    const statements = operands.slice(first).map((operand, i) => this.storing(operand, first + i));
    // An allocation may fail.
    return `${this.where()} ${this.top(first)} ${statements.join(' ')}`;
  }

  private storing(operand: Operand, i: number, isHot = false): string {
    if (operand.pending !== Pending.None) return `${this.slot(i)} = ${this.allocation(operand)};`;
    if (operand.condition !== '') return `${this.slot(i)} = ${this.reference(operand)};`;
    if (this.isImmortal(operand)) return `${this.slot(i)} = ${operand.js};`;
    return isHot ? this.keep(this.place(i), operand.js) : `keep(${this.place(i)}, ${operand.js});`;
  }

  private isImmortal({ js, ref }: Operand): boolean {
    return js === '0' || (ref !== 0 && this.rt.words[ref] < 0);
  }

  private allocation({ pending, number }: Operand): string {
    return pending === Pending.Int ? `makeInt(rt, ${number})` : `newFloat(rt, ${number})`;
  }

  /** JavaScript for the reference of an operand that has one. */
  reference(operand: Operand): string {
    if (operand.condition === '') return operand.js;
    return `((${operand.condition}) ? ${S.True} : ${S.False})`;
  }

  /** Makes sure that the operand at place `i` has an object, and that a variable holds it. */
  load(i: number): string {
    const operand = this.stack[i] as Operand;
    if (operand.pending !== Pending.None) {
      this.storeAt(i);
      return (this.stack[i] as Operand).js;
    }
    if (operand.condition !== '') {
      const js = this.name(this.reference(operand));
      this.stack[i] = borrowed(js);
      return js;
    }
    if (operand.js === '') operand.js = this.name(this.slot(i));
    return operand.js;
  }

  /** As `load`, for the operand `n` below the top. */
  loadTop(n: number): string {
    return this.load(this.stack.length - 1 - n);
  }

  /** JavaScript that makes a reference of the operand that its taker owns; it is no longer on the stack at `depth`. */
  take(operand: Operand, depth: number): string {
    if (operand.pending !== Pending.None) {
      this.emit(this.where());
      this.emit(this.top(depth));
      const js = this.name(this.allocation(operand));
      this.learnNumber(js, operand);
      return js;
    }
    if (operand.stored) return operand.js === '' ? this.name(this.slot(depth)) : operand.js;
    if (operand.condition !== '') return this.name(this.reference(operand));
    if (!this.isImmortal(operand)) this.emit(this.count(operand.js));
    return operand.js;
  }

  /** Statement that counts a reference. Written out: what V8 inlines has a limit. */
  count(js: string): string {
    return `if ((c = H[${js}]) >= 0) H[${js}] = (c + 1) | 0;`;
  }

  /** Statements that count a reference and put it at a place. */
  keep(place: string, js: string): string {
    return `${this.count(js)} H[${place}] = ${js};`;
  }

  /** Releases a reference that nothing holds any more, the stack having `depth` operands. Python may run: all below is to be stored. */
  release(js: string, depth: number): void {
    const count = this.fresh('c');
    this.emit(`const ${count} = H[${js}];`);
    this.emit(
      `if (${count} > 1) H[${js}] = (${count} - 1) | 0; else if (${count} > 0) drop(frame, ${this.unit}, ${this.words(depth)}, ${js});`,
    );
  }

  /** Releases a stored number. */
  releaseNumber(js: string): void {
    const count = this.fresh('c');
    this.emit(`const ${count} = H[${js}];`);
    this.emit(`if (${count} > 1) H[${js}] = (${count} - 1) | 0; else if (${count} > 0) release(rt, ${js});`);
  }

  // Variables of the frame.

  loadLocal(n: number): string {
    let js = this.locals.get(n);
    if (js === undefined) {
      js = this.name(this.local(n));
      this.locals.set(n, js);
    }
    return js;
  }

  localIs(n: number, js: string): void {
    this.locals.set(n, js);
  }

  forgetLocal(n: number): void {
    this.locals.delete(n);
  }

  /** A constant of the code. It is known while code is generated if it is the same object for every code with such a constant, and its
   *  value if it is a number. */
  constant(n: number): Operand {
    const ref = constantAt(this.rt, this.consts, n);
    if (isStatic(ref)) return known(ref);
    const js = this.name(`H[(C + ${n}) | 0]`);
    const kind = kindOfObject(this.rt, ref);
    if (kind !== 0) {
      this.learn(js, kind);
      this.numbers.set(js, numberText(this.rt, ref));
    }
    return borrowed(js);
  }

  /** JavaScript for word `offset` of the inline cache of the instruction. */
  cache(offset: number): string {
    return `H[(U + ${this.unit + offset}) | 0]`;
  }

  /** Leaves the function unless the instruction is still the quick one for which code is generated, so that its cache means what it did. */
  guardUnit(unit: number): void {
    this.guardOnce(`${this.cache(0)} === ${unit}`);
  }

  /** Something may have run: guards hold no longer, and variables of the frame may be others. */
  ran(): void {
    this.passed.clear();
    this.locals.clear();
  }

  /** A destructor may have run, or something was stored: guards hold no longer. */
  forgetGuards(): void {
    this.passed.clear();
  }

  /** Another way leads here: variables of the function are not those that it knows. */
  begin(depth: number): void {
    this.ran();
    this.kinds.clear();
    this.numbers.clear();
    this.stack = Array.from({ length: depth }, () => stored());
  }

  // Kinds.

  kindOf(js: string): Kind | 0 {
    return this.kinds.get(js) ?? 0;
  }

  learn(js: string, kind: Kind): void {
    this.kinds.set(js, kind);
  }

  /** Kind of the operand `n` below the top as far as it is known. */
  kindAt(n: number): Kind | 0 {
    const { pending, js, ref } = this.peek(n);
    if (pending === Pending.Int) return Kind.Int;
    if (pending === Pending.Float) return Kind.Float;
    return ref !== 0 ? kindOfObject(this.rt, ref) : this.kindOf(js);
  }

  /** JavaScript for the value of the int `n` below the top, which is to be one below 2^30. */
  int(n: number): string {
    const { pending, number, ref } = this.peek(n);
    if (pending === Pending.Int) return number;
    if (ref !== 0 && kindOfObject(this.rt, ref) === Kind.Int) return numberText(this.rt, ref);
    const js = this.loadTop(n);
    if (this.kindOf(js) !== Kind.Int) {
      this.guard(
        `H[(${js} + ${ObjectWord.Type}) | 0] === ${T.int} && (H[(${js} + ${IntWord.Tag}) | 0] & ${IntTag.FormMask}) === ${IntTag.Compact}`,
      );
      this.learn(js, Kind.Int);
    }
    return this.numberIn(js, `H[(${js} + ${IntWord.Payload}) | 0]`, 'n');
  }

  /** JavaScript for the value of the float `n` below the top. */
  float(n: number): string {
    const { pending, number } = this.peek(n);
    if (pending === Pending.Float) return number;
    const js = this.loadTop(n);
    if (this.kindOf(js) !== Kind.Float) {
      this.guard(`H[(${js} + ${ObjectWord.Type}) | 0] === ${T.float}`);
      this.learn(js, Kind.Float);
    }
    return this.numberIn(js, `F[(${js} + ${FloatWord.Value}) >> 1]`, 'd');
  }

  private numberIn(js: string, value: string, prefix: string): string {
    let number = this.numbers.get(js);
    if (number === undefined) {
      number = this.name(value, prefix);
      this.numbers.set(js, number);
    }
    return number;
  }
}

/** Functions that may call each other, one for each Python frame, before they return to the driver. */
export const DEPTH_MAX = 24;

/** JavaScript that is true once the code has no longer this function (`tiers.ts`): it was traced, or other things were seen. */
export const OUT_OF_FORCE = `H[(U + ${CodeHead.Heat}) | 0] !== id`;

/** Constant number `n` of a tuple of them. */
export function constantAt(rt: Runtime, consts: number, n: number): number {
  return rt.words[consts + TupleWord.Items + n];
}

/** Whether it is None, a small int or the like, which is the same in every heap. */
export function isStatic(ref: number): boolean {
  return ref < StaticArea.End;
}

/** The kind of an object. */
export function kindOfObject(rt: Runtime, ref: number): Kind | 0 {
  const H = rt.words;
  const type = H[ref + ObjectWord.Type];
  if (type === T.float) return Kind.Float;
  return type === T.int && (H[ref + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact ? Kind.Int : 0;
}

/** JavaScript for the value of a float or a compact int. */
export function numberText(rt: Runtime, ref: number): string {
  const H = rt.words;
  const value =
    H[ref + ObjectWord.Type] === T.float ? rt.floats[(ref + FloatWord.Value) >> 1] : H[ref + IntWord.Payload];
  return Object.is(value, -0) ? '(-0)' : `(${value})`;
}
