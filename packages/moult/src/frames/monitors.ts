/**
 * Which tools of `sys.monitoring` are told of what in a code: the block of core/layout/monitoring.ts, made when the code is first
 * monitored and brought up to date when the code runs after events have changed.
 */
import type { Ref } from '@moult/heap';
import { Op } from '../compiler/opcodes.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { MONITOR_TOOLS, MonitorEvent, MonitorWord, ToolMask, ToolShift } from '../core/layout/monitoring.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { CodeHead, takeBeside } from './code-area.ts';
import type { ExecutableCode } from './executable-code.ts';
import { executable } from './frames.ts';
import { instructions, isHidden, Watch, Watched } from './instruments.ts';

/** Events of instructions. */
const PLACED = (1 << MonitorEvent.Raise) - 1;

const EVENTS: Readonly<Partial<Record<Op, MonitorEvent>>> = {
  [Op.RETURN_VALUE]: MonitorEvent.PyReturn,
  [Op.RETURN_CONST]: MonitorEvent.PyReturn,
  [Op.YIELD_VALUE]: MonitorEvent.PyYield,
  [Op.CALL]: MonitorEvent.Call,
  [Op.CALL_FUNCTION_EX]: MonitorEvent.Call,
  [Op.LOAD_SUPER_ATTR]: MonitorEvent.Call,
  [Op.JUMP_FORWARD]: MonitorEvent.Jump,
  [Op.JUMP_BACKWARD]: MonitorEvent.Jump,
  [Op.POP_JUMP_IF_FALSE]: MonitorEvent.Branch,
  [Op.POP_JUMP_IF_TRUE]: MonitorEvent.Branch,
  [Op.POP_JUMP_IF_NONE]: MonitorEvent.Branch,
  [Op.POP_JUMP_IF_NOT_NONE]: MonitorEvent.Branch,
  [Op.FOR_ITER]: MonitorEvent.Branch,
  [Op.END_FOR]: MonitorEvent.StopIteration,
  [Op.END_SEND]: MonitorEvent.StopIteration,
};

/** The event of an instruction itself, −1 if it has none. */
function eventOf(exec: ExecutableCode, unit: number): number {
  const op = exec.originalOp(unit) as Op;
  if (op === Op.RESUME) return exec.originalUnit(unit) >> 8 === 0 ? MonitorEvent.PyStart : MonitorEvent.PyResume;
  return EVENTS[op] ?? -1;
}

/** The block of a code, up to date; 0 if there is none because nothing is monitored. */
export function monitorsOf(rt: Runtime, code: Ref): number {
  const H = rt.words;
  const block = H[H[code + CodeWord.Units] + CodeHead.Monitoring];
  if (block === 0) return H[RootNum.Monitored] === 0 ? 0 : makeMonitors(rt, code);
  if (H[block + MonitorWord.Version] !== H[RootNum.MonitorVersion]) bringUp(rt, code, block);
  return block;
}

/** The same, made if it is not there. */
export function makeMonitors(rt: Runtime, code: Ref): number {
  const H = rt.words;
  const head = H[code + CodeWord.Units] + CodeHead.Monitoring;
  if (H[head] === 0) H[head] = takeBeside(rt, MonitorWord.Units + executable(rt, code).units.length);
  bringUp(rt, code, H[head]);
  return H[head];
}

/** Events that a tool asked for in this code alone. */
export function localEvents(rt: Runtime, code: Ref, tool: number): number {
  const H = rt.words;
  const block = H[H[code + CodeWord.Units] + CodeHead.Monitoring];
  return block === 0 ? 0 : H[block + MonitorWord.Local + tool];
}

/** Bits of `Watch` for what the tools are to be told in a code; all that is a way through it too, so that places are closed. */
export function monitorWatch(rt: Runtime, block: number): number {
  const H = rt.words;
  let events = 0;
  for (let tool = 0; tool < MONITOR_TOOLS; tool++) events |= H[block + MonitorWord.Active + tool];
  const has = (...wanted: MonitorEvent[]): boolean => wanted.some((event) => (events & (1 << event)) !== 0);
  let bits: number = has(MonitorEvent.PyStart, MonitorEvent.PyResume) ? Watched.Start : 0;
  if (has(MonitorEvent.PyReturn, MonitorEvent.PyYield)) bits |= Watch.Leave;
  if (has(MonitorEvent.Call)) bits |= Watch.Call;
  if (has(MonitorEvent.Line)) bits |= Watch.Line;
  if (has(MonitorEvent.Instruction)) bits |= Watch.Each;
  if (has(MonitorEvent.StopIteration)) bits |= Watch.Stop;
  if (has(MonitorEvent.Jump, MonitorEvent.Branch) || (bits & ~Watched.Start) !== 0) bits |= Watch.Way | Watched.Start;
  return bits;
}

/** The tools of a unit in one of the three sets. */
export function toolsAt(rt: Runtime, block: number, unit: number, shift: ToolShift): number {
  return (rt.words[block + MonitorWord.Units + unit] >> shift) & ToolMask.All;
}

/** Tells a tool no more at a unit, until its events change or are restarted. */
export function disableAt(rt: Runtime, block: number, unit: number, shift: ToolShift, tool: number): void {
  rt.words[block + MonitorWord.Units + unit] &= ~(1 << (tool + shift));
}

/** Source: CPython 3.12 _Py_Instrument. */
function bringUp(rt: Runtime, code: Ref, block: number): void {
  const H = rt.words;
  const restarted = H[RootNum.MonitorRestart] > H[block + MonitorWord.Version];
  H[block + MonitorWord.Version] = H[RootNum.MonitorVersion];
  for (let tool = 0; tool < MONITOR_TOOLS; tool++) {
    const wanted = H[RootNum.MonitorEvents + tool] | H[block + MonitorWord.Local + tool];
    const active = H[block + MonitorWord.Active + tool];
    H[block + MonitorWord.Active + tool] = wanted;
    const removed = (restarted ? active : active & ~wanted) & PLACED;
    const added = (restarted ? wanted : wanted & ~active) & PLACED;
    if ((removed | added) !== 0) changeUnits(rt, executable(rt, code), block, tool, removed, added);
  }
}

function changeUnits(
  rt: Runtime,
  exec: ExecutableCode,
  block: number,
  tool: number,
  removed: number,
  added: number,
): void {
  const H = rt.words;
  for (const unit of instructions(exec)) {
    const event = eventOf(exec, unit);
    const visible = isHidden(exec, unit) ? ~(1 << MonitorEvent.Instruction) : -1;
    const at = block + MonitorWord.Units + unit;
    H[at] = (H[at] & ~bitsOf(removed & visible, event, tool)) | bitsOf(added & visible, event, tool);
  }
}

/** The bits of a tool in a unit whose own event is `event`. */
function bitsOf(events: number, event: number, tool: number): number {
  const bit = 1 << tool;
  return (
    (event >= 0 && (events & (1 << event)) !== 0 ? bit << ToolShift.Event : 0) |
    ((events & (1 << MonitorEvent.Line)) !== 0 ? bit << ToolShift.Line : 0) |
    ((events & (1 << MonitorEvent.Instruction)) !== 0 ? bit << ToolShift.Instruction : 0)
  );
}
