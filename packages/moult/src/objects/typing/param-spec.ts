/** `typing.ParamSpec`, and what `P.args` and `P.kwargs` are. */
import { gcNew, newRef, ObjectWord, setWord, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CompareOp } from '../../core/functions.ts';
import { ParamSpecPartWord, ParamSpecWord } from '../../core/layout/typing.ts';
import { getset, member, native } from '../../core/native.ts';
import { richCompare } from '../../core/protocol/compare.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { readArguments } from './arguments.ts';
import { giveAttributes, managedParts } from './managed.ts';
import {
  callTyping,
  checkType,
  refusesSubclasses,
  requireName,
  unionOfParameters,
  withCallerModule,
} from './support.ts';
import { varianceMembers, varianceOf, varianceRepr } from './type-var.ts';
import type { Variance } from './type-var.ts';

/** The variable of `[**P]`. Borrows `name`. */
export function newParamSpec(rt: Runtime, name: Ref, variance: Variance): Owned {
  const H = rt.words;
  const o = gcNew(rt, T.paramSpec);
  H[o + ParamSpecWord.Name] = newRef(rt, name);
  for (let i = 0; i < 3; i++) H[o + ParamSpecWord.Covariant + i] = variance[i] === true ? 1 : 0;
  track(rt, o);
  return o;
}

const KEYWORDS = ['name', 'bound', 'covariant', 'contravariant', 'infer_variance'];

/** `ParamSpec(name, *, bound=None, …)`. As in CPython 3.12, the bound is NoneType when none is given. */
function paramSpecNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const m = tempMark(rt);
  const [name = 0, bound = 0, covariant = 0, contravariant = 0, infer = 0] = readArguments(
    rt,
    'paramspec',
    KEYWORDS,
    1,
    1,
    args,
    kwargs,
  );
  requireName(rt, 'paramspec', name);
  const variance = varianceOf(rt, covariant, contravariant, infer);
  const checked = temp(rt, checkType(rt, bound || S.None, 'Bound must be a type.'));
  const o = temp(rt, withCallerModule(rt, newParamSpec(rt, name, variance)));
  setWord(rt, o + ParamSpecWord.Bound, newRef(rt, checked));
  return releaseKeeping(rt, m, newRef(rt, o));
}

function newPart(rt: Runtime, type: Ref, origin: Ref): Owned {
  const o = gcNew(rt, type);
  rt.words[o + ParamSpecPartWord.Origin] = newRef(rt, origin);
  track(rt, o);
  return o;
}

defineType({
  ref: T.paramSpec,
  name: 'typing.ParamSpec',
  heapType: 'immutable',
  basicSize: 40,
  words: ParamSpecWord.Words,
  ...managedParts('ParamSpec', [ParamSpecWord.Bound], [ParamSpecWord.Name, ParamSpecWord.Bound], true),
  doc: 'Parameter specification variable: stands for the parameters of a callable.\n\n    type IntFunc[**P] = Callable[P, int]\n\nIt knows its name:\n\n    >>> ParamSpec("P").__name__\n    \'P\'\n',
  slots: {
    new: paramSpecNew,
    repr: (rt, self) => varianceRepr(rt, self, rt.words[self + ParamSpecWord.Name], ParamSpecWord.Covariant),
    nbOr: unionOfParameters,
  },
  methods: [
    native('__typing_subst__($self, /, arg)', (rt, self, arg) => callTyping(rt, '_paramspec_subst', self, arg)),
    native('__typing_prepare_subst__($self, /, alias, args)', (rt, self, alias, args) =>
      callTyping(rt, '_paramspec_prepare_subst', self, alias, args),
    ),
    native('__reduce__($self, /)', (rt, self) => newRef(rt, rt.words[self + ParamSpecWord.Name])),
    refusesSubclasses('ParamSpec'),
  ],
  members: [
    member('__name__', ParamSpecWord.Name),
    member('__bound__', ParamSpecWord.Bound),
    ...varianceMembers(ParamSpecWord.Covariant),
  ],
  getset: [
    getset('args', (rt, self) => newPart(rt, T.paramSpecArgs, self), null, 'Represents positional arguments.'),
    getset('kwargs', (rt, self) => newPart(rt, T.paramSpecKwargs, self), null, 'Represents keyword arguments.'),
  ],
  populate: (rt) => {
    giveAttributes(rt, T.paramSpec);
  },
});

const originOf = (rt: Runtime, part: Ref): Ref => rt.words[part + ParamSpecPartWord.Origin];

function partRepr(rt: Runtime, self: Ref, attribute: string): Owned {
  const origin = originOf(rt, self);
  const known = rt.words[origin + ObjectWord.Type] === T.paramSpec;
  const text = known ? strText(rt, rt.words[origin + ParamSpecWord.Name]) : reprText(rt, origin);
  return newStr(rt, `${text}.${attribute}`);
}

function partCompare(rt: Runtime, left: Ref, right: Ref, op: number): Owned {
  const type = rt.words[left + ObjectWord.Type];
  const comparable =
    rt.words[right + ObjectWord.Type] === type && (op === (CompareOp.Eq as number) || op === (CompareOp.Ne as number));
  if (!comparable) return S.NotImplemented as Ref as Owned;
  return richCompare(rt, originOf(rt, left), originOf(rt, right), op);
}

function definePart(ref: Ref, name: string, attribute: string): void {
  const fn = name.toLowerCase();
  defineType({
    ref,
    name: `typing.${name}`,
    heapType: 'immutable',
    basicSize: 24,
    ...managedParts(name, [ParamSpecPartWord.Origin], [ParamSpecPartWord.Origin], false),
    doc: `What P.${attribute} gives for a ParamSpec P; its __origin__ is P:\n\n    >>> P = ParamSpec("P")\n    >>> P.${attribute}.__origin__ is P\n    True\n`,
    slots: {
      new: (rt, type, args, kwargs) => newPart(rt, type, readArguments(rt, fn, ['origin'], 1, 1, args, kwargs)[0] ?? 0),
      repr: (rt, self) => partRepr(rt, self, attribute),
      richcompare: partCompare,
      hash: null,
    },
    methods: [refusesSubclasses(name)],
    members: [member('__origin__', ParamSpecPartWord.Origin)],
  });
}

definePart(T.paramSpecArgs, 'ParamSpecArgs', 'args');
definePart(T.paramSpecKwargs, 'ParamSpecKwargs', 'kwargs');
