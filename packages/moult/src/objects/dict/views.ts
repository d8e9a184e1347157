/** Views of dicts: `keys()`, `values()`, `items()`. */
import { gcNew, LayoutKind, newRef, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictContains, dictGet, dictLength } from '../../core/dict/index.ts';
import { CompareOp } from '../../core/functions.ts';
import { DictViewWord } from '../../core/layout/dict.ts';
import { listFromIterable } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import { reprEnter, reprLeave, reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import type { Slots } from '../../core/type-spec.ts';
import { isTuple, kindName } from '../../core/types.ts';
import { newMappingProxy } from '../descriptors/mappingproxy.ts';
import { newDictIterator } from './iterators.ts';
import { isDisjointView, VIEW_SET_SLOTS } from './view-operations.ts';

/** A view of that type on the dict. */
export function newDictView(rt: Runtime, d: Ref, type: Ref): Owned {
  const view = gcNew(rt, type);
  rt.words[view + DictViewWord.Dict] = newRef(rt, d);
  track(rt, view);
  return view;
}

/** `len(view)` */
export function viewLength(rt: Runtime, view: Ref): number {
  return dictLength(rt, rt.words[view + DictViewWord.Dict]);
}

/** `key in d.keys()` @runsPython */
export function keysContain(rt: Runtime, view: Ref, key: Ref): boolean {
  return dictContains(rt, rt.words[view + DictViewWord.Dict], key);
}

/** `(key, value) in d.items()` @runsPython
 *  Source: CPython 3.12 dictitems_contains. */
export function itemsContain(rt: Runtime, view: Ref, item: Ref): boolean {
  const H = rt.words;
  if (!isTuple(rt, item) || H[item + TupleWord.Size] !== 2) return false;
  const found = dictGet(rt, H[view + DictViewWord.Dict], H[item + TupleWord.Items]);
  if (found === 0) return false;
  temp(rt, newRef(rt, found));
  const equal = compareBool(rt, found, H[item + TupleWord.Items + 1], CompareOp.Eq);
  dropTemp(rt, found);
  return equal;
}

/** `repr(view)` @runsPython
 *  Source: CPython 3.12 dictview_repr. */
function viewRepr(rt: Runtime, view: Ref): Owned {
  if (reprEnter(rt, view)) return newStr(rt, '...');
  try {
    const list = temp(rt, listFromIterable(rt, view));
    const text = `${kindName(rt, view)}(${reprText(rt, list)})`;
    dropTemp(rt, list);
    return newStr(rt, text);
  } finally {
    reprLeave(rt, view);
  }
}

function reversedMethod(type: Ref, what: string): NativeDefinition {
  return native('__reversed__()', (rt, view) => newDictIterator(rt, rt.words[view + DictViewWord.Dict], type), {
    doc: `Return a reverse iterator over the dict ${what}.`,
    unsigned: true,
  });
}

const DISJOINT = native('isdisjoint(other, /)', isDisjointView, {
  doc: 'Return True if the view and the given iterable have a null intersection.',
  unsigned: true,
});

const MAPPING = getset(
  'mapping',
  (rt, view) => newMappingProxy(rt, rt.words[view + DictViewWord.Dict]),
  null,
  'dictionary that this view refers to',
);

function defineView(ref: Ref, name: string, iterator: Ref, slots: Slots, methods: readonly NativeDefinition[]): void {
  defineType({
    ref,
    name,
    basicSize: 24,
    words: DictViewWord.Words,
    flags: TypeFlag.HaveGc,
    layout: LayoutKind.Fixed,
    traverse: [DictViewWord.Dict],
    slots: {
      repr: viewRepr,
      iter: (rt, view) => newDictIterator(rt, rt.words[view + DictViewWord.Dict], iterator),
      sqLength: viewLength,
      ...slots,
    },
    methods,
    getset: [MAPPING],
  });
}

defineView(T.dictKeys, 'dict_keys', T.dictKeyIterator, { ...VIEW_SET_SLOTS, sqContains: keysContain, hash: null }, [
  DISJOINT,
  reversedMethod(T.dictReverseKeyIterator, 'keys'),
]);
defineView(T.dictValues, 'dict_values', T.dictValueIterator, {}, [
  reversedMethod(T.dictReverseValueIterator, 'values'),
]);
defineView(T.dictItems, 'dict_items', T.dictItemIterator, { ...VIEW_SET_SLOTS, sqContains: itemsContain, hash: null }, [
  DISJOINT,
  reversedMethod(T.dictReverseItemIterator, 'items'),
]);
