/** Warnings as the interpreter itself issues them: through the module `warnings` if a program imported it, else by the
 *  default filters, on standard error. */
import { decref } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { vectorcall } from '../core/call.ts';
import { dictGetText } from '../core/dict/index.ts';
import { newInt } from '../core/int.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { lookupAttrText } from '../core/protocol/index.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { popArgs, pushArgs, releaseTemps, temp, tempMark } from '../core/temps.ts';
import { isStr, isSubtype, typeName } from '../core/types.ts';
import { frameLine } from '../eval/frames.ts';
import { writeError } from './sys/streams.ts';

/** Issues a warning of a static category at a place in a file. @runsPython if filters were set up by the program */
export function warnExplicit(rt: Runtime, category: Ref, message: string, filename: string, line: number): void {
  if (callModule(rt, category, message, filename, line)) return;
  if (ignoredByDefault(rt, category)) return;
  writeError(rt, `${filename}:${line}: ${typeName(rt, category)}: ${message}\n${quoteLine(rt, filename, line)}`);
}

/** Issues a warning at the running line. @runsPython */
export function warn(rt: Runtime, category: Ref, message: string): void {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  if (frame === 0) {
    warnExplicit(rt, category, message, 'sys', 1);
    return;
  }
  const name = dictGetText(rt, H[frame + FrameWord.Globals], '__file__');
  warnExplicit(rt, category, message, name !== 0 && isStr(rt, name) ? strText(rt, name) : 'sys', frameLine(rt, frame));
}

/** True if `warnings.warn_explicit` took it. */
function callModule(rt: Runtime, category: Ref, message: string, filename: string, line: number): boolean {
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
  const base = pushArgs(rt, 4);
  H.set([text, category, file, number], base);
  decref(rt, vectorcall(rt, fn, base, 4, 0));
  popArgs(rt, base);
  releaseTemps(rt, m);
  return true;
}

const IGNORED: readonly Ref[] = [T.DeprecationWarning, T.PendingDeprecationWarning, T.ImportWarning, T.ResourceWarning];

function ignoredByDefault(rt: Runtime, category: Ref): boolean {
  return IGNORED.some((ignored) => isSubtype(rt, category, ignored));
}

function quoteLine(rt: Runtime, filename: string, line: number): string {
  const data = rt.host?.readFile?.(filename) ?? null;
  if (data === null) return '';
  const text = new TextDecoder().decode(data).split('\n')[line - 1];
  return text === undefined || text.trim() === '' ? '' : `  ${text.trim()}\n`;
}
