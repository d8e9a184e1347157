/** Telling the tools of `sys.monitoring` (PEP 669). A tool that is being told, as a trace function that runs, is told nothing else. */
import { clearWord, newRef } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { FrameWord, TraceEvent } from '../../core/layout/frame.ts';
import {
  MONITOR_EVENT_NAMES,
  MONITOR_TOOLS,
  MonitorEvent,
  MonitorWord,
  ToolShift,
} from '../../core/layout/monitoring.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { popArgs, pushArgs, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { disableAt, monitorsOf, toolsAt } from '../../frames/monitors.ts';
import { asidePending } from './call-tracer.ts';

/** The root's word with a tool's callback for an event. */
export function monitorCallback(tool: number, event: number): number {
  return RootRef.MonitorCallbacks + tool * MonitorEvent.Count + event;
}

/** Tells of an event of the instruction at `unit`, where the frame is: `callback(code, offset, ...args)`. `args` are borrowed from the
 *  caller. @runsPython */
export function tellMonitors(rt: Runtime, frame: number, unit: number, event: MonitorEvent, ...args: Ref[]): void {
  tell(rt, frame, unit, event, ToolShift.Event, 2 * unit, args);
}

/** `callback(code, line)` @runsPython */
export function tellMonitorsLine(rt: Runtime, frame: number, unit: number, line: number): void {
  tell(rt, frame, unit, MonitorEvent.Line, ToolShift.Line, line, []);
}

/** `callback(code, offset)` before any instruction. @runsPython */
export function tellMonitorsInstruction(rt: Runtime, frame: number, unit: number): void {
  tell(rt, frame, unit, MonitorEvent.Instruction, ToolShift.Instruction, 2 * unit, []);
}

/** Tells of an exception that is pending, which is put aside meanwhile; what a callback raises takes its place. @runsPython */
export function tellMonitorsPending(
  rt: Runtime,
  frame: number,
  event: MonitorEvent,
  unit = rt.words[frame + FrameWord.PrevInstr],
): void {
  if (!anyWants(rt, event)) return;
  asidePending(rt, (exception) => {
    tellMonitors(rt, frame, unit, event, exception);
  });
}

/** Whether a tool wants to be told of an event that belongs to no place. */
export function anyWants(rt: Runtime, event: MonitorEvent): boolean {
  const H = rt.words;
  return (H[RootNum.Monitored] & (1 << event)) !== 0 && H[RootNum.TraceNesting] === 0;
}

/** The tools to be told, one bit each. */
function toolsOf(rt: Runtime, frame: number, unit: number, event: MonitorEvent, shift: ToolShift): number {
  const H = rt.words;
  if (H[RootNum.TraceNesting] !== 0) return 0;
  if (event < MonitorEvent.Raise || event >= MonitorEvent.CReturn) {
    const block = monitorsOf(rt, H[frame + FrameWord.Code]);
    if (block === 0) return 0;
    const only = event >= MonitorEvent.CReturn ? onlyTool(rt, block) : -1;
    return only >= 0 ? 1 << only : toolsAt(rt, block, unit, shift);
  }
  let tools = 0;
  for (let tool = 0; tool < MONITOR_TOOLS; tool++)
    if ((H[RootNum.MonitorEvents + tool] & (1 << event)) !== 0) tools |= 1 << tool;
  return tools;
}

/** The tool that is told of calls in a code, if no other is told of anything there; else −1. It is told of a call's end even if it wanted
 *  to be told no more of the call, as in CPython. */
function onlyTool(rt: Runtime, block: number): number {
  const active = (tool: number): number => rt.words[block + MonitorWord.Active + tool];
  let only = -1;
  for (let tool = 0; tool < MONITOR_TOOLS; tool++) {
    if (active(tool) === 0) continue;
    if (only >= 0) return -1;
    only = tool;
  }
  return only >= 0 && (active(only) & (1 << MonitorEvent.Call)) !== 0 ? only : -1;
}

/** The tool with the highest number first. Source: CPython 3.12 call_instrumentation_vector. */
function tell(
  rt: Runtime,
  frame: number,
  unit: number,
  event: MonitorEvent,
  shift: ToolShift,
  number: number,
  args: readonly Ref[],
): void {
  let tools = toolsOf(rt, frame, unit, event, shift);
  if (tools === 0) return;
  const m = tempMark(rt);
  const place = temp(rt, newInt(rt, number));
  while (tools !== 0) {
    const tool = 31 - Math.clz32(tools);
    tools &= ~(1 << tool);
    if (!callTool(rt, tool, event, [rt.words[frame + FrameWord.Code], place, ...args])) continue;
    if (event >= MonitorEvent.Raise) refuseDisable(rt, tool, event);
    const block = monitorsOf(rt, rt.words[frame + FrameWord.Code]);
    if (block !== 0) disableAt(rt, block, unit, shift, tool);
  }
  releaseTemps(rt, m);
}

/** True if the tool wants to be told no more. */
function callTool(rt: Runtime, tool: number, event: MonitorEvent, args: readonly Ref[]): boolean {
  const H = rt.words;
  const callback = H[monitorCallback(tool, event)];
  if (callback === 0) return false;
  const m = tempMark(rt);
  temp(rt, newRef(rt, callback));
  const base = pushArgs(rt, args.length);
  args.forEach((arg, i) => (H[base + i] = arg));
  const outer = H[RootNum.TraceEvent];
  H[RootNum.TraceEvent] = TraceEvent.None;
  H[RootNum.TraceNesting]++;
  let result: Ref;
  try {
    result = temp(rt, vectorcall(rt, callback, base, args.length, 0));
  } finally {
    H[RootNum.TraceNesting]--;
    H[RootNum.TraceEvent] = outer;
  }
  popArgs(rt, base);
  releaseTemps(rt, m);
  return result === S.MonitorDisable;
}

/** It would be told for ever: its callback is taken away. */
function refuseDisable(rt: Runtime, tool: number, event: MonitorEvent): never {
  clearWord(rt, monitorCallback(tool, event));
  return valueError(rt, `Cannot disable ${MONITOR_EVENT_NAMES[event]} events. Callback removed.`);
}
