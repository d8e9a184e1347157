/** The namespaces of the running frame: what `globals()` and `locals()` give. */
import type { Ref } from '@moult/heap';
import { systemError } from '../../core/errors.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { frameLocals } from '../../frames/frame-object.ts';

/** The globals of the running frame, borrowed; 0 outside of Python code. */
export function currentGlobals(rt: Runtime): Ref {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  return frame === 0 ? 0 : H[frame + FrameWord.Globals];
}

/** `locals()` of the running frame, borrowed. Raises SystemError outside of Python code. */
export function currentLocals(rt: Runtime): Ref {
  const frame = rt.words[RootNum.CurrentFrame];
  if (frame === 0) systemError(rt, 'frame does not exist');
  return frameLocals(rt, frame);
}
