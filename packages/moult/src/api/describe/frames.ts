/** The frames of a program that stands still: where each is, and what its variables refer to. Only reads. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { executable, frameLine } from '../../frames/frames.ts';
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

/** How many Python calls have not returned. */
export function callDepth(rt: Runtime): number {
  const H = rt.words;
  let depth = 0;
  for (let frame = H[RootNum.CurrentFrame]; frame !== 0; frame = H[frame + FrameWord.Previous]) {
    if (isPython(rt, frame)) depth++;
  }
  return depth;
}

/** Where the innermost frame is, to be asked at every instruction. */
export interface Position {
  /** Number of the frame; 0: no Python code runs. Two calls, one after the other, may have the same one. */
  readonly frame: number;
  readonly code: Ref;
  /** Index of the instruction's code unit. */
  readonly unit: number;
  readonly line: number;
  readonly filename: string;
}

const NOWHERE: Position = { frame: 0, code: 0, unit: -1, line: 0, filename: '' };

/** The innermost frame's place. */
export function innermost(rt: Runtime): Position {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  if (frame === 0 || !isPython(rt, frame)) return NOWHERE;
  const code = H[frame + FrameWord.Code];
  const { filename } = executable(rt, code).data;
  return { frame, code, unit: H[frame + FrameWord.PrevInstr], line: frameLine(rt, frame), filename };
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
