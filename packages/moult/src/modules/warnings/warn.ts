/** `warnings.warn`, and the warnings that the interpreter itself issues: at the place that runs, or at one in a source. */
import type { Ref } from '@moult/heap';
import { dictGetText, dictSetText, newDict } from '../../core/dict/index.ts';
import { FrameOwner, FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isStr } from '../../core/types.ts';
import { frameLine } from '../../frames/frames.ts';
import { issue } from './issue.ts';
import type { Place } from './issue.ts';

/** Issues a warning of a static category at a place in a file. @runsPython */
export function warnExplicit(rt: Runtime, category: Ref, message: string, filename: string, line: number): void {
  const m = tempMark(rt);
  const place = { filename: temp(rt, newStr(rt, filename)), line, module: 0, registry: 0, source: 0 };
  issue(rt, category, temp(rt, newStr(rt, message)), place);
  releaseTemps(rt, m);
}

/** Issues a warning at the running line, once for each line and text (the module's `__warningregistry__` keeps count). `source` is the
 *  object at fault, 0 for none. @runsPython */
export function warn(rt: Runtime, category: Ref, message: string, source: Ref = 0, level = 1): void {
  const m = tempMark(rt);
  issue(rt, category, temp(rt, newStr(rt, message)), { ...placeOf(rt, level, []), source });
  releaseTemps(rt, m);
}

/** The line that is `level` calls up, counted from the running one as 1; files that begin with one of `skipped` do not count.
 *  References are temporaries or borrowed from the frame. Source: CPython 3.12 setup_context. */
export function placeOf(rt: Runtime, level: number, skipped: readonly string[]): Omit<Place, 'source'> {
  const H = rt.words;
  let frame = realFrame(H, H[RootNum.CurrentFrame]);
  const plain = level <= 0 || (frame !== 0 && isInternal(fileOf(rt, frame)));
  const passes = (f: number): boolean =>
    f !== 0 && !plain && (isInternal(fileOf(rt, f)) || skipped.some((prefix) => fileOf(rt, f).startsWith(prefix)));
  for (let left = level - 1; left > 0 && frame !== 0; left--) {
    do frame = realFrame(H, H[frame + FrameWord.Previous]);
    while (passes(frame));
  }
  if (frame === 0) return placeIn(rt, H[RootRef.SysDict], temp(rt, newStr(rt, 'sys')), 1);
  return placeIn(
    rt,
    H[frame + FrameWord.Globals],
    H[H[frame + FrameWord.Code] + CodeWord.FileName],
    frameLine(rt, frame),
  );
}

/** `frame`, or the next one of a Python function that called it; 0 at the end. */
function realFrame(H: Int32Array, frame: number): number {
  let f = frame;
  while (f !== 0 && H[f + FrameWord.Owner] === (FrameOwner.Entry as number)) f = H[f + FrameWord.Previous];
  return f;
}

function fileOf(rt: Runtime, frame: number): string {
  return strText(rt, rt.words[rt.words[frame + FrameWord.Code] + CodeWord.FileName]);
}

/** Whether a file belongs to the machinery of imports, which nobody wants to be warned about. */
function isInternal(file: string): boolean {
  return file.includes('importlib') && file.includes('_bootstrap');
}

function placeIn(rt: Runtime, globals: Ref, filename: Ref, line: number): Omit<Place, 'source'> {
  const name = dictGetText(rt, globals, '__name__');
  const module = name !== 0 && isStr(rt, name) ? name : temp(rt, newStr(rt, '<string>'));
  return { filename, line, module, registry: registryOf(rt, globals) };
}

/** `globals['__warningregistry__']`, borrowed; made if it is missing. */
function registryOf(rt: Runtime, globals: Ref): Ref {
  const found = dictGetText(rt, globals, '__warningregistry__');
  if (found !== 0) return found;
  const made = temp(rt, newDict(rt));
  dictSetText(rt, globals, '__warningregistry__', made);
  return made;
}
