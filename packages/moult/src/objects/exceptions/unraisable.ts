/** Exceptions that nobody can catch: raised in finalizers, callbacks of weak references, callbacks of the collector. */
import { decref, newRef, setWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { call1 } from '../../core/call.ts';
import { caught, clearException, mark, takeException } from '../../core/errors.ts';
import { onConnect } from '../../core/installers.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { isEnding } from '../../core/limits.ts';
import { getAttrText, reprText, strTextOf } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isException } from '../../core/types.ts';
import { firstComplete, frameObject } from '../../frames/frame-object.ts';
import { newTracebackEntry } from '../traceback.ts';
import { flushStream, sysEntry, writeError } from './display.ts';
import { typeText } from './display/printer.ts';
import { tracebackLines } from './display/traceback.ts';
import { newHookArguments } from './unraisable-args.ts';

/** Reports the pending exception and clears it. `message` follows «Exception ignored », or is null; `object` (0: none) is the
 *  function or object at fault. Never throws. Source: CPython 3.12 _PyErr_WriteUnraisableMsg. @runsPython */
export function writeUnraisable(rt: Runtime, message: string | null, object: Ref): void {
  const exception = takeException(rt);
  if (exception === 0) return;
  const m = tempMark(rt);
  temp(rt, exception);
  // A run that is ending tells nobody of what that breaks off.
  if (isEnding(rt)) return releaseTemps(rt, m);
  if (object !== 0) temp(rt, newRef(rt, object));
  addPlace(rt, exception);
  const text = message === null ? null : `Exception ignored ${message}`;
  if (!callHook(rt, exception, text, object)) report(rt, unraisableText(rt, exception, text, object));
  releaseTemps(rt, m);
}

/** An exception without traceback gets an entry for the current frame. */
function addPlace(rt: Runtime, exception: Ref): void {
  const H = rt.words;
  if (H[exception + ExcWord.Traceback] !== 0) return;
  const frame = firstComplete(rt, H[RootNum.CurrentFrame]);
  if (frame !== 0)
    setWord(
      rt,
      exception + ExcWord.Traceback,
      newTracebackEntry(rt, 0, frameObject(rt, frame), rt.words[frame + FrameWord.PrevInstr] * 2, -1),
    );
}

/** False if the default is to be used, or the hook failed and its own exception was shown: then nothing remains to be done. */
function callHook(rt: Runtime, exception: Ref, message: string | null, object: Ref): boolean {
  const hook = sysEntry(rt, 'unraisablehook');
  if (hook === 0 || hook === S.None) return false;
  const m = mark(rt);
  temp(rt, newRef(rt, hook));
  try {
    const args = temp(rt, newHookArguments(rt, exception, message, object));
    audit(rt, 'sys.unraisablehook', hook, args);
    decref(rt, call1(rt, hook, args));
    releaseTemps(rt, m.temps);
  } catch (error) {
    reportHook(rt, error, hook, m);
  }
  return true;
}

/** The hook itself raised. */
function reportHook(rt: Runtime, error: unknown, hook: Ref, m: ReturnType<typeof mark>): void {
  const held = newRef(rt, hook);
  caught(rt, error, m);
  temp(rt, held);
  const raised = temp(rt, takeException(rt));
  report(rt, unraisableText(rt, raised, 'Exception ignored in sys.unraisablehook', hook));
  releaseTemps(rt, m.temps);
}

/** Writes to `sys.stderr`; to nobody where there is none any more, as for what dies with the last module. */
function report(rt: Runtime, text: string): void {
  if (sysEntry(rt, 'stderr') !== 0) writeError(rt, text);
}

/** What the default `sys.unraisablehook` writes. Source: CPython 3.12 write_unraisable_exc_file. */
function unraisableText(rt: Runtime, exception: Ref, message: string | null, object: Ref): string {
  let text = '';
  if (object !== 0 && object !== S.None)
    text = `${message ?? 'Exception ignored in'}: ${guarded(rt, object, reprText) ?? '<object repr() failed>'}\n`;
  else if (message !== null) text = `${message}:\n`;
  const traceback = rt.words[exception + ExcWord.Traceback];
  const lines =
    traceback === 0 ? [] : tracebackLines(rt, new Map(), traceback, 'Traceback (most recent call last):', '');
  for (const line of lines) text += `${line}\n`;
  return `${text}${typeText(rt, exception)}: ${guarded(rt, exception, strTextOf) ?? '<exception str() failed>'}\n`;
}

function guarded(rt: Runtime, o: Ref, toText: (rt: Runtime, o: Ref) => string): string | null {
  const m = mark(rt);
  try {
    return toText(rt, o);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return null;
  }
}

/** An attribute of the hook's argument, 0 for None. */
function field(rt: Runtime, args: Ref, name: string): Ref {
  const value = temp(rt, getAttrText(rt, args, name));
  return value === S.None ? 0 : value;
}

/** Writes what `sys.unraisablehook` got: the default hook. @runsPython */
export function printUnraisable(rt: Runtime, args: Ref): void {
  const m = tempMark(rt);
  const exception = field(rt, args, 'exc_value');
  const message = field(rt, args, 'err_msg');
  const object = field(rt, args, 'object');
  if (exception !== 0 && isException(rt, exception)) {
    report(rt, unraisableText(rt, exception, message === 0 ? null : strTextOf(rt, message), object));
    flushStream(rt, 'stderr');
  }
  releaseTemps(rt, m);
}

onConnect((rt) => {
  rt.writeUnraisable = (where) => writeUnraisable(rt, null, where);
});
