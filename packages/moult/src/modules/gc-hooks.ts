/** What the collector tells the program: `gc.callbacks`, debugging output, weak references' callbacks. */
import { decref, GcRoot, newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2 } from '../core/call.ts';
import { newDict } from '../core/dict/index.ts';
import { caught, mark } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listItem, listLength, newList } from '../core/list.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { typeFullName } from '../core/types.ts';
import { newStr } from '../core/str.ts';
import { dropTemp, forgetTemp, releaseTemps, temp, tempMark } from '../core/temps.ts';
import { setTake } from './make.ts';
import { writeError } from './sys/streams.ts';

/** Makes `gc.garbage` and `gc.callbacks`. */
export function makeGcLists(rt: Runtime): void {
  setWord(rt, GcRoot.Garbage, newList(rt, 0));
  setWord(rt, RootRef.GcCallbacks, newList(rt, 0));
}

/** Connects the collector with the program. */
export function connectCollector(rt: Runtime): void {
  rt.onCollectionStart = (generation) => {
    notify(rt, 'start', generation, 0, 0);
  };
  rt.onCollectionStop = (generation, collected, uncollectable) => {
    notify(rt, 'stop', generation, collected, uncollectable);
  };
  rt.typeName = (type) => typeFullName(rt, type);
  rt.debugPrint = (text) => {
    writeError(rt, text);
  };
  rt.callWeakrefCallback = (wr, callback) => {
    callQuietly(rt, callback, () => call1(rt, callback, wr));
  };
}

/** Calls everything in `gc.callbacks` with the phase and a dict; errors are reported and passed over. @runsPython
 *  Source: CPython 3.12 invoke_gc_callback. */
function notify(rt: Runtime, phase: string, generation: number, collected: number, uncollectable: number): void {
  const list = rt.words[RootRef.GcCallbacks];
  if (list === 0 || listLength(rt, list) === 0) return;
  quietly(rt, 0, () => {
    const m = tempMark(rt);
    const info = temp(rt, newDict(rt));
    setTake(rt, info, 'generation', newInt(rt, generation));
    setTake(rt, info, 'collected', newInt(rt, collected));
    setTake(rt, info, 'uncollectable', newInt(rt, uncollectable));
    callAll(rt, list, temp(rt, newStr(rt, phase)), info);
    releaseTemps(rt, m);
  });
}

function callAll(rt: Runtime, list: Ref, phase: Ref, info: Ref): void {
  for (let i = 0; i < listLength(rt, list); i++) {
    const callback = temp(rt, newRef(rt, listItem(rt, list, i)));
    callQuietly(rt, callback, () => call2(rt, callback, phase, info));
    dropTemp(rt, callback);
  }
}

/** Calls, drops the result, and reports an exception as one that nobody can catch. The exception pending before stays. */
function callQuietly(rt: Runtime, where: Ref, call: () => Owned): void {
  quietly(rt, where, () => {
    decref(rt, call());
  });
}

/** Reports what `action` raises; `where` may be 0. The exception pending before stays. */
function quietly(rt: Runtime, where: Ref, action: () => void): void {
  const H = rt.words;
  const pending = H[RootRef.CurrentException];
  H[RootRef.CurrentException] = 0;
  if (pending !== 0) temp(rt, pending as Owned);
  const m = mark(rt);
  try {
    action();
  } catch (error) {
    caught(rt, error, m);
    rt.writeUnraisable(where);
  }
  if (pending === 0) return;
  H[RootRef.CurrentException] = pending;
  forgetTemp(rt, pending);
}
