/**
 * What the collector sees of a running generator. CPython visits its frame as that of a suspended one, but for variables and stack
 * while the stack's height is kept elsewhere: it is written to the frame only where the loop goes on to another frame. What is not
 * seen through the generator, the audit finds among the frames that run.
 */
import type { Heap, Visit } from '@moult/heap';
import { Op } from '../compiler/opcodes.ts';
import { FrameOwner, FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { RootNum } from '../core/roots.ts';
import type { ExecutableCode } from './executable-code.ts';

/** Whether the frame is that of a running generator. */
export function isRunningGenerator(H: Int32Array, frame: number): boolean {
  if (H[frame + FrameWord.Owner] !== FrameOwner.Generator) return false;
  return H[frame - GeneratorWord.Frame + GeneratorWord.State] === FrameState.Executing;
}

/** Visits what the collector sees of a running generator's frame, in CPython's order (_PyFrame_Traverse). */
export function traverseRunning(heap: Heap, frame: number, visit: Visit): void {
  const H = heap.words;
  for (const word of [FrameWord.FrameObject, FrameWord.Locals, FrameWord.Function, FrameWord.Code]) {
    if (H[frame + word] !== 0) visit(H[frame + word]);
  }
  if (hasHeight(heap, frame)) traverseVariables(H, frame, visit);
}

/** Visits what it does not see. */
export function traverseUnseen(heap: Heap, frame: number, visit: Visit): void {
  if (!hasHeight(heap, frame)) traverseVariables(heap.words, frame, visit);
}

function traverseVariables(H: Int32Array, frame: number, visit: Visit): void {
  const first = frame + FrameWord.LocalsPlus;
  for (let i = first; i < first + H[frame + FrameWord.StackTop]; i++) if (H[i] !== 0) visit(H[i]);
}

/** Whether CPython's frame has the height of its stack: the loop went to the next frame without a native function between, which it
 *  is taken to have done for each Python function and for what is awaited; or something is thrown into what it delegates to. */
function hasHeight(heap: Heap, frame: number): boolean {
  const H = heap.words;
  const code = heap.hosts[H[H[frame + FrameWord.Code] + CodeWord.Payload]] as ExecutableCode;
  const op = code.originalOp(H[frame + FrameWord.PrevInstr]);
  if (op === (Op.YIELD_VALUE as number)) return true;
  let above = H[RootNum.CurrentFrame];
  if (above === frame) return false;
  while (above !== 0 && H[above + FrameWord.Previous] !== frame) above = H[above + FrameWord.Previous];
  return above !== 0 && (H[above + FrameWord.Owner] === FrameOwner.Thread || op === (Op.SEND as number));
}
