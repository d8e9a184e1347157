/** The instruction that a program is making. Only reads. */
import { ObjectWord } from '@moult/heap';
import { Op, OPCODES } from '../../compiler/opcodes.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { executable } from '../../frames/frames.ts';

/** Name of the innermost frame's instruction, as `dis` writes it; empty outside of Python code. */
export function instructionName(rt: Runtime): string {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  const code = frame === 0 ? 0 : H[frame + FrameWord.Code];
  if (code === 0 || H[code + ObjectWord.Type] !== T.code) return '';
  const exec = executable(rt, code);
  let unit = H[frame + FrameWord.PrevInstr];
  // A call that is being returned from is at its last inline cache.
  while (unit > 0 && exec.originalOp(unit) === (Op.CACHE as number)) unit--;
  return unit < 0 ? '' : (OPCODES[exec.originalOp(unit)]?.name ?? '');
}
