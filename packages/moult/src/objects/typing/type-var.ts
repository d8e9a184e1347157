/** `typing.TypeVar`. */
import { clearWord, gcNew, newRef, setWord, track, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictGetText } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { TypeVarWord } from '../../core/layout/typing.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleFromWords, tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { refuseUnknown } from './arguments.ts';
import { giveAttributes, managedParts } from './managed.ts';
import {
  callTyping,
  checkType,
  refusesSubclasses,
  requireName,
  unionOfParameters,
  withCallerModule,
} from './support.ts';

/** Covariant, contravariant, inferred. */
export type Variance = readonly [boolean, boolean, boolean];

export const INFERRED: Variance = [false, false, true];

/** A variable without bound and constraints. Borrows `name`. */
function newTypeVar(rt: Runtime, name: Ref, variance: Variance): Owned {
  const H = rt.words;
  const o = gcNew(rt, T.typeVar);
  H[o + TypeVarWord.Name] = newRef(rt, name);
  for (let i = 0; i < 3; i++) H[o + TypeVarWord.Covariant + i] = variance[i] === true ? 1 : 0;
  track(rt, o);
  return o;
}

/** The variable of `[T: bound]`, or of `[T: (constraints)]`: `evaluate` is the function that computes them, 0 for `[T]`. */
export function newSyntaxTypeVar(rt: Runtime, name: Ref, evaluate: Ref, constrained: boolean): Owned {
  const o = newTypeVar(rt, name, INFERRED);
  const word = constrained ? TypeVarWord.EvaluateConstraints : TypeVarWord.EvaluateBound;
  if (evaluate !== 0) rt.words[o + word] = newRef(rt, evaluate);
  return o;
}

/** The flags that keyword arguments ask for. Raises ValueError for combinations that make no sense. @runsPython */
export function varianceOf(rt: Runtime, covariant: Ref, contravariant: Ref, infer: Ref): Variance {
  const flags: Variance = [given(rt, covariant), given(rt, contravariant), given(rt, infer)];
  if (flags[0] && flags[1]) valueError(rt, 'Bivariant types are not supported.');
  if (flags[2] && (flags[0] || flags[1])) valueError(rt, 'Variance cannot be specified with infer_variance.');
  return flags;
}

function given(rt: Runtime, value: Ref): boolean {
  return value !== 0 && isTrue(rt, value);
}

const KEYWORDS = ['name', 'bound', 'covariant', 'contravariant', 'infer_variance'];

function checkKeywords(rt: Runtime, nargs: number, kwargs: Ref): void {
  if (kwargs === 0) return;
  if (nargs > 0 && dictGetText(rt, kwargs, 'name') !== 0) {
    typeError(rt, "argument for typevar() given by name ('name') and position (1)");
  }
  refuseUnknown(rt, 'typevar', KEYWORDS, kwargs);
}

/** `TypeVar(name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False)` */
function typeVarNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const n = tupleSize(rt, args);
  const m = tempMark(rt);
  const keyword = (text: string): Ref => (kwargs === 0 ? 0 : dictGetText(rt, kwargs, text));
  const name = n > 0 ? tupleItem(rt, args, 0) : keyword('name');
  if (name === 0) typeError(rt, "typevar() missing required argument 'name' (pos 1)");
  checkKeywords(rt, n, kwargs);
  requireName(rt, 'typevar', name);
  const variance = varianceOf(rt, keyword('covariant'), keyword('contravariant'), keyword('infer_variance'));
  const wanted = keyword('bound');
  const bound = wanted === 0 || wanted === S.None ? 0 : temp(rt, checkType(rt, wanted, 'Bound must be a type.'));
  if (n === 2) typeError(rt, 'A single constraint is not allowed');
  if (n > 2 && bound !== 0) typeError(rt, 'Constraints cannot be combined with bound=...');
  const o = temp(rt, withCallerModule(rt, newTypeVar(rt, name, variance)));
  if (bound !== 0) setWord(rt, o + TypeVarWord.Bound, newRef(rt, bound));
  if (n > 2) setWord(rt, o + TypeVarWord.Constraints, tupleFromWords(rt, args + TupleWord.Items + 1, n - 1));
  return releaseKeeping(rt, m, newRef(rt, o));
}

/** The value of `word`: computed by the function in `evaluate` when first asked for; `fallback` if there is neither. @runsPython */
function lazyValue(rt: Runtime, self: Ref, word: number, evaluate: number, fallback: Ref): Owned {
  const H = rt.words;
  if (H[self + word] !== 0) return newRef(rt, H[self + word]);
  if (H[self + evaluate] === 0) return newRef(rt, fallback);
  const value = call0(rt, H[self + evaluate]);
  if (H[self + word] !== 0) clearWord(rt, self + word);
  H[self + word] = newRef(rt, value);
  return value;
}

/** `+T`, `-T`, `~T`; just the name when the variance is inferred. `flags` is the word of the first flag. */
export function varianceRepr(rt: Runtime, self: Ref, name: Ref, flags: number): Owned {
  const H = rt.words;
  if (H[self + flags + 2] !== 0) return newRef(rt, name);
  const sign = H[self + flags] !== 0 ? '+' : H[self + flags + 1] !== 0 ? '-' : '~';
  return newStr(rt, sign + strText(rt, name));
}

/** Members for the three flags. `flags` is the word of the first. */
export function varianceMembers(flags: number) {
  return ['__covariant__', '__contravariant__', '__infer_variance__'].map((name, i) =>
    member(name, flags + i, MemberKind.Bool),
  );
}

const VISITED = [
  TypeVarWord.Bound,
  TypeVarWord.EvaluateBound,
  TypeVarWord.Constraints,
  TypeVarWord.EvaluateConstraints,
];

defineType({
  ref: T.typeVar,
  name: 'typing.TypeVar',
  heapType: 'immutable',
  basicSize: 64,
  words: TypeVarWord.Words,
  ...managedParts('TypeVar', VISITED, [TypeVarWord.Name, ...VISITED], true),
  doc: 'Type variable.\n\nThe preferred way to make one is the syntax for generic functions, classes and type aliases:\n\n    class Sequence[T]: ...\n',
  slots: {
    new: typeVarNew,
    repr: (rt, self) => varianceRepr(rt, self, rt.words[self + TypeVarWord.Name], TypeVarWord.Covariant),
    nbOr: unionOfParameters,
  },
  methods: [
    native('__typing_subst__($self, /, arg)', (rt, self, arg) => callTyping(rt, '_typevar_subst', self, arg)),
    native('__reduce__($self, /)', (rt, self) => newRef(rt, rt.words[self + TypeVarWord.Name])),
    refusesSubclasses('TypeVar'),
  ],
  members: [member('__name__', TypeVarWord.Name), ...varianceMembers(TypeVarWord.Covariant)],
  getset: [
    getset('__bound__', (rt, self) => lazyValue(rt, self, TypeVarWord.Bound, TypeVarWord.EvaluateBound, S.None)),
    getset('__constraints__', (rt, self) =>
      lazyValue(rt, self, TypeVarWord.Constraints, TypeVarWord.EvaluateConstraints, S.EmptyTuple),
    ),
  ],
  populate: (rt) => {
    giveAttributes(rt, T.typeVar);
  },
});
