/**
 * INSTRUMENTED: what the loop executes in place of a traced instruction (frames/instruments.ts). Tells trace and profile
 * functions what is about to happen, then opens the original, which the loop executes next.
 */
import type { Owned, Ref } from '@moult/heap';
import { GcRoot, newRef, ObjectWord, TupleWord } from '@moult/heap';
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import { caught, mark, rethrow } from '../../core/errors.ts';
import { createException } from '../../core/exceptions.ts';
import { FrameObjectWord, FrameWord, TraceEvent } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { MonitorEvent } from '../../core/layout/monitoring.ts';
import { ThreadWord } from '../../core/layout/thread.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { SAVED_REFS, savedNum } from '../../core/threads.ts';
import { frameObject } from '../../frames/frame-object.ts';
import type { Instruments } from '../../frames/instruments.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { executable } from '../../frames/frames.ts';
import { instrumentsFound, instrumentsOf, jumpTarget, Watch, Watched } from '../../frames/instruments.ts';
import { monitorsOf, monitorWatch } from '../../frames/monitors.ts';
import { handleBreaker } from '../breaker.ts';
import { exceptionTuple, isTracing, trace, traceAndProfile } from './call-tracer.ts';
import { tellMonitors, tellMonitorsInstruction, tellMonitorsLine } from './monitoring.ts';
import { observedCall } from './observed-call.ts';
import { observedJump } from './observed-jump.ts';

/** Executes INSTRUMENTED. Returns the new `sp`; the frame's place holds what is to be executed next. @runsPython @mayCollect */
export function instrumented(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  const instruments = instrumentsFound(exec);
  const unit = H[frame + FrameWord.PrevInstr];
  if (!prepare(rt, frame, instruments)) return sp;
  if (H[RootNum.TraceNesting] !== 0) {
    if (!spins(rt, exec, unit)) instruments.openOriginal(unit);
    return sp;
  }
  const watch = instruments.watches[unit];
  tellLine(rt, frame, exec, unit, watch);
  if (H[frame + FrameWord.PrevInstr] !== unit) return jump(rt, frame, instruments, unit);
  if ((watch & Watch.Resume) !== 0) tellResume(rt, frame, exec, unit);
  if ((watch & Watch.Leave) !== 0) tellLeave(rt, frame, exec, sp, unit);
  if ((watch & (Watch.Stop | Watch.Way)) !== 0) tellStop(rt, frame, exec, sp, unit);
  if ((watch & Watch.JumpBackward) !== 0) tellJump(rt, frame, exec, unit);
  if (H[frame + FrameWord.PrevInstr] !== unit) {
    return exec.originalOp(unit) === (Op.YIELD_VALUE as number)
      ? yieldElsewhere(rt, frame, instruments, unit)
      : jump(rt, frame, instruments, unit);
  }
  remember(rt, frame, unit);
  const after = observed(rt, frame, exec, instruments, sp, unit);
  if (after !== 0) return after;
  if (!spins(rt, exec, unit)) instruments.openOriginal(unit);
  return frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop];
}

/** Executes INSTRUMENTED_RESUME, which is never opened: the loop goes on behind it. Returns the new `sp`. @runsPython @mayCollect */
export function instrumentedResume(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const exec = executable(rt, H[frame + FrameWord.Code]);
  const instruments = instrumentsFound(exec);
  const unit = H[frame + FrameWord.PrevInstr];
  instruments.close();
  if (prepare(rt, frame, instruments) && H[RootNum.TraceNesting] === 0) {
    tellResume(rt, frame, exec, unit);
    remember(rt, frame, unit);
  }
  if (H[GcRoot.EvalBreaker] !== 0 && exec.originalUnit(unit) >> 8 < 2) handleBreaker(rt);
  return sp;
}

/** Instruments what is wanted of the frame's code. False if nothing is: the instruments are out of it then. What is told of a frame has
 *  a frame object, so that it is seen when the frame is left (`closeInstruments`). */
function prepare(rt: Runtime, frame: number, instruments: Instruments): boolean {
  const monitors = monitorsOf(rt, rt.words[frame + FrameWord.Code]);
  const bits = wanted(rt) | (monitors === 0 ? 0 : monitorWatch(rt, monitors));
  if (bits === 0 && !isTracedElsewhere(rt)) {
    instruments.remove();
    return false;
  }
  instruments.watch(bits | Watched.Start);
  frameObject(rt, frame);
  return true;
}

/** Does what can only be told of while it is done. The new `sp`, or 0 if the instruction is left to the loop. */
function observed(
  rt: Runtime,
  frame: number,
  exec: ExecutableCode,
  instruments: Instruments,
  sp: number,
  unit: number,
): number {
  const watch = instruments.watches[unit];
  if ((watch & Watch.Way) !== 0) return observedJump(rt, frame, exec, instruments, sp, unit);
  if ((watch & Watch.Call) === 0) return 0;
  const after = observedCall(rt, frame, exec, instruments, sp, unit);
  if (after !== 0) instruments.openInstead(unit, Op.JUMP_FORWARD, CACHE_COUNTS[exec.originalOp(unit)]);
  return after;
}

