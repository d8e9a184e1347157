/** The module `sys.monitoring` (PEP 669): an attribute of `sys`, not in `sys.modules`. */
import { clearWord, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { ModuleWord } from '../../core/layout/functions.ts';
import { MONITOR_EVENT_NAMES, MONITOR_TOOLS, MonitorEvent, MonitorWord } from '../../core/layout/monitoring.ts';
import type { ModuleSpec } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { isStr } from '../../core/types.ts';
import { localEvents, makeMonitors } from '../../frames/monitors.ts';
import { monitorCallback } from '../../eval/tracing/monitoring.ts';
import { instrumentAll } from '../../eval/tracing/instrumented.ts';
import { newNamespace } from '../../objects/functions/simple-namespace.ts';
import { asCInt } from '../buffers.ts';
import { moduleDict, newNativeModule, setTake } from '../make.ts';

const C_CALLS = (1 << MonitorEvent.CReturn) | (1 << MonitorEvent.CRaise);
const CALL = 1 << MonitorEvent.Call;
/** In `RootNum.Monitored`: a code has events of its own. */
const LOCAL = 1 << 30;

function toolNumber(rt: Runtime, o: Ref): number {
  const tool = asCInt(rt, o);
  if (tool < 0 || tool >= MONITOR_TOOLS) {
    valueError(rt, `invalid tool ${tool} (must be between 0 and ${MONITOR_TOOLS - 1})`);
  }
  return tool;
}

function toolInUse(rt: Runtime, o: Ref): number {
  const tool = toolNumber(rt, o);
  if (rt.words[RootRef.MonitorNames + tool] === 0) valueError(rt, `tool ${tool} is not in use`);
  return tool;
}

function useToolId(rt: Runtime, _module: Ref, id: Ref, name: Ref): Owned {
  const tool = toolNumber(rt, id);
  if (!isStr(rt, name)) valueError(rt, 'tool name must be a str');
  if (rt.words[RootRef.MonitorNames + tool] !== 0) valueError(rt, `tool ${tool} is already in use`);
  setWord(rt, RootRef.MonitorNames + tool, newRef(rt, name));
  return none();
}

function freeToolId(rt: Runtime, _module: Ref, id: Ref): Owned {
  clearWord(rt, RootRef.MonitorNames + toolNumber(rt, id));
  return none();
}

function getTool(rt: Runtime, _module: Ref, id: Ref): Owned {
  return newRef(rt, rt.words[RootRef.MonitorNames + toolNumber(rt, id)] || S.None);
}

function registerCallback(rt: Runtime, _module: Ref, id: Ref, event: Ref, func: Ref): Owned {
  const H = rt.words;
  const tool = toolNumber(rt, id);
  const bits = asCInt(rt, event);
  if (bits <= 0 || (bits & (bits - 1)) !== 0) valueError(rt, 'The callback can only be set for one event at a time');
  const number = 31 - Math.clz32(bits);
  if (number >= MonitorEvent.Count) valueError(rt, `invalid event ${bits}`);
  audit(rt, 'sys.monitoring.register_callback', func);
  const word = monitorCallback(tool, number);
  const old = H[word];
  H[word] = func === S.None ? 0 : newRef(rt, func);
  return old === 0 ? none() : (old as Owned);
}

/** The events, without those that come with CALL. */
function checkEvents(rt: Runtime, events: number): number {
  if ((events & C_CALLS) === 0) return events;
  if ((events & CALL) === 0) valueError(rt, 'cannot set C_RETURN or C_RAISE events independently');
  return events & ~C_CALLS;
}

function refuseEvents(rt: Runtime, kind: string, events: number): never {
  return valueError(rt, `invalid ${kind} 0x${(events >>> 0).toString(16)}`);
}

function getEvents(rt: Runtime, _module: Ref, id: Ref): Owned {
  return newInt(rt, rt.words[RootNum.MonitorEvents + toolNumber(rt, id)]);
}

function setEvents(rt: Runtime, _module: Ref, id: Ref, set: Ref): Owned {
  const H = rt.words;
  const tool = toolNumber(rt, id);
  const given = asCInt(rt, set);
  if (given < 0 || given >= 1 << MonitorEvent.Count) refuseEvents(rt, 'event set', given);
  const events = checkEvents(rt, given);
  toolInUse(rt, id);
  if (H[RootNum.MonitorEvents + tool] === events) return none();
  H[RootNum.MonitorEvents + tool] = events;
  changed(rt, H[RootNum.Monitored] & LOCAL);
  return none();
}

function getLocalEvents(rt: Runtime, _module: Ref, id: Ref, code: Ref): Owned {
  checkCode(rt, code);
  return newInt(rt, localEvents(rt, code, toolNumber(rt, id)));
}

function setLocalEvents(rt: Runtime, _module: Ref, id: Ref, code: Ref, set: Ref): Owned {
  checkCode(rt, code);
  const tool = toolNumber(rt, id);
  const given = asCInt(rt, set);
  const events = checkEvents(rt, given);
  if (events < 0 || events >= 1 << MonitorEvent.Raise) refuseEvents(rt, 'local event set', given);
  toolInUse(rt, id);
  if (localEvents(rt, code, tool) === events) return none();
  rt.words[makeMonitors(rt, code) + MonitorWord.Local + tool] = events;
  changed(rt, LOCAL);
  return none();
}

function checkCode(rt: Runtime, code: Ref): void {
  if (rt.words[code + ObjectWord.Type] !== T.code) typeError(rt, 'code must be a code object');
}

function restartEvents(rt: Runtime): Owned {
  const H = rt.words;
  H[RootNum.MonitorRestart] = H[RootNum.MonitorVersion] + 1;
  changed(rt, H[RootNum.Monitored] & LOCAL);
  return none();
}

/** Events have changed: what runs is brought up to date now, everything else when it runs. */
function changed(rt: Runtime, local: number): void {
  const H = rt.words;
  H[RootNum.MonitorVersion]++;
  H[RootNum.Monitored] = local;
  for (let tool = 0; tool < MONITOR_TOOLS; tool++) H[RootNum.Monitored] |= H[RootNum.MonitorEvents + tool];
  if (H[RootNum.Monitored] !== 0) instrumentAll(rt);
}

/** The tools of each global event that has any. */
function allEvents(rt: Runtime): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  MONITOR_EVENT_NAMES.forEach((name, event) => {
    let tools = 0;
    for (let tool = 0; tool < MONITOR_TOOLS; tool++)
      if ((H[RootNum.MonitorEvents + tool] & (1 << event)) !== 0) tools |= 1 << tool;
    if (tools !== 0) setTake(rt, dict, name, newInt(rt, tools));
  });
  return releaseKeeping(rt, m, newRef(rt, dict));
}

