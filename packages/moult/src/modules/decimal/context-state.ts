/** What contexts hold, and the running context. */
import { hostAdd, hostFree, hostGet } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { runtimeError, typeError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { isInstance } from '../../core/types.ts';
import { Operation } from '../../numeric/decimal/context.ts';
import type { Settings } from '../../numeric/decimal/context.ts';
import { readVariable, writeVariable } from '../contextvars.ts';
import { ModuleRef } from '../module-roots.ts';
import { CONTEXT, ContextWord } from './layout.ts';
import { raiseSignals } from './signals.ts';

export function settingsOf(rt: Runtime, context: Ref): Settings {
  return hostGet(rt, rt.words[context + ContextWord.Settings]) as Settings;
}

export function changeSettings(rt: Runtime, context: Ref, changes: Partial<Settings>): void {
  const H = rt.words;
  const settings = { ...settingsOf(rt, context), ...changes };
  hostFree(rt, H[context + ContextWord.Settings]);
  H[context + ContextWord.Settings] = hostAdd(rt, settings);
}

/** Notes conditions in a context; raises those that are trapped. @runsPython */
export function addStatus(rt: Runtime, context: Ref, flags: number): void {
  if (flags === 0) return;
  const H = rt.words;
  H[context + ContextWord.Status] |= flags;
  const trapped = flags & H[context + ContextWord.TrapFlags];
  if (trapped !== 0) raiseSignals(rt, trapped);
}

/** What the import of the module makes with the help of Python's library, borrowed. The types can be reached without it, through
 *  `__subclasses__`, where the import failed halfway: RuntimeError. */
export function madeByImport(rt: Runtime, word: ModuleRef): Ref {
  const o = rt.words[word];
  if (o === 0) runtimeError(rt, 'the module _decimal was not imported');
  return o;
}

let makeContext: (rt: Runtime) => Owned = () => 0 as Owned;

/** Sets how a thread's first context is made. Only while modules load. */
export function setContextMaker(maker: (rt: Runtime) => Owned): void {
  makeContext = maker;
}

/** The running context, borrowed. */
export function currentContext(rt: Runtime): Ref {
  const variable = madeByImport(rt, ModuleRef.DecimalContext);
  const found = readVariable(rt, variable);
  if (found !== 0) return found;
  writeVariable(rt, variable, makeContext(rt));
  return readVariable(rt, variable);
}

/** An optional argument `context`: the running one if it is left out. Raises TypeError. */
export function contextArgument(rt: Runtime, o: Ref): Ref {
  if (o === 0 || o === S.None) return currentContext(rt);
  if (!isInstance(rt, o, CONTEXT)) typeError(rt, 'optional argument must be a context');
  return o;
}

/** An operation in a context. */
export function operationIn(rt: Runtime, context: Ref): Operation {
  return new Operation(settingsOf(rt, context));
}