/** Another thread traces or profiles. */
function isTracedElsewhere(rt: Runtime): boolean {
  const H = rt.words;
  const trace = ThreadWord.SavedRefs + SAVED_REFS.indexOf(RootRef.TraceFunction);
  const profile = ThreadWord.SavedRefs + SAVED_REFS.indexOf(RootRef.ProfileFunction);
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next])
    if (t !== H[RootNum.CurrentThread] && (H[t + trace] | H[t + profile]) !== 0) return true;
  return false;
}

/** Instruments what is running, and the start of everything else. To be called when a thread begins to trace, and when events of
 *  `sys.monitoring` have changed. */
export function instrumentAll(rt: Runtime): void {
  const H = rt.words;
  if (H[RootNum.OpcodesTraced] !== 0) H[RootNum.OpcodesTraced] = 2;
  for (const payload of rt.hosts as readonly unknown[]) {
    if (isExecutable(payload)) instrumentsOf(payload).watch(Watched.Start);
  }
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    const newest = savedNum(rt, t, RootNum.CurrentFrame);
    for (let frame = newest; frame !== 0; frame = H[frame + FrameWord.Previous])
      if (H[frame + FrameWord.Code] !== 0) instrumentFrame(rt, frame, t === H[RootNum.CurrentThread]);
  }
}

function instrumentFrame(rt: Runtime, frame: number, isOwn: boolean): void {
  const code = rt.words[frame + FrameWord.Code];
  const monitors = monitorsOf(rt, code);
  const bits = (isOwn ? wanted(rt) : 0) | (monitors === 0 ? 0 : monitorWatch(rt, monitors));
  if (bits !== 0) instrumentsOf(executable(rt, code)).watch(bits);
}

/** Bits of `Watch` that the running thread's functions want to be told of. */
function wanted(rt: Runtime): number {
  const H = rt.words;
  const traced =
    H[RootRef.TraceFunction] === 0 ? 0 : Watched.Tracing | (H[RootNum.OpcodesTraced] === 2 ? Watch.Each : 0);
  return traced | (H[RootRef.ProfileFunction] === 0 ? 0 : Watched.Profiling);
}

/** Tells of a line that starts, unless the frame comes from that very line, and then of the instruction. */
function tellLine(rt: Runtime, frame: number, exec: ExecutableCode, unit: number, watch: number): void {
  const H = rt.words;
  const object = H[frame + FrameWord.FrameObject];
  const traced = H[object + FrameObjectWord.Trace] !== 0;
  if ((watch & Watch.Line) !== 0) {
    const line = exec.lineAt(unit);
    const same = comesFromLine(rt, frame, exec, unit, line);
    if (!same && traced && H[object + FrameObjectWord.TraceLines] !== 0) lineEvent(rt, frame, object, line);
    if (H[frame + FrameWord.PrevInstr] !== unit) return;
    if (!same) tellMonitorsLine(rt, frame, unit, line);
  }
  if (traced && H[RootNum.OpcodesTraced] === 2 && H[object + FrameObjectWord.TraceOpcodes] !== 0)
    trace(rt, frame, TraceEvent.Opcode, S.None);
  if (H[frame + FrameWord.PrevInstr] === unit) tellMonitorsInstruction(rt, frame, unit);
}

/** Whether the instruction executed before is of the same line. What a call of a Python function returns to is not, in CPython: the
 *  frame comes from a CACHE unit of the call. (`remember` clears the word that the loop sets at a call.) */
function comesFromLine(rt: Runtime, frame: number, exec: ExecutableCode, unit: number, line: number): boolean {
  const H = rt.words;
  if (H[frame + FrameWord.ReturnOffset] !== 0 && H[frame + FrameWord.ReturnOffset] + 1 === unit) return false;
  const before = H[H[frame + FrameWord.FrameObject] + FrameObjectWord.LastTraced] - 1;
  return before >= 0 && exec.lineAt(before) === line && exec.originalOp(before) !== (Op.RESUME as number);
}

function lineEvent(rt: Runtime, frame: number, object: Ref, line: number): void {
  const H = rt.words;
  H[object + FrameObjectWord.LineNo] = line;
  try {
    trace(rt, frame, TraceEvent.Line, S.None);
  } finally {
    H[object + FrameObjectWord.LineNo] = 0;
  }
}

function remember(rt: Runtime, frame: number, unit: number): void {
  const H = rt.words;
  H[frame + FrameWord.ReturnOffset] = 0;
  H[H[frame + FrameWord.FrameObject] + FrameObjectWord.LastTraced] = unit + 1;
}

