/** AttributeErrors that know the object and the name, for suggestions. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { attributeError, currentException, raiseTake } from './errors.ts';
import { createException } from './exceptions.ts';
import { AttributeErrorWord } from './layout/exceptions.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';
import { newStr, strText } from './str.ts';
import { temp, untemp } from './temps.ts';
import { isSubtype, kindName } from './types.ts';

/** Raises AttributeError(message) with `obj` and `name` set. */
export function raiseAttributeError(rt: Runtime, message: string, o: Ref, name: Ref): never {
  const error = temp(rt, createException(rt, T.AttributeError, newStr(rt, message)));
  setErrorContext(rt, error, o, name);
  raiseTake(rt, untemp(rt, error));
}

/** What looking up `o.name` raised: if that is an AttributeError that knows neither object nor name, it learns them.
 *  Source: CPython 3.12 set_attribute_error_context. */
export function completeAttributeError(rt: Runtime, o: Ref, name: Ref): void {
  const error = currentException(rt);
  if (error !== 0) setErrorContext(rt, error, o, name);
}

/** Sets `obj` and `name` of an AttributeError that has neither. */
function setErrorContext(rt: Runtime, error: Ref, o: Ref, name: Ref): void {
  const H = rt.words;
  if (!isSubtype(rt, H[error + ObjectWord.Type], T.AttributeError)) return;
  if (H[error + AttributeErrorWord.Name] !== 0 || H[error + AttributeErrorWord.Object] !== 0) return;
  setWord(rt, error + AttributeErrorWord.Name, newRef(rt, name));
  setWord(rt, error + AttributeErrorWord.Object, newRef(rt, o));
}

/** Raises «'C' object has no attribute 'x'». */
export function noAttribute(rt: Runtime, o: Ref, name: Ref): never {
  raiseAttributeError(rt, `'${kindName(rt, o)}' object has no attribute '${strText(rt, name)}'`, o, name);
}

/** Raises the same for an assignment or deletion, which tells neither object nor name. */
export function nothingToSet(rt: Runtime, o: Ref, name: Ref): never {
  attributeError(rt, `'${kindName(rt, o)}' object has no attribute '${strText(rt, name)}'`);
}
