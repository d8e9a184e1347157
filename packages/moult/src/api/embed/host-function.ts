/** JavaScript functions that the program can call. */
import { freeObject, HeapCorruption, hostAdd, hostFree, hostGet } from '@moult/heap';
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

/** What the host table has of one: the name is read once, because reading it may run code of the host. */
interface Given {
  readonly fn: HostFunction;
  readonly name: string;
}

/** A Python callable for a function. */
export function newHostFunction(rt: Runtime, fn: HostFunction): Owned {
  const o = allocInstance(rt, HOST_FUNCTION, 0);
  const given: Given = { fn, name: textOf(() => fn.name) || 'anonymous' };
  rt.words[o + HostFunctionWord.Function] = hostAdd(rt, given);
  return o;
}

/** A text that the host's own objects may refuse to give, or not have. */
function textOf(read: () => unknown): string {
  try {
    const text = read();
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}

function givenOf(rt: Runtime, self: Ref): Given {
  return hostGet(rt, rt.words[self + HostFunctionWord.Function]) as Given;
}

/** What the program is told of something thrown: the message, never the stack. */
function messageOf(error: unknown): string {
  return textOf(() => (error instanceof Error ? error.message : String(error)));
}

/** Calls it; what it throws is a RuntimeError for the program. @runsPython if the function does */
function call(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  const { fn, name } = givenOf(rt, self);
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, `${name}() takes no keyword arguments`);
  const converter = CONVERTERS.get(rt) as Converter;
  const values = Array.from({ length: tupleSize(rt, args) }, (_, i) => converter.toJs(tupleItem(rt, args, i)));
  try {
    return converter.toPython((fn as (...values: unknown[]) => unknown)(...values));
  } catch (error) {
    if (error instanceof PythonThrow || error instanceof RunEnded || error instanceof HeapCorruption) throw error;
    runtimeError(rt, messageOf(error));
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
    repr: (rt, self) => newStr(rt, `<host function ${givenOf(rt, self).name}>`),
  },
});
