/** Names of types: `__module__`, `__qualname__`, as reprs and messages use them. */
import { decref, newRef, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raiseWithTake, valueError } from '../../core/errors.ts';
import { dictGetInterned } from '../../core/dict/index.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { typeFullName, typeName } from '../../core/types.ts';

/** `type.__module__`: any object. Raises AttributeError. */
export function moduleOfType(rt: Runtime, type: Ref): Owned {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) {
    const module = dictGetInterned(rt, H[type + TypeWord.Dict], Id.__module__);
    if (module === 0) raiseWithTake(rt, T.AttributeError, newRef(rt, Id.__module__));
    return newRef(rt, module);
  }
  const full = typeFullName(rt, type);
  const dot = full.lastIndexOf('.');
  return dot < 0 ? newRef(rt, Id.builtins) : newStr(rt, full.slice(0, dot));
}

/** Refuses what cannot be a type's name. Raises UnicodeEncodeError, ValueError. */
export function requireTypeName(rt: Runtime, name: Ref): void {
  requireEncodable(rt, name);
  if (strText(rt, name).includes('\0')) valueError(rt, 'type name must not contain null characters');
}

/** Refuses text with lone surrogates, which has no form in UTF-8. Raises UnicodeEncodeError. */
export function requireEncodable(rt: Runtime, text: Ref): void {
  if (/[\ud800-\udfff]/u.test(strText(rt, text))) decref(rt, rt.encodeUtf8(text));
}

/** `type.__qualname__` */
export function qualnameOfType(rt: Runtime, type: Ref): string {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) return strText(rt, H[type + TypeWord.HtQualname]);
  return typeName(rt, type);
}
