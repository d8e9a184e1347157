/** The type `collections.defaultdict`: to the collector a dict with one slot, as if a class statement had made it. */
import { Destructor, LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, callWithTuple } from '../../core/call.ts';
import { keyError, typeError } from '../../core/errors.ts';
import { native, member, MemberKind } from '../../core/native.ts';
import { callMethod0 } from '../../objects/type/call-method.ts';
import { iter, repr, reprEnter, reprLeave, setItem } from '../../core/protocol/index.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromWords, tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isInstance, slotOf, typeName } from '../../core/types.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { dictInit, dictRepr } from '../../objects/dict/methods.ts';
import { dictUpdateFrom } from '../../objects/dict/index.ts';
import { DefaultDictWord } from './layout.ts';
import { DEFAULT_DICT } from './types.ts';

/** `defaultdict.__init__` @runsPython */
function init(rt: Runtime, d: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  const factory = n === 0 ? 0 : H[args + TupleWord.Items];
  if (factory !== 0 && factory !== S.None && slotOf(rt, factory, TypeWord.Call) === 0) {
    typeError(rt, 'first argument must be callable or None');
  }
  const rest = temp(rt, tupleFromWords(rt, args + TupleWord.Items + 1, Math.max(n - 1, 0)));
  const old = H[d + DefaultDictWord.Factory];
  H[d + DefaultDictWord.Factory] = factory === 0 ? 0 : newRef(rt, factory);
  dictInit(rt, d, rest, kwargs);
  dropTemp(rt, rest);
  if (old !== 0) dropTemp(rt, temp(rt, old as Owned));
}

/** `d.__missing__(key)` @runsPython */
function missing(rt: Runtime, d: Ref, key: Ref): Owned {
  const factory = rt.words[d + DefaultDictWord.Factory];
  if (factory === 0 || factory === S.None) keyError(rt, key);
  const value = temp(rt, call0(rt, factory));
  setItem(rt, d, key, value);
  return untemp(rt, value);
}

function copy(rt: Runtime, d: Ref): Owned {
  return newLike(rt, d, d);
}

/** `type(d)(d.default_factory, items)` @runsPython */
function newLike(rt: Runtime, d: Ref, items: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const args = temp(rt, tupleOf(rt, H[d + DefaultDictWord.Factory] || S.None, items));
  return releaseKeeping(rt, m, callWithTuple(rt, H[d + ObjectWord.Type], args, 0));
}

function reduce(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const factory = H[d + DefaultDictWord.Factory];
  const args = factory === 0 || factory === S.None ? S.EmptyTuple : temp(rt, tupleOf(rt, factory));
  const items = temp(rt, callMethod0(rt, d, Id.items));
  const it = temp(rt, iter(rt, items));
  return tupleOf(rt, H[d + ObjectWord.Type], args, S.None, S.None, it);
}

/** `repr(d)` @runsPython */
function defaultDictRepr(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const base = temp(rt, dictRepr(rt, d));
  const factory = H[d + DefaultDictWord.Factory];
  const shown = factory === 0 ? 'None' : factoryText(rt, factory);
  return releaseKeeping(rt, m, newStr(rt, `${typeName(rt, H[d + ObjectWord.Type])}(${shown}, ${strText(rt, base)})`));
}

function factoryText(rt: Runtime, factory: Ref): string {
  if (reprEnter(rt, factory)) return '...';
  try {
    const text = temp(rt, repr(rt, factory));
    const shown = strText(rt, text);
    dropTemp(rt, text);
    return shown;
  } finally {
    reprLeave(rt, factory);
  }
}

/** `a | b` @runsPython */
function or(rt: Runtime, a: Ref, b: Ref): Owned {
  const left = isInstance(rt, a, DEFAULT_DICT);
  const other = left ? b : a;
  if (!isDict(rt, other)) return S.NotImplemented as Ref as Owned;
  const result = temp(rt, newLike(rt, left ? a : b, a));
  dictUpdateFrom(rt, result, b);
  return untemp(rt, result);
}

defineType({
  ref: DEFAULT_DICT,
  name: 'collections.defaultdict',
  heapType: 'immutable',
  genericAccess: 'get',
  base: T.dict,
  basicSize: 8 * DefaultDictWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc,
  doc:
    'defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n' +
    'The default factory is called without arguments to produce\na new value when a key is not present, in __getitem__ only.\n' +
    'A defaultdict compares equal to a dict with the same items.\n' +
    'All remaining arguments are treated the same as if they were\npassed to the dict constructor, including keyword arguments.',
  slots: { init, repr: defaultDictRepr, nbOr: or },
  methods: [
    native('__missing__(key, /)', missing, {
      unsigned: true,
      doc:
        '__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n' +
        '  if self.default_factory is None: raise KeyError((key,))\n' +
        '  self[key] = value = self.default_factory()\n  return value\n',
    }),
    native('copy()', copy, { unsigned: true, doc: 'D.copy() -> a shallow copy of D.' }),
    native('__copy__()', copy, { unsigned: true, doc: 'D.copy() -> a shallow copy of D.' }),
    native('__reduce__()', reduce, { unsigned: true, doc: 'Return state information for pickling.' }),
    classGetItemMethod(),
  ],
  members: [
    member(
      'default_factory',
      DefaultDictWord.Factory,
      MemberKind.Object,
      false,
      'Factory for default value called by __missing__().',
    ),
  ],
  populate: (rt) => {
    const H = rt.words;
    H[DEFAULT_DICT + TypeWord.Traverse] = LayoutKind.Instance;
    H[DEFAULT_DICT + TypeWord.BaseLayout] = LayoutKind.Dict;
    H[DEFAULT_DICT + TypeWord.SlotsStart] = DefaultDictWord.Factory;
    H[DEFAULT_DICT + TypeWord.SlotsEnd] = DefaultDictWord.Factory + 1;
    H[DEFAULT_DICT + TypeWord.Dealloc] = Destructor.Instance;
  },
});
