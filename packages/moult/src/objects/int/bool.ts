/** The type `bool`: True and False, which are ints. */
import { ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { IntWord } from '../../core/layout/numbers.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { defineType } from '../../core/type-spec.ts';
import { dictLength } from '../../core/dict/index.ts';
import { intAnd, intInvert, intOr, intXor } from './arithmetic.ts';

function boolNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'bool() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n > 1) typeError(rt, `bool expected at most 1 argument, got ${n}`);
  return pyBool(n === 1 && isTrue(rt, H[args + TupleWord.Items])) as Owned;
}

function boolVectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && rt.words[kwnames + TupleWord.Size] > 0) typeError(rt, 'bool() takes no keyword arguments');
  if (nargs > 1) typeError(rt, `bool expected at most 1 argument, got ${nargs}`);
  return pyBool(nargs === 1 && isTrue(rt, rt.words[args])) as Owned;
}

function bothBools(rt: Runtime, a: Ref, b: Ref): boolean {
  const H = rt.words;
  return H[a + ObjectWord.Type] === T.bool && H[b + ObjectWord.Type] === T.bool;
}

function boolAnd(rt: Runtime, a: Ref, b: Ref): Owned {
  return bothBools(rt, a, b) ? (pyBool(a === S.True && b === S.True) as Owned) : intAnd(rt, a, b);
}

function boolOr(rt: Runtime, a: Ref, b: Ref): Owned {
  return bothBools(rt, a, b) ? (pyBool(a === S.True || b === S.True) as Owned) : intOr(rt, a, b);
}

function boolXor(rt: Runtime, a: Ref, b: Ref): Owned {
  return bothBools(rt, a, b) ? (pyBool(a !== b) as Owned) : intXor(rt, a, b);
}

function boolInvert(rt: Runtime, a: Ref): Owned {
  rt.warnDeprecated(BOOL_INVERSION);
  return intInvert(rt, a);
}

/** What is said of `~` on a bool. */
export const BOOL_INVERSION =
  "Bitwise inversion '~' on bool is deprecated. This returns the bitwise inversion of the underlying int object and is " +
  "usually not what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really " +
  'want the bitwise inversion of the underlying int.';

defineType({
  ref: T.bool,
  name: 'bool',
  base: T.int,
  basicSize: 24,
  itemSize: 4,
  words: IntWord.Words,
  itemWords: 0,
  flags: TypeFlag.LongSubclass,
  doc: 'bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.',
  slots: {
    repr: (rt, self) => internText(rt, self === S.True ? 'True' : 'False'),
    new: boolNew,
    vectorcall: boolVectorcall,
    nbInvert: boolInvert,
    nbAnd: boolAnd,
    nbOr: boolOr,
    nbXor: boolXor,
  },
});
