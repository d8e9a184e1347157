/** The module `atexit`. Callbacks are tuples (function, arguments, keywords) in a list of the runtime's root; the collector sees neither list nor
 *  tuples, as CPython has records in C for them. */
import { clearWord, decref, newRef, setWord, TypeWord, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../core/call.ts';
import { dictFromKeywords } from '../core/dict/index.ts';
import { caught, mark, none, typeError } from '../core/errors.ts';
import { CompareOp } from '../core/functions.ts';
import { newInt } from '../core/int.ts';
import { listAppend, listClear, listItem, listLength, listSetItem, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { native, nativeRaw } from '../core/native.ts';
import { compareBool } from '../core/protocol/index.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S } from '../core/static.ts';
import { dropTemp, temp } from '../core/temps.ts';
import { tupleFromWords, tupleItem, tupleOf } from '../core/tuple.ts';
import { slotOf } from '../core/types.ts';
import { writeUnraisable } from '../objects/exceptions/unraisable.ts';

function callbacks(rt: Runtime): Ref {
  const H = rt.words;
  if (H[RootRef.AtexitCallbacks] !== 0) return H[RootRef.AtexitCallbacks];
  const list = newList(rt, 0);
  untrack(rt, list);
  setWord(rt, RootRef.AtexitCallbacks, list);
  return list;
}

function register(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (nargs === 0) typeError(rt, 'register() takes at least 1 argument (0 given)');
  const func = H[args];
  if (slotOf(rt, func, TypeWord.Call) === 0) typeError(rt, 'the first argument must be callable');
  const positional = temp(rt, tupleFromWords(rt, args + 1, nargs - 1));
  const keywords = kwnames === 0 ? S.None : temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  const entry = temp(rt, tupleOf(rt, func, positional, keywords));
  untrack(rt, entry);
  listAppend(rt, callbacks(rt), entry);
  return newRef(rt, func);
}

function unregister(rt: Runtime, _module: Ref, func: Ref): Owned {
  const list = callbacks(rt);
  for (let i = 0; i < listLength(rt, list); i++) {
    const entry = listItem(rt, list, i);
    if (entry === S.None) continue;
    if (compareBool(rt, tupleItem(rt, entry, 0), func, CompareOp.Eq)) listSetItem(rt, list, i, S.None as Ref as Owned);
  }
  return none();
}

/** Those that were unregistered count too, as in CPython. */
function count(rt: Runtime): Owned {
  return newInt(rt, listLength(rt, callbacks(rt)));
}

/** Calls what was registered, last first; errors are reported and passed over. Forgets all. @runsPython
 *  Source: CPython 3.12 atexit_callfuncs. */
export function runExitCallbacks(rt: Runtime): void {
  const list = rt.words[RootRef.AtexitCallbacks];
  if (list === 0) return;
  for (let i = listLength(rt, list) - 1; i >= 0; i--) {
    if (i >= listLength(rt, list)) continue;
    const entry = listItem(rt, list, i);
    if (entry === S.None) continue;
    temp(rt, newRef(rt, entry));
    callEntry(rt, entry);
    dropTemp(rt, entry);
  }
  clearWord(rt, RootRef.AtexitCallbacks);
}

function callEntry(rt: Runtime, entry: Ref): void {
  const func = tupleItem(rt, entry, 0);
  const keywords = tupleItem(rt, entry, 2);
  const m = mark(rt);
  try {
    decref(rt, callWithTuple(rt, func, tupleItem(rt, entry, 1), keywords === S.None ? 0 : keywords));
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, 'in atexit callback', func);
  }
}

defineModule({
  name: 'atexit',
  doc: 'Functions that are to be called when the interpreter ends.',
  functions: [
    nativeRaw('register', register, {
      keywords: true,
      doc: 'register(func, *args, **kwargs) -> func\n\nCall func(*args, **kwargs) when the interpreter ends.',
    }),
    native('_clear($module, /)', (rt) => {
      listClear(rt, callbacks(rt));
      return none();
    }),
    native('unregister($module, func, /)', unregister, { doc: 'Forget a function that was registered.' }),
    native('_run_exitfuncs($module, /)', (rt) => {
      runExitCallbacks(rt);
      return none();
    }),
    native('_ncallbacks($module, /)', count),
  ],
});
