/** What `__anext__`, `asend`, `athrow` and `aclose` of asynchronous generators give: `async_generator_asend` and
 *  `async_generator_athrow`. Each is awaited once: it starts, runs the generator until that yields or ends, and is closed. */
import { decref, gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, none, raiseEmpty, rethrow, runtimeError, typeError } from '../core/errors.ts';
import { FrameState, GeneratorWord } from '../core/layout/frame.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { tupleItem, tupleSize } from '../core/tuple.ts';
import { defineType } from '../core/type-spec.ts';
import type { Slots } from '../core/type-spec.ts';
import { endsIteration, isWrapped, noteFailure, sendUnwrapped, unwrap } from './async-generator.ts';
import { throwInto, warnOldThrow } from './generator-throw.ts';
import { endWithValue, sendGenerator } from './generators.ts';
import { orRelease } from '../core/temps.ts';

/** Both types: 40 bytes. `Argument` is what `asend` sends (0: None), or the tuple of `athrow`'s arguments (0: it is `aclose`). */
const enum AwaitableWord {
  Generator = 2,
  Argument = 3,
  State = 4,
}

const enum AwaitableState {
  Init = 0,
  Iterating = 1,
  Closed = 2,
}

function newAwaitable(rt: Runtime, type: Ref, generator: Ref, argument: Owned): Owned {
  const H = rt.words;
  const o = argument === 0 ? gcNew(rt, type) : orRelease(rt, argument, () => gcNew(rt, type));
  H[o + AwaitableWord.Generator] = newRef(rt, generator);
  H[o + AwaitableWord.Argument] = argument;
  H[o + AwaitableWord.State] = AwaitableState.Init;
  track(rt, o);
  return o;
}

/** The awaitable of `asend(value)`; `value` 0 for `__anext__()`. Borrows both. */
export function newASend(rt: Runtime, generator: Ref, value: Ref): Owned {
  return newAwaitable(rt, T.asyncGenASend, generator, value === 0 ? (0 as Owned) : newRef(rt, value));
}

/** The awaitable of `athrow(*args)`; `args` (a tuple) 0 for `aclose()`. Takes `args`. */
export function newAThrow(rt: Runtime, generator: Ref, args: Owned): Owned {
  return newAwaitable(rt, T.asyncGenAThrow, generator, args);
}

/** A step of one of the two: 0 with StopIteration pending at its end. */
type Step = (rt: Runtime, self: Ref, value: Ref) => Owned | 0;

function asendStep(rt: Runtime, self: Ref, value: Ref): Owned | 0 {
  const H = rt.words;
  if (H[self + AwaitableWord.State] === AwaitableState.Closed) closedSend(rt);
  const generator = H[self + AwaitableWord.Generator];
  let sent = value;
  if (H[self + AwaitableWord.State] === AwaitableState.Init) {
    if (H[generator + GeneratorWord.RunningAsync] !== 0)
      runtimeError(rt, 'anext(): asynchronous generator is already running');
    if (value === 0 || value === S.None) sent = H[self + AwaitableWord.Argument];
    H[self + AwaitableWord.State] = AwaitableState.Iterating;
  }
  H[generator + GeneratorWord.RunningAsync] = 1;
  return closingAfter(rt, self, generator, sent, sendUnwrapped);
}

/** Runs a step; whatever ends it closes `self`. */
function closingAfter(rt: Runtime, self: Ref, generator: Ref, value: Ref, step: Step): Owned | 0 {
  let result: Owned | 0 = 0;
  try {
    result = step(rt, generator, value);
  } finally {
    if (result === 0) rt.words[self + AwaitableWord.State] = AwaitableState.Closed;
  }
  return result;
}

function closedSend(rt: Runtime): never {
  return runtimeError(rt, 'cannot reuse already awaited __anext__()/asend()');
}

function closedThrow(rt: Runtime): never {
  return runtimeError(rt, 'cannot reuse already awaited aclose()/athrow()');
}

