/** Showing exceptions on standard error: uncaught ones (`sys.excepthook`) and those that nobody can catch. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { dictGetText } from '../../core/dict/index.ts';
import { caught, clearException, mark, restoreException, takeException } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { getAttrText, lookupAttrText } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isException } from '../../core/types.ts';
import { exceptionText, invalidExceptionText } from './display/printer.ts';

export { printUnraisable, writeUnraisable } from './unraisable.ts';
export { displayAndExit } from './display/top-level.ts';

/** The text that is shown for an uncaught exception. The pending exception, if any, is kept. @runsPython */
export function formatException(rt: Runtime, exception: Ref): string {
  const m = tempMark(rt);
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const text = exceptionText(rt, exception);
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
  releaseTemps(rt, m);
  return text;
}

/** An entry of `sys`'s dict, borrowed; 0 if there is none. */
export function sysEntry(rt: Runtime, name: string): Ref {
  const sys = rt.words[RootRef.SysDict];
  return sys === 0 ? 0 : dictGetText(rt, sys, name);
}

/** Writes to `sys.stderr`; without one, or if that fails, to the host. Errors are forgotten. @runsPython */
export function writeError(rt: Runtime, text: string): void {
  const stream = sysEntry(rt, 'stderr');
  if (stream === S.None) return;
  const m = mark(rt);
  try {
    if (stream === 0) writeToHost(rt, text);
    else writeToStream(rt, stream, text);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    writeToHost(rt, text);
  }
}

function writeToStream(rt: Runtime, stream: Ref, text: string): void {
  const m = tempMark(rt);
  temp(rt, newRef(rt, stream));
  const write = temp(rt, getAttrText(rt, stream, 'write'));
  temp(rt, call1(rt, write, temp(rt, newStr(rt, text))));
  releaseTemps(rt, m);
}

function writeToHost(rt: Runtime, text: string): void {
  rt.host?.write?.(2, new TextEncoder().encode(text));
}

/** Calls `flush` of `sys.stdout` or `sys.stderr`, if there is one. @runsPython */
export function flushStream(rt: Runtime, name: string): void {
  const stream = sysEntry(rt, name);
  if (stream === 0 || stream === S.None) return;
  const m = mark(rt);
  try {
    const flush = lookupAttrText(rt, stream, 'flush');
    if (flush === 0) return;
    const t = tempMark(rt);
    temp(rt, call0(rt, temp(rt, flush)));
    releaseTemps(rt, t);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
}

/** Shows an exception on standard error; `traceback` (0: none) is its traceback if it has none itself. What the default
 *  `sys.excepthook` does. Source: CPython 3.12 PyErr_Display. @runsPython */
export function displayException(rt: Runtime, value: Ref, traceback: Ref = 0): void {
  const own = isException(rt, value) ? value + ExcWord.Traceback : 0;
  if (own !== 0 && traceback !== 0 && rt.words[traceback + ObjectWord.Type] === T.traceback && rt.words[own] === 0) {
    setWord(rt, own, newRef(rt, traceback));
  }
  flushStream(rt, 'stdout');
  writeError(rt, invalidExceptionText(rt, value));
  flushStream(rt, 'stderr');
}
