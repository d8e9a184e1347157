/** `ctypes.pythonapi`: functions of Python's C API that make sense in this heap, as objects with `argtypes` and `restype`. */
import { addressOf, collect, decref, gcNew, incref, LayoutKind, ObjectWord, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { repr as reprOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr } from '../../core/str.ts';
import { S } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isInt } from '../../core/types.ts';
import { newNamespace } from '../../objects/functions/simple-namespace.ts';
import { setTake } from '../make.ts';
import { visibleCount } from '../sys/objects.ts';
import { readValue } from './convert.ts';
import { objectAt } from './memory.ts';
import { isCDataObject, kindOfType } from './kinds.ts';
import { kindOf } from './types.ts';

const FUNC_PTR = moduleType();

/** `Index` is a place in `FUNCTIONS`; attributes such as `argtypes` are in the dict. */
const enum FuncWord {
  Dict = 2,
  Index = 3,
  Words = 22,
}

interface ApiFunction {
  readonly name: string;
  readonly call: (rt: Runtime, object: Ref) => Owned;
}

const FUNCTIONS: readonly ApiFunction[] = [
  { name: 'Py_IncRef', call: (rt, o) => changed(rt, o, incref) },
  { name: 'Py_DecRef', call: (rt, o) => changed(rt, o, decref) },
  { name: 'Py_REFCNT', call: (rt, o) => newInt(rt, visibleCount(rt, o)) },
  { name: 'PyObject_Repr', call: reprOf },
  { name: 'PyGC_Collect', call: (rt) => newInt(rt, collect(rt)) },
];

function changed(rt: Runtime, o: Ref, change: (rt: Runtime, o: Ref) => void): Owned {
  change(rt, o);
  return none();
}

/** The object that an argument stands for: what a `py_object` holds, what is at an int's address, else itself. */
function argumentObject(rt: Runtime, self: Ref, arg: Ref): Ref {
  if (
    isCDataObject(rt, arg) &&
    kindOfType(rt, rt.words[arg + ObjectWord.Type]) !== null &&
    kindOf(rt, arg).conversion === 'object'
  )
    return temp(rt, readValue(rt, arg, kindOf(rt, arg)));
  if (!isInt(rt, arg) || rt.words[self + FuncWord.Dict] !== 0) return arg;
  return (
    objectAt(rt, bigIntValue(rt, arg)) ||
    valueError(rt, `there is no object at address 0x${bigIntValue(rt, arg).toString(16)}`)
  );
}

function call(rt: Runtime, self: Ref, args: Ref, _kwargs: Ref): Owned {
  const fn = FUNCTIONS[rt.words[self + FuncWord.Index]];
  if (fn === undefined) return typeError(rt, 'function not found');
  const object = tupleSize(rt, args) === 0 ? S.None : argumentObject(rt, self, tupleItem(rt, args, 0));
  return fn.call(rt, object);
}

defineType({
  ref: FUNC_PTR,
  name: 'ctypes._FuncPtr',
  basicSize: 8 * FuncWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [FuncWord.Dict],
  dictWord: FuncWord.Dict,
  slots: {
    call,
    repr: (rt, self) => newStr(rt, `<_FuncPtr object at 0x${addressOf(self).toString(16)}>`),
  },
});

function newFunction(rt: Runtime, index: number): Owned {
  const fn = gcNew(rt, FUNC_PTR);
  rt.words[fn + FuncWord.Index] = index;
  track(rt, fn);
  return fn;
}

/** Adds `pythonapi`. */
export function addFunctions(rt: Runtime, dict: Ref): void {
  const functions = temp(rt, newDict(rt));
  FUNCTIONS.forEach(({ name }, i) => setTake(rt, functions, name, newFunction(rt, i)));
  const api = temp(rt, newNamespace(rt, functions));
  dictSetText(rt, dict, 'pythonapi', api);
}