const MONITORING: ModuleSpec = {
  name: 'sys.monitoring',
  functions: [
    native('use_tool_id($module, tool_id, name, /)', useToolId),
    native('free_tool_id($module, tool_id, /)', freeToolId),
    native('get_tool($module, tool_id, /)', getTool),
    native('register_callback($module, tool_id, event, func, /)', registerCallback),
    native('get_events($module, tool_id, /)', getEvents),
    native('set_events($module, tool_id, event_set, /)', setEvents),
    native('get_local_events($module, tool_id, code, /)', getLocalEvents),
    native('set_local_events($module, tool_id, code, event_set, /)', setLocalEvents),
    native('restart_events($module, /)', restartEvents),
    native('_all_events($module, /)', allEvents),
  ],
  populate: (rt, dict) => {
    setTake(rt, dict, 'DISABLE', newRef(rt, S.MonitorDisable));
    setTake(rt, dict, 'MISSING', newRef(rt, S.MonitorMissing));
    setTake(rt, dict, 'events', newEvents(rt));
    const tools = { DEBUGGER_ID: 0, COVERAGE_ID: 1, PROFILER_ID: 2, OPTIMIZER_ID: 5 };
    for (const [name, tool] of Object.entries(tools)) setTake(rt, dict, name, newInt(rt, tool));
  },
};

function newEvents(rt: Runtime): Owned {
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  MONITOR_EVENT_NAMES.forEach((name, event) => {
    setTake(rt, dict, name, newInt(rt, 1 << event));
  });
  setTake(rt, dict, 'NO_EVENTS', newInt(rt, 0));
  return releaseKeeping(rt, m, newNamespace(rt, dict));
}

/** Makes the module and puts it into the namespace of `sys`. */
export function addMonitoring(rt: Runtime, sys: Ref): void {
  const module = temp(rt, newNativeModule(rt, MONITORING));
  // Nobody imported it.
  rt.words[module + ModuleWord.Def] = 0;
  dictSetText(rt, moduleDict(rt, module), '__package__', S.None);
  setTake(rt, sys, 'monitoring', untemp(rt, module));
}
