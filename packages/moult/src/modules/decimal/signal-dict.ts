/** The mixin of signal dicts: the flags or traps of a context, as a mapping from signals to bools. */

import { TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength, dictSet, newDict } from '../../core/dict/index.ts';
import { valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { iter } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, typeName } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { SIGNAL_DICT_MIXIN, SignalDictWord } from './layout.ts';
import { flagsOfDict, flagsOfMixin, flagsOfSignal, wordOfDict } from './signal-flags.ts';
import { SIGNALS } from './signals.ts';

/** A dict of all signals with True or False. */
function asDict(rt: Runtime, self: Ref): Owned {
  const flags = flagsOfMixin(rt, self);
  const dict = temp(rt, newDict(rt));
  for (const signal of SIGNALS) dictSet(rt, dict, signal.type, pyBool((flags & signal.flags) !== 0));
  return untemp(rt, dict);
}

function mixinItem(rt: Runtime, self: Ref, key: Ref): Owned {
  return pyBool((flagsOfMixin(rt, self) & flagsOfSignal(rt, key)) !== 0) as Owned;
}

function setMixinItem(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  const word = wordOfDict(rt, self);
  if (value === 0) valueError(rt, 'signal keys cannot be deleted');
  const flags = flagsOfSignal(rt, key);
  if (isTrue(rt, value)) rt.words[word] |= flags;
  else rt.words[word] &= ~flags;
}

function mixinRepr(rt: Runtime, self: Ref): Owned {
  const flags = flagsOfMixin(rt, self);
  const items = SIGNALS.map(
    (signal) => `<class 'decimal.${typeName(rt, signal.type)}'>:${(flags & signal.flags) !== 0 ? 'True' : 'False'}`,
  );
  return newStr(rt, `{${items.join(', ')}}`);
}

/** What a dict that lacks signals gives: it differs, but an empty one is an error. */
function notComparable(rt: Runtime, dict: Ref): Owned {
  if (dictLength(rt, dict) === 0) valueError(rt, 'invalid signal dict');
  return S.NotImplemented as Ref as Owned;
}

function compareMixin(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  const own = flagsOfMixin(rt, self);
  if (op !== CompareOp.Eq && op !== CompareOp.Ne) return S.NotImplemented as Ref as Owned;
  const isMixin = isInstance(rt, other, SIGNAL_DICT_MIXIN);
  if (!isMixin && !isInstance(rt, other, T.dict)) return S.NotImplemented as Ref as Owned;
  if (!isMixin && dictLength(rt, other) !== SIGNALS.length) return notComparable(rt, other);
  const flags = isMixin ? flagsOfMixin(rt, other) : flagsOfDict(rt, other);
  return pyBool((own === flags) === (op === CompareOp.Eq)) as Owned;
}

function mixinIter(rt: Runtime, self: Ref): Owned {
  wordOfDict(rt, self);
  const keys = temp(rt, tupleOf(rt, ...SIGNALS.map((signal) => signal.type)));
  const it = temp(rt, iter(rt, keys));
  const result = untemp(rt, it);
  dropTemp(rt, keys);
  return result;
}

defineType({
  ref: SIGNAL_DICT_MIXIN,
  name: 'decimal.SignalDictMixin',
  genericAccess: 'get',
  basicSize: 8 * SignalDictWord.Words,
  flags: TypeFlag.BaseType,
  slots: {
    new: (rt, type) => allocInstance(rt, type, 0),
    init: () => undefined,
    repr: mixinRepr,
    hash: null,
    richcompare: compareMixin,
    iter: mixinIter,
    mpLength: (rt, self) => (wordOfDict(rt, self) > 0 ? SIGNALS.length : 0),
    mpSubscript: mixinItem,
    mpAssSubscript: setMixinItem,
  },
  methods: [native('copy()', asDict, { unsigned: true })],
});
