/**
 * `functools._lru_cache_wrapper`. A bounded cache keeps its entries in a ring, oldest first, in which the wrapper itself is
 * the root. The ring owns its links; the dict owns another reference to each.
 */
import {
  allocObject,
  clearWeakrefs,
  clearWord,
  freeObject,
  LayoutKind,
  newRef,
  ObjectWord,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { bindNew, parameters } from '../../core/bind-new.ts';
import { callWithTuple, vectorcall } from '../../core/call.ts';
import {
  dictClear,
  dictDeleteHash,
  dictGetHash,
  dictKeyAt,
  dictLength,
  dictNext,
  dictSetHash,
  dictValueAt,
  newDict,
} from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { Id } from '../../core/names.ts';
import { getset, native } from '../../core/native.ts';
import { getAttr } from '../../core/protocol/attribute.ts';
import { hash, isTrue } from '../../core/protocol/compare.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, forgetTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { newTuple, tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { slotOf } from '../../core/types.ts';
import { newMethod } from '../../objects/functions/make.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { genericGetDict, genericSetDict } from '../../objects/type/instance-dict.ts';

/** CPython's `lru_list_elem` (56 bytes), with the hash's high half behind. */
const enum Link {
  Previous = 2,
  Next = 3,
  HashLow = 4,
  Key = 5,
  Result = 6,
  HashHigh = 7,
  Words = 8,
  Bytes = 56,
}

/** CPython's `lru_cache_object` (152 bytes); it begins like a link. `MaxSize` −1: no bound. */
const enum Word {
  Typed = 8,
  Cache = 9,
  Hits = 10,
  Function = 11,
  MaxSize = 12,
  Misses = 13,
  KeywordMark = 14,
  LinkType = 15,
  InfoType = 16,
  Dict = 17,
  WeakList = 18,
}

export const LRU_CACHE = moduleType();
const LINK = moduleType();
const MAX_SIZE = 0x7fffffff;

const PARAMETERS = parameters('lru_cache(user_function, maxsize, typed, cache_info_type)');

function cacheNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [fn, bound, typed, info] = bindNew(rt, PARAMETERS, args, kwargs);
  const isTyped = isTrue(rt, typed);
  if (slotOf(rt, fn, TypeWord.Call) === 0) typeError(rt, 'the first argument must be callable');
  const maxSize = boundOf(rt, bound);
  const o = temp(rt, allocInstance(rt, type, 0));
  const H = rt.words;
  H[o + Link.Previous] = H[o + Link.Next] = o;
  H[o + Word.Typed] = isTyped ? 1 : 0;
  H[o + Word.Cache] = newDict(rt);
  H[o + Word.Function] = newRef(rt, fn);
  H[o + Word.MaxSize] = maxSize;
  H[o + Word.KeywordMark] = allocInstance(rt, T.object, 0);
  H[o + Word.LinkType] = newRef(rt, LINK);
  H[o + Word.InfoType] = newRef(rt, info);
  return untemp(rt, o);
}

function boundOf(rt: Runtime, bound: Ref): number {
  if (bound === S.None) return -1;
  if (!hasIndex(rt, bound)) typeError(rt, 'maxsize should be integer or None');
  return Math.min(Math.max(indexNumber(rt, bound, T.OverflowError), 0), MAX_SIZE);
}

/** The key of a call. A single int or str stands for itself. Source: CPython 3.12 lru_cache_make_key. */
function makeKey(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = tupleSize(rt, args);
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  const typed = H[o + Word.Typed] !== 0;
  if (!typed && nkw === 0) {
    const only = n === 1 ? tupleItem(rt, args, 0) : 0;
    const scalar = only !== 0 && (H[only + ObjectWord.Type] === T.str || H[only + ObjectWord.Type] === T.int);
    return newRef(rt, scalar ? only : args);
  }
  const key = newTuple(rt, n + (nkw === 0 ? 0 : 2 * nkw + 1) + (typed ? n + nkw : 0));
  let at = key + TupleWord.Items;
  for (let i = 0; i < n; i++) H[at++] = newRef(rt, tupleItem(rt, args, i));
  if (nkw > 0) at = addKeywords(rt, kwargs, H[o + Word.KeywordMark], at);
  if (typed) addTypes(rt, args, kwargs, nkw, at);
  return key;
}

function addKeywords(rt: Runtime, kwargs: Ref, mark: Ref, at: number): number {
  const H = rt.words;
  H[at++] = newRef(rt, mark);
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    H[at++] = newRef(rt, dictKeyAt(rt, kwargs, i));
    H[at++] = newRef(rt, dictValueAt(rt, kwargs, i));
  }
  return at;
}

