/** Reading the arguments of `tp_new` and `tp_init`, as CPython's PyArg_ParseTupleAndKeywords does. */
import { TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictGetText, dictKeyAt, dictLength, dictNext, dictValueAt } from '../core/dict/index.ts';
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

/** As `parseArguments`, with the words of functions that CPython does not have from its argument clinic. `name` is empty
 *  for a function that CPython's messages do not name; `maxPositional` arguments may be given by position. */
export function parsePlainArguments(
  rt: Runtime,
  name: string,
  names: readonly string[],
  required: number,
  args: Ref,
  kwargs: Ref,
  maxPositional = names.length,
): Ref[] {
  const H = rt.words;
  const keywords = kwargs === 0 || dictLength(rt, kwargs) === 0 ? NO_KEYWORDS : new Map<string, Ref>();
  for (let i = kwargs === 0 ? -1 : dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1))
    (keywords as Map<string, Ref>).set(strText(rt, dictKeyAt(rt, kwargs, i)), dictValueAt(rt, kwargs, i));
  return bindPlain(
    H,
    rt,
    { name, names, required, maxPositional },
    args + TupleWord.Items,
    tupleSize(rt, args),
    keywords,
  );
}

/** As `parsePlainArguments`, for a native with raw arguments. */
export function parseRawArguments(
  rt: Runtime,
  name: string,
  names: readonly string[],
  required: number,
  args: number,
  nargs: number,
  kwnames: Ref,
  maxPositional = names.length,
): Ref[] {
  const H = rt.words;
  const keywords = kwnames === 0 ? NO_KEYWORDS : new Map<string, Ref>();
  for (let i = 0; kwnames !== 0 && i < tupleSize(rt, kwnames); i++)
    (keywords as Map<string, Ref>).set(strText(rt, tupleItem(rt, kwnames, i)), H[args + nargs + i]);
  return bindPlain(H, rt, { name, names, required, maxPositional }, args, nargs, keywords);
}

const NO_KEYWORDS: ReadonlyMap<string, Ref> = new Map();

interface PlainSignature {
  readonly name: string;
  readonly names: readonly string[];
  readonly required: number;
  readonly maxPositional: number;
}

/** Source: CPython 3.12 vgetargskeywords. */
function bindPlain(
  H: Int32Array,
  rt: Runtime,
  signature: PlainSignature,
  args: number,
  nargs: number,
  keywords: ReadonlyMap<string, Ref>,
): Ref[] {
  const { name, names, required, maxPositional } = signature;
  const called = name === '' ? 'function' : `${name}()`;
  const nkw = keywords.size;
  if (nargs + nkw > names.length) {
    const kind = nargs === 0 && nkw > 0 ? 'keyword ' : '';
    const plural = names.length === 1 ? '' : 's';
    typeError(rt, `${called} takes at most ${names.length} ${kind}argument${plural} (${nargs + nkw} given)`);
  }
  if (nargs > maxPositional) {
    const how = required < maxPositional ? 'at most' : 'exactly';
    const plural = maxPositional === 1 ? '' : 's';
    typeError(rt, `${called} takes ${how} ${maxPositional} positional argument${plural} (${nargs} given)`);
  }
  const values = names.map((text, i) => {
    const named = nkw === 0 ? undefined : keywords.get(text);
    if (i < nargs) {
      if (named !== undefined)
        typeError(rt, `argument for ${called} given by name ('${text}') and position (${i + 1})`);
      return H[args + i];
    }
    if (named === undefined && i < required)
      typeError(rt, `${called} missing required argument '${text}' (pos ${i + 1})`);
    return named ?? 0;
  });
  for (const key of keywords.keys()) {
    if (!names.includes(key))
      typeError(rt, `'${key}' is an invalid keyword argument for ${name === '' ? 'this function' : called}`);
  }
  return values;
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
