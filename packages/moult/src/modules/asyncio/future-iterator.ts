/** `FutureIter`, what `await` of a future iterates over: the future itself, once, then its result. */
import { clearWord, genericAlloc, LayoutKind, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import {
  currentException,
  none,
  restoreException,
  rethrow,
  runtimeError,
  systemError,
  typeError,
} from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isException, isSubtype, isType } from '../../core/types.ts';
import { normalizeThrown, warnOldThrow } from '../../eval/generator-throw.ts';
import { endWithValue } from '../../eval/generators.ts';
import { FUTURE_ITERATOR, FutureFlag, FutureWord, IteratorWord } from './layout.ts';
import { isPending, resultOf } from './future-state.ts';
import { requireAlive } from './shared.ts';

/** `future.__await__()` */
export function newFutureIterator(rt: Runtime, future: Ref): Owned {
  requireAlive(rt, future);
  const it = genericAlloc(rt, FUTURE_ITERATOR);
  rt.words[it + IteratorWord.Future] = newRef(rt, future);
  return it;
}

/** 0 at the end: StopIteration is pending with the result, unless it was told of before. @runsPython
 *  Source: CPython 3.12 FutureIter_am_send. */
function nextOfFuture(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const future = H[it + IteratorWord.Future];
  if (future === 0) return 0;
  if (isPending(rt, future)) {
    if ((H[future + FutureWord.Flags] & FutureFlag.Blocking) !== 0) runtimeError(rt, "await wasn't used with future");
    H[future + FutureWord.Flags] |= FutureFlag.Blocking;
    return newRef(rt, future);
  }
  const m = tempMark(rt);
  temp(rt, future as Owned);
  H[it + IteratorWord.Future] = 0;
  return endWithValue(rt, releaseKeeping(rt, m, resultOf(rt, future)), true);
}

/** What is sent is of no concern to a future. */
function send(rt: Runtime, it: Ref): Owned {
  const item = nextOfFuture(rt, it);
  if (item !== 0) return item;
  if (currentException(rt) !== 0) rethrow();
  return systemError(rt, "<method 'send' of '_asyncio.FutureIter' objects> returned NULL without setting an exception");
}

function throwIntoIterator(rt: Runtime, it: Ref, args: number, nargs: number): Owned {
  if (nargs < 1) typeError(rt, `throw expected at least 1 argument, got ${nargs}`);
  if (nargs > 3) typeError(rt, `throw expected at most 3 arguments, got ${nargs}`);
  const H = rt.words;
  const [type, value, traceback] = [0, 1, 2].map((i) => (i < nargs ? H[args + i] : 0)) as [Ref, Ref, Ref];
  warnOldThrow(rt, 'throw', value);
  const exception = temp(rt, exceptionOf(rt, type, value === S.None ? 0 : value, traceback === S.None ? 0 : traceback));
  clearWord(rt, it + IteratorWord.Future);
  restoreException(rt, untemp(rt, exception));
  return rethrow();
}

/** Source: CPython 3.12 FutureIter_throw. */
function exceptionOf(rt: Runtime, type: Ref, value: Ref, traceback: Ref): Owned {
  const H = rt.words;
  if (traceback !== 0 && H[traceback + ObjectWord.Type] !== T.traceback)
    typeError(rt, 'throw() third argument must be a traceback');
  if (isType(rt, type) && isSubtype(rt, type, T.BaseException)) {
    const exception = temp(rt, normalizeThrown(rt, type, value));
    if (traceback !== 0) setWord(rt, exception + ExcWord.Traceback, newRef(rt, traceback));
    return untemp(rt, exception);
  }
  if (!isException(rt, type))
    typeError(rt, 'exceptions must be classes deriving BaseException or instances of such a class');
  if (value !== 0) typeError(rt, 'instance exception may not have a separate value');
  if (traceback !== 0) setWord(rt, type + ExcWord.Traceback, newRef(rt, traceback));
  return newRef(rt, type);
}

defineType({
  ref: FUTURE_ITERATOR,
  name: '_asyncio.FutureIter',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 8 * IteratorWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [IteratorWord.Future],
  slots: { iter: (rt, self) => newRef(rt, self), iternext: nextOfFuture },
  methods: [
    native('send(value, /)', send, { unsigned: true }),
    nativeRaw('throw', throwIntoIterator),
    native(
      'close()',
      (rt, it) => {
        clearWord(rt, it + IteratorWord.Future);
        return none();
      },
      { unsigned: true },
    ),
  ],
});
