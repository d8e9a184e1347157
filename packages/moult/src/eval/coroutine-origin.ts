/** Where a coroutine was made: `cr_origin`. */
import { newRef, TupleWord } from '@moult/heap';
import type { Owned } from '@moult/heap';
import { newInt } from '../core/int.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { perThreadNum } from '../core/threads.ts';
import { newTuple } from '../core/tuple.ts';
import { firstComplete } from '../frames/frame-object.ts';
import { frameLine } from '../frames/frames.ts';

perThreadNum(RootNum.OriginDepth);

/** `(filename, line, function)` of so many frames from `frame` on as are to be kept. Runs nothing.
 *  Source: CPython 3.12 compute_cr_origin. */
export function coroutineOrigin(rt: Runtime, frame: number): Owned {
  const H = rt.words;
  const frames: number[] = [];
  let f = firstComplete(rt, frame);
  while (f !== 0 && frames.length < H[RootNum.OriginDepth]) {
    frames.push(f);
    f = firstComplete(rt, H[f + FrameWord.Previous]);
  }
  const origin = newTuple(rt, frames.length);
  frames.forEach((at, i) => {
    H[origin + TupleWord.Items + i] = placeOf(rt, at);
  });
  return origin;
}

function placeOf(rt: Runtime, frame: number): Owned {
  const H = rt.words;
  const code = H[frame + FrameWord.Code];
  const place = newTuple(rt, 3);
  H[place + TupleWord.Items] = newRef(rt, H[code + CodeWord.FileName]);
  H[place + TupleWord.Items + 1] = newInt(rt, frameLine(rt, frame));
  H[place + TupleWord.Items + 2] = newRef(rt, H[code + CodeWord.Name]);
  return place;
}
