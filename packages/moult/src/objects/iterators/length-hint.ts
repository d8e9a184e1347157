/** `operator.length_hint`. Source: CPython 3.12 PyObject_LengthHint. */
import { ListWord, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { caught, clearException, mark, pendingMatches, typeError, valueError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { LengthSlot } from '../../core/functions.ts';
import { onConnect } from '../../core/installers.ts';
import { SequenceIteratorWord } from '../../core/layout/iterators.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isInt, kindName } from '../../core/types.ts';

/** `len(o)` if that works, else what `o.__length_hint__()` says, else `fallback`. @runsPython */
function lengthHint(rt: Runtime, o: Ref, fallback: number): number {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if (type === T.generator) return fallback;
  if (type === T.listIterator) return listHint(H, o);
  const slot = H[type + TypeWord.SqLength] || H[type + TypeWord.MpLength];
  if (slot === 0) return askHint(rt, o, fallback);
  const isProxy = type === T.weakProxy || type === T.weakCallableProxy;
  if (!isProxy && (H[type + TypeWord.Flags] & TypeFlag.HeapType) === 0)
    return (SLOT_FUNCTIONS[slot] as LengthSlot)(rt, o);
  const m = mark(rt);
  try {
    return (SLOT_FUNCTIONS[slot] as LengthSlot)(rt, o);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
  }
  return askHint(rt, o, fallback);
}

/** The commonest iterator, without the call. */
function listHint(H: Int32Array, it: Ref): number {
  const list = H[it + SequenceIteratorWord.Sequence];
  return list === 0 ? 0 : Math.max(H[list + ListWord.Size] - H[it + SequenceIteratorWord.Index], 0);
}

function askHint(rt: Runtime, o: Ref, fallback: number): number {
  const method = rt.lookupSpecial(o, Id.__length_hint__);
  if (method === 0) return fallback;
  const m = tempMark(rt);
  temp(rt, method);
  const answer = callHint(rt, method);
  if (answer === 0 || answer === (S.NotImplemented as number)) {
    dropTemp(rt, method);
    return fallback;
  }
  temp(rt, answer);
  if (!isInt(rt, answer)) typeError(rt, `__length_hint__ must be an integer, not ${kindName(rt, answer)}`);
  const n = asSsize(rt, answer);
  if (n < 0) valueError(rt, '__length_hint__() should return >= 0');
  releaseTemps(rt, m);
  return n;
}

/** The answer, 0 when the method raised TypeError. */
function callHint(rt: Runtime, method: Ref): Owned | 0 {
  const m = mark(rt);
  try {
    return call0(rt, method);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return 0;
  }
}

onConnect((rt) => {
  rt.lengthHintSlow = (o, fallback) => lengthHint(rt, o, fallback);
});
