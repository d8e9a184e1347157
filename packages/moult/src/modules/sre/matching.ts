/**
 * The state of one match: the subject, the groups set so far, the stacks of the machine (`engine.ts`), and what looks at the
 * subject without changing that state.
 */
import { fold, isAsciiWord, isUnicodeWord } from './characters.ts';
import { At, Op } from './opcodes.ts';
import type { Program } from './program.ts';

/** Words of a context on its stack. */
export const enum Context {
  Pc = 0,
  Ptr = 1,
  Count = 2,
  LastMark = 3,
  LastIndex = 4,
  Rep = 5,
  Pushed = 6,
  TopLevel = 7,
  Jump = 8,
  Words = 9,
}

/** Words of a repetition under way. */
export const enum Rep {
  Count = 0,
  Pc = 1,
  Prev = 2,
  LastPtr = 3,
  Words = 4,
}

/** Steps between two calls of `onSteps`. */
const STEP_INTERVAL = 1 << 12;

/** A subject with the state of matching: where, and which groups are set. */
export class Matching {
  readonly program: Program;
  /** The subject: a text whose UTF-16 units are its characters, or the characters themselves. */
  text = '';
  wide: Int32Array | null = null;
  /** Where matching starts and the subject ends. After a search, where the match starts. */
  start = 0;
  end = 0;
  /** After a match, where it ends. */
  ptr = 0;
  /** The match may not be empty at this position; −1: it may. */
  mustAdvance = -1;
  /** The match must reach the end. */
  matchAll = false;
  readonly marks: Int32Array;
  lastMark = -1;
  lastIndex = -1;
  /** Called now and then; may throw to end a search that takes too long. */
  onSteps: (() => void) | null = null;
  protected repeat = -1;
  protected contexts: Int32Array = new Int32Array(64 * Context.Words);
  protected data: Int32Array = new Int32Array(64);
  protected dataTop = 0;
  protected reps: Int32Array = new Int32Array(16 * Rep.Words);
  protected repTop = 0;
  protected steps = STEP_INTERVAL;

  constructor(program: Program) {
    this.program = program;
    this.marks = new Int32Array(2 * program.groups + 2);
  }

  /** Forgets groups, for the next match in the same subject. */
  reset(): void {
    this.lastMark = this.lastIndex = -1;
    this.repeat = -1;
    this.dataTop = this.repTop = 0;
  }

  /** The character at a position within the subject. */
  at(i: number): number {
    return this.wide === null ? this.text.charCodeAt(i) : this.wide[i];
  }

  protected pushMarks(lastMark: number): void {
    const count = lastMark + 1;
    if (this.dataTop + count > this.data.length) this.data = grown(this.data, this.dataTop + count);
    for (let i = 0; i < count; i++) this.data[this.dataTop + i] = this.marks[i];
    this.dataTop += count;
  }

  protected readMarks(lastMark: number): void {
    const base = this.dataTop - lastMark - 1;
    for (let i = 0; i <= lastMark; i++) this.marks[i] = this.data[base + i];
  }

  protected popMarks(lastMark: number): void {
    this.readMarks(lastMark);
    this.dataTop -= lastMark + 1;
  }

  protected pushData(value: number): void {
    if (this.dataTop === this.data.length) this.data = grown(this.data, this.dataTop + 1);
    this.data[this.dataTop++] = value;
  }

  protected newRep(pc: number): number {
    const rep = this.repTop;
    if (rep + Rep.Words > this.reps.length) this.reps = grown(this.reps, rep + Rep.Words);
    this.repTop = rep + Rep.Words;
    this.reps[rep + Rep.Count] = -1;
    this.reps[rep + Rep.Pc] = pc;
    this.reps[rep + Rep.Prev] = this.repeat;
    this.reps[rep + Rep.LastPtr] = -1;
    return rep;
  }

  protected setMark(i: number, ptr: number): void {
    if ((i & 1) !== 0) this.lastIndex = (i >> 1) + 1;
    if (i > this.lastMark) {
      for (let j = this.lastMark + 1; j < i; j++) this.marks[j] = -1;
      this.lastMark = i;
    }
    this.marks[i] = ptr;
  }

