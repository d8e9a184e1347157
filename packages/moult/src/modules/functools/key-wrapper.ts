/** `cmp_to_key` and `reduce`. */
import { genericAlloc, LayoutKind, newRef, ObjectWord, touchTuple, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bindNew, parameters } from '../../core/bind-new.ts';
import { call2 } from '../../core/call.ts';
import { attributeError, caught, clearException, mark, pendingMatches, typeError } from '../../core/errors.ts';
import { member, native } from '../../core/native.ts';
import { richCompare } from '../../core/protocol/compare.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { smallInt, T } from '../../core/static.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { tupleOf } from '../../core/tuple.ts';

const enum Word {
  Compare = 2,
  Object = 3,
}

export const KEY_WRAPPER = moduleType();

function newKeyWrapper(rt: Runtime, compare: Ref, object: Ref): Owned {
  const o = genericAlloc(rt, KEY_WRAPPER);
  rt.words[o + Word.Compare] = newRef(rt, compare);
  rt.words[o + Word.Object] = object === 0 ? 0 : newRef(rt, object);
  return o;
}

const PARAMETERS = parameters('K(obj)');

function keyCall(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  const [object] = bindNew(rt, PARAMETERS, args, kwargs);
  return newKeyWrapper(rt, rt.words[o + Word.Compare], object);
}

/** Compares what the function gives with 0. @runsPython */
function keyCompare(rt: Runtime, o: Ref, other: Ref, op: number): Owned {
  const H = rt.words;
  if (H[other + ObjectWord.Type] !== KEY_WRAPPER) typeError(rt, 'other argument must be K instance');
  const a = H[o + Word.Object];
  const b = H[other + Word.Object];
  if (a === 0 || b === 0) attributeError(rt, 'object');
  const m = tempMark(rt);
  const answer = temp(rt, call2(rt, H[o + Word.Compare], a, b));
  return releaseKeeping(rt, m, richCompare(rt, answer, smallInt(0), op));
}

function cmpToKey(rt: Runtime, _module: Ref, compare: Ref): Owned {
  return newKeyWrapper(rt, compare, 0);
}

/** `functools.reduce` @runsPython */
function reduce(rt: Runtime, _module: Ref, fn: Ref, iterable: Ref, initial: Ref): Owned {
  const m = tempMark(rt);
  temp(rt, initial === 0 ? tupleOf(rt, fn, iterable) : tupleOf(rt, fn, iterable, initial));
  touchTuple(rt, 2);
  const it = temp(rt, iterateOr(rt, iterable));
  let result = initial === 0 ? iterNext(rt, it) : newRef(rt, initial);
  if (result === 0) return typeError(rt, 'reduce() of empty iterable with no initial value');
  for (;;) {
    temp(rt, result);
    const item = iterNext(rt, it);
    if (item === 0) return releaseKeeping(rt, m, untemp(rt, result));
    temp(rt, item);
    result = dropBoth(rt, item, result, call2(rt, fn, result, item));
  }
}

/** Releases item and result of one step while the next result is held; returns that. */
function dropBoth(rt: Runtime, item: Ref, result: Ref, next: Owned): Owned {
  if (rt.words[item] === 1 || rt.words[result] === 1) return releaseKeeping(rt, tempMark(rt) - 2, next);
  dropTemp(rt, item);
  dropTemp(rt, result);
  return next;
}

function iterateOr(rt: Runtime, iterable: Ref): Owned {
  const m = mark(rt);
  try {
    return iter(rt, iterable);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, 'reduce() arg 2 must support iteration');
  }
}

export const FUNCTIONS = [
  native('reduce($module, function, iterable, initial=<unrepresentable>, /)', reduce, {
    doc:
      'reduce(function, iterable[, initial], /) -> value\n\nApply a function of two arguments cumulatively to the items of an ' +
      'iterable, from left to right.',
  }),
  native('cmp_to_key($module, /, mycmp)', cmpToKey, {
    doc: 'Convert a cmp= function into a key= function.\n\n  mycmp\n    Function that compares two objects.',
  }),
];

defineType({
  ref: KEY_WRAPPER,
  name: 'functools.KeyWrapper',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 32,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [Word.Compare, Word.Object],
  slots: { call: keyCall, richcompare: keyCompare, hash: null },
  members: [member('obj', Word.Object, 0, false, 'Value wrapped by a key function.')],
});
