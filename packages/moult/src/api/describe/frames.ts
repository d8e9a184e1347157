/** The frames of a program that stands still: where each is, and what its variables refer to. Only reads. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { frameLine } from '../../frames/frames.ts';
import type { RunningAt } from './describe.ts';
import { EdgeKind, References } from './edges.ts';

/** A call that has not returned. */
export interface RunningFrame extends RunningAt {
  /** Its namespaces, borrowed; `locals` is 0 for a function's frame, whose variables have places of their own. */
  readonly globals: Ref;
  readonly locals: Ref;
  /** Variables that have a value, in the order of the code. */
  readonly variables: readonly { readonly name: string; readonly value: Ref }[];
  /** What the frame's value stack holds between two instructions, lowest first. */
  readonly stack: readonly Ref[];
}

/** The running thread's Python frames, innermost first. */
export function runningFrames(rt: Runtime): RunningFrame[] {
  const H = rt.words;
  const references = new References(rt);
  const frames: RunningFrame[] = [];
  for (let frame = H[RootNum.CurrentFrame]; frame !== 0; frame = H[frame + FrameWord.Previous]) {
    if (isPython(rt, frame)) frames.push(describeFrame(rt, references, frame));
  }
  return frames;
}

/** Number and line of the innermost frame, which is a Python one: to be asked at every instruction. `frame` is 0 outside of
 *  Python code. Frames of two calls may have the same number, one after the other. */
export function innermost(rt: Runtime): { frame: number; line: number } {
  const frame = rt.words[RootNum.CurrentFrame];
  return frame !== 0 && isPython(rt, frame) ? { frame, line: frameLine(rt, frame) } : { frame: 0, line: 0 };
}

function isPython(rt: Runtime, frame: number): boolean {
  const code = rt.words[frame + FrameWord.Code];
  return code !== 0 && rt.words[code + ObjectWord.Type] === T.code;
}

function describeFrame(rt: Runtime, references: References, frame: number): RunningFrame {
  const H = rt.words;
  const code = H[frame + FrameWord.Code];
  const variables: { name: string; value: Ref }[] = [];
  const stack: Ref[] = [];
  references.frame(frame, (to, kind, name) => {
    if (kind === (EdgeKind.Variable as number)) variables.push({ name: String(name), value: to });
    else if (String(name).startsWith('stack ')) stack.push(to);
  });
  return {
    filename: strText(rt, H[code + CodeWord.FileName]),
    line: frameLine(rt, frame),
    function: strText(rt, H[code + CodeWord.Qualname]),
    globals: H[frame + FrameWord.Globals],
    locals: H[frame + FrameWord.Locals],
    variables,
    stack,
  };
}
