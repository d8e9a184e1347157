/**
 * Calling objects from natives. Arguments are borrowed; the result is owned. Every call here may run Python.
 */
import { newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNative } from './call-native.ts';
import { dictFromKeywords, dictLength, keywordsFromDict } from './dict/index.ts';
import { typeError } from './errors.ts';
import { SLOT_FUNCTIONS } from './functions.ts';
import type { CallSlot, VectorcallSlot } from './functions.ts';
import { BuiltinWord } from './layout/functions.ts';
import { NATIVES } from './native.ts';
import { enterRecursion, enterStep, leaveRecursion, leaveStep } from './recursion.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from './temps.ts';
import { tupleFromWords } from './tuple.ts';
import { kindName } from './types.ts';

/** Calls `callable` with `nargs` positional arguments in the words from `args` on, then the values of the keywords named by
 *  the tuple `kwnames` (0: none). @runsPython */
export function vectorcall(rt: Runtime, callable: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const type = H[callable + ObjectWord.Type];
  if (type === T.function)
    return (SLOT_FUNCTIONS[H[type + TypeWord.VectorcallOffset]] as VectorcallSlot)(rt, callable, args, nargs, kwnames);
  enterStep(rt);
  const result = callOther(rt, type, callable, args, nargs, kwnames);
  leaveStep(rt);
  return result;
}

/** `vectorcall` of anything but a Python function, which counts a level of its own. */
function callOther(rt: Runtime, type: Ref, callable: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (type === T.builtinFunction) {
    return callNative(
      rt,
      NATIVES[H[callable + BuiltinWord.Native]],
      H[callable + BuiltinWord.Self],
      args,
      nargs,
      kwnames,
    );
  }
  if ((H[type + TypeWord.Flags] & TypeFlag.HaveVectorcall) !== 0) {
    return (SLOT_FUNCTIONS[H[type + TypeWord.VectorcallOffset]] as VectorcallSlot)(rt, callable, args, nargs, kwnames);
  }
  if (type === T.type && H[callable + TypeWord.Vectorcall] !== 0) {
    return (SLOT_FUNCTIONS[H[callable + TypeWord.Vectorcall]] as VectorcallSlot)(rt, callable, args, nargs, kwnames);
  }
  return makeTpCall(rt, callable, args, nargs, kwnames);
}

/** Calls through `tp_call`, with an argument tuple and a keyword dict. @runsPython */
export function makeTpCall(rt: Runtime, callable: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const slot = H[H[callable + ObjectWord.Type] + TypeWord.Call];
  if (slot === 0) typeError(rt, `'${kindName(rt, callable)}' object is not callable`);
  const mark = tempMark(rt);
  const tuple = temp(rt, tupleFromWords(rt, args, nargs));
  const kwargs = kwnames === 0 ? 0 : temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  enterRecursion(rt, ' while calling a Python object');
  const result = (SLOT_FUNCTIONS[slot] as CallSlot)(rt, callable, tuple, kwargs);
  leaveRecursion(rt);
  return releaseKeeping(rt, mark, result);
}

/** `callable(*args, **kwargs)`; `args` is a tuple, `kwargs` a dict or 0. What has only `tp_call` gets the very tuple.
 *  @runsPython */
export function callWithTuple(rt: Runtime, callable: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const slot = H[H[callable + ObjectWord.Type] + TypeWord.Call];
  if (slot !== 0 && !hasVectorcall(rt, callable)) return callSlot(rt, slot, callable, args, kwargs);
  if (slot === 0) typeError(rt, `'${kindName(rt, callable)}' object is not callable`);
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) return callSpread(rt, callable, args, kwargs);
  const native =
    H[callable + ObjectWord.Type] === T.builtinFunction ? NATIVES[H[callable + BuiltinWord.Native]].unheld : null;
  if (native !== null)
    return callNative(rt, native, H[callable + BuiltinWord.Self], args + TupleWord.Items, H[args + TupleWord.Size], 0);
  return vectorcall(rt, callable, args + TupleWord.Items, H[args + TupleWord.Size], 0);
}

function callSlot(rt: Runtime, slot: number, callable: Ref, args: Ref, kwargs: Ref): Owned {
  enterStep(rt);
  const result = (SLOT_FUNCTIONS[slot] as CallSlot)(rt, callable, args, kwargs);
  leaveStep(rt);
  return result;
}

/** Whether CPython calls it without a tuple. `int` and `str` have a vectorcall only here. */
export function hasVectorcall(rt: Runtime, callable: Ref): boolean {
  const H = rt.words;
  const type = H[callable + ObjectWord.Type];
  const flags = H[type + TypeWord.Flags];
  if ((flags & TypeFlag.TypeSubclass) !== 0) {
    return type === T.type && H[callable + TypeWord.Vectorcall] !== 0 && callable !== T.int && callable !== T.str;
  }
  return type === T.builtinFunction || (flags & TypeFlag.HaveVectorcall) !== 0;
}

/** Lays a tuple and a dict out for a vectorcall, with references of its own.
 *  Source: CPython 3.12 _PyStack_UnpackDict. */
function callSpread(rt: Runtime, callable: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  const mark = tempMark(rt);
  const base = pushArgs(rt, nargs + dictLength(rt, kwargs));
  H.copyWithin(base, args + TupleWord.Items, args + TupleWord.Items + nargs);
  const kwnames = keywordsFromDict(rt, kwargs, base + nargs);
  for (let i = base; i < base + nargs + H[kwnames + TupleWord.Size]; i++) temp(rt, newRef(rt, H[i]));
  temp(rt, kwnames);
  const result = vectorcall(rt, callable, base, nargs, kwnames);
  popArgs(rt, base);
  return releaseKeeping(rt, mark, result);
}

/** `callable()` @runsPython */
export function call0(rt: Runtime, callable: Ref): Owned {
  return vectorcall(rt, callable, 0, 0, 0);
}

/** `callable(a)` @runsPython */
export function call1(rt: Runtime, callable: Ref, a: Ref): Owned {
  const base = pushArgs(rt, 1);
  rt.words[base] = a;
  const result = vectorcall(rt, callable, base, 1, 0);
  popArgs(rt, base);
  return result;
}

/** `callable(a, b)` @runsPython */
export function call2(rt: Runtime, callable: Ref, a: Ref, b: Ref): Owned {
  const base = pushArgs(rt, 2);
  const H = rt.words;
  H[base] = a;
  H[base + 1] = b;
  const result = vectorcall(rt, callable, base, 2, 0);
  popArgs(rt, base);
  return result;
}

/** `callable(a, b, c)` @runsPython */
export function call3(rt: Runtime, callable: Ref, a: Ref, b: Ref, c: Ref): Owned {
  const base = pushArgs(rt, 3);
  const H = rt.words;
  H[base] = a;
  H[base + 1] = b;
  H[base + 2] = c;
  const result = vectorcall(rt, callable, base, 3, 0);
  popArgs(rt, base);
  return result;
}
