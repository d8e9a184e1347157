/** Checks that the constructors of exceptions share. */
import { genericAlloc, newRef, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { kindName, typeFullName } from '../../core/types.ts';

/** A new instance of an exception type, tracked, with `args` (borrowed; 0: the empty tuple). */
export function allocException(rt: Runtime, type: Ref, args: Ref): Owned {
  const exception = genericAlloc(rt, type);
  rt.words[exception + ExcWord.Args] = args === 0 ? S.EmptyTuple : newRef(rt, args);
  return exception;
}

/** Stores the arguments. @runsPython */
export function storeArgs(rt: Runtime, self: Ref, args: Ref): void {
  setWord(rt, self + ExcWord.Args, newRef(rt, args));
}

/** Refuses keywords: «X() takes no keyword arguments». */
export function refuseKeywords(rt: Runtime, type: Ref, kwargs: Ref): void {
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0)
    typeError(rt, `${typeFullName(rt, type)}() takes no keyword arguments`);
}

/** Accepts only the keywords `names`. */
export function checkKeywords(rt: Runtime, kwargs: Ref, names: readonly string[], where: string): void {
  if (kwargs === 0) return;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const key = strText(rt, dictKeyAt(rt, kwargs, i));
    if (!names.includes(key)) typeError(rt, `'${key}' is an invalid keyword argument for ${where}()`);
  }
}

/** Stores the keyword `name` (or 0) in a word of the exception. @runsPython */
export function storeKeyword(rt: Runtime, word: number, kwargs: Ref, name: string): void {
  const value = kwargs === 0 ? 0 : dictGetText(rt, kwargs, name);
  setWord(rt, word, value === 0 ? 0 : newRef(rt, value));
}

/** Number of arguments. */
export function argCount(rt: Runtime, args: Ref): number {
  return rt.words[args + TupleWord.Size];
}

/** Argument `i`, borrowed. */
export function arg(rt: Runtime, args: Ref, i: number): Ref {
  return rt.words[args + TupleWord.Items + i];
}

/** «argument 1 must be str, not int» as PyArg_ParseTuple. */
export function argumentMustBe(rt: Runtime, i: number, what: string, value: Ref): never {
  const given = value === S.None ? 'None' : kindName(rt, value);
  return typeError(rt, `argument ${i + 1} must be ${what}, not ${given}`);
}
