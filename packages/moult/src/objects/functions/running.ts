/** What natives ask about the running Python function: its globals, and what `super()` without arguments takes. */
import { isType, kindName } from '../../core/types.ts';
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { LocalKind } from '../../compiler/code-data.ts';
import { runtimeError } from '../../core/errors.ts';
import { onConnect } from '../../core/installers.ts';
import { FrameOwner, FrameWord } from '../../core/layout/frame.ts';
import { CellWord } from '../../core/layout/functions.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { codeDataOf } from './code-data.ts';

/** The innermost Python frame, 0 if there is none. */
function currentFrame(rt: Runtime): number {
  const H = rt.words;
  let frame = H[RootNum.CurrentFrame];
  while (frame !== 0 && H[frame + FrameWord.Owner] === FrameOwner.Entry) frame = H[frame + FrameWord.Previous];
  return frame;
}

/** Globals of the running function, borrowed; 0 outside of Python code. */
function currentGlobals(rt: Runtime): Ref {
  const frame = currentFrame(rt);
  return frame === 0 ? 0 : rt.words[frame + FrameWord.Globals];
}

/** Class and first argument of the running method, borrowed. Raises RuntimeError.
 *  Source: CPython 3.12 super_init_without_args. */
function superContext(rt: Runtime): [type: Ref, self: Ref] {
  const frame = currentFrame(rt);
  if (frame === 0) runtimeError(rt, 'super(): no current frame');
  const self = firstArgument(rt, frame);
  return [classOf(rt, frame), self];
}

function firstArgument(rt: Runtime, frame: number): Ref {
  const H = rt.words;
  const data = codeDataOf(rt, H[frame + FrameWord.Code]);
  if (data.argcount === 0) runtimeError(rt, 'super(): no arguments');
  let first = H[frame + FrameWord.LocalsPlus];
  const isCell = (data.localspluskinds[0] & LocalKind.Cell) !== 0;
  if (first !== 0 && isCell && H[first + ObjectWord.Type] === T.cell) first = H[first + CellWord.Value];
  if (first === 0) runtimeError(rt, 'super(): arg[0] deleted');
  return first;
}

function classOf(rt: Runtime, frame: number): Ref {
  const H = rt.words;
  const data = codeDataOf(rt, H[frame + FrameWord.Code]);
  const i = data.localsplusnames.findIndex(
    (name, at) => name === '__class__' && (data.localspluskinds[at] & LocalKind.Free) !== 0,
  );
  if (i < 0) runtimeError(rt, 'super(): __class__ cell not found');
  const cell = H[frame + FrameWord.LocalsPlus + i];
  if (cell === 0 || H[cell + ObjectWord.Type] !== T.cell) runtimeError(rt, 'super(): bad __class__ cell');
  const type = H[cell + CellWord.Value];
  if (type === 0) runtimeError(rt, 'super(): empty __class__ cell');
  if (!isType(rt, type)) runtimeError(rt, `super(): __class__ is not a type (${kindName(rt, type)})`);
  return type;
}

onConnect((rt) => {
  rt.currentGlobals = () => currentGlobals(rt);
  rt.superContext = () => superContext(rt);
});
