/** `functools.partial`. */
import { decref, LayoutKind, newRef, ObjectWord, setWord, TupleWord, TypeFlag, TypeWord, xincref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple, hasVectorcall, vectorcall } from '../../core/call.ts';
import {
  dictCopy,
  dictKeyAt,
  dictLength,
  dictMerge,
  dictNext,
  dictSetKeywords,
  dictValueAt,
  newDict,
  Override,
} from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { slotIndex } from '../../core/functions.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { repr, reprEnter, reprLeave, reprText, strTextOf } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, popArgs, pushArgs, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps, tupleFromWords, tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isDict, isTuple, slotOf, typeFullName } from '../../core/types.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { tupleFromIterable } from '../../objects/tuple.ts';
import { PASSING_TYPES } from '../../core/threads.ts';
import { tupleConcat } from '../../objects/tuple/operators.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { genericGetDict, genericSetDict } from '../../objects/type/instance-dict.ts';

const enum Word {
  Function = 2,
  Args = 3,
  Keywords = 4,
  Dict = 5,
  WeakList = 6,
  /** CPython's function to call; here always 0. */
  Vectorcall = 7,
}

export const PARTIAL = moduleType();

/** `partial(*args, **kwargs)`; `args` is a tuple, `kwargs` a dict or 0. Raises TypeError. @runsPython */
export function makePartial(rt: Runtime, args: Ref, kwargs: Ref): Owned {
  return partialNew(rt, PARTIAL, args, kwargs);
}

/** A partial of a partial without attributes is flattened. Source: CPython 3.12 partial_new. */
function partialNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (tupleSize(rt, args) < 1) typeError(rt, "type 'partial' takes at least one argument");
  const given = tupleItem(rt, args, 0);
  const inner = slotOf(rt, given, TypeWord.Call) === slotIndex(partialCall) && H[given + Word.Dict] === 0 ? given : 0;
  const fn = inner === 0 ? given : H[inner + Word.Function];
  if (slotOf(rt, fn, TypeWord.Call) === 0) typeError(rt, 'the first argument must be callable');
  const o = temp(rt, allocInstance(rt, type, 0));
  H[o + Word.Function] = newRef(rt, fn);
  const rest = temp(rt, tupleFromWords(rt, args + TupleWord.Items + 1, tupleSize(rt, args) - 1));
  H[o + Word.Args] = inner === 0 ? newRef(rt, rest) : tupleConcat(rt, H[inner + Word.Args], rest);
  dropTemp(rt, rest);
  H[o + Word.Keywords] = mergedKeywords(rt, inner === 0 ? 0 : H[inner + Word.Keywords], kwargs);
  return untemp(rt, o);
}

/** A new dict of the keywords, those of `later` over those of `base`; both may be 0. */
function mergedKeywords(rt: Runtime, base: Ref, later: Ref): Owned {
  if (base === 0 || dictLength(rt, base) === 0) return later === 0 ? newDict(rt) : dictCopy(rt, later);
  const all = temp(rt, dictCopy(rt, base));
  if (later !== 0) dictMerge(rt, all, later, Override.Replace);
  return untemp(rt, all);
}

function partialCall(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const keywords = temp(rt, mergedKeywords(rt, H[o + Word.Keywords], kwargs));
  const all = temp(rt, tupleConcat(rt, H[o + Word.Args], args));
  return releaseKeeping(rt, m, callWithTuple(rt, H[o + Word.Function], all, keywords));
}

/** Without keywords of its own the arguments go on as they are, unless the function takes them as a tuple. */
function partialVectorcall(rt: Runtime, o: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const own = H[o + Word.Args];
  const before = tupleSize(rt, own);
  if (dictLength(rt, H[o + Word.Keywords]) !== 0 || !hasVectorcall(rt, H[o + Word.Function]))
    return callMerged(rt, o, args, nargs, kwnames);
  const count = nargs + (kwnames === 0 ? 0 : tupleSize(rt, kwnames));
  const base = pushArgs(rt, before + count);
  H.copyWithin(base, own + TupleWord.Items, own + TupleWord.Items + before);
  H.copyWithin(base + before, args, args + count);
  const result = vectorcall(rt, H[o + Word.Function], base, before + nargs, kwnames);
  popArgs(rt, base);
  return result;
}

function callMerged(rt: Runtime, o: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const keywords = temp(rt, dictCopy(rt, H[o + Word.Keywords]));
  if (kwnames !== 0) dictSetKeywords(rt, keywords, kwnames, args + nargs);
  const given = temp(rt, tupleFromWords(rt, args, nargs));
  const all = temp(rt, tupleConcat(rt, H[o + Word.Args], given));
  return releaseKeeping(rt, m, callWithTuple(rt, H[o + Word.Function], all, keywords));
}

