/** Merging `**mapping` arguments, with CPython's errors. */
import { decref, newRef, TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictMerge } from '../core/dict/index.ts';
import { caught, clearException, currentException, mark, pendingMatches, typeError } from '../core/errors.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { lookupAttrText } from '../core/protocol/attribute.ts';
import { strTextOf } from '../core/protocol/text.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { strText } from '../core/str.ts';
import { temp } from '../core/temps.ts';
import { isStr, kindName } from '../core/types.ts';

/** What messages call a function: `module.qualname()`, or `qualname()` for built-ins. @runsPython */
export function functionText(rt: Runtime, func: Ref): string {
  const qualname = textAttribute(rt, func, '__qualname__');
  if (qualname === null) return strTextOf(rt, func);
  const module = textAttribute(rt, func, '__module__');
  return module === null || module === 'builtins' ? `${qualname}()` : `${module}.${qualname}()`;
}

function textAttribute(rt: Runtime, o: Ref, name: string): string | null {
  const value = lookupAttrText(rt, o, name);
  if (value === 0) return null;
  const text = value !== (S.None as number) && isStr(rt, value) ? strText(rt, value) : null;
  decref(rt, value);
  return text;
}

/** Merges `mapping` into the dict of keyword arguments for `func`; duplicates and non-mappings are TypeErrors. @runsPython */
export function mergeKeywords(rt: Runtime, func: Ref, dict: Ref, mapping: Ref): void {
  const m = mark(rt);
  try {
    dictMerge(rt, dict, mapping, 2);
  } catch (error) {
    caught(rt, error, m);
    explain(rt, func, mapping);
    throw error;
  }
}

function explain(rt: Runtime, func: Ref, mapping: Ref): void {
  const H = rt.words;
  if (pendingMatches(rt, T.AttributeError)) {
    clearException(rt);
    typeError(rt, `${functionText(rt, func)} argument after ** must be a mapping, not ${kindName(rt, mapping)}`);
  }
  if (!pendingMatches(rt, T.KeyError)) return;
  const args = H[currentException(rt) + ExcWord.Args];
  if (args === 0 || H[args + TupleWord.Size] !== 1) return;
  const key = temp(rt, newRef(rt, H[args + TupleWord.Items]));
  clearException(rt);
  typeError(rt, `${functionText(rt, func)} got multiple values for keyword argument '${strTextOf(rt, key)}'`);
}
