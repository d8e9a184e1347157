/** Built-in functions about iteration: `iter`, `next`, `aiter`, `anext`, `sorted`. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { currentException, raiseEmpty, rethrow, typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { IterNextSlot, UnarySlot } from '../../core/functions.ts';
import { listFromIterable } from '../../core/list.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { endIteration, getAttrText, isIterator, iter } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { kindName } from '../../core/types.ts';

function iterOf(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  if (nargs < 1) typeError(rt, 'iter expected at least 1 argument, got 0');
  if (nargs > 2) typeError(rt, `iter expected at most 2 arguments, got ${nargs}`);
  if (nargs === 1) return iter(rt, H[args]);
  if (H[H[H[args] + ObjectWord.Type] + TypeWord.Call] === 0)
    typeError(rt, 'iter(object, sentinel): object must be callable');
  return rt.newCallableIterator(H[args], H[args + 1]);
}

function next(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  if (nargs < 1) typeError(rt, 'next expected at least 1 argument, got 0');
  if (nargs > 2) typeError(rt, `next expected at most 2 arguments, got ${nargs}`);
  const it = H[args];
  const fallback = nargs === 2 ? H[args + 1] : 0;
  if (!isIterator(rt, it)) typeError(rt, `'${kindName(rt, it)}' object is not an iterator`);
  const item = (SLOT_FUNCTIONS[H[H[it + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot)(rt, it);
  if (item !== 0) return item;
  if (fallback !== 0) {
    endIteration(rt);
    return newRef(rt, fallback);
  }
  if (currentException(rt) !== 0) rethrow();
  return raiseEmpty(rt, T.StopIteration);
}

function aiter(rt: Runtime, _module: Ref, asyncIterable: Ref): Owned {
  const H = rt.words;
  const slot = H[H[asyncIterable + ObjectWord.Type] + TypeWord.AmAiter];
  if (slot === 0) typeError(rt, `'${kindName(rt, asyncIterable)}' object is not an async iterable`);
  const it = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, asyncIterable);
  if (H[H[it + ObjectWord.Type] + TypeWord.AmAnext] !== 0) return it;
  temp(rt, it);
  return typeError(rt, `aiter() returned not an async iterator of type '${kindName(rt, it)}'`);
}

function anext(rt: Runtime, _module: Ref, aiterator: Ref, fallback: Ref): Owned {
  const H = rt.words;
  const slot = H[H[aiterator + ObjectWord.Type] + TypeWord.AmAnext];
  if (slot === 0) typeError(rt, `'${kindName(rt, aiterator)}' object is not an async iterator`);
  const awaitable = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, aiterator);
  if (fallback === 0) return awaitable;
  temp(rt, awaitable);
  return rt.newAnextAwaitable(awaitable, fallback);
}

/** `sorted(iterable, /, *, key=None, reverse=False)`: a list of the items, then its `sort` with the keywords as given. */
function sorted(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (nargs < 1) typeError(rt, `sorted expected 1 argument, got ${nargs}`);
  if (nargs > 1) typeError(rt, `sorted expected 1 argument, got ${nargs}`);
  const list = temp(rt, listFromIterable(rt, rt.words[args]));
  const sort = temp(rt, getAttrText(rt, list, 'sort'));
  temp(rt, vectorcall(rt, sort, args + 1, 0, kwnames));
  return newRef(rt, list);
}

export const ITERATION_FUNCTIONS = [
  nativeRaw('iter', iterOf, {
    doc: 'iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.',
  }),
  native('aiter($module, async_iterable, /)', aiter, { doc: 'Return an asynchronous iterator of the object.' }),
  nativeRaw('next', next, { doc: 'next(iterator[, default])\n\nReturn the next item from the iterator.' }),
  native('anext($module, aiterator, default=<unrepresentable>, /)', anext, {
    doc: 'Return the next item of the asynchronous iterator.',
  }),
  nativeRaw('sorted', sorted, {
    keywords: true,
    signature: '($module, iterable, /, *, key=None, reverse=False)',
    doc: 'Return a new list containing all items from the iterable in ascending order.',
  }),
];