function addTypes(rt: Runtime, args: Ref, kwargs: Ref, nkw: number, at: number): void {
  const H = rt.words;
  for (let i = 0; i < tupleSize(rt, args); i++) H[at++] = newRef(rt, H[tupleItem(rt, args, i) + ObjectWord.Type]);
  if (nkw === 0) return;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    H[at++] = newRef(rt, H[dictValueAt(rt, kwargs, i) + ObjectWord.Type]);
  }
}

function cacheCall(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (H[o + Word.MaxSize] === 0) {
    H[o + Word.Misses]++;
    return callWithTuple(rt, H[o + Word.Function], args, kwargs);
  }
  const m = tempMark(rt);
  const key = temp(rt, makeKey(rt, o, args, kwargs));
  const lo = hash(rt, key);
  const hi = rt.hashHigh;
  const found = dictGetHash(rt, H[o + Word.Cache], key, lo, hi);
  if (found !== 0) return releaseKeeping(rt, m, hit(rt, o, found));
  H[o + Word.Misses]++;
  const result = temp(rt, callWithTuple(rt, H[o + Word.Function], args, kwargs));
  if (H[o + Word.MaxSize] < 0) dictSetHash(rt, H[o + Word.Cache], key, lo, hi, result);
  else remember(rt, o, key, lo, hi, result);
  return releaseKeeping(rt, m, newRef(rt, result));
}

/** The result that was found; in a bounded cache its link becomes the newest. */
function hit(rt: Runtime, o: Ref, found: Ref): Owned {
  const H = rt.words;
  H[o + Word.Hits]++;
  if (H[o + Word.MaxSize] < 0) return newRef(rt, found);
  extract(H, found);
  append(H, o, found);
  return newRef(rt, H[found + Link.Result]);
}

function extract(H: Int32Array, link: Ref): void {
  const previous = H[link + Link.Previous];
  const next = H[link + Link.Next];
  H[previous + Link.Next] = next;
  H[next + Link.Previous] = previous;
}

function append(H: Int32Array, root: Ref, link: Ref): void {
  const last = H[root + Link.Previous];
  H[last + Link.Next] = H[root + Link.Previous] = link;
  H[link + Link.Previous] = last;
  H[link + Link.Next] = root;
}

/** Enters a result, unless the call did so itself. A full cache uses its oldest link again. @runsPython
 *  Source: CPython 3.12 bounded_lru_cache_wrapper. */
function remember(rt: Runtime, o: Ref, key: Ref, lo: number, hi: number, result: Ref): void {
  const H = rt.words;
  const cache = H[o + Word.Cache];
  if (dictGetHash(rt, cache, key, lo, hi) !== 0) return;
  if (dictLength(rt, cache) < H[o + Word.MaxSize] || H[o + Link.Next] === o) {
    const link = temp(rt, newLink(rt, key, lo, hi, result));
    dictSetHash(rt, cache, key, lo, hi, link);
    append(H, o, link);
    forgetTemp(rt, link);
    return;
  }
  const link = H[o + Link.Next];
  extract(H, link);
  temp(rt, link as Owned);
  if (!dictDeleteHash(rt, cache, H[link + Link.Key], H[link + Link.HashLow], H[link + Link.HashHigh])) return;
  forgetTemp(rt, link);
  const oldResult = temp(rt, H[link + Link.Result] as Owned);
  const oldKey = temp(rt, H[link + Link.Key] as Owned);
  temp(rt, link as Owned);
  setLink(rt, link, key, lo, hi, result);
  dictSetHash(rt, cache, key, lo, hi, link);
  append(H, o, link);
  forgetTemp(rt, link);
  dropTemp(rt, oldKey);
  dropTemp(rt, oldResult);
}

function newLink(rt: Runtime, key: Ref, lo: number, hi: number, result: Ref): Owned {
  const link = allocObject(rt, LINK, Link.Words, Link.Bytes);
  setLink(rt, link, key, lo, hi, result);
  return link;
}

function setLink(rt: Runtime, link: Ref, key: Ref, lo: number, hi: number, result: Ref): void {
  const H = rt.words;
  H[link + Link.HashLow] = lo;
  H[link + Link.HashHigh] = hi;
  H[link + Link.Key] = newRef(rt, key);
  H[link + Link.Result] = newRef(rt, result);
}

function linkDealloc(rt: Runtime, link: Ref): void {
  clearWord(rt, link + Link.Key);
  clearWord(rt, link + Link.Result);
  freeObject(rt, link);
}

