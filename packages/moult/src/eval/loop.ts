/**
 * The evaluation loop (D7): runs frames until the one it was entered with returns, yields or throws.
 *
 * Locals of the loop mirror the current frame: `frame`, `sp` (index of the first free stack word), `pc` (code unit),
 * `units`. Operands stay on the stack until the operation is done, so that a throw finds them there; a result is stored
 * before the operands are released, since a release may run Python. `FrameWord.StackTop` is brought up to date (`save`)
 * before anything that may run Python, throw, or be seen by the audit.
 *
 * Calls of Python functions push a frame and go on here; everything that is rare is in `cold.ts` and its neighbours.
 * V8 does not optimise a function of more than 60 KB of its bytecode: a test guards the size.
 *
 * Length: one function by design; splitting the hot cases costs a call each.
 */
import { decref, GcRoot, ListWord, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { BinaryOp, CACHE_COUNTS, Op } from '../compiler/opcodes.ts';
import { CompareOp, SLOT_FUNCTIONS } from '../core/functions.ts';
import type { IterNextSlot } from '../core/functions.ts';
import { newFloat, newInt } from '../core/int.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CellWord, CodeWord, FunctionWord } from '../core/layout/functions.ts';
import { FloatWord, IntTag, IntWord } from '../core/layout/numbers.ts';
import { isTrue, richCompare } from '../core/protocol/compare.ts';
import { getItem, setItem } from '../core/protocol/item.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import { PYTHON_THROW } from '../core/runtime.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { popArgs, releaseTemps } from '../core/temps.ts';
import { THREAD_PARK } from '../core/threads.ts';
import { newTuple } from '../core/tuple.ts';
import { binaryOperation } from './arithmetic.ts';
import { loadAttribute, loadMethod, storeAttribute } from './attributes.ts';
import { bindArguments } from './bind.ts';
import { handleBreaker } from './breaker.ts';
import { callFunctionEx, callValues, enterFrame, pushFunctionEx, unpackMethod } from './calls.ts';
import { executeCold } from './cold.ts';
import { Handler } from '../frames/executable-code.ts';
import { clearAndPop, executable, newFrame } from '../frames/frames.ts';
import { leaveEntry, leaveMoved, makeGenerator, sendValue, suspendGenerator } from './generators.ts';
import { raiseAgain, raiseVarargs } from './handlers.ts';
import { loadGlobal } from './names.ts';
import { dropOperands, dropThree, dropTwo, replaceTwo } from './operands.ts';
import { auditStep } from './stress.ts';
import { parked } from './threads/wait.ts';
import { unboundFree, unboundLocal } from './unbound.ts';
import { caughtHost, cleanupThrow, endAsyncFor, endLoop, leaveThrowing, prepareHandler, prepareReraise, traceHere, unwindFrame } from './unwind.ts';

const LOCALS = FrameWord.LocalsPlus as number;

/** Runs the current frame, which is `entry` or was called from it, until `entry` returns or yields; the value is owned, or 0 if the
 *  thread is parked. Throws `PYTHON_THROW` after clearing the frame. @runsPython @mayCollect */
export function run(rt: Runtime, entry: number): Owned {
  const H = rt.words;
  const F = rt.floats;
  const tempMark = H[RootNum.TempTop];
  const argMark = H[RootNum.ArgTop];
  const nativeMark = H[RootNum.NativeRecursionRemaining];
  let frame = H[RootNum.CurrentFrame];
  let exec = executable(rt, H[frame + FrameWord.Code]);
  let units = exec.units;
  let locals = (frame + LOCALS) | 0;
  let sp = (locals + H[frame + FrameWord.StackTop]) | 0;
  let pc = H[frame + FrameWord.PrevInstr] | 0;
  let kwnames = 0;
  // An exception is pending on entry when a generator is thrown into.
  let throwing = H[RootRef.CurrentException] !== 0;
  let reraising = false;
  for (;;) {
    try {
      if (throwing) throw PYTHON_THROW;
      for (;;) {
        pc++;
        const unit = units[pc];
        const arg = unit >> 8;
        H[frame + FrameWord.PrevInstr] = pc;
        if (TRACE && H[RootNum.AuditInterval] !== 0) {
          H[frame + FrameWord.StackTop] = sp - locals;
          auditStep(rt);
        }
        switch (unit & 255) {
          case Op.NOP:
          case Op.EXTENDED_ARG:
            continue;
          case Op.RESUME:
            if (H[GcRoot.EvalBreaker] !== 0 && arg < 2) {
              H[frame + FrameWord.StackTop] = sp - locals;
              handleBreaker(rt);
            }
            continue;
          case Op.LOAD_FAST: {
            const o = H[locals + arg];
            if (H[o] >= 0) H[o]++;
            H[sp++] = o;
            continue;
          }
          case Op.STORE_FAST: {
            const old = H[locals + arg];
            H[locals + arg] = H[--sp];
            if (old !== 0 && H[old] >= 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              decref(rt, old);
            }
            continue;
          }
          case Op.LOAD_CONST: {
            const o = H[H[H[frame] + CodeWord.Consts] + TupleWord.Items + arg];
            if (H[o] >= 0) H[o]++;
            H[sp++] = o;
            continue;
          }
          case Op.POP_TOP: {
            const o = H[--sp];
            if (H[o] >= 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              decref(rt, o);
            }
            continue;
          }
          case Op.PUSH_NULL:
            H[sp++] = 0;
            continue;
          case Op.COPY: {
            const o = H[sp - arg];
            if (H[o] >= 0) H[o]++;
            H[sp++] = o;
            continue;
          }
          case Op.SWAP: {
            const top = H[sp - 1];
            H[sp - 1] = H[sp - arg];
            H[sp - arg] = top;
            continue;
          }
          case Op.LOAD_GLOBAL: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const o = loadGlobal(rt, frame, units, pc, arg >> 1);
            if ((arg & 1) !== 0) H[sp++] = 0;
            H[sp++] = o;
            pc += 4;
            continue;
          }
          case Op.LOAD_ATTR: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const owner = H[sp - 1];
            if ((arg & 1) !== 0) {
              sp = loadMethod(rt, frame, units, pc, arg >> 1, sp);
            } else {
              const value = loadAttribute(rt, frame, units, pc, arg >> 1, owner);
              H[sp - 1] = value;
              if (H[owner] >= 0) decref(rt, owner);
            }
            pc += 9;
            continue;
          }
          case Op.STORE_ATTR: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const owner = H[sp - 1];
            storeAttribute(rt, frame, units, pc, arg, owner, H[sp - 2]);
            sp = dropTwo(rt, frame, sp);
            pc += 4;
            continue;
          }
          case Op.KW_NAMES:
            kwnames = H[H[H[frame] + CodeWord.Consts] + TupleWord.Items + arg];
            continue;
          case Op.CALL: {
            // method or null, callable or self, arguments …  →  result
            const target = (sp - arg - 2) | 0;
            let args = (sp - arg) | 0;
            let nargs = arg;
            let callable = H[target];
            H[frame + FrameWord.StackTop] = sp - locals;
            if (callable !== 0) {
              args--;
              nargs++;
            } else {
              callable = H[target + ObjectWord.Type];
              if (H[callable + ObjectWord.Type] === T.method) {
                callable = unpackMethod(rt, target, callable);
                args--;
                nargs++;
              }
            }
            pc += 3;
            const names = kwnames;
            kwnames = 0;
            if (H[callable + ObjectWord.Type] === T.function) {
              const code = H[callable + FunctionWord.Code];
              const next = executable(rt, code);
              const callee = newFrame(rt, callable, code, next, 0);
              if (names === 0 && next.simple && nargs === next.argcount) {
                const to = callee + LOCALS - args;
                for (let i = args; i < sp; i++) H[to + i] = H[i];
                if (H[callable] >= 0) H[callable]--;
              } else {
                const nkw = names === 0 ? 0 : H[names + TupleWord.Size];
                bindArguments(rt, callee, callable, next, args, nargs - nkw, names);
                dropOperands(rt, target, sp);
              }
              H[frame + FrameWord.StackTop] = target - locals;
              H[frame + FrameWord.ReturnOffset] = H[frame + FrameWord.PrevInstr] = pc;
              enterFrame(rt, frame, callee);
              frame = callee;
              exec = next;
              units = exec.units;
              locals = (frame + LOCALS) | 0;
              sp = (locals + exec.nlocalsplus) | 0;
              pc = -1;
              continue;
            }
            sp = callValues(rt, frame, callable, args, nargs, names, sp, target);
            if (H[GcRoot.EvalBreaker] !== 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              handleBreaker(rt);
            }
            continue;
          }
          case Op.RETURN_CONST:
          case Op.RETURN_VALUE: {
            let value = 0;
            if ((unit & 255) === Op.RETURN_CONST) {
              value = H[H[H[frame] + CodeWord.Consts] + TupleWord.Items + arg];
              if (H[value] >= 0) H[value]++;
            } else {
              value = H[--sp];
            }
            H[frame + FrameWord.StackTop] = sp - locals;
            H[RootNum.RecursionRemaining]++;
            if (frame === entry) return leaveEntry(rt, frame, value as Owned);
            const dying = frame;
            frame = H[dying + FrameWord.Previous];
            H[RootNum.CurrentFrame] = frame;
            locals = (frame + LOCALS) | 0;
            sp = (locals + H[frame + FrameWord.StackTop]) | 0;
            H[sp++] = value;
            H[frame + FrameWord.StackTop] = sp - locals;
            clearAndPop(rt, dying);
            exec = executable(rt, H[frame]);
            units = exec.units;
            pc = H[frame + FrameWord.ReturnOffset];
            continue;
          }
          case Op.YIELD_VALUE: {
            const value = H[--sp];
            H[frame + FrameWord.StackTop] = sp - locals;
            H[RootNum.RecursionRemaining]++;
            suspendGenerator(rt, frame);
            return value as Owned;
          }
          case Op.RETURN_GENERATOR: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const generator = makeGenerator(rt, frame);
            H[RootNum.RecursionRemaining]++;
            if (frame === entry) return leaveMoved(rt, frame, generator);
            const moved = frame;
            frame = H[moved + FrameWord.Previous];
            H[RootNum.CurrentFrame] = frame;
            H[RootNum.FrameTop] = moved;
            exec = executable(rt, H[frame]);
            units = exec.units;
            locals = (frame + LOCALS) | 0;
            sp = (locals + H[frame + FrameWord.StackTop]) | 0;
            H[sp++] = generator;
            pc = H[frame + FrameWord.ReturnOffset];
            continue;
          }
          case Op.POP_JUMP_IF_FALSE:
          case Op.POP_JUMP_IF_TRUE: {
            const o = H[sp - 1];
            let truth = o === S.True;
            if (!truth && o !== S.False && o !== S.None) {
              H[frame + FrameWord.StackTop] = sp - locals;
              truth = isTrue(rt, o);
            }
            sp--;
            if (H[o] >= 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              decref(rt, o);
            }
            if (truth === ((unit & 255) === Op.POP_JUMP_IF_TRUE)) pc += arg;
            continue;
          }
          case Op.POP_JUMP_IF_NONE:
          case Op.POP_JUMP_IF_NOT_NONE: {
            const o = H[--sp];
            if ((o === S.None) === ((unit & 255) === Op.POP_JUMP_IF_NONE)) pc += arg;
            if (H[o] >= 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              decref(rt, o);
            }
            continue;
          }
          case Op.JUMP_FORWARD:
            pc += arg;
            continue;
          case Op.JUMP_BACKWARD_NO_INTERRUPT:
            pc -= arg;
            continue;
          case Op.JUMP_BACKWARD:
            pc -= arg;
            if (H[GcRoot.EvalBreaker] !== 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              handleBreaker(rt);
            }
            continue;
          case Op.FOR_ITER: {
            const iterator = H[sp - 1];
            H[frame + FrameWord.StackTop] = sp - locals;
            const item = (SLOT_FUNCTIONS[H[H[iterator + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot)(rt, iterator);
            if (item !== 0) {
              H[sp++] = item;
              pc += 1;
              continue;
            }
            if (H[RootRef.CurrentException] !== 0) endLoop(rt, frame);
            sp--;
            H[frame + FrameWord.StackTop] = sp - locals;
            decref(rt, iterator);
            pc += arg + 2;
            continue;
          }
          case Op.BINARY_OP: {
            const b = H[sp - 1];
            const a = H[sp - 2];
            pc += 1;
            if (H[a + ObjectWord.Type] === T.int && H[b + ObjectWord.Type] === T.int) {
              const x = H[a + IntWord.Payload];
              const y = H[b + IntWord.Payload];
              if ((H[a + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact && (H[b + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact) {
                let result = 0;
                let done = true;
                switch (arg) {
                  case BinaryOp.ADD:
                  case BinaryOp.INPLACE + BinaryOp.ADD:
                    result = (x + y) | 0;
                    break;
                  case BinaryOp.SUBTRACT:
                  case BinaryOp.INPLACE + BinaryOp.SUBTRACT:
                    result = (x - y) | 0;
                    break;
                  case BinaryOp.AND:
                  case BinaryOp.INPLACE + BinaryOp.AND:
                    result = x & y;
                    break;
                  default:
                    done = false;
                }
                if (done) {
                  H[frame + FrameWord.StackTop] = sp - locals;
                  const value = newInt(rt, result);
                  H[sp - 2] = value;
                  sp--;
                  if (H[a] >= 0) decref(rt, a);
                  if (H[b] >= 0) decref(rt, b);
                  continue;
                }
              }
            } else if (H[a + ObjectWord.Type] === T.float && H[b + ObjectWord.Type] === T.float) {
              const x = F[(a + FloatWord.Value) >> 1];
              const y = F[(b + FloatWord.Value) >> 1];
              let result = 0.5;
              let done = true;
              switch (arg) {
                case BinaryOp.ADD:
                case BinaryOp.INPLACE + BinaryOp.ADD:
                  result = x + y;
                  break;
                case BinaryOp.SUBTRACT:
                case BinaryOp.INPLACE + BinaryOp.SUBTRACT:
                  result = x - y;
                  break;
                case BinaryOp.MULTIPLY:
                case BinaryOp.INPLACE + BinaryOp.MULTIPLY:
                  result = x * y;
                  break;
                default:
                  done = false;
              }
              if (done) {
                H[frame + FrameWord.StackTop] = sp - locals;
                const value = newFloat(rt, result);
                H[sp - 2] = value;
                sp--;
                if (H[a] >= 0) decref(rt, a);
                if (H[b] >= 0) decref(rt, b);
                continue;
              }
            }
            H[frame + FrameWord.StackTop] = sp - locals;
            sp = binaryOperation(rt, frame, units, pc, sp, arg);
            continue;
          }
          case Op.COMPARE_OP: {
            const b = H[sp - 1];
            const a = H[sp - 2];
            pc += 1;
            if (
              H[a + ObjectWord.Type] === T.int &&
              H[b + ObjectWord.Type] === T.int &&
              (H[a + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact &&
              (H[b + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact
            ) {
              const x = H[a + IntWord.Payload];
              const y = H[b + IntWord.Payload];
              let truth = false;
              switch (arg >> 4) {
                case CompareOp.Lt:
                  truth = x < y;
                  break;
                case CompareOp.Le:
                  truth = x <= y;
                  break;
                case CompareOp.Eq:
                  truth = x === y;
                  break;
                case CompareOp.Ne:
                  truth = x !== y;
                  break;
                case CompareOp.Gt:
                  truth = x > y;
                  break;
                default:
                  truth = x >= y;
              }
              H[sp - 2] = truth ? S.True : S.False;
              sp--;
              if (H[a] >= 0) decref(rt, a);
              if (H[b] >= 0) decref(rt, b);
              continue;
            }
            H[frame + FrameWord.StackTop] = sp - locals;
            const result = richCompare(rt, a, b, arg >> 4);
            sp = replaceTwo(rt, frame, sp, result);
            continue;
          }
          case Op.BINARY_SUBSCR: {
            const key = H[sp - 1];
            const o = H[sp - 2];
            pc += 1;
            H[frame + FrameWord.StackTop] = sp - locals;
            let result = 0;
            if (
              H[key + ObjectWord.Type] === T.int &&
              (H[o + ObjectWord.Type] === T.list || H[o + ObjectWord.Type] === T.tuple) &&
              (H[key + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact
            ) {
              const i = H[key + IntWord.Payload];
              if (i >= 0 && i < H[o + ListWord.Size]) {
                result = H[o + ObjectWord.Type] === T.list ? H[H[o + ListWord.Items] + i] : H[o + TupleWord.Items + i];
                if (H[result] >= 0) H[result]++;
              }
            }
            if (result === 0) result = getItem(rt, o, key);
            sp = replaceTwo(rt, frame, sp, result as Owned);
            continue;
          }
          case Op.STORE_SUBSCR: {
            // value, container, key
            const key = H[sp - 1];
            const o = H[sp - 2];
            pc += 1;
            H[frame + FrameWord.StackTop] = sp - locals;
            setItem(rt, o, key, H[sp - 3]);
            sp = dropThree(rt, frame, sp);
            continue;
          }
          case Op.LOAD_DEREF: {
            const value = H[H[locals + arg] + CellWord.Value];
            if (value === 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              unboundFree(rt, frame, arg);
            }
            if (H[value] >= 0) H[value]++;
            H[sp++] = value;
            continue;
          }
          case Op.STORE_DEREF: {
            const cell = H[locals + arg];
            const old = H[cell + CellWord.Value];
            H[cell + CellWord.Value] = H[--sp];
            if (old !== 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              decref(rt, old);
            }
            continue;
          }
          case Op.LOAD_FAST_CHECK: {
            const o = H[locals + arg];
            if (o === 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              unboundLocal(rt, frame, arg);
            }
            if (H[o] >= 0) H[o]++;
            H[sp++] = o;
            continue;
          }
          case Op.LOAD_FAST_AND_CLEAR:
            H[sp++] = H[locals + arg];
            H[locals + arg] = 0;
            continue;
          case Op.LOAD_CLOSURE: {
            const cell = H[locals + arg];
            if (H[cell] >= 0) H[cell]++;
            H[sp++] = cell;
            continue;
          }
          case Op.IS_OP: {
            const b = H[sp - 1];
            const a = H[sp - 2];
            H[frame + FrameWord.StackTop] = sp - locals;
            sp = replaceTwo(rt, frame, sp, ((a === b) === (arg === 0) ? S.True : S.False) as Ref as Owned);
            continue;
          }
          case Op.BUILD_TUPLE: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const tuple = newTuple(rt, arg);
            sp -= arg;
            for (let i = 0; i < arg; i++) H[tuple + TupleWord.Items + i] = H[sp + i];
            H[sp++] = tuple;
            continue;
          }
          case Op.SEND: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const value = sendValue(rt, H[sp - 2], H[sp - 1]);
            const sent = H[sp - 1];
            H[sp - 1] = value;
            pc += rt.sendFinished ? arg + 1 : 1;
            if (H[sent] >= 0) decref(rt, sent);
            continue;
          }
          case Op.RERAISE: {
            H[frame + FrameWord.StackTop] = sp - locals;
            prepareReraise(rt, frame, sp, arg);
            reraising = true;
            throw PYTHON_THROW;
          }
          case Op.RAISE_VARARGS:
            H[frame + FrameWord.StackTop] = sp - locals;
            if (arg !== 0) raiseVarargs(rt, frame, sp, arg);
            raiseAgain(rt);
            reraising = true;
            throw PYTHON_THROW;
          case Op.END_ASYNC_FOR:
          case Op.CLEANUP_THROW: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const after = (unit & 255) === Op.CLEANUP_THROW ? cleanupThrow(rt, frame, sp) : endAsyncFor(rt, frame, sp);
            if (after === 0) {
              reraising = true;
              throw PYTHON_THROW;
            }
            sp = after;
            continue;
          }
          case Op.CALL_FUNCTION_EX: {
            H[frame + FrameWord.StackTop] = sp - locals;
            const callee = pushFunctionEx(rt, frame, sp, arg);
            if (callee !== 0) {
              H[frame + FrameWord.ReturnOffset] = H[frame + FrameWord.PrevInstr] = pc;
              enterFrame(rt, frame, callee);
              frame = callee;
              exec = executable(rt, H[frame]);
              units = exec.units;
              locals = (frame + LOCALS) | 0;
              sp = (locals + exec.nlocalsplus) | 0;
              pc = -1;
              continue;
            }
            sp = callFunctionEx(rt, frame, sp, arg);
            if (H[GcRoot.EvalBreaker] !== 0) {
              H[frame + FrameWord.StackTop] = sp - locals;
              handleBreaker(rt);
            }
            continue;
          }
          default:
            H[frame + FrameWord.StackTop] = sp - locals;
            sp = executeCold(rt, frame, sp, unit & 255, arg);
            pc += CACHE_COUNTS[unit & 255];
            continue;
        }
      }
    } catch (error) {
      if (error !== PYTHON_THROW && error !== THREAD_PARK) caughtHost(rt, error);
      H[RootNum.NativeRecursionRemaining] = nativeMark;
      popArgs(rt, argMark);
      if (H[RootNum.TempTop] !== tempMark) releaseTemps(rt, tempMark);
      if (error === THREAD_PARK) return parked(rt, entry);
      kwnames = 0;
      throwing = false;
      // RERAISE may have set PrevInstr back for the traceback's line; handlers are looked up by where it stands itself.
      let faulting = pc;
      for (;;) {
        if (reraising) reraising = false;
        else traceHere(rt, frame);
        const handler = exec.findHandler(faulting);
        if (handler >= 0) {
          sp = prepareHandler(rt, frame, exec, handler);
          pc = exec.handlers[handler + Handler.Target] - 1;
          break;
        }
        unwindFrame(rt, frame, exec.nlocalsplus);
        H[RootNum.RecursionRemaining]++;
        if (frame === entry) leaveThrowing(rt, frame);
        const dying = frame;
        frame = H[dying + FrameWord.Previous];
        H[RootNum.CurrentFrame] = frame;
        clearAndPop(rt, dying);
        faulting = H[frame + FrameWord.PrevInstr];
        exec = executable(rt, H[frame]);
        units = exec.units;
        locals = (frame + LOCALS) | 0;
      }
    }
  }
}
