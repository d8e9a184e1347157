/** `anext(iterator, default)`: an awaitable that gives the default when the iterator is exhausted. */
import { gcNew, LayoutKind, newRef, ObjectWord, track, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1, call2, call3 } from '../core/call.ts';
import { catchOnly, currentException, mark, restoreException, rethrow, typeError } from '../core/errors.ts';
import { createException } from '../core/exceptions.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import type { IterNextSlot, UnarySlot } from '../core/functions.ts';
import { onConnect } from '../core/installers.ts';
import { Id } from '../core/names.ts';
import { native } from '../core/native.ts';
import { getAttr } from '../core/protocol/attribute.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../core/temps.ts';
import { defineType } from '../core/type-spec.ts';
import { slotOf } from '../core/types.ts';
import { awaitableIterator } from './async.ts';

/** `anext_awaitable`: CPython's `anextawaitableobject`. */
const enum AnextWord {
  Wrapped = 2,
  Default = 3,
}

function newAnext(rt: Runtime, awaitable: Ref, fallback: Ref): Owned {
  const o = gcNew(rt, T.anextAwaitable);
  rt.words[o + AnextWord.Wrapped] = newRef(rt, awaitable);
  rt.words[o + AnextWord.Default] = newRef(rt, fallback);
  track(rt, o);
  return o;
}

/** The iterator that awaiting the wrapped object goes through, owned. */
function wrappedIterator(rt: Runtime, self: Ref): Owned {
  const awaitable = awaitableIterator(rt, rt.words[self + AnextWord.Wrapped]);
  if (rt.words[awaitable + ObjectWord.Type] !== T.coroutine) return awaitable;
  const m = tempMark(rt);
  temp(rt, awaitable);
  const slot = slotOf(rt, awaitable, TypeWord.AmAwait);
  const iterator = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, awaitable);
  if (slotOf(rt, iterator, TypeWord.IterNext) === 0) typeError(rt, '__await__ must return an iterable');
  return releaseKeeping(rt, m, iterator);
}

/** Runs `step` on the wrapped iterator; StopAsyncIteration becomes StopIteration with the default. */
function withDefault(rt: Runtime, self: Ref, step: (iterator: Ref) => Owned | 0): Owned | 0 {
  const tm = tempMark(rt);
  const m = mark(rt);
  try {
    const iterator = temp(rt, wrappedIterator(rt, self));
    const result = step(iterator);
    if (result !== 0) return releaseKeeping(rt, tm, result);
    releaseTemps(rt, tm);
  } catch (error) {
    catchOnly(rt, error, m, T.StopAsyncIteration);
    restoreException(rt, createException(rt, T.StopIteration, newRef(rt, rt.words[self + AnextWord.Default])));
  }
  return 0;
}

function anextNext(rt: Runtime, self: Ref): Owned | 0 {
  return withDefault(rt, self, (iterator) =>
    (SLOT_FUNCTIONS[slotOf(rt, iterator, TypeWord.IterNext)] as IterNextSlot)(rt, iterator),
  );
}

/** A method call on the wrapped iterator that must raise at its end. */
function anextCall(rt: Runtime, self: Ref, step: (iterator: Ref) => Owned): Owned {
  const result = withDefault(rt, self, step);
  if (result !== 0) return result;
  if (currentException(rt) === 0) restoreException(rt, createException(rt, T.StopIteration, 0 as Owned));
  return rethrow();
}

function method(rt: Runtime, iterator: Ref, name: Ref): Ref {
  return temp(rt, getAttr(rt, iterator, name));
}

/** As many arguments as were given: more than one of them is what `throw` warns of. @runsPython */
function callThrow(rt: Runtime, throwMethod: Ref, type: Ref, value: Ref, tb: Ref): Owned {
  if (tb !== 0) return call3(rt, throwMethod, type, value, tb);
  return value !== 0 ? call2(rt, throwMethod, type, value) : call1(rt, throwMethod, type);
}

defineType({
  ref: T.anextAwaitable,
  name: 'anext_awaitable',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [AnextWord.Wrapped, AnextWord.Default],
  slots: { iter: (rt, self) => newRef(rt, self), iternext: anextNext, amAwait: (rt, self) => newRef(rt, self) },
  methods: [
    native('send($self, value, /)', (rt, self, value) =>
      anextCall(rt, self, (it) => call1(rt, method(rt, it, Id.send), value)),
    ),
    native('throw($self, type, value=None, traceback=None, /)', (rt, self, type, value, tb) =>
      anextCall(rt, self, (it) => callThrow(rt, method(rt, it, Id.throw), type, value, tb)),
    ),
    native('close($self, /)', (rt, self) => anextCall(rt, self, (it) => call0(rt, method(rt, it, Id.close)))),
  ],
});

onConnect((rt: Runtime) => {
  rt.newAnextAwaitable = (awaitable, fallback) => newAnext(rt, awaitable, fallback);
});