function asendThrow(rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref): Owned | 0 {
  const H = rt.words;
  if (H[self + AwaitableWord.State] === AwaitableState.Closed) closedSend(rt);
  warnOldThrow(rt, 'throw', value);
  const generator = H[self + AwaitableWord.Generator];
  return closingAfter(rt, self, generator, 0, () => throwUnwrapped(rt, generator, type, value, traceback, true));
}

/** As `sendUnwrapped`, throwing into the body. `closing`: a GeneratorExit closes what it delegates to. */
function throwUnwrapped(rt: Runtime, generator: Ref, type: Ref, value: Ref, tb: Ref, closing: boolean): Owned | 0 {
  const m = mark(rt);
  try {
    return unwrap(rt, generator, throwInto(rt, generator, type, value, tb, closing));
  } catch (error) {
    caught(rt, error, m);
    noteFailure(rt, generator);
    throw error;
  }
}

function athrowStep(rt: Runtime, self: Ref, value: Ref): Owned | 0 {
  const H = rt.words;
  const generator = H[self + AwaitableWord.Generator];
  if (H[self + AwaitableWord.State] === AwaitableState.Closed) closedThrow(rt);
  if (H[generator + GeneratorWord.State] >= FrameState.Completed) {
    H[self + AwaitableWord.State] = AwaitableState.Closed;
    return endPlainly(rt);
  }
  const closing = H[self + AwaitableWord.Argument] === 0;
  const first = H[self + AwaitableWord.State] === AwaitableState.Init;
  if (first) startThrow(rt, self, generator, value);
  if (closing) return closeStep(rt, self, generator, value, first);
  if (!first) return sendUnwrapped(rt, generator, value);
  const args = H[self + AwaitableWord.Argument];
  checkCount(rt, tupleSize(rt, args));
  return closingOnFailure(rt, self, generator, () => throwArguments(rt, args, generator));
}

/** The checks before the first step of `athrow` or `aclose`. */
function startThrow(rt: Runtime, self: Ref, generator: Ref, value: Ref): void {
  const H = rt.words;
  if (H[generator + GeneratorWord.RunningAsync] !== 0) {
    H[self + AwaitableWord.State] = AwaitableState.Closed;
    const name = H[self + AwaitableWord.Argument] === 0 ? 'aclose' : 'athrow';
    runtimeError(rt, `${name}(): asynchronous generator is already running`);
  }
  if (H[generator + GeneratorWord.Closed] !== 0) {
    H[self + AwaitableWord.State] = AwaitableState.Closed;
    raiseEmpty(rt, T.StopAsyncIteration);
  }
  if (value !== 0 && value !== S.None) runtimeError(rt, "can't send non-None value to a just-started coroutine");
  H[self + AwaitableWord.State] = AwaitableState.Iterating;
  H[generator + GeneratorWord.RunningAsync] = 1;
}

/** `StopIteration()` pending; 0. */
function endPlainly(rt: Runtime): 0 {
  return endWithValue(rt, none(), true);
}

function checkCount(rt: Runtime, n: number): void {
  if (n < 1) typeError(rt, `athrow expected at least 1 argument, got ${n}`);
  if (n > 3) typeError(rt, `athrow expected at most 3 arguments, got ${n}`);
}

function throwArguments(rt: Runtime, args: Ref, generator: Ref): Owned | 0 {
  const n = tupleSize(rt, args);
  const value = n > 1 ? tupleItem(rt, args, 1) : 0;
  return throwUnwrapped(rt, generator, tupleItem(rt, args, 0), value, n > 2 ? tupleItem(rt, args, 2) : 0, false);
}

/** What ends the first step of `athrow` closes it. A StopIteration that carries what the body yielded does, too. */
function closingOnFailure(rt: Runtime, self: Ref, generator: Ref, step: () => Owned | 0): Owned | 0 {
  let result: Owned | 0 = 0;
  try {
    result = step();
  } finally {
    if (result === 0) endThrow(rt, self, generator);
  }
  return result;
}

