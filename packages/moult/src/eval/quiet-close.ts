/**
 * Closing a suspended generator that has no handler of its own where it stands, which is what most abandoned ones are.
 *
 * `GeneratorExit` is raised in it, passes the handler that every generator has around its body (which only turns StopIteration
 * into RuntimeError), and is dropped: always the same steps. They are done here one after the other, with every object made
 * and released at the moment when it would be, but without a throw of the host, which costs more than all of them.
 */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Intrinsic1, Op } from '../compiler/opcodes.ts';
import { clearException, pendingMatches, restoreException, rethrow } from '../core/errors.ts';
import { createException } from '../core/exceptions.ts';
import { FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { Recursion } from '../core/host-stack.ts';
import { canEnterRecursion } from '../core/recursion.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { temp, untemp } from '../core/temps.ts';
import { Handler } from '../frames/executable-code.ts';
import type { ExecutableCode } from '../frames/executable-code.ts';
import { executable, linkFrame, unlinkFrame } from '../frames/frames.ts';
import { abandonGenerator } from './generators.ts';
import { isTracing } from './tracing/call-tracer.ts';
import { prepareHandler, prepareReraise, traceHere, unwindFrame } from './unwind.ts';

/** Largest unit whose number is a small int: making it cannot fail. */
const SMALL_UNIT = 256;

/** The suspended generator is closed, if nothing but the handler around its body would see the exception; else false, with nothing
 *  changed. It delegates to nobody. @runsPython */
export function closeAtYield(rt: Runtime, self: Ref): boolean {
  const H = rt.words;
  const frame = self + GeneratorWord.Frame;
  if (H[RootNum.Monitored] !== 0 || isTracing(rt)) return false;
  if (H[RootNum.RecursionRemaining] <= 0 || !canEnterRecursion(rt)) return false;
  const handled = H[self + GeneratorWord.ExcValue];
  if ((handled !== 0 && handled !== S.None) || H[frame + FrameWord.FrameObject] !== 0) return false;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  const handler = bodyHandler(exec, H[frame + FrameWord.PrevInstr]);
  if (handler < 0) return false;
  restoreException(rt, createException(rt, T.GeneratorExit, 0 as Owned));
  throwThrough(rt, self, exec, handler);
  return true;
}

/** The handler of `unit` if it is the one around a generator's body, else −1. */
function bodyHandler(exec: ExecutableCode, unit: number): number {
  if (unit > SMALL_UNIT || exec.instruments !== null) return -1;
  const handler = exec.findHandler(unit);
  if (handler < 0 || exec.handlers[handler + Handler.Depth] !== 0) return -1;
  const target = exec.handlers[handler + Handler.Target];
  const converts = (Op.CALL_INTRINSIC_1 as number) | (Intrinsic1.STOPITERATION_ERROR << 8);
  const plain = exec.originalUnit(target) === converts && exec.originalOp(target + 1) === (Op.RERAISE as number);
  return plain ? handler : -1;
}

/** What `sendGenerator`, `run` and the handler do with the pending exception. Drops it at the end. */
function throwThrough(rt: Runtime, self: Ref, exec: ExecutableCode, handler: number): void {
  const H = rt.words;
  const frame = self + GeneratorWord.Frame;
  H[RootNum.RecursionRemaining]--;
  H[RootNum.NativeRecursionRemaining] -= Recursion.Level;
  H[self + GeneratorWord.ExcPrevious] = H[RootNum.ExcInfo];
  H[RootNum.ExcInfo] = self + GeneratorWord.ExcValue;
  H[self + GeneratorWord.State] = FrameState.Executing;
  linkFrame(rt, frame);
  const keep = temp(rt, newRef(rt, self));
  traceHere(rt, frame);
  const sp = prepareHandler(rt, frame, exec, handler);
  H[frame + FrameWord.StackTop] = sp - frame - FrameWord.LocalsPlus;
  prepareReraise(rt, frame, sp, 1);
  unwindFrame(rt, frame, exec.nlocalsplus, H[frame + FrameWord.PrevInstr]);
  H[RootNum.RecursionRemaining]++;
  unlinkFrame(rt, frame);
  abandonGenerator(rt, frame);
  H[RootNum.NativeRecursionRemaining] += Recursion.Level;
  decref(rt, untemp(rt, keep));
  if (!pendingMatches(rt, T.GeneratorExit)) rethrow();
  clearException(rt);
}
