/** `iterator` (over anything with `__getitem__`) and `callable_iterator`. */
import { clearWord, decref, gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { caught, clearException, mark, none, overflowError, pendingMatches } from '../../core/errors.ts';
import type { Mark } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { onConnect } from '../../core/installers.ts';
import { bigIntValue, newBigInt, newInt } from '../../core/int.ts';
import { CallableIteratorWord, SequenceIteratorWord as Word } from '../../core/layout/iterators.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import { getItem, lengthOrMinusOne, sequenceItem } from '../../core/protocol/item.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ssizeOfInt } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { forgetTemp, releaseKeeping, temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { builtinFunction, lengthHintMethod, reduceMethod, reduceToIter, setStateMethod } from './reduce.ts';
import { identitySlot } from './shared.ts';

function newSequenceIterator(rt: Runtime, sequence: Ref): Owned {
  const it = gcNew(rt, T.seqIterator);
  rt.words[it + Word.Sequence] = newRef(rt, sequence);
  track(rt, it);
  return it;
}

/** Item `i` of a sequence, 0 where IndexError or StopIteration says that there is none. @runsPython */
export function itemOrEnd(rt: Runtime, sequence: Ref, i: number): Owned | 0 {
  const m = mark(rt);
  try {
    return sequenceItem(rt, sequence, i);
  } catch (error) {
    return endOrThrow(rt, error, m);
  }
}

function endOrThrow(rt: Runtime, error: unknown, m: Mark): 0 {
  caught(rt, error, m);
  if (!pendingMatches(rt, T.IndexError) && !pendingMatches(rt, T.StopIteration)) throw error;
  clearException(rt);
  return 0;
}

/* The index has one word. A negative one is counted from 2^63, the end of all indices, where only `__setstate__` can lead. */

const INDEX_END = 2n ** 63n;
const PLAIN_END = 2 ** 31;

function indexOf(rt: Runtime, it: Ref): bigint {
  const word = BigInt(rt.words[it + Word.Index]);
  return word < 0n ? INDEX_END + word : word;
}

/** The item at an index near the end of all indices. Raises OverflowError at the end. @runsPython */
function farItem(rt: Runtime, it: Ref, sequence: Ref): Owned | 0 {
  const at = indexOf(rt, it);
  if (at === INDEX_END - 1n) overflowError(rt, 'iter index too large');
  const m = mark(rt);
  const key = temp(rt, newBigInt(rt, at));
  try {
    return releaseKeeping(rt, m.temps, getItem(rt, sequence, key));
  } catch (error) {
    return endOrThrow(rt, error, m);
  }
}

function sequenceNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const sequence = H[it + Word.Sequence];
  if (sequence === 0) return 0;
  const item = H[it + Word.Index] < 0 ? farItem(rt, it, sequence) : itemOrEnd(rt, sequence, H[it + Word.Index]);
  if (item !== 0) {
    H[it + Word.Index]++;
    return item;
  }
  clearWord(rt, it + Word.Sequence);
  return 0;
}

function sequenceHint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const sequence = H[it + Word.Sequence];
  if (sequence === 0) return newInt(rt, 0);
  const n = lengthOrMinusOne(rt, sequence);
  return n < 0 ? (S.NotImplemented as Ref as Owned) : newInt(rt, Math.max(n - Number(indexOf(rt, it)), 0));
}

function sequenceReduce(rt: Runtime, it: Ref): Owned {
  if (rt.words[it + Word.Index] >= 0) return reduceToIter(rt, it, Word.Sequence, Word.Index);
  const iter = temp(rt, builtinFunction(rt, 'iter'));
  const args = temp(rt, tupleOf(rt, rt.words[it + Word.Sequence] || S.EmptyTuple));
  return tupleOf(rt, iter, args, temp(rt, newBigInt(rt, indexOf(rt, it))));
}

function sequenceSetState(rt: Runtime, it: Ref, state: Ref): Owned {
  const H = rt.words;
  const i = ssizeOfInt(rt, state);
  if (H[it + Word.Sequence] === 0) return none();
  if (i < PLAIN_END) H[it + Word.Index] = Math.max(i, 0);
  else H[it + Word.Index] = farIndex(rt, temp(rt, index(rt, state)));
  return none();
}

function farIndex(rt: Runtime, given: Ref): number {
  const word = Number(bigIntValue(rt, given) - INDEX_END);
  return word < -PLAIN_END ? overflowError(rt, 'iter index too large') : word;
}

function newCallableIterator(rt: Runtime, callable: Ref, sentinel: Ref): Owned {
  const it = gcNew(rt, T.callableIterator);
  const H = rt.words;
  H[it + CallableIteratorWord.Callable] = newRef(rt, callable);
  H[it + CallableIteratorWord.Sentinel] = newRef(rt, sentinel);
  track(rt, it);
  return it;
}

function callableNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const callable = H[it + CallableIteratorWord.Callable];
  if (callable === 0) return 0;
  const result = callOrStop(rt, callable);
  if (result !== 0 && !isSentinel(rt, it, result)) return result;
  clearWord(rt, it + CallableIteratorWord.Callable);
  clearWord(rt, it + CallableIteratorWord.Sentinel);
  if (result !== 0) decref(rt, result);
  return 0;
}

function isSentinel(rt: Runtime, it: Ref, result: Owned): boolean {
  const sentinel = rt.words[it + CallableIteratorWord.Sentinel];
  if (sentinel === 0) return true;
  temp(rt, result);
  const equal = compareBool(rt, sentinel, result, CompareOp.Eq);
  forgetTemp(rt, result);
  return equal;
}

function callOrStop(rt: Runtime, callable: Ref): Owned | 0 {
  const m = mark(rt);
  try {
    return call0(rt, callable);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.StopIteration)) throw error;
    clearException(rt);
    return 0;
  }
}

function callableReduce(rt: Runtime, it: Ref): Owned {
  const iter = temp(rt, builtinFunction(rt, 'iter'));
  const H = rt.words;
  const callable = H[it + CallableIteratorWord.Callable];
  const args =
    callable === 0 ? tupleOf(rt, S.EmptyTuple) : tupleOf(rt, callable, H[it + CallableIteratorWord.Sentinel]);
  return tupleOf(rt, iter, temp(rt, args));
}

onConnect((rt) => {
  rt.newSequenceIterator = (sequence) => newSequenceIterator(rt, sequence);
  rt.newCallableIterator = (callable, sentinel) => newCallableIterator(rt, callable, sentinel);
});

defineType({
  ref: T.seqIterator,
  name: 'iterator',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Sequence],
  noClear: true,
  slots: { iter: identitySlot, iternext: sequenceNext },
  methods: [lengthHintMethod(sequenceHint), reduceMethod(sequenceReduce), setStateMethod(sequenceSetState)],
});

defineType({
  ref: T.callableIterator,
  name: 'callable_iterator',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [CallableIteratorWord.Callable, CallableIteratorWord.Sentinel],
  noClear: true,
  slots: { iter: identitySlot, iternext: callableNext },
  methods: [reduceMethod(callableReduce)],
});
