/** What `sys` tells of threads: where each one is, and how often they switch. */
import type { Owned, Ref } from '@moult/heap';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { none, valueError } from '../../core/errors.ts';
import { handledFrom } from '../../core/exceptions.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { ThreadState, ThreadWord } from '../../core/layout/thread.ts';
import { native } from '../../core/native.ts';
import { RootNum } from '../../core/roots.ts';
import { SLICE_LENGTH } from '../../core/runtime.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { savedNum } from '../../core/threads.ts';
import { firstComplete, frameObject } from '../../frames/frame-object.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { threadIdent } from '../thread/ident.ts';

/** Seconds that a slice of `SLICE_LENGTH` looks stands for. */
const DEFAULT_INTERVAL = 0.005;
const LOOKS_PER_SECOND = SLICE_LENGTH / DEFAULT_INTERVAL;
const LONGEST = 0x7fff_ffff;

/** A dict from the identifiers of threads to what `value` gives for each (0: nothing), borrowed. */
function byThread(rt: Runtime, value: (t: number) => Ref): Owned {
  const H = rt.words;
  const dict = temp(rt, newDict(rt));
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.State] === ThreadState.New) continue;
    const found = value(t);
    if (found === 0) continue;
    const key = temp(rt, newInt(rt, threadIdent(H[t + ThreadWord.Number])));
    dictSet(rt, dict, key, found);
    dropTemp(rt, key);
  }
  return untemp(rt, dict);
}

function currentFrames(rt: Runtime): Owned {
  return byThread(rt, (t) => {
    const frame = firstComplete(rt, savedNum(rt, t, RootNum.CurrentFrame));
    return frame === 0 ? 0 : frameObject(rt, frame);
  });
}

/** The exception that each thread is handling, or None. */
function currentExceptions(rt: Runtime): Owned {
  return byThread(rt, (t) => handledFrom(rt, savedNum(rt, t, RootNum.ExcInfo)) || S.None);
}

function getInterval(rt: Runtime): Owned {
  return newFloat(rt, rt.words[RootNum.SliceLength] / LOOKS_PER_SECOND);
}

function setInterval(rt: Runtime, _module: Ref, interval: Ref): Owned {
  const seconds = toFloat(rt, interval);
  if (seconds <= 0) valueError(rt, 'switch interval must be strictly positive');
  const H = rt.words;
  H[RootNum.SliceLength] = Math.min(Math.max(Math.round(seconds * LOOKS_PER_SECOND), 1), LONGEST);
  H[RootNum.SliceLeft] = H[RootNum.SliceLength];
  return none();
}

export const THREAD_FUNCTIONS = [
  native('_current_frames($module, /)', currentFrames, {
    doc: 'A dict from the identifiers of threads to their current frames.',
  }),
  native('_current_exceptions($module, /)', currentExceptions, {
    doc: 'A dict from the identifiers of threads to the exceptions that they handle.',
  }),
  native('getswitchinterval($module, /)', getInterval, { doc: 'Seconds after which a thread gives way to others.' }),
  native('setswitchinterval($module, interval, /)', setInterval, {
    doc: 'Set the seconds after which a thread gives way.',
  }),
];
