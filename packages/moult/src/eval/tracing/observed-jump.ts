/** Jumps and branches that tools of `sys.monitoring` are told of. A branch is decided here, so that its target is known. */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { IterNextSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { MonitorEvent, ToolShift } from '../../core/layout/monitoring.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import type { Instruments } from '../../frames/instruments.ts';
import { jumpTarget } from '../../frames/instruments.ts';
import { monitorsOf, toolsAt } from '../../frames/monitors.ts';
import { endLoop } from '../unwind.ts';
import { tellMonitors } from './monitoring.ts';

/** Tells where the instruction at `unit` goes. Returns the new `sp` if it was done here, and the loop has only to jump; otherwise 0.
 *  @runsPython @mayCollect */
export function observedJump(
  rt: Runtime,
  frame: number,
  exec: ExecutableCode,
  instruments: Instruments,
  sp: number,
  unit: number,
): number {
  const op = exec.originalOp(unit) as Op;
  if (op === Op.JUMP_FORWARD || op === Op.JUMP_BACKWARD) {
    tellTarget(rt, frame, unit, MonitorEvent.Jump, jumpTarget(exec, unit));
    return 0;
  }
  const monitors = monitorsOf(rt, rt.words[frame + FrameWord.Code]);
  if (!isBranch(op) || monitors === 0 || toolsAt(rt, monitors, unit, ToolShift.Event) === 0) return 0;
  const taken = op === Op.FOR_ITER ? !iterate(rt, frame, sp) : decide(rt, frame, op, sp);
  // A loop that has ended goes on behind END_FOR.
  const end = jumpTarget(exec, unit) + (op === Op.FOR_ITER ? 1 : 0);
  const target = taken ? end : unit + 1 + CACHE_COUNTS[op];
  tellTarget(rt, frame, unit, MonitorEvent.Branch, target);
  instruments.openInstead(unit, Op.JUMP_FORWARD, target - unit - 1);
  return frame + FrameWord.LocalsPlus + rt.words[frame + FrameWord.StackTop];
}

function isBranch(op: Op): boolean {
  switch (op) {
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_NOT_NONE:
    case Op.FOR_ITER:
      return true;
    default:
      return false;
  }
}

function tellTarget(rt: Runtime, frame: number, unit: number, event: MonitorEvent, target: number): void {
  const m = tempMark(rt);
  tellMonitors(rt, frame, unit, event, temp(rt, newInt(rt, 2 * target)));
  releaseTemps(rt, m);
}

/** Pops the condition. True if the jump is taken. */
function decide(rt: Runtime, frame: number, op: Op, sp: number): boolean {
  const H = rt.words;
  const condition = H[sp - 1];
  const isNone = condition === (S.None as number);
  let taken: boolean;
  if (op === Op.POP_JUMP_IF_NONE) taken = isNone;
  else if (op === Op.POP_JUMP_IF_NOT_NONE) taken = !isNone;
  else taken = isTrue(rt, condition) === (op === Op.POP_JUMP_IF_TRUE);
  H[frame + FrameWord.StackTop]--;
  decref(rt, condition);
  return taken;
}

/** Pushes the next item; at the end drops the iterator. False at the end. */
function iterate(rt: Runtime, frame: number, sp: number): boolean {
  const H = rt.words;
  const iterator = H[sp - 1];
  const next = SLOT_FUNCTIONS[H[H[iterator + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot;
  const item = next(rt, iterator);
  if (item !== 0) {
    H[sp] = item;
    H[frame + FrameWord.StackTop]++;
    return true;
  }
  if (H[RootRef.CurrentException] !== 0) endLoop(rt, frame);
  H[frame + FrameWord.StackTop]--;
  decref(rt, iterator);
  return false;
}
