/** `sys.settrace`, `sys.setprofile` and what belongs to them. */
import { newRef, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { vectorcall } from '../../core/call.ts';
import { none, typeError } from '../../core/errors.ts';
import { ThreadWord } from '../../core/layout/thread.ts';
import { native } from '../../core/native.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { SAVED_REFS } from '../../core/threads.ts';
import { argumentName, isTuple } from '../../core/types.ts';
import { instrumentAll } from '../../eval/tracing/instrumented.ts';

function setHook(rt: Runtime, word: number, fn: Ref): Owned {
  audit(rt, word === (RootRef.TraceFunction as number) ? 'sys.settrace' : 'sys.setprofile');
  setWord(rt, word, fn === S.None ? 0 : newRef(rt, fn));
  if (fn !== S.None) instrumentAll(rt);
  return none();
}

function getHook(rt: Runtime, word: number): Owned {
  return newRef(rt, rt.words[word] || S.None);
}

/** As `setHook`, for the other threads too. */
function setHookEverywhere(rt: Runtime, word: number, fn: Ref): Owned {
  const H = rt.words;
  const saved = ThreadWord.SavedRefs + SAVED_REFS.indexOf(word);
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (t !== H[RootNum.CurrentThread]) setWord(rt, t + saved, fn === S.None ? 0 : newRef(rt, fn));
  }
  return setHook(rt, word, fn);
}

/** Calls a function with tracing on, from within a trace function. */
function callTracing(rt: Runtime, _module: Ref, func: Ref, args: Ref): Owned {
  const H = rt.words;
  if (!isTuple(rt, args)) typeError(rt, `call_tracing() argument 2 must be tuple, not ${argumentName(rt, args)}`);
  const nesting = H[RootNum.TraceNesting];
  H[RootNum.TraceNesting] = 0;
  try {
    return vectorcall(rt, func, args + TupleWord.Items, H[args + TupleWord.Size], 0);
  } finally {
    H[RootNum.TraceNesting] = nesting;
  }
}

export const TRACING_FUNCTIONS = [
  native('call_tracing($module, func, args, /)', callTracing, {
    doc: 'Call func(*args), while tracing is enabled.',
  }),
  native('settrace($module, function, /)', (rt, _m, fn) => setHook(rt, RootRef.TraceFunction, fn), {
    doc: 'Set the function that is told of each line, call, return and exception.',
  }),
  native('gettrace($module, /)', (rt) => getHook(rt, RootRef.TraceFunction), {
    doc: 'Return the trace function, or None.',
  }),
  native('setprofile($module, function, /)', (rt, _m, fn) => setHook(rt, RootRef.ProfileFunction, fn), {
    doc: 'Set the function that is told of each call and return.',
  }),
  native('getprofile($module, /)', (rt) => getHook(rt, RootRef.ProfileFunction), {
    doc: 'Return the profile function, or None.',
  }),
  native('_settraceallthreads($module, arg, /)', (rt, _m, fn) => setHookEverywhere(rt, RootRef.TraceFunction, fn), {
    doc: 'As settrace, in all running threads.',
  }),
  native('_setprofileallthreads($module, arg, /)', (rt, _m, fn) => setHookEverywhere(rt, RootRef.ProfileFunction, fn), {
    doc: 'As setprofile, in all running threads.',
  }),
];
