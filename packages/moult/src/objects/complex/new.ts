/** `complex(...)`. */
import { decref, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { Id } from '../../core/names.ts';
import { strictSubclass } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isInstance, isStr, kindName, slotOf } from '../../core/types.ts';
import { newRef } from '@moult/heap';
import { complexFromStr } from '../../numeric/complex-text.ts';
import { toFloat } from '../float/convert.ts';
import { allocInstance } from '../type/alloc.ts';
import { lookupSpecial } from '../type/lookup.ts';
import { imagPart, newComplex, realPart, setParts } from './arithmetic.ts';

type Pair = [real: number, imag: number];

/** True if `o` is a complex or an instance of a subclass. */
export function isComplex(rt: Runtime, o: Ref): boolean {
  return isInstance(rt, o, T.complex);
}

/** `complex.__new__(type, real=0, imag=0)` @runsPython */
export function complexNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  checkArguments(rt, nargs, kwargs);
  const real = nargs > 0 ? H[args + TupleWord.Items] : keyword(rt, kwargs, 'real');
  const imag = nargs > 1 ? H[args + TupleWord.Items + 1] : keyword(rt, kwargs, 'imag');
  if (type === T.complex && imag === 0 && real !== 0 && H[real + ObjectWord.Type] === T.complex)
    return newRef(rt, real);
  const [x, y] = partsOf(rt, real, imag);
  if (type === T.complex) return newComplex(rt, x, y);
  const self = allocInstance(rt, type, 0);
  setParts(rt, self, x, y);
  return self;
}

function keyword(rt: Runtime, kwargs: Ref, name: string): Ref {
  return kwargs === 0 ? 0 : dictGetText(rt, kwargs, name);
}

function checkArguments(rt: Runtime, nargs: number, kwargs: Ref): void {
  const named = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (nargs + named > 2) {
    typeError(rt, `complex() takes at most 2 ${nargs === 0 ? 'keyword ' : ''}arguments (${nargs + named} given)`);
  }
  if (named === 0) return;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    const position = name === 'real' ? 0 : name === 'imag' ? 1 : -1;
    if (position < 0) typeError(rt, `'${name}' is an invalid keyword argument for complex()`);
    if (position < nargs) {
      typeError(rt, `argument for complex() given by name ('${name}') and position (${position + 1})`);
    }
  }
}

/** The value of `complex(real, imag)`; 0 for what was left out. Source: CPython 3.12 complex_new_impl. */
function partsOf(rt: Runtime, real: Ref, imag: Ref): Pair {
  if (real !== 0 && isStr(rt, real)) {
    if (imag !== 0) typeError(rt, "complex() can't take second arg if first is a string");
    return guard(rt, () => complexFromStr(strText(rt, real)));
  }
  if (imag !== 0 && isStr(rt, imag)) typeError(rt, "complex() second arg can't be a string");
  const first = real === 0 ? 0 : real;
  const special = first === 0 ? null : specialParts(rt, first);
  if (first !== 0 && special === null) checkNumber(rt, first, 'first argument must be a string or a number');
  if (imag !== 0 && !isComplex(rt, imag)) checkNumber(rt, imag, 'second argument must be a number');
  const [x, y] = special ?? [first === 0 ? 0 : toFloat(rt, first), 0];
  return imag === 0 ? [x, y] : withImaginary(rt, x, y, special !== null, imag);
}

function checkNumber(rt: Runtime, o: Ref, what: string): void {
  if (slotOf(rt, o, TypeWord.NbFloat) !== 0 || slotOf(rt, o, TypeWord.NbIndex) !== 0) return;
  typeError(rt, `complex() ${what}, not '${kindName(rt, o)}'`);
}

/** Adds `imag * 1j`; `imag` may be a complex itself. */
function withImaginary(rt: Runtime, x: number, y: number, firstIsComplex: boolean, imag: Ref): Pair {
  if (isComplex(rt, imag)) return [x - imagPart(rt, imag), realPart(rt, imag) + (firstIsComplex ? y : 0)];
  const i = toFloat(rt, imag);
  return [x, firstIsComplex ? i + y : i];
}

/** The parts of a complex or of what `__complex__` gives; null if it is neither. */
function specialParts(rt: Runtime, o: Ref): Pair | null {
  if (rt.words[o + ObjectWord.Type] === T.complex) return [realPart(rt, o), imagPart(rt, o)];
  const method = lookupSpecial(rt, o, Id.__complex__);
  if (method === 0) return isComplex(rt, o) ? [realPart(rt, o), imagPart(rt, o)] : null;
  temp(rt, method);
  const result = call0(rt, method);
  dropTemp(rt, method);
  if (!isComplex(rt, result)) {
    const name = kindName(rt, result);
    decref(rt, result);
    typeError(rt, `__complex__ returned non-complex (type ${name})`);
  }
  const exact = rt.words[result + ObjectWord.Type] === T.complex;
  const held = exact ? result : strictSubclass(rt, result, '__complex__', 'complex');
  const parts: Pair = [realPart(rt, held), imagPart(rt, held)];
  decref(rt, held);
  return parts;
}

/** The value of a number as complex: a complex, what has `__complex__`, or a real number. @runsPython */
export function toComplexParts(rt: Runtime, o: Ref): Pair {
  return specialParts(rt, o) ?? [toFloat(rt, o), 0];
}