/** Takes the ring apart and puts its links on the temporaries, the oldest on top. */
function unlinkAll(rt: Runtime, o: Ref): void {
  const H = rt.words;
  for (let link = H[o + Link.Previous]; link !== o; link = H[link + Link.Previous]) temp(rt, link as Owned);
  H[o + Link.Previous] = H[o + Link.Next] = o;
}

function cacheClear(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  unlinkAll(rt, o);
  H[o + Word.Hits] = H[o + Word.Misses] = 0;
  dictClear(rt, H[o + Word.Cache]);
  releaseTemps(rt, m);
  return none();
}

function cacheInfo(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const maxSize = H[o + Word.MaxSize];
  temp(rt, newInt(rt, H[o + Word.Hits]));
  temp(rt, newInt(rt, H[o + Word.Misses]));
  temp(rt, maxSize < 0 ? none() : newInt(rt, maxSize));
  temp(rt, newInt(rt, dictLength(rt, H[o + Word.Cache])));
  return releaseKeeping(rt, m, vectorcall(rt, H[o + Word.InfoType], m, 4, 0));
}

function cacheGet(rt: Runtime, o: Ref, object: Ref): Owned {
  return object === 0 || object === S.None ? newRef(rt, o) : newMethod(rt, o, object);
}

const OWNED_WORDS = [Word.Cache, Word.Function, Word.KeywordMark, Word.LinkType, Word.InfoType, Word.Dict];

/** The collector sees through the links, which it does not know; the audit finds the links themselves, which hold their type. */
const cacheLayout: CustomLayout = {
  name: 'lru cache',
  traverse(heap: Heap, o: Ref, visit: Visit): void {
    const H = heap.words;
    for (let link = H[o + Link.Next]; link !== o; link = H[link + Link.Next]) {
      visit(H[link + Link.Key]);
      visit(H[link + Link.Result]);
      visit(H[link + ObjectWord.Type]);
    }
    for (const word of OWNED_WORDS) if (H[o + word] !== 0) visit(H[o + word]);
  },
  owned(heap: Heap, o: Ref, visit: Visit): void {
    const H = heap.words;
    for (let link = H[o + Link.Next]; link !== o; link = H[link + Link.Next]) {
      visit(link);
      visit(H[link + Link.Key]);
      visit(H[link + Link.Result]);
    }
    for (const word of OWNED_WORDS) if (H[o + word] !== 0) visit(H[o + word]);
  },
  base: LayoutKind.None,
  clear(heap: Heap, o: Ref): void {
    clearCache(heap as Runtime, o);
  },
};

function clearCache(rt: Runtime, o: Ref): void {
  const m = tempMark(rt);
  unlinkAll(rt, o);
  for (const word of OWNED_WORDS) clearWord(rt, o + word);
  releaseTemps(rt, m);
}

function cacheDealloc(rt: Runtime, o: Ref): void {
  untrack(rt, o);
  if (rt.words[o + Word.WeakList] !== 0) clearWeakrefs(rt, o);
  clearCache(rt, o);
  freeObject(rt, o);
}

defineType({
  ref: LINK,
  name: 'functools._lru_list_elem',
  heapType: 'immutable',
  basicSize: Link.Bytes,
  words: Link.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.None,
  dealloc: linkDealloc,
});

defineType({
  ref: LRU_CACHE,
  name: 'functools._lru_cache_wrapper',
  heapType: 'immutable',
  basicSize: 152,
  flags: TypeFlag.HaveGc | TypeFlag.MethodDescriptor,
  layout: cacheLayout,
  dealloc: cacheDealloc,
  dictWord: Word.Dict,
  weakListWord: Word.WeakList,
  doc:
    'Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\nmaxsize:  0         ' +
    'for no caching\n          None      for unlimited cache size\n          n         for a bounded cache\n\ntyped:    False     cache ' +
    'f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as distinct calls\n\ncache_info_type:    namedtuple ' +
    'class with the fields:\n                        hits misses currsize maxsize\n',
  slots: { new: cacheNew, call: cacheCall, descrGet: cacheGet },
  methods: [
    native('cache_info($self, /)', cacheInfo, { doc: 'Report cache statistics' }),
    native('cache_clear($self, /)', cacheClear, { doc: 'Clear the cache and cache statistics' }),
    native('__reduce__()', (rt, o) => getAttr(rt, o, Id.__qualname__), { unsigned: true }),
    native('__copy__()', (rt, o) => newRef(rt, o), { unsigned: true }),
    native('__deepcopy__(memo, /)', (rt, o) => newRef(rt, o), { unsigned: true }),
  ],
  getset: [getset('__dict__', genericGetDict, genericSetDict)],
});
