/** JavaScript functions that the program can call. */
import { freeObject, hostAdd, hostFree, hostGet } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { runtimeError, typeError } from '../../core/errors.ts';
import { PythonThrow } from '../../core/runtime.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr } from '../../core/str.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { RunEnded } from './errors.ts';

/** A function that the embedder gives. Arguments and result are converted. */
export type HostFunction = (...args: never[]) => unknown;

/** `Function` is the host-table index of the JavaScript function. */
const enum HostFunctionWord {
  Function = 2,
}

const HOST_FUNCTION = moduleType();

/** How a runtime's values are converted: set by the interpreter that owns it. */
interface Converter {
  toJs(o: Ref): unknown;
  toPython(value: unknown): Owned;
}
export const CONVERTERS = new WeakMap<Runtime, Converter>();

/** A Python callable for a function. */
export function newHostFunction(rt: Runtime, fn: HostFunction): Owned {
  const o = allocInstance(rt, HOST_FUNCTION, 0);
  rt.words[o + HostFunctionWord.Function] = hostAdd(rt, fn);
  return o;
}

function functionOf(rt: Runtime, self: Ref): HostFunction {
  return hostGet(rt, rt.words[self + HostFunctionWord.Function]) as HostFunction;
}

/** Calls it; what it throws is a RuntimeError for the program. @runsPython if the function does */
function call(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  const fn = functionOf(rt, self);
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, `${fn.name}() takes no keyword arguments`);
  const converter = CONVERTERS.get(rt) as Converter;
  const values = Array.from({ length: tupleSize(rt, args) }, (_, i) => converter.toJs(tupleItem(rt, args, i)));
  try {
    return converter.toPython((fn as (...values: unknown[]) => unknown)(...values));
  } catch (error) {
    if (error instanceof PythonThrow || error instanceof RunEnded) throw error;
    runtimeError(rt, error instanceof Error ? error.message : String(error));
  }
}

defineType({
  ref: HOST_FUNCTION,
  name: 'host_function',
  basicSize: 24,
  dealloc(rt, self) {
    hostFree(rt, rt.words[self + HostFunctionWord.Function]);
    freeObject(rt, self);
  },
  doc: 'A function of the program that runs this interpreter.',
  slots: {
    call,
    repr: (rt, self) => newStr(rt, `<host function ${functionOf(rt, self).name || 'anonymous'}>`),
  },
});
