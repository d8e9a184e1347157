/** The types `set` and `frozenset`. */
import { newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { frozensetHashEnd, frozensetHashStep, hashHi } from '../../numeric/hash.ts';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { SetEntry, SetSize, SetWord } from '../../core/layout/set.ts';
import { onConnect } from '../../core/installers.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { setIter } from './iterator.ts';
import { emptySet, newSetFrom, setClear, setDealloc, setLayout, setTableBytes } from './make.ts';
import { FROZENSET_METHODS, INPLACE_OPERATORS, OPERATORS, SET_METHODS, setContains, setRepr } from './methods.ts';
import { setRichCompare } from './operations.ts';
import { setEntryAt, setLength, setNext } from './table.ts';
import { setUpdate } from './update.ts';

export { copySet, emptySet, isAnySet, newSet, newSetFrom, setClear, setTableBytes } from './make.ts';
export { setContains } from './methods.ts';
export { difference, intersection, isSubset, isSuperset, symmetricDifference, union } from './operations.ts';
export { setAdd, setAddHash, setDiscard, setEntryAt, setHas, setHasHash, setLength, setNext, setPop } from './table.ts';
export { setDifferenceUpdate, setSymmetricUpdate, setUpdate } from './update.ts';

/** The hash of a frozenset: of its members, in any order; kept in the object. @runsPython (not: hashes are known)
 *  Source: CPython 3.12 frozenset_hash. */
export function frozensetHash(rt: Runtime, s: Ref): number {
  const H = rt.words;
  if ((H[s + SetWord.HashLow] & H[s + SetWord.HashHigh]) === -1) {
    let lo = 0;
    let hi = 0;
    for (let i = setNext(rt, s, 0); i >= 0; i = setNext(rt, s, i + 1)) {
      const entry = setEntryAt(rt, s, i);
      lo = frozensetHashStep(lo, hi, H[entry + SetEntry.HashLow], H[entry + SetEntry.HashHigh]);
      hi = hashHi;
    }
    H[s + SetWord.HashLow] = frozensetHashEnd(lo, hi, H[s + SetWord.Used]);
    H[s + SetWord.HashHigh] = hashHi;
  }
  rt.hashHigh = H[s + SetWord.HashHigh];
  return H[s + SetWord.HashLow];
}

/** The only argument of a constructor, 0 if there is none. */
function onlyArgument(rt: Runtime, name: string, args: number, nargs: number): Ref {
  if (nargs > 1) typeError(rt, `${name} expected at most 1 argument, got ${nargs}`);
  return nargs === 0 ? 0 : rt.words[args];
}

function refuseKeywords(rt: Runtime, name: string, count: number): void {
  if (count > 0) typeError(rt, `${name}() takes no keyword arguments`);
}

function setNew(rt: Runtime, type: Ref): Owned {
  return emptySet(rt, type);
}

/** `set.__init__` @runsPython */
function setInit(rt: Runtime, s: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  refuseKeywords(rt, 'set', kwargs === 0 ? 0 : dictLength(rt, kwargs));
  const type = H[s + ObjectWord.Type];
  const iterable = onlyArgument(rt, typeFullName(rt, type), args + TupleWord.Items, H[args + TupleWord.Size]);
  if (H[s + SetWord.Fill] !== 0) setClear(rt, s);
  H[s + SetWord.HashLow] = H[s + SetWord.HashHigh] = -1;
  if (iterable !== 0) setUpdate(rt, s, iterable);
}

function setVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  refuseKeywords(rt, 'set', kwnames === 0 ? 0 : rt.words[kwnames + TupleWord.Size]);
  const iterable = onlyArgument(rt, 'set', args, nargs);
  return iterable === 0 ? emptySet(rt, type) : newSetFrom(rt, type, iterable);
}

/** A frozenset; of an exact frozenset the same one.
 *  Source: CPython 3.12 make_new_frozenset. */
export function newFrozenset(rt: Runtime, type: Ref, iterable: Ref): Owned {
  if (iterable === 0) return emptySet(rt, type);
  const H = rt.words;
  if (type === (T.frozenset as number) && H[iterable + ObjectWord.Type] === T.frozenset) return newRef(rt, iterable);
  return newSetFrom(rt, type, iterable);
}

/** `frozenset.__new__` @runsPython */
function frozensetNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const plain = type === (T.frozenset as number) || H[type + TypeWord.Init] === H[T.frozenset + TypeWord.Init];
  if (plain) refuseKeywords(rt, 'frozenset', kwargs === 0 ? 0 : dictLength(rt, kwargs));
  return newFrozenset(
    rt,
    type,
    onlyArgument(rt, typeFullName(rt, type), args + TupleWord.Items, H[args + TupleWord.Size]),
  );
}

function frozensetVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  refuseKeywords(rt, 'frozenset', kwnames === 0 ? 0 : rt.words[kwnames + TupleWord.Size]);
  return newFrozenset(rt, type, onlyArgument(rt, 'frozenset', args, nargs));
}

const SHARED_SPEC = {
  basicSize: SetSize.BasicBytes,
  words: SetWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType | TypeFlag.MatchSelf,
  layout: setLayout,
  dealloc: setDealloc,
  weakListWord: SetWord.WeakList,
  shownWeakListOffset: 192,
} as const;

const SHARED_SLOTS = {
  repr: setRepr,
  richcompare: setRichCompare,
  iter: setIter,
  sqLength: setLength,
  sqContains: setContains,
  ...OPERATORS,
} as const;

defineType({
  ...SHARED_SPEC,
  ref: T.set,
  name: 'set',
  doc: 'set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements.',
  slots: { ...SHARED_SLOTS, ...INPLACE_OPERATORS, hash: null, new: setNew, init: setInit, vectorcall: setVectorcall },
  methods: SET_METHODS,
});

defineType({
  ...SHARED_SPEC,
  ref: T.frozenset,
  name: 'frozenset',
  doc: 'frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements.',
  slots: { ...SHARED_SLOTS, hash: frozensetHash, new: frozensetNew, vectorcall: frozensetVectorcall },
  methods: FROZENSET_METHODS,
});

/** Frozensets for the compiler's constants, and the blocks of tables for the audit. */
function install(rt: Runtime): void {
  rt.newFrozenSet = (iterable) => newSetFrom(rt, T.frozenset, iterable);
  const addOthers = rt.addBlocks;
  rt.addBlocks = (o, add) => {
    const H = rt.words;
    const nbytes =
      H[H[o + ObjectWord.Type] + TypeWord.BaseLayout] === H[T.set + TypeWord.BaseLayout] ? setTableBytes(rt, o) : 0;
    if (nbytes > 0) add(nbytes);
    return addOthers(o, add);
  };
}

onConnect(install);
