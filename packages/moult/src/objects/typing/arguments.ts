/** Arguments of `tp_new` as CPython's Argument Clinic reads them. */
import type { Ref } from '@moult/heap';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';

/** One borrowed reference for each of `names`, 0 where nothing was given: the first `required` must be given, the first
 *  `positional` may be given by position. Raises TypeError with CPython's messages for `fn()`. */
export function readArguments(
  rt: Runtime,
  fn: string,
  names: readonly string[],
  positional: number,
  required: number,
  args: Ref,
  kwargs: Ref,
): Ref[] {
  const n = tupleSize(rt, args);
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  checkCounts(rt, fn, names.length, positional, required, n, nkw);
  const values = names.map((name, i) =>
    i < n ? positionalArgument(rt, fn, name, i, args, kwargs) : keyword(rt, kwargs, name),
  );
  for (let i = 0; i < required; i++) {
    if (values[i] === 0) typeError(rt, `${fn}() missing required argument '${names[i] ?? ''}' (pos ${i + 1})`);
  }
  if (nkw > 0) refuseUnknown(rt, fn, names, kwargs);
  return values;
}

function checkCounts(
  rt: Runtime,
  fn: string,
  most: number,
  positional: number,
  required: number,
  n: number,
  nkw: number,
): void {
  if (n + nkw > most) {
    typeError(
      rt,
      `${fn}() takes at most ${most} ${n === 0 ? 'keyword ' : ''}argument${most === 1 ? '' : 's'} (${n + nkw} given)`,
    );
  }
  if (n > positional) {
    const how = required < positional ? 'at most' : 'exactly';
    typeError(rt, `${fn}() takes ${how} ${positional} positional argument${positional === 1 ? '' : 's'} (${n} given)`);
  }
}

function keyword(rt: Runtime, kwargs: Ref, name: string): Ref {
  return kwargs === 0 ? 0 : dictGetText(rt, kwargs, name);
}

function positionalArgument(rt: Runtime, fn: string, name: string, i: number, args: Ref, kwargs: Ref): Ref {
  if (keyword(rt, kwargs, name) !== 0)
    typeError(rt, `argument for ${fn}() given by name ('${name}') and position (${i + 1})`);
  return tupleItem(rt, args, i);
}

/** Raises TypeError for a keyword that is none of `names`. */
export function refuseUnknown(rt: Runtime, fn: string, names: readonly string[], kwargs: Ref): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const key = strText(rt, dictKeyAt(rt, kwargs, i));
    if (!names.includes(key)) typeError(rt, `'${key}' is an invalid keyword argument for ${fn}()`);
  }
}