function endThrow(rt: Runtime, self: Ref, generator: Ref): void {
  rt.words[generator + GeneratorWord.RunningAsync] = 0;
  rt.words[self + AwaitableWord.State] = AwaitableState.Closed;
}

/** A step of `aclose()`: the first throws GeneratorExit. The body must not yield any more. @runsPython */
function closeStep(rt: Runtime, self: Ref, generator: Ref, value: Ref, first: boolean): Owned | 0 {
  const H = rt.words;
  const m = mark(rt);
  let result: Owned;
  try {
    if (first) H[generator + GeneratorWord.Closed] = 1;
    result = first
      ? throwInto(rt, generator, T.GeneratorExit, 0, 0, false)
      : sendGenerator(rt, generator, value, false, false);
  } catch (error) {
    caught(rt, error, m);
    endThrow(rt, self, generator);
    return endIfClosed(rt);
  }
  if (!rt.sendFinished && !isWrapped(rt, result)) return result;
  endThrow(rt, self, generator);
  const ignored = !rt.sendFinished;
  decref(rt, result);
  return ignored ? runtimeError(rt, 'async generator ignored GeneratorExit') : endPlainly(rt);
}

/** Turns a pending StopAsyncIteration or GeneratorExit into StopIteration; rethrows anything else. */
function endIfClosed(rt: Runtime): 0 {
  if (!endsIteration(rt)) rethrow();
  clearException(rt);
  return endPlainly(rt);
}

function athrowThrow(rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref): Owned | 0 {
  const H = rt.words;
  if (H[self + AwaitableWord.State] === AwaitableState.Closed) closedThrow(rt);
  warnOldThrow(rt, 'throw', value);
  const generator = H[self + AwaitableWord.Generator];
  if (H[self + AwaitableWord.Argument] !== 0) return throwUnwrapped(rt, generator, type, value, traceback, true);
  const m = mark(rt);
  let result: Owned;
  try {
    result = throwInto(rt, generator, type, value, traceback, true);
  } catch (error) {
    caught(rt, error, m);
    return endIfClosed(rt);
  }
  if (rt.sendFinished) {
    decref(rt, result);
    return endPlainly(rt);
  }
  if (!isWrapped(rt, result)) return result;
  endThrow(rt, self, generator);
  decref(rt, result);
  return runtimeError(rt, 'async generator ignored GeneratorExit');
}

function closeAwaitable(rt: Runtime, self: Ref): Owned {
  rt.words[self + AwaitableWord.State] = AwaitableState.Closed;
  return none();
}

type Throw = (rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref) => Owned | 0;

function methodsOf(step: Step, throwing: Throw) {
  return [
    native('send(value, /)', (rt, self, value) => step(rt, self, value) || rethrow(), {
      doc: 'Resumes the generator with a value; returns what it awaits next.',
      unsigned: true,
    }),
    native(
      'throw(type, value=None, traceback=None, /)',
      (rt, self, type, value, tb) => throwing(rt, self, type, value, tb) || rethrow(),
      {
        doc: 'Raises an exception inside the generator; returns what it awaits next.',
        unsigned: true,
      },
    ),
    native('close()', closeAwaitable, { doc: 'Gives up awaiting.', unsigned: true }),
  ];
}

function slotsOf(step: Step): Slots {
  return {
    iter: (rt, self) => newRef(rt, self),
    iternext: (rt, self) => step(rt, self, 0),
    amAwait: (rt, self) => newRef(rt, self),
  };
}

const SHARED = {
  basicSize: 40,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [AwaitableWord.Generator, AwaitableWord.Argument],
  noClear: true,
};

defineType({
  ref: T.asyncGenASend,
  name: 'async_generator_asend',
  ...SHARED,
  slots: slotsOf(asendStep),
  methods: methodsOf(asendStep, asendThrow),
});

defineType({
  ref: T.asyncGenAThrow,
  name: 'async_generator_athrow',
  ...SHARED,
  slots: slotsOf(athrowStep),
  methods: methodsOf(athrowStep, athrowThrow),
});
