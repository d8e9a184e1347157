/** `str(...)`. */
import { decref, ObjectWord, touchTuple, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { makeTpCall } from '../../core/call.ts';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isStr, kindName } from '../../core/types.ts';
import { bufferOf } from '../bytes/buffer.ts';
import { decodeBytes } from '../bytes/codecs.ts';
import { cText } from './c-text.ts';
import { newSubclassStr } from './make.ts';

const NAMES = ['object', 'encoding', 'errors'];

/** `str.__new__(type, object='', encoding='utf-8', errors='strict')` @runsPython */
export function strNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) checkKeywords(rt, nargs, kwargs);
  else if (nargs > 3) typeError(rt, `str() takes at most 3 arguments (${nargs} given)`);
  const argument = (i: number): Ref => {
    if (i < nargs) return H[args + TupleWord.Items + i];
    return kwargs === 0 ? 0 : dictGetText(rt, kwargs, NAMES[i] as string);
  };
  const value = makeStr(rt, argument(0), argument(1), argument(2));
  if (type === T.str) return value;
  temp(rt, value);
  const self = newSubclassStr(rt, type, value);
  decref(rt, untemp(rt, value));
  return self;
}

function checkKeywords(rt: Runtime, nargs: number, kwargs: Ref): void {
  const given = nargs + dictLength(rt, kwargs);
  if (given > 3) typeError(rt, `str() takes at most 3 ${nargs === 0 ? 'keyword ' : ''}arguments (${given} given)`);
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    const position = NAMES.indexOf(name);
    if (position < 0) typeError(rt, `'${name}' is an invalid keyword argument for str()`);
    if (position < nargs) typeError(rt, `argument for str() given by name ('${name}') and position (${position + 1})`);
  }
}

/** `str(object)` called directly, without making a tuple. @runsPython */
export function strVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 && H[kwnames + TupleWord.Size] !== 0) return withKeywords(rt, type, args, nargs, kwnames);
  if (nargs === 1 && ofClass(H, H[args])) return makeTpCall(rt, type, args, 1, 0);
  touchTuple(rt, nargs);
  if (nargs === 1) return str(rt, H[args]);
  if (nargs === 0) return S.EmptyStr as Ref as Owned;
  if (nargs > 3) typeError(rt, `str() takes at most 3 arguments (${nargs} given)`);
  return makeStr(rt, H[args], H[args + 1], nargs > 2 ? H[args + 2] : 0);
}

/** Whether `o` is an instance of a class made by the program: its `__str__` sees the argument tuple, which CPython makes. */
function ofClass(H: Int32Array, o: Ref): boolean {
  return H[H[o + ObjectWord.Type] + TypeWord.DefinitionIndex] === 0;
}

function withKeywords(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const count = H[kwnames + TupleWord.Size];
  if (nargs + count > 3) {
    typeError(rt, `str() takes at most 3 ${nargs === 0 ? 'keyword ' : ''}arguments (${nargs + count} given)`);
  }
  const values: Ref[] = [0, 0, 0];
  for (let i = 0; i < nargs; i++) values[i] = H[args + i];
  for (let i = 0; i < count; i++) {
    const name = strText(rt, H[kwnames + TupleWord.Items + i]);
    const position = NAMES.indexOf(name);
    if (position < 0) typeError(rt, `'${name}' is an invalid keyword argument for str()`);
    if (position < nargs) typeError(rt, `argument for str() given by name ('${name}') and position (${position + 1})`);
    values[position] = H[args + nargs + i];
  }
  return makeStr(rt, values[0] as Ref, values[1] as Ref, values[2] as Ref);
}

function makeStr(rt: Runtime, object: Ref, encoding: Ref, errors: Ref): Owned {
  const encodingName = encoding === 0 ? '' : cText(rt, encoding, "str() argument 'encoding'");
  const handler = errors === 0 ? 'strict' : cText(rt, errors, "str() argument 'errors'");
  if (object === 0) return S.EmptyStr as Ref as Owned;
  if (encoding === 0 && errors === 0) return str(rt, object);
  if (isStr(rt, object)) typeError(rt, 'decoding str is not supported');
  const data = bufferOf(rt, object);
  if (data === null) typeError(rt, `decoding to str: need a bytes-like object, ${kindName(rt, object)} found`);
  return decodeBytes(rt, data, encodingName === '' ? 'utf-8' : encodingName, handler);
}
