/** `typing.TypeVarTuple`. */
import { gcNew, newRef, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { TypeVarTupleWord } from '../../core/layout/typing.ts';
import { member, native } from '../../core/native.ts';
import { iter } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { readArguments } from './arguments.ts';
import { giveAttributes, managedParts } from './managed.ts';
import { callTyping, refusesSubclasses, requireName, unpacked, withCallerModule } from './support.ts';

/** The variable of `[*Ts]`. Borrows `name`. */
export function newTypeVarTuple(rt: Runtime, name: Ref): Owned {
  const o = gcNew(rt, T.typeVarTuple);
  rt.words[o + TypeVarTupleWord.Name] = newRef(rt, name);
  track(rt, o);
  return o;
}

function typeVarTupleNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const [name = 0] = readArguments(rt, 'typevartuple', ['name'], 1, 1, args, kwargs);
  requireName(rt, 'typevartuple', name);
  return withCallerModule(rt, newTypeVarTuple(rt, name));
}

/** `iter(Ts)`: gives `Unpack[Ts]` once. @runsPython */
function typeVarTupleIter(rt: Runtime, self: Ref): Owned {
  const m = tempMark(rt);
  const tuple = temp(rt, tupleTake(rt, unpacked(rt, self)));
  return releaseKeeping(rt, m, iter(rt, tuple));
}

defineType({
  ref: T.typeVarTuple,
  name: 'typing.TypeVarTuple',
  heapType: 'immutable',
  basicSize: 24,
  words: TypeVarTupleWord.Words,
  ...managedParts('TypeVarTuple', [], [TypeVarTupleWord.Name], true),
  doc: 'Type variable tuple: stands for any number of types.\n\n    def first[T, *Ts](items: tuple[T, *Ts]) -> T: ...\n',
  slots: {
    new: typeVarTupleNew,
    repr: (rt, self) => newRef(rt, rt.words[self + TypeVarTupleWord.Name]),
    iter: typeVarTupleIter,
  },
  methods: [
    native('__typing_subst__($self, /, arg)', (rt) =>
      typeError(rt, 'Substitution of bare TypeVarTuple is not supported'),
    ),
    native('__typing_prepare_subst__($self, /, alias, args)', (rt, self, alias, args) =>
      callTyping(rt, '_typevartuple_prepare_subst', self, alias, args),
    ),
    native('__reduce__($self, /)', (rt, self) => newRef(rt, rt.words[self + TypeVarTupleWord.Name])),
    refusesSubclasses('TypeVarTuple'),
  ],
  members: [member('__name__', TypeVarTupleWord.Name)],
  populate: (rt) => {
    giveAttributes(rt, T.typeVarTuple);
  },
});
