/** Reading the arguments of `tp_new` and `tp_init`, as CPython's PyArg_ParseTupleAndKeywords does. */
import type { Ref } from '@moult/heap';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../core/dict/index.ts';
import { typeError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { strText } from '../core/str.ts';
import { tupleItem, tupleSize } from '../core/tuple.ts';

/** One borrowed reference for each of `names`, 0 where nothing was given. The first `required` must be given. Raises
 *  TypeError with CPython's messages for `name()`. */
export function parseArguments(
  rt: Runtime,
  name: string,
  names: readonly string[],
  required: number,
  args: Ref,
  kwargs: Ref,
): Ref[] {
  const given = tupleSize(rt, args);
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (given + nkw > names.length) tooMany(rt, name, names.length, required, given, nkw);
  const values = names.map((text, i) => {
    if (i < given) {
      if (nkw > 0 && dictGetText(rt, kwargs, text) !== 0) {
        typeError(rt, `argument for ${name}() given by name ('${text}') and position (${i + 1})`);
      }
      return tupleItem(rt, args, i);
    }
    const value = nkw === 0 ? 0 : dictGetText(rt, kwargs, text);
    if (value === 0 && i < required) typeError(rt, `${name}() missing required argument '${text}' (pos ${i + 1})`);
    return value;
  });
  if (nkw > 0) refuseUnknown(rt, name, names, kwargs);
  return values;
}

/** As `parseArguments`, with the words of functions that CPython does not have from its argument clinic. */
export function parsePlainArguments(
  rt: Runtime,
  name: string,
  names: readonly string[],
  required: number,
  args: Ref,
  kwargs: Ref,
): Ref[] {
  const given = tupleSize(rt, args) + (kwargs === 0 ? 0 : dictLength(rt, kwargs));
  if (given > names.length) tooMany(rt, name, names.length, -1, tupleSize(rt, args), given - tupleSize(rt, args));
  return parseArguments(rt, name, names, required, args, kwargs);
}

function tooMany(rt: Runtime, name: string, max: number, required: number, given: number, nkw: number): never {
  const how = required === max ? 'exactly' : 'at most';
  const kind = given === 0 && nkw > 0 ? 'keyword ' : '';
  typeError(rt, `${name}() takes ${how} ${max} ${kind}argument${max === 1 ? '' : 's'} (${given + nkw} given)`);
}

function refuseUnknown(rt: Runtime, name: string, names: readonly string[], kwargs: Ref): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const key = strText(rt, dictKeyAt(rt, kwargs, i));
    if (!names.includes(key)) typeError(rt, `'${key}' is an invalid keyword argument for ${name}()`);
  }
}

/** Raises TypeError if there are keyword arguments. */
export function refuseKeywords(rt: Runtime, name: string, kwargs: Ref): void {
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, `${name}() takes no keyword arguments`);
}
