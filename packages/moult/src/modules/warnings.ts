/** Warnings as the interpreter itself issues them: through the module `warnings` if a program imported it, else by the
 *  default filters, on standard error. */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, vectorcall } from '../core/call.ts';
import { dictGet, dictGetText, dictSet, dictSetText, newDict } from '../core/dict/index.ts';
import { catchOnly, caught, mark } from '../core/errors.ts';
import { onCreate } from '../core/installers.ts';
import { newInt } from '../core/int.ts';
import { FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { lookupAttrText } from '../core/protocol/index.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { popArgs, pushArgs, releaseTemps, temp, tempMark } from '../core/temps.ts';
import { tupleTake } from '../core/tuple.ts';
import { isStr, isSubtype, typeName } from '../core/types.ts';
import { frameLine } from '../frames/frames.ts';
import { writeUnraisable } from '../objects/exceptions/unraisable.ts';
import { writeError } from './sys/streams.ts';

/** Issues a warning of a static category at a place in a file. @runsPython if filters were set up by the program */
export function warnExplicit(rt: Runtime, category: Ref, message: string, filename: string, line: number): void {
  if (callModule(rt, category, message, filename, line)) return;
  if (ignoredByDefault(rt, category)) return;
  writeError(rt, `${filename}:${line}: ${typeName(rt, category)}: ${message}\n${quoteLine(rt, filename, line)}`);
}

/** Issues a warning at the running line, once for each line and text (the module's `__warningregistry__` keeps count). @runsPython */
export function warn(rt: Runtime, category: Ref, message: string): void {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  if (frame === 0) {
    warnExplicit(rt, category, message, 'sys', 1);
    return;
  }
  const m = tempMark(rt);
  const registry = moduleRegistry(rt, H[frame + FrameWord.Globals]);
  const name = dictGetText(rt, H[frame + FrameWord.Globals], '__name__');
  const module = name !== 0 && isStr(rt, name) ? name : temp(rt, newStr(rt, '<string>'));
  const filename = strText(rt, H[H[frame + FrameWord.Code] + CodeWord.FileName]);
  const line = frameLine(rt, frame);
  if (!callModule(rt, category, message, filename, line, module, registry)) {
    const main = strText(rt, module) === '__main__' && isSubtype(rt, category, T.DeprecationWarning);
    if ((main || !ignoredByDefault(rt, category)) && firstTime(rt, registry, category, message, line)) {
      writeError(rt, `${filename}:${line}: ${typeName(rt, category)}: ${message}\n${quoteLine(rt, filename, line)}`);
    }
  }
  releaseTemps(rt, m);
}

/** `globals['__warningregistry__']`, borrowed; made if it is missing. */
function moduleRegistry(rt: Runtime, globals: Ref): Ref {
  const found = dictGetText(rt, globals, '__warningregistry__');
  if (found !== 0) return found;
  const made = temp(rt, newDict(rt));
  dictSetText(rt, globals, '__warningregistry__', made);
  return made;
}

/** False if the registry has the warning already; else enters it. */
function firstTime(rt: Runtime, registry: Ref, category: Ref, message: string, line: number): boolean {
  const m = tempMark(rt);
  const key = temp(rt, tupleTake(rt, newStr(rt, message), newRef(rt, category), newInt(rt, line)));
  const known = dictGet(rt, registry, key) !== 0;
  if (!known) dictSet(rt, registry, key, S.True);
  releaseTemps(rt, m);
  return !known;
}

/** True if `warnings.warn_explicit` took it. `module` and `registry` may be 0. */
function callModule(
  rt: Runtime,
  category: Ref,
  message: string,
  filename: string,
  line: number,
  name: Ref = 0,
  registry: Ref = 0,
): boolean {
  const H = rt.words;
  const modules = H[RootRef.Modules];
  const module = modules === 0 ? 0 : dictGetText(rt, modules, 'warnings');
  if (module === 0) return false;
  const m = tempMark(rt);
  const fn = lookupAttrText(rt, module, 'warn_explicit');
  if (fn === 0) return false;
  temp(rt, fn);
  const text = temp(rt, newStr(rt, message));
  const file = temp(rt, newStr(rt, filename));
  const number = temp(rt, newInt(rt, line));
  const base = pushArgs(rt, 6);
  H.set([text, category, file, number, name || S.None, registry || S.None], base);
  decref(rt, vectorcall(rt, fn, base, 6, 0));
  popArgs(rt, base);
  releaseTemps(rt, m);
  return true;
}

/** A coroutine dies that was never awaited: `warnings._warn_unawaited_coroutine(coroutine)`, or a plain warning where there is no
 *  library. An exception (the warning itself, if a filter makes it one) is unraisable. @runsPython */
function warnUnawaited(rt: Runtime, coroutine: Ref): void {
  const m = mark(rt);
  try {
    if (!callUnawaited(rt, coroutine)) warn(rt, T.RuntimeWarning, `coroutine '${coroutineName(rt, coroutine)}' was never awaited`);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, coroutine);
  }
}

function coroutineName(rt: Runtime, coroutine: Ref): string {
  return strText(rt, rt.words[coroutine + GeneratorWord.Qualname]);
}

/** False if there is no module `warnings`. */
function callUnawaited(rt: Runtime, coroutine: Ref): boolean {
  const m = tempMark(rt);
  const module = warningsModule(rt);
  if (module === 0) return false;
  temp(rt, module);
  const fn = lookupAttrText(rt, module, '_warn_unawaited_coroutine');
  if (fn !== 0) decref(rt, call1(rt, temp(rt, fn), coroutine));
  releaseTemps(rt, m);
  return fn !== 0;
}

function warningsModule(rt: Runtime): Owned | 0 {
  const H = rt.words;
  const loaded = H[RootRef.Modules] === 0 ? 0 : dictGetText(rt, H[RootRef.Modules], 'warnings');
  if (loaded !== 0) return newRef(rt, loaded);
  if (H[RootNum.Finalizing] !== 0) return 0;
  const m = mark(rt);
  try {
    return rt.importModule('warnings');
  } catch (error) {
    catchOnly(rt, error, m, T.ImportError);
    return 0;
  }
}

onCreate((rt) => {
  rt.warnUnawaited = (coroutine) => {
    warnUnawaited(rt, coroutine);
  };
  rt.warnDeprecated = (message) => {
    warn(rt, T.DeprecationWarning, message);
  };
});

const IGNORED: readonly Ref[] = [T.DeprecationWarning, T.PendingDeprecationWarning, T.ImportWarning, T.ResourceWarning];

function ignoredByDefault(rt: Runtime, category: Ref): boolean {
  return IGNORED.some((ignored) => isSubtype(rt, category, ignored));
}

function quoteLine(rt: Runtime, filename: string, line: number): string {
  const data = rt.host?.readFile?.(filename) ?? null;
  if (data === null) return '';
  const text = new TextDecoder().decode(data).split('\n')[line - 1];
  return text === undefined || text.trim() === '' ? '' : `  ${text.replace(/^[ \t\f]+/, '')}\n`;
}