/** A thread can be parked in what a partial object calls. */
PASSING_TYPES.set(PARTIAL, (rt, o, first) => {
  const own = rt.words[o + Word.Args];
  return [rt.words[o + Word.Function], tupleSize(rt, own) > 0 ? tupleItem(rt, own, 0) : first];
});

function partialRepr(rt: Runtime, o: Ref): Owned {
  if (reprEnter(rt, o)) return newStr(rt, '...');
  try {
    return newStr(rt, `${typeFullName(rt, rt.words[o + ObjectWord.Type])}(${describe(rt, o).join(', ')})`);
  } finally {
    reprLeave(rt, o);
  }
}

/** The parts of the repr: function, arguments, keywords. */
function describe(rt: Runtime, o: Ref): string[] {
  const H = rt.words;
  const m = tempMark(rt);
  const args = temp(rt, newRef(rt, H[o + Word.Args]));
  const keywords = temp(rt, newRef(rt, H[o + Word.Keywords]));
  const texts: string[] = [];
  for (let i = 0; i < tupleSize(rt, args); i++) texts.push(reprText(rt, tupleItem(rt, args, i)));
  for (let i = dictNext(rt, keywords, 0); i >= 0; i = dictNext(rt, keywords, i + 1)) {
    const value = temp(rt, newRef(rt, dictValueAt(rt, keywords, i)));
    texts.push(`${strTextOf(rt, dictKeyAt(rt, keywords, i))}=${reprText(rt, value)}`);
    dropTemp(rt, value);
  }
  const fn = repr(rt, H[o + Word.Function]);
  texts.unshift(strText(rt, fn));
  decref(rt, releaseKeeping(rt, m, fn));
  return texts;
}

function reduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const fn = H[o + Word.Function];
  const state = tupleOf(rt, fn, H[o + Word.Args], H[o + Word.Keywords], H[o + Word.Dict] || S.None);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, H[o + ObjectWord.Type])),
    temp(rt, tupleOf(rt, fn)),
    temp(rt, state),
  );
}

function setState(rt: Runtime, o: Ref, state: Ref): Owned {
  if (!isTuple(rt, state) || tupleSize(rt, state) !== 4) typeError(rt, 'invalid partial state');
  const [fn, args, keywords, dict] = [0, 1, 2, 3].map((i) => tupleItem(rt, state, i)) as [Ref, Ref, Ref, Ref];
  const valid =
    slotOf(rt, fn, TypeWord.Call) !== 0 && isTuple(rt, args) && (keywords === S.None || isDict(rt, keywords));
  if (!valid) typeError(rt, 'invalid partial state');
  const H = rt.words;
  const exactArgs = temp(rt, H[args + 1] === T.tuple ? newRef(rt, args) : tupleFromIterable(rt, args));
  const exactKeywords = temp(
    rt,
    keywords === S.None
      ? newDict(rt)
      : H[keywords + ObjectWord.Type] === T.dict
        ? newRef(rt, keywords)
        : dictCopy(rt, keywords),
  );
  setWord(rt, o + Word.Function, newRef(rt, fn));
  const keywordsToSet = untemp(rt, exactKeywords);
  const argsToSet = untemp(rt, exactArgs);
  temp(rt, keywordsToSet);
  setWord(rt, o + Word.Args, argsToSet);
  setWord(rt, o + Word.Keywords, untemp(rt, keywordsToSet));
  const attributes = dict === S.None ? 0 : dict;
  xincref(rt, attributes);
  setWord(rt, o + Word.Dict, attributes as Owned);
  return none();
}

defineType({
  ref: PARTIAL,
  name: 'functools.partial',
  heapType: 'immutable',
  genericAccess: 'get and set',
  basicSize: 64,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [Word.Function, Word.Args, Word.Keywords, Word.Dict],
  dictWord: Word.Dict,
  weakListWord: Word.WeakList,
  doc: 'partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and keywords.\n',
  slots: { new: partialNew, call: partialCall, instanceVectorcall: partialVectorcall, repr: partialRepr },
  methods: [
    native('__reduce__()', reduce, { unsigned: true }),
    native('__setstate__(state, /)', setState, { unsigned: true }),
    classGetItemMethod(),
  ],
  members: [
    member('func', Word.Function, 0, true, 'function object to use in future partial calls'),
    member('args', Word.Args, 0, true, 'tuple of arguments to future partial calls'),
    member('keywords', Word.Keywords, 0, true, 'dictionary of keyword arguments to future partial calls'),
    member('__vectorcalloffset__', Word.Vectorcall, MemberKind.Number),
  ],
  getset: [getset('__dict__', genericGetDict, genericSetDict)],
});