/** The trace function has set `f_lineno`: the frame goes on there. */
function jump(rt: Runtime, frame: number, instruments: Instruments, from: number): number {
  const H = rt.words;
  const target = H[frame + FrameWord.PrevInstr];
  remember(rt, frame, target);
  if (target > from) instruments.openInstead(from, Op.JUMP_FORWARD, target - from - 1);
  else instruments.openInstead(from, Op.JUMP_BACKWARD_NO_INTERRUPT, from - target + 1);
  H[frame + FrameWord.PrevInstr] = from;
  return frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop];
}

/** The same at a `yield`: the frame yields here and goes on behind the instruction there, as if that had pushed what is sent. */
function yieldElsewhere(rt: Runtime, frame: number, instruments: Instruments, from: number): number {
  const H = rt.words;
  H[H[frame + FrameWord.FrameObject] + FrameObjectWord.LastTraced] = -1 - H[frame + FrameWord.PrevInstr];
  H[frame + FrameWord.PrevInstr] = from;
  instruments.openOriginal(from);
  return frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop];
}

function tellResume(rt: Runtime, frame: number, exec: ExecutableCode, unit: number): void {
  const starts = exec.originalUnit(unit) >> 8 === 0;
  traceAndProfile(rt, frame, starts ? TraceEvent.Call : TraceEvent.Resume, S.None);
  tellMonitors(rt, frame, unit, starts ? MonitorEvent.PyStart : MonitorEvent.PyResume);
}

function tellLeave(rt: Runtime, frame: number, exec: ExecutableCode, sp: number, unit: number): void {
  const H = rt.words;
  const op = exec.originalOp(unit);
  if (op === (Op.YIELD_VALUE as number)) {
    tellYield(rt, frame, sp, unit);
    return;
  }
  const consts = H[H[frame + FrameWord.Code] + CodeWord.Consts];
  const constant = op === (Op.RETURN_CONST as number);
  const value = constant ? H[consts + TupleWord.Items + (exec.originalUnit(unit) >> 8)] : H[sp - 1];
  traceAndProfile(rt, frame, TraceEvent.Return, value);
  tellMonitors(rt, frame, unit, MonitorEvent.PyReturn, value);
}

/** The value is off the stack meanwhile. */
function tellYield(rt: Runtime, frame: number, sp: number, unit: number): void {
  const H = rt.words;
  const value = temp(rt, H[sp - 1] as Owned);
  H[frame + FrameWord.StackTop]--;
  const m = mark(rt);
  try {
    traceAndProfile(rt, frame, TraceEvent.Yield, value);
    tellMonitors(rt, frame, unit, MonitorEvent.PyYield, value);
  } catch (error) {
    caught(rt, error, m);
    pushBack(rt, frame, value);
    rethrow();
  }
  pushBack(rt, frame, value);
}

function pushBack(rt: Runtime, frame: number, value: Ref): void {
  const H = rt.words;
  H[frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop]++] = untemp(rt, value);
}

/** A generator has returned to `for`, `yield from` or `await`: as if it had raised StopIteration. */
function tellStop(rt: Runtime, frame: number, exec: ExecutableCode, sp: number, unit: number): void {
  const H = rt.words;
  const op = exec.originalOp(unit) as Op;
  if (op !== Op.END_SEND && op !== Op.END_FOR) return;
  const type = H[H[sp - 2] + ObjectWord.Type];
  if (type !== T.generator && type !== T.coroutine) return;
  const m = tempMark(rt);
  const value = H[sp - 1];
  const stop = temp(rt, createException(rt, T.StopIteration, value === S.None ? (0 as Owned) : newRef(rt, value)));
  // Where CPython traces, `for` asks the generator for an item, and sees a StopIteration only if that has a value.
  if (isTracing(rt) && (op === Op.END_SEND || value !== S.None))
    trace(rt, frame, TraceEvent.Exception, temp(rt, exceptionTuple(rt, stop)));
  tellMonitors(rt, frame, unit, MonitorEvent.StopIteration, stop);
  releaseTemps(rt, m);
}

/** A jump backward to the start of its own line starts that line again. */
function tellJump(rt: Runtime, frame: number, exec: ExecutableCode, unit: number): void {
  const H = rt.words;
  const object = H[frame + FrameWord.FrameObject];
  if (object === 0 || H[object + FrameObjectWord.Trace] === 0 || H[object + FrameObjectWord.TraceLines] === 0) return;
  const line = exec.lineAt(unit);
  const target = jumpTarget(exec, unit);
  if (line < 0 || exec.lineAt(target) !== line) return;
  H[frame + FrameWord.PrevInstr] = target;
  lineEvent(rt, frame, object, line);
  if (H[frame + FrameWord.PrevInstr] === target) H[frame + FrameWord.PrevInstr] = unit;
}

/** A jump to itself is done here: the place that it closes would be its own. */
function spins(rt: Runtime, exec: ExecutableCode, unit: number): boolean {
  if (jumpTarget(exec, unit) !== unit) return false;
  if (rt.words[GcRoot.EvalBreaker] !== 0) handleBreaker(rt);
  return true;
}

function isExecutable(payload: unknown): payload is ExecutableCode {
  return typeof payload === 'object' && payload !== null && 'originalUnit' in payload;
}
