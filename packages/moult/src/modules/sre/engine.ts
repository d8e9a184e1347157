/**
 * The regular expression engine: runs the programs of CPython's `re._compiler` with its semantics, step by step as
 * CPython's `_sre` (which groups are set after backtracking follows from that order of steps).
 *
 * Matching a part of a pattern is a *context*: what to match from where. A context that must know whether the rest
 * matches opens another one and goes on when that one ends; contexts are on a stack of their own, so that patterns never
 * exhaust the host's. Saved group marks are on a second stack.
 *
 * One long function, `run`: a machine whose states are the places where a context continues.
 */
import { fold, inCategory, inSet, isAsciiWord, isUnicodeWord } from './characters.ts';
import { At, InfoFlag, Op, Sre } from './opcodes.ts';

const enum State {
  Enter,
  Dispatch,
  Return,
  BranchNext,
  RepeatOneNext,
  MinRepeatOneNext,
  MaxUntilTail,
  PossessiveNext,
}

/** Where a context goes on when the one that it opened has ended. */
const enum Jump {
  Assert,
  AssertNot,
  Branch,
  Repeat,
  RepeatOne,
  MinRepeatOne,
  MaxUntilMin,
  MaxUntilBody,
  MaxUntilTail,
  MinUntilMin,
  MinUntilTail,
  MinUntilBody,
  AtomicGroup,
  Possessive,
}

