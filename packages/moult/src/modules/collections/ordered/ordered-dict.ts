/** The type `collections.OrderedDict`. Source: CPython 3.12 odictobject.c. */
import {
  clearWeakrefs,
  clearWord,
  deallocDict,
  LayoutKind,
  newRef,
  ObjectWord,
  trashcanBegin,
  trashcanEnd,
  TypeFlag,
  TypeWord,
  untrack,
  visitDict,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { call1 } from '../../../core/call.ts';
import { dictCopy, dictLength } from '../../../core/dict/index.ts';
import { CompareOp, slotIndex } from '../../../core/functions.ts';
import { onConnect } from '../../../core/installers.ts';
import { getset } from '../../../core/native.ts';
import { compareBool, reprEnter, reprLeave, reprText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { pyBool, S, T } from '../../../core/static.ts';
import { newStr } from '../../../core/str.ts';
import { dropTemp, temp, untemp } from '../../../core/temps.ts';
import { defineType } from '../../../core/type-spec.ts';
import { isDict, isInstance, typeName } from '../../../core/types.ts';
import { dictRichCompare } from '../../../objects/dict/methods.ts';
import { genericGetDict, genericSetDict } from '../../../objects/type/instance-dict.ts';
import { NodeWord, OrderedKind, OrderedWord } from '../layout.ts';
import { ORDERED_DICT } from '../types.ts';
import { clearOrdered, orderedAssign, orderedInit, requireState, updateFrom } from './items.ts';
import { newOrderedIterator } from './iterator.ts';
import { ORDERED_METHODS } from './methods.ts';
import { addNodeBlocks, clearNodes, visitNodes } from './nodes.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

/** `repr(od)` @runsPython */
function orderedRepr(rt: Runtime, od: Ref): Owned {
  const name = typeName(rt, rt.words[od + ObjectWord.Type]);
  if (dictLength(rt, od) === 0) return newStr(rt, `${name}()`);
  if (reprEnter(rt, od)) return newStr(rt, '...');
  try {
    const copy = temp(rt, dictCopy(rt, od));
    const text = reprText(rt, copy);
    dropTemp(rt, copy);
    return newStr(rt, `${name}(${text})`);
  } finally {
    reprLeave(rt, od);
  }
}

/** `a == b`: as dicts, and for two ordered ones their order too. @runsPython */
function orderedCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  if (!isInstance(rt, a, ORDERED_DICT) || !isDict(rt, b)) return NOT_IMPLEMENTED;
  if (op !== (CompareOp.Eq as number) && op !== (CompareOp.Ne as number)) return NOT_IMPLEMENTED;
  const asDicts = dictRichCompare(rt, a, b, op);
  const wanted = op === (CompareOp.Eq as number);
  if (!isInstance(rt, b, ORDERED_DICT) || asDicts !== pyBool(wanted)) return asDicts;
  return pyBool(sameOrder(rt, a, b) === wanted) as Owned;
}

/** Source: CPython 3.12 _odict_keys_equal. Differs: raises RuntimeError when a comparison changed the order. */
function sameOrder(rt: Runtime, a: Ref, b: Ref): boolean {
  const H = rt.words;
  const stateA = H[a + OrderedWord.State];
  const stateB = H[b + OrderedWord.State];
  let nodeA = H[a + OrderedWord.First];
  let nodeB = H[b + OrderedWord.First];
  while (nodeA !== 0 && nodeB !== 0) {
    const keyA = temp(rt, newRef(rt, H[nodeA + NodeWord.Key]));
    const keyB = temp(rt, newRef(rt, H[nodeB + NodeWord.Key]));
    const equal = compareBool(rt, keyA, keyB, CompareOp.Eq);
    dropTemp(rt, keyB);
    dropTemp(rt, keyA);
    if (!equal) return false;
    requireState(rt, a, stateA);
    requireState(rt, b, stateB);
    nodeA = H[nodeA + NodeWord.Next];
    nodeB = H[nodeB + NodeWord.Next];
  }
  return nodeA === nodeB;
}

/** `a | b` @runsPython */
function orderedOr(rt: Runtime, a: Ref, b: Ref): Owned {
  const left = isInstance(rt, a, ORDERED_DICT);
  if (!isDict(rt, left ? b : a)) return NOT_IMPLEMENTED;
  const result = temp(rt, call1(rt, rt.words[(left ? a : b) + ObjectWord.Type], a));
  updateFrom(rt, result, b);
  return untemp(rt, result);
}

/** `a |= b` @runsPython */
function orderedInplaceOr(rt: Runtime, a: Ref, b: Ref): Owned {
  updateFrom(rt, a, b);
  return newRef(rt, a);
}

/** @runsPython Source: CPython 3.12 odict_dealloc. */
function deallocOrdered(rt: Runtime, od: Ref): void {
  const H = rt.words;
  untrack(rt, od);
  const own = H[H[od + ObjectWord.Type] + TypeWord.Dealloc] === slotIndex(deallocOrdered);
  if (own && !trashcanBegin(rt, od)) return;
  clearWord(rt, od + OrderedWord.Attributes);
  if (H[od + OrderedWord.WeakList] !== 0) clearWeakrefs(rt, od);
  clearNodes(rt, od);
  deallocDict(rt, od);
  if (own) trashcanEnd(rt);
}

const ORDERED_LAYOUT: CustomLayout = {
  name: 'ordered dict',
  base: LayoutKind.Dict,
  traverse(heap: Heap, od, visit) {
    visitOwn(heap, od, visit);
    visitDict(heap.words, od, visit);
  },
  owned: visitOwn,
  clear(heap: Heap, od) {
    clearWord(heap, od + OrderedWord.Attributes);
    clearOrdered(heap as Runtime, od);
  },
};

function visitOwn(heap: Heap, od: Ref, visit: (ref: Ref) => void): void {
  const H = heap.words;
  if (H[od + OrderedWord.Attributes] !== 0) visit(H[od + OrderedWord.Attributes]);
  visitNodes(H, H[od + OrderedWord.First], visit);
}

defineType({
  ref: ORDERED_DICT,
  name: 'collections.OrderedDict',
  builtin: true,
  base: T.dict,
  basicSize: 8 * OrderedWord.Words,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc,
  layout: ORDERED_LAYOUT,
  dealloc: deallocOrdered,
  dictWord: OrderedWord.Attributes,
  weakListWord: OrderedWord.WeakList,
  doc: 'Dictionary that remembers insertion order',
  slots: {
    repr: orderedRepr,
    hash: null,
    richcompare: orderedCompare,
    iter: (rt, od) => newOrderedIterator(rt, od, OrderedKind.Keys),
    init: orderedInit,
    nbOr: orderedOr,
    nbInplaceOr: orderedInplaceOr,
    mpAssSubscript: orderedAssign,
  },
  methods: ORDERED_METHODS,
  getset: [getset('__dict__', genericGetDict, genericSetDict)],
});

/** The blocks of ordered dicts, for the leak check. */
onConnect((rt) => {
  const addOthers = rt.addBlocks;
  const layout = rt.customLayouts.indexOf(ORDERED_LAYOUT);
  rt.addBlocks = (o, add) => {
    const H = rt.words;
    if (H[H[o + ObjectWord.Type] + TypeWord.BaseLayout] === layout) {
      if (H[o + OrderedWord.FastNodes] !== 0) add(8 * H[o + OrderedWord.FastSize]);
      addNodeBlocks(H, H[o + OrderedWord.First], add);
    }
    return addOthers(o, add);
  };
});
