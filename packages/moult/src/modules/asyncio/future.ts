/** The type `_asyncio.Future`, and what tasks have in common with it. */
import {
  clearWeakrefs,
  clearWord,
  callFinalizerFromDealloc,
  freeObject,
  newRef,
  ObjectWord,
  setWord,
  track,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { bindNew, parameters } from '../../core/bind-new.ts';
import { call1 } from '../../core/call.ts';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { attributeError, caught, mark, none, restoreException, takeException } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { getset, native } from '../../core/native.ts';
import { getAttr } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { typeName } from '../../core/types.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { decref } from '@moult/heap';
import { addDoneCallback, getCallbacks, removeDoneCallback } from './callbacks.ts';
import { newFutureIterator } from './future-iterator.ts';
import {
  cancelFuture,
  cancelledError,
  getException,
  initFuture,
  isCancelled,
  isDone,
  OUTCOME_WORDS,
  resultOf,
  setException,
  setResult,
} from './future-state.ts';
import { FUTURE, FutureFlag, FutureState, FutureWord, Kept } from './layout.ts';
import { falseToSet, isAlive, kept, requireAlive, truthToSet } from './shared.ts';

/** References in the order in which they are visited and cleared. */
export const FUTURE_REFERENCES = [
  FutureWord.Loop,
  FutureWord.Callback0,
  FutureWord.Context0,
  FutureWord.Callbacks,
  ...OUTCOME_WORDS,
  FutureWord.Dict,
];

/** A layout of these words: visited in the first order, cleared in the second. */
export function layoutOf(name: string, visited: readonly number[], cleared: readonly number[]): CustomLayout {
  return {
    name,
    traverse(heap: Heap, o: Ref, visit: Visit): void {
      for (const word of visited) if (heap.words[o + word] !== 0) visit(heap.words[o + word]);
    },
    clear(heap: Heap, o: Ref): void {
      for (const word of cleared) clearWord(heap, o + word);
    },
  };
}

/** `tp_dealloc` of a type whose references these are. Instances of derived classes were finalized before.
 *  Source: CPython 3.12 FutureObj_dealloc, TaskObj_dealloc. */
export function destructorOf(type: Ref, references: readonly number[]): (rt: Runtime, o: Ref) => void {
  return (rt, o) => {
    untrack(rt, o);
    if (rt.words[o + ObjectWord.Type] === type) {
      track(rt, o);
      if (callFinalizerFromDealloc(rt, o)) return;
      untrack(rt, o);
    }
    if (rt.words[o + FutureWord.WeakList] !== 0) clearWeakrefs(rt, o);
    for (const word of references) clearWord(rt, o + word);
    freeObject(rt, o);
  };
}

/** Tells the loop's exception handler: `message`, then the entries, of which those without a value are left out. What that
 *  raises is unraisable; an exception that is pending stays so. @runsPython */
export function tellLoop(
  rt: Runtime,
  future: Ref,
  message: string,
  entries: readonly [key: string, value: Ref][],
): void {
  const H = rt.words;
  const m = tempMark(rt);
  temp(rt, takeException(rt));
  const context = temp(rt, newDict(rt));
  dictSetText(rt, context, 'message', temp(rt, newStr(rt, message)));
  for (const [key, value] of entries) if (value !== 0) dictSetText(rt, context, key, value);
  const source = H[future + FutureWord.SourceTraceback];
  if (source !== 0) dictSetText(rt, context, 'source_traceback', source);
  callHandler(rt, H[future + FutureWord.Loop], context);
  const pending = H[m] as Owned;
  H[m] = 0;
  releaseTemps(rt, m);
  restoreException(rt, pending);
}

function callHandler(rt: Runtime, loop: Ref, context: Ref): void {
  const m = mark(rt);
  let handler: Ref = 0;
  const held = tempMark(rt);
  temp(rt, none());
  try {
    handler = getAttr(rt, loop, Id.call_exception_handler);
    rt.words[held] = handler;
    decref(rt, call1(rt, handler, context));
  } catch (error) {
    const kept = handler === 0 ? none() : newRef(rt, handler);
    caught(rt, error, m);
    temp(rt, kept);
    if (handler !== 0) writeUnraisable(rt, null, kept);
  }
  releaseTemps(rt, m.temps);
}

/** `__del__`: tells of an exception that nobody has retrieved. @runsPython */
export function finalizeFuture(rt: Runtime, future: Ref): void {
  const H = rt.words;
  if ((H[future + FutureWord.Flags] & FutureFlag.LogTraceback) === 0) return;
  H[future + FutureWord.Flags] &= ~FutureFlag.LogTraceback;
  const name = typeName(rt, H[future + ObjectWord.Type]);
  tellLoop(rt, future, `${name} exception was never retrieved`, [
    ['exception', H[future + FutureWord.Exception]],
    ['future', future],
  ]);
}

const PARAMETERS = parameters('Future(*, loop=None)');

function futureInit(rt: Runtime, future: Ref, args: Ref, kwargs: Ref): void {
  const [loop = 0] = bindNew(rt, PARAMETERS, args, kwargs);
  initFuture(rt, future, loop);
}

function stateName(rt: Runtime, future: Ref): Owned {
  requireAlive(rt, future);
  const state = rt.words[future + FutureWord.State];
  const name = state === (FutureState.Pending as number) ? Id.PENDING : Id.CANCELLED;
  return (state === (FutureState.Finished as number) ? Id.FINISHED : name) as Ref as Owned;
}

/** An attribute that is a word, None if that is empty; with `needsLoop` only of a future with a loop. */
function wordOf(word: number, needsLoop: boolean): (rt: Runtime, future: Ref) => Owned {
  return (rt, future) => {
    if (needsLoop) requireAlive(rt, future);
    return newRef(rt, rt.words[future + word] || S.None);
  };
}

function setFlag(rt: Runtime, future: Ref, flag: number, on: boolean): void {
  const H = rt.words;
  if (on) H[future + FutureWord.Flags] |= flag;
  else H[future + FutureWord.Flags] &= ~flag;
}

function hasFlag(rt: Runtime, future: Ref, flag: number): Owned {
  return pyBool(isAlive(rt, future) && (rt.words[future + FutureWord.Flags] & flag) !== 0) as Owned;
}

/** The attributes that tasks have, too. */
export const FUTURE_ATTRIBUTES = [
  getset('_state', stateName),
  getset(
    '_asyncio_future_blocking',
    (rt, future) => hasFlag(rt, future, FutureFlag.Blocking),
    (rt, future, value) => {
      requireAlive(rt, future);
      setFlag(rt, future, FutureFlag.Blocking, truthToSet(rt, value));
    },
  ),
  getset('_loop', wordOf(FutureWord.Loop, false)),
  getset('_callbacks', getCallbacks),
  getset('_result', wordOf(FutureWord.Result, true)),
  getset('_exception', wordOf(FutureWord.Exception, true)),
  getset(
    '_log_traceback',
    (rt, future) => {
      requireAlive(rt, future);
      return hasFlag(rt, future, FutureFlag.LogTraceback);
    },
    (rt, future, value) => {
      falseToSet(rt, value);
      setFlag(rt, future, FutureFlag.LogTraceback, false);
    },
  ),
  getset('_source_traceback', wordOf(FutureWord.SourceTraceback, false)),
  getset('_cancel_message', wordOf(FutureWord.CancelMessage, false), (rt, future, value) => {
    if (value === 0) attributeError(rt, 'cannot delete attribute');
    setWord(rt, future + FutureWord.CancelMessage, newRef(rt, value));
  }),
];

/** What asks about a future, which tasks have of their own. */
export function askingMethods() {
  return [
    native('result($self, /)', resultOf, {
      doc: 'The result; raises the exception, CancelledError or InvalidStateError.',
    }),
    native('exception($self, /)', getException, {
      doc: 'The exception, or None; raises CancelledError or InvalidStateError.',
    }),
  ];
}

/** Callbacks and states. */
export function callbackMethods() {
  return [
    native('add_done_callback($self, fn, /, *, context=<unrepresentable>)', addDoneCallback, {
      doc: 'Has the loop call fn(future) once the future is done.',
    }),
    native('remove_done_callback($self, fn, /)', removeDoneCallback, {
      doc: 'Forgets a callback; returns how often it was there.',
    }),
  ];
}

export function stateMethods() {
  return [
    native('cancelled($self, /)', isCancelled, { doc: 'Whether it was cancelled.' }),
    native('done($self, /)', isDone, { doc: 'Whether it has a result or an exception, or was cancelled.' }),
  ];
}

export const MAKE_CANCELLED_ERROR = {
  doc: 'The CancelledError to raise. Asked once: the stored one is given away.',
};

function getLoop(rt: Runtime, future: Ref): Owned {
  requireAlive(rt, future);
  return newRef(rt, rt.words[future + FutureWord.Loop]);
}

function cancel(rt: Runtime, future: Ref, message: Ref): Owned {
  requireAlive(rt, future);
  return pyBool(cancelFuture(rt, future, message === 0 ? S.None : message)) as Owned;
}

/** A method that needs a loop and returns None. */
function change(
  effect: (rt: Runtime, future: Ref, value: Ref) => void,
): (rt: Runtime, future: Ref, value: Ref) => Owned {
  return (rt, future, value) => {
    requireAlive(rt, future);
    effect(rt, future, value);
    return none();
  };
}

defineType({
  ref: FUTURE,
  name: '_asyncio.Future',
  heapType: 'immutable',
  basicSize: 8 * FutureWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: layoutOf('future', FUTURE_REFERENCES, FUTURE_REFERENCES),
  dealloc: destructorOf(FUTURE, FUTURE_REFERENCES),
  dictWord: FutureWord.Dict,
  weakListWord: FutureWord.WeakList,
  doc: 'Future(*, loop=None)\n--\n\nA result that is not there yet, and what to call when it is.',
  slots: {
    new: (rt, type) => allocInstance(rt, type, 0),
    init: futureInit,
    repr: (rt, future) => {
      requireAlive(rt, future);
      return call1(rt, kept(rt, Kept.FutureRepr), future);
    },
    iter: newFutureIterator,
    amAwait: newFutureIterator,
    finalize: finalizeFuture,
  },
  methods: [
    ...askingMethods(),
    native('set_result($self, result, /)', change(setResult), { doc: 'Finishes the future with a result.' }),
    native('set_exception($self, exception, /)', change(setException), {
      doc: 'Finishes the future with an exception.',
    }),
    ...callbackMethods(),
    native('cancel($self, /, msg=None)', cancel, { doc: 'Cancels the future; False if it is done.' }),
    ...stateMethods(),
    native('get_loop($self, /)', getLoop, { doc: 'The loop that it belongs to.' }),
    native('_make_cancelled_error($self, /)', cancelledError, MAKE_CANCELLED_ERROR),
    classGetItemMethod(),
  ],
  getset: FUTURE_ATTRIBUTES,
});