  protected isAt(where: At, ptr: number): boolean {
    switch (where) {
      case At.BEGINNING:
      case At.BEGINNING_STRING:
        return ptr === 0;
      case At.BEGINNING_LINE:
        return ptr === 0 || this.at(ptr - 1) === 10;
      case At.END:
        return ptr === this.end || (ptr === this.end - 1 && this.at(ptr) === 10);
      case At.END_LINE:
        return ptr === this.end || this.at(ptr) === 10;
      case At.END_STRING:
        return ptr === this.end;
      case At.BOUNDARY:
      case At.LOC_BOUNDARY:
        return this.end > 0 && this.isBoundary(ptr, isAsciiWord);
      case At.NON_BOUNDARY:
      case At.LOC_NON_BOUNDARY:
        return this.end > 0 && !this.isBoundary(ptr, isAsciiWord);
      case At.UNI_BOUNDARY:
        return this.end > 0 && this.isBoundary(ptr, isUnicodeWord);
      case At.UNI_NON_BOUNDARY:
        return this.end > 0 && !this.isBoundary(ptr, isUnicodeWord);
    }
  }

  protected isBoundary(ptr: number, isWord: (ch: number) => boolean): boolean {
    const before = ptr > 0 && isWord(this.at(ptr - 1));
    const after = ptr < this.end && isWord(this.at(ptr));
    return before !== after;
  }

  /** How many characters from `from` on the one-character pattern at `pc` matches, at most `max`. */
  protected countRun(pc: number, from: number, max: number): number {
    const { code } = this.program;
    const end = max >= 0 && max < this.end - from ? from + max : this.end;
    const op: Op = code[pc];
    let i = from;
    switch (op) {
      case Op.ANY_ALL:
        return end - from;
      case Op.IN:
        while (i < end && this.program.has(pc + 2, this.at(i))) i++;
        break;
      case Op.ANY:
        while (i < end && this.at(i) !== 10) i++;
        break;
      case Op.LITERAL:
        while (i < end && this.at(i) === code[pc + 1]) i++;
        break;
      case Op.NOT_LITERAL:
        while (i < end && this.at(i) !== code[pc + 1]) i++;
        break;
      case Op.IN_IGNORE:
      case Op.IN_LOC_IGNORE:
      case Op.IN_UNI_IGNORE:
        while (i < end && this.program.has(pc + 2, fold(op, this.at(i)))) i++;
        break;
      case Op.LITERAL_IGNORE:
      case Op.LITERAL_LOC_IGNORE:
      case Op.LITERAL_UNI_IGNORE:
        while (i < end && fold(op, this.at(i)) === code[pc + 1]) i++;
        break;
      case Op.NOT_LITERAL_IGNORE:
      case Op.NOT_LITERAL_LOC_IGNORE:
      case Op.NOT_LITERAL_UNI_IGNORE:
        while (i < end && fold(op, this.at(i)) !== code[pc + 1]) i++;
        break;
      default:
        throw new RangeError(`regular expression: instruction ${op} repeated as one character`);
    }
    return i - from;
  }

  /** Where a repetition of group `group`'s text ends that starts at `ptr`, −1 if there is none. */
  protected matchGroup(op: Op, group: number, ptr: number): number {
    const mark = 2 * group;
    if (mark >= this.lastMark) return -1;
    const from = this.marks[mark];
    const to = this.marks[mark + 1];
    if (from < 0 || to < from) return -1;
    const folds = op !== Op.GROUPREF;
    for (let i = from; i < to; i++, ptr++) {
      if (ptr >= this.end) return -1;
      const a = this.at(ptr);
      const b = this.at(i);
      if (folds ? fold(op, a) !== fold(op, b) : a !== b) return -1;
    }
    return ptr;
  }

  /** True if the match cannot end here. */
  protected refusesEnd(topLevel: number, ptr: number): boolean {
    return topLevel !== 0 && ((this.matchAll && ptr !== this.end) || ptr === this.mustAdvance);
  }

  /** Counts from the start of a search, so that equal searches ask as often. */
  protected restartSteps(): void {
    this.steps = STEP_INTERVAL;
  }

  protected countStep(): void {
    if (--this.steps > 0) return;
    this.steps = STEP_INTERVAL;
    this.onSteps?.();
  }

  /** After a context for the rest of the pattern ended: on success drops the saved marks; on failure puts them back,
   *  keeps them for the next try, and returns true. */
  protected failedTail(ret: boolean, pushed: number, lastMark: number, lastIndex: number): boolean {
    if (ret) {
      if (pushed !== 0) this.dataTop -= lastMark + 1;
      return false;
    }
    if (pushed !== 0) this.readMarks(lastMark);
    this.lastMark = lastMark;
    this.lastIndex = lastIndex;
    return true;
  }
}

export function grown(stack: Int32Array, need: number): Int32Array {
  const larger = new Int32Array(2 * need);
  larger.set(stack);
  return larger;
}
