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
import { fold, inCategory } from './characters.ts';
import { Context, grown, Matching, Rep } from './matching.ts';
import { Op, Sre } from './opcodes.ts';

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

/** The machine. */
export class Engine extends Matching {
  /** Matches the program from `start` at `this.ptr`. On success `this.ptr` is where the match ends. */
  protected run(start: number, top: boolean): boolean {
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
              const min = code[pc + 1] >>> 0;
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
              const min = code[pc + 1] >>> 0;
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
              const max = code[body + 2] >>> 0;
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
          const min = code[pc + 1] >>> 0;
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
          const max = code[pc + 2] >>> 0;
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
          const min = code[pc + 1] >>> 0;
          const max = code[pc + 2] >>> 0;
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
              const max = code[body + 2] >>> 0;
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
}
