/** Calling a type: `type(x)`, and making instances. */
import { newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { makeTpCall } from '../../core/call.ts';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { CallSlot, InitSlot, VectorcallSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isSubtype, typeFullName } from '../../core/types.ts';

/** `type.__call__`: `__new__`, then `__init__` if the result is an instance. @runsPython
 *  Source: CPython 3.12 type_call. */
export function typeCall(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (type === T.type) {
    const n = H[args + TupleWord.Size];
    const noKeywords = kwargs === 0 || dictLength(rt, kwargs) === 0;
    if (n === 1 && noKeywords) return newRef(rt, H[H[args + TupleWord.Items] + ObjectWord.Type]);
    if (n !== 3) typeError(rt, 'type() takes 1 or 3 arguments');
  }
  const make = H[type + TypeWord.New];
  if (make === 0) typeError(rt, `cannot create '${typeFullName(rt, type)}' instances`);
  const o = (SLOT_FUNCTIONS[make] as CallSlot)(rt, type, args, kwargs);
  const actual = H[o + ObjectWord.Type];
  if (actual !== type && !isSubtype(rt, actual, type)) return o;
  const init = H[actual + TypeWord.Init];
  if (init === 0) return o;
  temp(rt, o);
  (SLOT_FUNCTIONS[init] as InitSlot)(rt, o, args, kwargs);
  return untemp(rt, o);
}

/** How types are called without an argument tuple: through their own vectorcall if they have one. */
export function typeInstanceVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const own = rt.words[type + TypeWord.Vectorcall];
  if (own === 0) return makeTpCall(rt, type, args, nargs, kwnames);
  return (SLOT_FUNCTIONS[own] as VectorcallSlot)(rt, type, args, nargs, kwnames);
}

/** `type(x)` and `type(name, bases, dict)`. */
export function typeVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (nargs === 1 && type === T.type && kwnames === 0) return newRef(rt, rt.words[rt.words[args] + ObjectWord.Type]);
  return makeTpCall(rt, type, args, nargs, kwnames);
}
