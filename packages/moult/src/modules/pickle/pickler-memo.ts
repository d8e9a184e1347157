/** `Pickler.memo`: the memo as an object that can be copied, cleared and set. */
import { addressOf, gcNew, LayoutKind, newRef, ObjectWord, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictCopy, dictNext, dictSet, dictValueAt, newDict } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { T } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isTuple, kindName } from '../../core/types.ts';
import { PICKLER_MEMO, ProxyWord } from './layout.ts';
import { clearMemo, eachMemo, memoSet } from './memo.ts';

/** A proxy of either kind. */
export function newProxy(rt: Runtime, type: Ref, owner: Ref): Owned {
  const proxy = gcNew(rt, type);
  rt.words[proxy + ProxyWord.Owner] = newRef(rt, owner);
  track(rt, proxy);
  return proxy;
}

/** `{id(o): (number, o)}` */
function copy(rt: Runtime, proxy: Ref): Owned {
  const dict = temp(rt, newDict(rt));
  eachMemo(rt, rt.words[proxy + ProxyWord.Owner], (o, index) => {
    const m = tempMark(rt);
    const value = temp(rt, tupleOf(rt, temp(rt, newInt(rt, index)), o));
    dictSet(rt, dict, temp(rt, newInt(rt, addressOf(o))), value);
    releaseTemps(rt, m);
  });
  return untemp(rt, dict);
}

/** The pairs of a memo that is being set; a copy, since what is replaced may belong to `value`. */
function setMemo(rt: Runtime, self: Ref, value: Ref): void {
  if (value === 0) typeError(rt, 'attribute deletion is not supported');
  const isProxy = rt.words[value + ObjectWord.Type] === PICKLER_MEMO;
  if (!isProxy && !isDict(rt, value)) {
    typeError(rt, `'memo' attribute must be a PicklerMemoProxy object or dict, not ${kindName(rt, value)}`);
  }
  const dict = temp(rt, isProxy ? copy(rt, value) : dictCopy(rt, value));
  const pairs: (readonly [Ref, number])[] = [];
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const pair = dictValueAt(rt, dict, i);
    if (!isTuple(rt, pair) || tupleSize(rt, pair) !== 2) typeError(rt, "'memo' values must be 2-item tuples");
    pairs.push([tupleItem(rt, pair, 1), asSsize(rt, tupleItem(rt, pair, 0))]);
  }
  clearMemo(rt, self);
  for (const [o, index] of pairs) memoSet(rt, self, o, index);
  dropTemp(rt, dict);
}

export const PICKLER_MEMO_ATTRIBUTE = getset('memo', (rt, self) => newProxy(rt, PICKLER_MEMO, self), setMemo);

/** Declares a proxy's type: it can be cleared, copied to a dict, and pickles as that. */
export function defineProxy(
  ref: Ref,
  name: string,
  clear: (rt: Runtime, owner: Ref) => void,
  toDict: (rt: Runtime, proxy: Ref) => Owned,
): void {
  defineType({
    ref,
    name,
    heapType: 'immutable',
    basicSize: 8 * ProxyWord.Words,
    flags: TypeFlag.HaveGc | TypeFlag.BaseType,
    layout: LayoutKind.Fixed,
    traverse: [ProxyWord.Owner],
    slots: { hash: null },
    methods: [
      native(
        'clear($self, /)',
        (rt, proxy) => {
          clear(rt, rt.words[proxy + ProxyWord.Owner]);
          return none();
        },
        { doc: 'Remove all items from memo.' },
      ),
      native('copy($self, /)', toDict, { doc: 'Copy the memo to a new object.' }),
      native(
        '__reduce__($self, /)',
        (rt, proxy) => {
          const args = temp(rt, tupleOf(rt, temp(rt, toDict(rt, proxy))));
          return tupleOf(rt, T.dict, args);
        },
        { doc: 'Implement pickle support.' },
      ),
    ],
  });
}

defineProxy(PICKLER_MEMO, '_pickle.PicklerMemoProxy', clearMemo, copy);