const enum Context {
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

const enum Rep {
  Count = 0,
  Pc = 1,
  Prev = 2,
  LastPtr = 3,
  Words = 4,
}

/** A program with what can be computed once. */
export class Program {
  readonly code: Int32Array;
  readonly groups: number;
  /** For sets by their position: which of the first 256 characters belong to it; made when first needed. */
  private readonly tables: (Uint8Array | undefined)[] = [];
  /** Literal text that each match starts with; '' if none is known. */
  readonly prefix: string;
  /** Position of the set of first characters, −1 if unknown. */
  readonly firstSet: number;

  constructor(code: Int32Array, groups: number) {
    this.code = code;
    this.groups = groups;
    const flags = code[0] === (Op.INFO as number) ? code[2] : 0;
    let prefix = '';
    if ((flags & InfoFlag.PREFIX) !== 0) for (let i = 0; i < code[5]; i++) prefix += String.fromCodePoint(code[7 + i]);
    this.prefix = prefix;
    this.firstSet = (flags & InfoFlag.CHARSET) !== 0 ? 5 : -1;
  }

  /** Whether the set at `at` has `ch`. */
  has(at: number, ch: number): boolean {
    if (ch >= 256) return inSet(this.code, at, ch);
    return (this.tables[at] ?? this.makeTable(at))[ch] === 1;
  }

  private makeTable(at: number): Uint8Array {
    const table = new Uint8Array(256);
    for (let ch = 0; ch < 256; ch++) table[ch] = inSet(this.code, at, ch) ? 1 : 0;
    this.tables[at] = table;
    return table;
  }
}

/** Steps between two calls of `onSteps`. */
const STEP_INTERVAL = 1 << 18;

/** A subject with the state of matching: where, and which groups are set. */
export class Matcher {
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
  private repeat = -1;
  private contexts: Int32Array = new Int32Array(64 * Context.Words);
  private data: Int32Array = new Int32Array(64);
  private dataTop = 0;
  private reps: Int32Array = new Int32Array(16 * Rep.Words);
  private repTop = 0;
  private steps = STEP_INTERVAL;

  constructor(program: Program) {
    this.program = program;
    this.marks = new Int32Array(2 * program.groups + 2);
  }

  /** Prepares for matching in the part from `start` to `end` of a subject, whose beginning can still be seen. */
  begin(text: string, wide: Int32Array | null, start: number, end: number): void {
    this.text = text;
    this.wide = wide;
    this.start = this.ptr = start;
    this.end = end;
    this.mustAdvance = -1;
    this.matchAll = false;
    this.reset();
  }

  /** Goes on behind the match just found, which the next one may not be if it is empty. */
  advance(): void {
    this.mustAdvance = this.ptr === this.start ? this.ptr : -1;
    this.start = this.ptr;
    this.reset();
  }

  /** Forgets groups, for the next match in the same subject. */
  reset(): void {
    this.lastMark = this.lastIndex = -1;
    this.repeat = -1;
    this.dataTop = this.repTop = 0;
  }

  /** Matches at `start`. */
  match(): boolean {
    if (this.start > this.end) return false;
    this.ptr = this.start;
    return this.run(0, true);
  }

  /** Looks for the first match from `start` on, which becomes its start. */
  search(): boolean {
    const { code, prefix, firstSet } = this.program;
    let last = this.end;
    let ptr = this.start;
    if (ptr > last) return false;
    if (code[0] === (Op.INFO as number) && code[3] > 0) {
      if (last - ptr < code[3]) return false;
      last -= code[3] - 1;
    }
    const first = code[0] === (Op.INFO as number) ? code[1] + 1 : 0;
    const anchored = code[first] === (Op.AT as number) && (code[first + 1] === (At.BEGINNING as number) || code[first + 1] === (At.BEGINNING_STRING as number));
    for (let top = true; ; top = false) {
      if (prefix !== '') ptr = this.findPrefix(prefix, ptr, last);
      else if (firstSet >= 0) ptr = this.findFirst(firstSet, ptr, last);
      if (ptr < 0) return false;
      this.lastMark = this.lastIndex = -1;
      this.start = this.ptr = ptr;
      if (this.run(0, top)) return true;
      this.mustAdvance = -1;
      if (anchored || ptr >= last) return false;
      ptr++;
    }
  }

  private findPrefix(prefix: string, from: number, last: number): number {
    if (this.wide === null) {
      const found = this.text.indexOf(prefix, from);
      return found < 0 || found >= last ? -1 : found;
    }
    const ch = prefix.codePointAt(0);
    for (let i = from; i < last; i++) if (this.wide[i] === ch) return i;
    return -1;
  }

  private findFirst(set: number, from: number, last: number): number {
    for (let i = from; i < last; i++) if (this.program.has(set, this.at(i))) return i;
    return -1;
  }

  /** The character at a position within the subject. */
  at(i: number): number {
    return this.wide === null ? this.text.charCodeAt(i) : this.wide[i];
  }

  private pushMarks(lastMark: number): void {
    const count = lastMark + 1;
    if (this.dataTop + count > this.data.length) this.data = grown(this.data, this.dataTop + count);
    for (let i = 0; i < count; i++) this.data[this.dataTop + i] = this.marks[i];
    this.dataTop += count;
  }

  private readMarks(lastMark: number): void {
    const base = this.dataTop - lastMark - 1;
    for (let i = 0; i <= lastMark; i++) this.marks[i] = this.data[base + i];
  }

  private popMarks(lastMark: number): void {
    this.readMarks(lastMark);
    this.dataTop -= lastMark + 1;
  }

  private pushData(value: number): void {
    if (this.dataTop === this.data.length) this.data = grown(this.data, this.dataTop + 1);
    this.data[this.dataTop++] = value;
  }

  private newRep(pc: number): number {
    const rep = this.repTop;
    if (rep + Rep.Words > this.reps.length) this.reps = grown(this.reps, rep + Rep.Words);
    this.repTop = rep + Rep.Words;
    this.reps[rep + Rep.Count] = -1;
    this.reps[rep + Rep.Pc] = pc;
    this.reps[rep + Rep.Prev] = this.repeat;
    this.reps[rep + Rep.LastPtr] = -1;
    return rep;
  }

  private setMark(i: number, ptr: number): void {
    if ((i & 1) !== 0) this.lastIndex = (i >> 1) + 1;
    if (i > this.lastMark) {
      for (let j = this.lastMark + 1; j < i; j++) this.marks[j] = -1;
      this.lastMark = i;
    }
    this.marks[i] = ptr;
  }

  private isAt(where: At, ptr: number): boolean {
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

  private isBoundary(ptr: number, isWord: (ch: number) => boolean): boolean {
    const before = ptr > 0 && isWord(this.at(ptr - 1));
    const after = ptr < this.end && isWord(this.at(ptr));
    return before !== after;
  }

  /** How many characters from `from` on the one-character pattern at `pc` matches, at most `max`. */
  private countRun(pc: number, from: number, max: number): number {
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
  private matchGroup(op: Op, group: number, ptr: number): number {
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
  private refusesEnd(topLevel: number, ptr: number): boolean {
    return topLevel !== 0 && ((this.matchAll && ptr !== this.end) || ptr === this.mustAdvance);
  }

  private countStep(): void {
    if (--this.steps > 0) return;
    this.steps = STEP_INTERVAL;
    this.onSteps?.();
  }

  /** Matches the program from `start` at `this.ptr`. On success `this.ptr` is where the match ends. */
  private run(start: number, top: boolean): boolean {
    const { program, end } = this;
    const { code } = program;
    let pc = start;
    let ptr = this.ptr;
    let count = 0;
    let lastMark = -1;
    let lastIndex = -1;
    let rep = -1;
    let pushed = 0;
    let topLevel = top ? 1 : 0;
    let depth = 0;
    let ret = false;
    let state: State = State.Enter;
    // What a state asks for by `state = State.Enter` after setting these: open a context.
    let jump: Jump | -1 = -1;
    let next = 0;
    let nextTop = 0;

    for (;;) {
      if (jump !== -1) {
        if (depth + Context.Words > this.contexts.length) this.contexts = grown(this.contexts, depth + Context.Words);
        const c = this.contexts;
        c[depth + Context.Pc] = pc;
        c[depth + Context.Ptr] = ptr;
        c[depth + Context.Count] = count;
        c[depth + Context.LastMark] = lastMark;
        c[depth + Context.LastIndex] = lastIndex;
        c[depth + Context.Rep] = rep;
        c[depth + Context.Pushed] = pushed;
        c[depth + Context.TopLevel] = topLevel;
        c[depth + Context.Jump] = jump;
        depth += Context.Words;
        pc = next;
        ptr = this.ptr;
        topLevel = nextTop;
        jump = -1;
        state = State.Enter;
        this.countStep();
      }
      switch (state) {
        case State.Enter:
          if (code[pc] === (Op.INFO as number)) {
            if (code[pc + 3] !== 0 && end - ptr < code[pc + 3]) {
              ret = false;
              state = State.Return;
              break;
            }
            pc += code[pc + 1] + 1;
          }
          state = State.Dispatch;
          break;

        case State.Dispatch: {
          const op: Op = code[pc++];
          switch (op) {
            case Op.MARK:
              this.setMark(code[pc++], ptr);
              continue;
            case Op.LITERAL:
              if (ptr < end && this.at(ptr) === code[pc]) {
                ptr++;
                pc++;
                continue;
              }
              break;
            case Op.NOT_LITERAL:
              if (ptr < end && this.at(ptr) !== code[pc]) {
                ptr++;
                pc++;
                continue;
              }
              break;
            case Op.SUCCESS:
              if (this.refusesEnd(topLevel, ptr)) break;
              this.ptr = ptr;
              ret = true;
              state = State.Return;
              continue;
            case Op.AT:
              if (this.isAt(code[pc], ptr)) {
                pc++;
                continue;
              }
              break;
            case Op.ANY:
              if (ptr < end && this.at(ptr) !== 10) {
                ptr++;
                continue;
              }
              break;
            case Op.ANY_ALL:
              if (ptr < end) {
                ptr++;
                continue;
              }
              break;
            case Op.IN:
              if (ptr < end && program.has(pc + 1, this.at(ptr))) {
                pc += code[pc];
                ptr++;
                continue;
              }
              break;
            case Op.IN_IGNORE:
            case Op.IN_LOC_IGNORE:
            case Op.IN_UNI_IGNORE:
              if (ptr < end && program.has(pc + 1, fold(op, this.at(ptr)))) {
                pc += code[pc];
                ptr++;
                continue;
              }
              break;
            case Op.LITERAL_IGNORE:
            case Op.LITERAL_LOC_IGNORE:
            case Op.LITERAL_UNI_IGNORE:
              if (ptr < end && fold(op, this.at(ptr)) === code[pc]) {
                pc++;
                ptr++;
                continue;
              }
              break;
            case Op.NOT_LITERAL_IGNORE:
            case Op.NOT_LITERAL_LOC_IGNORE:
            case Op.NOT_LITERAL_UNI_IGNORE:
              if (ptr < end && fold(op, this.at(ptr)) !== code[pc]) {
                pc++;
                ptr++;
                continue;
              }
              break;
            case Op.GROUPREF:
            case Op.GROUPREF_IGNORE:
            case Op.GROUPREF_LOC_IGNORE:
            case Op.GROUPREF_UNI_IGNORE: {
              const after = this.matchGroup(op, code[pc], ptr);
              if (after < 0) break;
              ptr = after;
              pc++;
              continue;
            }
            case Op.GROUPREF_EXISTS: {
              const mark = 2 * code[pc];
              const set = mark < this.lastMark && this.marks[mark] >= 0 && this.marks[mark + 1] >= this.marks[mark];
              pc += set ? 2 : code[pc + 1];
              continue;
            }
            case Op.JUMP:
              pc += code[pc];
              continue;
            case Op.ASSERT:
              if (ptr < code[pc + 1]) break;
              this.ptr = ptr - code[pc + 1];
              jump = Jump.Assert;
              next = pc + 2;
              nextTop = 0;
              continue;
            case Op.ASSERT_NOT:
              if (ptr < code[pc + 1]) {
                pc += code[pc];
                continue;
              }
              this.ptr = ptr - code[pc + 1];
              lastMark = this.lastMark;
              lastIndex = this.lastIndex;
              pushed = this.repeat >= 0 ? 1 : 0;
              if (pushed !== 0) this.pushMarks(lastMark);
              jump = Jump.AssertNot;
              next = pc + 2;
              nextTop = 0;
              continue;
            case Op.BRANCH:
              lastMark = this.lastMark;
              lastIndex = this.lastIndex;
              pushed = this.repeat >= 0 ? 1 : 0;
              if (pushed !== 0) this.pushMarks(lastMark);
              state = State.BranchNext;
              continue;
            case Op.REPEAT_ONE:
            case Op.POSSESSIVE_REPEAT_ONE: {
              const min = code[pc + 1];
              if (end - ptr < min) break;
              count = this.countRun(pc + 3, ptr, code[pc + 2]);
              if (count < min) break;
              ptr += count;
              const tail = pc + code[pc];
              if (code[tail] === (Op.SUCCESS as number) && !this.refusesEnd(topLevel, ptr)) {
                this.ptr = ptr;
                ret = true;
                state = State.Return;
                continue;
              }
              if (op === Op.POSSESSIVE_REPEAT_ONE) {
                pc = tail;
                continue;
              }
              lastMark = this.lastMark;
              lastIndex = this.lastIndex;
              pushed = this.repeat >= 0 ? 1 : 0;
              if (pushed !== 0) this.pushMarks(lastMark);
              state = State.RepeatOneNext;
              continue;
            }
            case Op.MIN_REPEAT_ONE: {
              const min = code[pc + 1];
              if (end - ptr < min) break;
              count = min === 0 ? 0 : this.countRun(pc + 3, ptr, min);
              if (count < min) break;
              ptr += count;
              if (code[pc + code[pc]] === (Op.SUCCESS as number) && !this.refusesEnd(topLevel, ptr)) {
                this.ptr = ptr;
                ret = true;
                state = State.Return;
                continue;
              }
              lastMark = this.lastMark;
              lastIndex = this.lastIndex;
              pushed = this.repeat >= 0 ? 1 : 0;
              if (pushed !== 0) this.pushMarks(lastMark);
              state = State.MinRepeatOneNext;
              continue;
            }
            case Op.REPEAT:
              rep = this.repeat = this.newRep(pc);
              this.ptr = ptr;
              jump = Jump.Repeat;
              next = pc + code[pc];
              nextTop = topLevel;
              continue;
            case Op.MAX_UNTIL: {
              rep = this.repeat;
              if (rep < 0) throw new RangeError('regular expression: UNTIL without REPEAT');
              const body = this.reps[rep + Rep.Pc];
              const max = code[body + 2];
              this.ptr = ptr;
              count = this.reps[rep + Rep.Count] + 1;
              next = body + 3;
              nextTop = topLevel;
              if (count < code[body + 1]) {
                this.reps[rep + Rep.Count] = count;
                jump = Jump.MaxUntilMin;
                continue;
              }
              if ((count < max || max === (Sre.MaxRepeat as number)) && ptr !== this.reps[rep + Rep.LastPtr]) {
                this.reps[rep + Rep.Count] = count;
                lastMark = this.lastMark;
                lastIndex = this.lastIndex;
                this.pushMarks(lastMark);
                this.pushData(this.reps[rep + Rep.LastPtr]);
                this.reps[rep + Rep.LastPtr] = ptr;
                jump = Jump.MaxUntilBody;
                continue;
              }
              state = State.MaxUntilTail;
              continue;
            }
            case Op.MIN_UNTIL: {
              rep = this.repeat;
              if (rep < 0) throw new RangeError('regular expression: UNTIL without REPEAT');
              const body = this.reps[rep + Rep.Pc];
              this.ptr = ptr;
              count = this.reps[rep + Rep.Count] + 1;
              nextTop = topLevel;
              if (count < code[body + 1]) {
                this.reps[rep + Rep.Count] = count;
                jump = Jump.MinUntilMin;
                next = body + 3;
                continue;
              }
              this.repeat = this.reps[rep + Rep.Prev];
              lastMark = this.lastMark;
              lastIndex = this.lastIndex;
              pushed = this.repeat >= 0 ? 1 : 0;
              if (pushed !== 0) this.pushMarks(lastMark);
              jump = Jump.MinUntilTail;
              next = pc;
              continue;
            }
            case Op.ATOMIC_GROUP:
              this.ptr = ptr;
              jump = Jump.AtomicGroup;
              next = pc + 1;
              nextTop = 0;
              continue;
            case Op.POSSESSIVE_REPEAT:
              rep = this.repeat = this.newRep(pc);
              count = 0;
              state = State.PossessiveNext;
              continue;
            case Op.CATEGORY:
              if (ptr < end && inCategory(code[pc], this.at(ptr))) {
                pc++;
                ptr++;
                continue;
              }
              break;
            default:
              break;
          }
          ret = false;
          state = State.Return;
          break;
        }

        case State.BranchNext: {
          const skip = code[pc];
          if (skip === 0) {
            if (pushed !== 0) this.dataTop -= lastMark + 1;
            ret = false;
            state = State.Return;
            break;
          }
          const op = code[pc + 1];
          const hopeless =
            (op === (Op.LITERAL as number) && (ptr >= end || this.at(ptr) !== code[pc + 2])) ||
            (op === (Op.IN as number) && (ptr >= end || !program.has(pc + 3, this.at(ptr))));
          if (hopeless) {
            pc += skip;
            break;
          }
          this.ptr = ptr;
          jump = Jump.Branch;
          next = pc + 1;
          nextTop = topLevel;
          break;
        }

        case State.RepeatOneNext: {
          const min = code[pc + 1];
          const tail = pc + code[pc];
          if (code[tail] === (Op.LITERAL as number)) {
            const ch = code[tail + 1];
            while (count >= min && (ptr >= end || this.at(ptr) !== ch)) {
              ptr--;
              count--;
            }
          }
          if (count < min) {
            if (pushed !== 0) this.dataTop -= lastMark + 1;
            ret = false;
            state = State.Return;
            break;
          }
          this.ptr = ptr;
          jump = Jump.RepeatOne;
          next = tail;
          nextTop = topLevel;
          break;
        }

        case State.MinRepeatOneNext: {
          const max = code[pc + 2];
          if (max !== (Sre.MaxRepeat as number) && count > max) {
            if (pushed !== 0) this.dataTop -= lastMark + 1;
            ret = false;
            state = State.Return;
            break;
          }
          this.ptr = ptr;
          jump = Jump.MinRepeatOne;
          next = pc + code[pc];
          nextTop = topLevel;
          break;
        }

        case State.MaxUntilTail:
          this.repeat = this.reps[rep + Rep.Prev];
          jump = Jump.MaxUntilTail;
          next = pc;
          nextTop = topLevel;
          break;

        case State.PossessiveNext: {
          const min = code[pc + 1];
          const max = code[pc + 2];
          const more = count < max || max === (Sre.MaxRepeat as number);
          if (count < min || (more && ptr !== this.reps[rep + Rep.LastPtr])) {
            pushed = count < min ? 0 : 1;
            if (pushed !== 0) {
              lastMark = this.lastMark;
              lastIndex = this.lastIndex;
              this.pushMarks(lastMark);
              this.reps[rep + Rep.LastPtr] = ptr;
            }
            this.ptr = ptr;
            jump = Jump.Possessive;
            next = pc + 3;
            nextTop = 0;
            break;
          }
          this.repeat = this.reps[rep + Rep.Prev];
          this.repTop = rep;
          pc += code[pc] + 1;
          state = State.Dispatch;
          break;
        }

        case State.Return: {
          if (depth === 0) return ret;
          depth -= Context.Words;
          const c = this.contexts;
          pc = c[depth + Context.Pc];
          ptr = c[depth + Context.Ptr];
          count = c[depth + Context.Count];
          lastMark = c[depth + Context.LastMark];
          lastIndex = c[depth + Context.LastIndex];
          rep = c[depth + Context.Rep];
          pushed = c[depth + Context.Pushed];
          topLevel = c[depth + Context.TopLevel];
          const from: Jump = c[depth + Context.Jump];
          switch (from) {
            case Jump.Assert:
              if (ret) {
                pc += code[pc];
                state = State.Dispatch;
              }
              break;
            case Jump.AssertNot:
              if (ret) {
                if (pushed !== 0) this.dataTop -= lastMark + 1;
                ret = false;
                break;
              }
              if (pushed !== 0) this.popMarks(lastMark);
              this.lastMark = lastMark;
              this.lastIndex = lastIndex;
              pc += code[pc];
              state = State.Dispatch;
              break;
            case Jump.Branch:
              if (this.failedTail(ret, pushed, lastMark, lastIndex)) {
                pc += code[pc];
                state = State.BranchNext;
              }
              break;
            case Jump.RepeatOne:
              if (this.failedTail(ret, pushed, lastMark, lastIndex)) {
                ptr--;
                count--;
                state = State.RepeatOneNext;
              }
              break;
            case Jump.MinRepeatOne:
              if (this.failedTail(ret, pushed, lastMark, lastIndex)) {
                if (this.countRun(pc + 3, ptr, 1) === 0) {
                  if (pushed !== 0) this.dataTop -= lastMark + 1;
                } else {
                  ptr++;
                  count++;
                  state = State.MinRepeatOneNext;
                }
              }
              break;
            case Jump.Repeat:
              this.repeat = this.reps[rep + Rep.Prev];
              this.repTop = rep;
              break;
            case Jump.MaxUntilMin:
            case Jump.MinUntilMin:
              if (!ret) {
                this.reps[rep + Rep.Count] = count - 1;
                this.ptr = ptr;
              }
              break;
            case Jump.MaxUntilBody:
              this.reps[rep + Rep.LastPtr] = this.data[--this.dataTop];
              if (ret) {
                this.dataTop -= lastMark + 1;
                break;
              }
              this.popMarks(lastMark);
              this.lastMark = lastMark;
              this.lastIndex = lastIndex;
              this.reps[rep + Rep.Count] = count - 1;
              this.ptr = ptr;
              state = State.MaxUntilTail;
              break;
            case Jump.MaxUntilTail:
              this.repeat = rep;
              if (!ret) this.ptr = ptr;
              break;
            case Jump.MinUntilTail: {
              this.repeat = rep;
              if (ret) {
                if (pushed !== 0) this.dataTop -= lastMark + 1;
                break;
              }
              if (pushed !== 0) this.popMarks(lastMark);
              this.lastMark = lastMark;
              this.lastIndex = lastIndex;
              this.ptr = ptr;
              const body = this.reps[rep + Rep.Pc];
              const max = code[body + 2];
              if ((count >= max && max !== (Sre.MaxRepeat as number)) || ptr === this.reps[rep + Rep.LastPtr]) break;
              this.reps[rep + Rep.Count] = count;
              this.pushData(this.reps[rep + Rep.LastPtr]);
              this.reps[rep + Rep.LastPtr] = ptr;
              jump = Jump.MinUntilBody;
              next = body + 3;
              nextTop = topLevel;
              break;
            }
            case Jump.MinUntilBody:
              this.reps[rep + Rep.LastPtr] = this.data[--this.dataTop];
              if (!ret) {
                this.reps[rep + Rep.Count] = count - 1;
                this.ptr = ptr;
              }
              break;
            case Jump.AtomicGroup:
              if (ret) {
                pc += code[pc];
                ptr = this.ptr;
                state = State.Dispatch;
              } else this.ptr = ptr;
              break;
            case Jump.Possessive:
              if (ret) {
                if (pushed !== 0) this.dataTop -= lastMark + 1;
                ptr = this.ptr;
                count++;
                state = State.PossessiveNext;
                break;
              }
              this.repeat = this.reps[rep + Rep.Prev];
              this.repTop = rep;
              if (pushed === 0) break;
              this.popMarks(lastMark);
              this.lastMark = lastMark;
              this.lastIndex = lastIndex;
              pc += code[pc] + 1;
              state = State.Dispatch;
              break;
          }
          break;
        }
      }
    }
  }

  /** After a context for the rest of the pattern ended: on success drops the saved marks; on failure puts them back,
   *  keeps them for the next try, and returns true. */
  private failedTail(ret: boolean, pushed: number, lastMark: number, lastIndex: number): boolean {
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

function grown(stack: Int32Array, need: number): Int32Array {
  const larger = new Int32Array(2 * need);
  larger.set(stack);
  return larger;
}
