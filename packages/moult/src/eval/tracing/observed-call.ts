/**
 * Calls that somebody wants to be told of: profile functions of those of natives, tools of `sys.monitoring` of all. What is not
 * a Python function is called here and not by the loop, so that there is a moment after the call.
 */
import { newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { callWithTuple, vectorcall } from '../../core/call.ts';
import { caught, mark, rethrow } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { CodeWord, MethodWord } from '../../core/layout/functions.ts';
import { FrameWord, TraceEvent } from '../../core/layout/frame.ts';
import { MonitorEvent, ToolShift } from '../../core/layout/monitoring.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import type { Instruments } from '../../frames/instruments.ts';
import { monitorsOf, toolsAt } from '../../frames/monitors.ts';
import { pushFunctionEx, unpackMethod } from '../calls.ts';
import { replaceMany } from '../operands.ts';
import { instrumentedSuper } from '../super.ts';
import { asidePending, profile } from './call-tracer.ts';
import { tellMonitors } from './monitoring.ts';

/** Where a call is, and what is known of it. */
interface Site {
  readonly rt: Runtime;
  readonly frame: number;
  readonly exec: ExecutableCode;
  readonly unit: number;
  readonly arg: number;
}

/** The instruction at `unit` makes a call, or it names a call's keywords. If the call is to be made here, does so (of the names: passes
 *  them over) and returns the new `sp`; otherwise 0, and the loop executes it. @runsPython @mayCollect */
export function observedCall(
  rt: Runtime,
  frame: number,
  exec: ExecutableCode,
  instruments: Instruments,
  sp: number,
  unit: number,
): number {
  const site: Site = { rt, frame, exec, unit, arg: exec.originalUnit(unit) >> 8 };
  switch (exec.originalOp(unit) as Op) {
    case Op.KW_NAMES:
      return passNames(site, instruments, sp);
    case Op.CALL:
      return plainCall(site, instruments, sp);
    case Op.LOAD_SUPER_ATTR:
      return superCall(site, sp);
    default:
      return spreadCall(site, sp);
  }
}

/** Whether the call at `unit` of `callable` is made here. */
function isObserved(site: Site, callable: Ref, unit: number, unpacked: boolean): boolean {
  const { rt, frame } = site;
  const H = rt.words;
  if (H[RootRef.ProfileFunction] !== 0 && isNative(rt, callable)) return true;
  const monitors = monitorsOf(rt, H[frame + FrameWord.Code]);
  return monitors !== 0 && toolsAt(rt, monitors, unit, ToolShift.Event) !== 0 && !runsInLoop(rt, callable, unpacked);
}

/** What a profile function is told of. */
function isNative(rt: Runtime, callable: Ref): boolean {
  const type = rt.words[callable + ObjectWord.Type];
  return type === T.builtinFunction || type === T.methodDescriptor;
}

/** A Python function, or a method of one that lies where the loop takes it apart. */
function runsInLoop(rt: Runtime, callable: Ref, unpacked: boolean): boolean {
  const H = rt.words;
  const type = H[callable + ObjectWord.Type];
  if (type !== T.method) return type === T.function;
  return unpacked && H[H[callable + MethodWord.Function] + ObjectWord.Type] === T.function;
}

/** Word of what CALL with `nargs` arguments calls: a function below its first argument, or else what lies above a null. */
function callableWord(rt: Runtime, sp: number, nargs: number): number {
  const below = sp - nargs - 2;
  return rt.words[below] === 0 ? sp - nargs - 1 : below;
}

/** Whether CALL at `unit` is made here. */
function isPlainObserved(site: Site, sp: number, unit: number): boolean {
  const { rt, exec } = site;
  const nargs = exec.originalUnit(unit) >> 8;
  const word = callableWord(rt, sp, nargs);
  return isObserved(site, rt.words[word], unit, word === sp - nargs - 1);
}

function passNames(site: Site, instruments: Instruments, sp: number): number {
  let call = site.unit + 1;
  while (site.exec.originalOp(call) === (Op.EXTENDED_ARG as number)) call++;
  if (!isPlainObserved(site, sp, call)) return 0;
  instruments.namesTaken = true;
  return sp;
}

/** The tuple of names that belongs to the CALL, or 0. */
function namesBefore(site: Site): Ref {
  const { rt, frame, exec } = site;
  const H = rt.words;
  let before = site.unit - 1;
  while (before >= 0 && exec.originalOp(before) === (Op.EXTENDED_ARG as number)) before--;
  if (before < 0 || exec.originalOp(before) !== (Op.KW_NAMES as number)) return 0;
  return H[H[H[frame + FrameWord.Code] + CodeWord.Consts] + TupleWord.Items + (exec.originalUnit(before) >> 8)];
}

function plainCall(site: Site, instruments: Instruments, sp: number): number {
  const { rt, frame, arg: nargs } = site;
  const H = rt.words;
  const names = namesBefore(site);
  const here = names === 0 ? isPlainObserved(site, sp, site.unit) : instruments.namesTaken;
  instruments.namesTaken = false;
  const called = callableWord(rt, sp, nargs);
  tellCall(site, H[called], called + 1, sp);
  if (!here) return 0;
  const target = sp - nargs - 2;
  if (called > target && H[H[called] + ObjectWord.Type] === T.method) unpackMethod(rt, target, H[called]);
  const at = callableWord(rt, sp, nargs);
  const first = at + 1;
  const callable = H[at];
  const nkw = names === 0 ? 0 : H[names + TupleWord.Size];
  const result = between(site, callable, first < sp ? H[first] : 0, () =>
    vectorcall(rt, callable, first, sp - first - nkw, names),
  );
  return replaceMany(rt, frame, sp, sp - target, result);
}

/** Tools are told of any call, with the first argument; a profile function only of what is called here. */
function tellCall(site: Site, callable: Ref, first: number, end: number): void {
  const argument = first < end ? site.rt.words[first] : S.MonitorMissing;
  tellProfile(site, callable, first < end ? argument : 0);
  tellMonitors(site.rt, site.frame, site.unit, MonitorEvent.Call, callable, argument);
}

function tellProfile(site: Site, callable: Ref, self: Ref): void {
  const { rt, frame } = site;
  if (!profiles(rt) || !isNative(rt, callable)) return;
  const m = tempMark(rt);
  const shown = shownAs(rt, callable, self);
  if (shown !== 0) profile(rt, frame, TraceEvent.NativeCall, 'c_call', temp(rt, shown));
  releaseTemps(rt, m);
}

function profiles(rt: Runtime): boolean {
  return rt.words[RootRef.ProfileFunction] !== 0 && rt.words[RootNum.TraceNesting] === 0;
}

/** What the profile function gets to see: a method bound to its object. Owned; 0: nothing to be told. */
function shownAs(rt: Runtime, callable: Ref, self: Ref): Owned | 0 {
  const H = rt.words;
  if (H[callable + ObjectWord.Type] === T.builtinFunction) return newRef(rt, callable);
  if (self === 0) return 0;
  const get = SLOT_FUNCTIONS[H[T.methodDescriptor + TypeWord.DescrGet]] as DescrGetSlot;
  return get(rt, callable, self, H[self + ObjectWord.Type]);
}

/** Functions and methods go to the loop without a word, as in CPython. */
function spreadCall(site: Site, sp: number): number {
  const { rt, frame, arg } = site;
  const H = rt.words;
  const mapping = arg & 1;
  const args = sp - 1 - mapping;
  const callable = H[args - 1];
  const type = H[callable + ObjectWord.Type];
  if (type === T.function || type === T.method || !isObserved(site, callable, site.unit, false)) return 0;
  pushFunctionEx(rt, frame, sp, arg);
  const items = H[args] + TupleWord.Items;
  const end = items + H[H[args] + TupleWord.Size];
  tellCall(site, callable, items, end);
  const result = between(site, callable, items < end ? H[items] : 0, () =>
    callWithTuple(rt, callable, H[args], mapping === 0 ? 0 : H[sp - 1]),
  );
  return replaceMany(rt, frame, sp, 3 + mapping, result);
}

/** `super` counts as called, though the loop would do without. */
function superCall(site: Site, sp: number): number {
  const { rt, frame, arg } = site;
  const H = rt.words;
  if (!isObserved(site, H[sp - 3], site.unit, false)) return 0;
  const argument = (arg & 2) !== 0 ? H[sp - 2] : 0;
  tellMonitors(rt, frame, site.unit, MonitorEvent.Call, H[sp - 3], argument || S.MonitorMissing);
  return instrumentedSuper(rt, frame, sp, arg, (call) => between(site, H[sp - 3], argument, call));
}

/** Calls, and tells how that went. `first` is the first argument (0: none). The result is owned. */
function between(site: Site, callable: Ref, first: Ref, call: () => Owned): Owned {
  const { rt } = site;
  const before = tempMark(rt);
  const m = mark(rt);
  let result: Ref;
  try {
    result = temp(rt, call());
  } catch (error) {
    caught(rt, error, m);
    asidePending(rt, () => {
      tellReturn(site, callable, first, 'c_exception', MonitorEvent.CRaise);
    });
    rethrow();
  }
  tellReturn(site, callable, first, 'c_return', MonitorEvent.CReturn);
  const owned = untemp(rt, result);
  releaseTemps(rt, before);
  return owned;
}

function tellReturn(site: Site, callable: Ref, first: Ref, name: string, event: MonitorEvent): void {
  const { rt, frame } = site;
  if (profiles(rt) && isNative(rt, callable)) {
    const m = tempMark(rt);
    const shown = shownAs(rt, callable, first);
    if (shown !== 0) profile(rt, frame, TraceEvent.NativeCall, name, temp(rt, shown));
    releaseTemps(rt, m);
  }
  tellMonitors(rt, frame, site.unit, event, callable, first || S.MonitorMissing);
}
