/** What generated code may name: functions of the loop's, by their names, and constants. */
import { decref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import { newCompact, newFloat, newInt } from '../../core/int.ts';
import { NATIVES } from '../../core/native.ts';
import { orderAppend } from '../../core/dict/order.ts';
import { listAppendTake } from '../../core/list.ts';
import { richCompare } from '../../core/protocol/compare.ts';
import { getItem, setItem } from '../../core/protocol/item.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, smallInt, T } from '../../core/static.ts';
import { releaseKeeping } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';
import { ObjectWord } from '@moult/heap';
import { binaryOperation, negateTop } from '../arithmetic.ts';
import { loadAttribute, loadMethod, storeAttribute } from '../attributes.ts';
import { handleBreaker, handleBreakerAfterCall } from '../breaker.ts';
import { buildList } from '../build.ts';
import { executeCold } from '../cold.ts';
import { raiseStatement } from '../handlers.ts';
import { loadGlobal } from '../names.ts';
import { dropThree, dropTwo, release, replaceTwo } from '../operands.ts';
import { compareTexts, containsItem, storeSubscriptDict, subscriptDict, subscriptStr } from '../quick-items.ts';
import { prepareReraise } from '../unwind.ts';
import * as calls from './calls.ts';
import * as steps from './steps.ts';

/** An int of a number below 2^30. */
function makeInt(rt: Runtime, n: number): Ref {
  return n >= -5 && n <= 256 ? smallInt(n) : newCompact(rt, n);
}

/** An int of a product; −0 is 0. */
function makeProduct(rt: Runtime, product: number): Ref {
  return newInt(rt, product === 0 ? 0 : product);
}

/** `a // b` for b > 0. */
function floorDivide(a: number, b: number): number {
  return Math.floor(a / b) | 0;
}

/** `a % b` for b > 0. */
function remainder(a: number, b: number): number {
  const rest = (a % b) | 0;
  return rest < 0 ? (rest + b) | 0 : rest;
}

/** COMPARE_OP of what were strings last time. */
function compareStrings(rt: Runtime, a: Ref, b: Ref, order: number): Owned {
  const H = rt.words;
  if (H[a + ObjectWord.Type] === T.str && H[b + ObjectWord.Type] === T.str)
    return pyBool(compareTexts(rt, a, b, order)) as Owned;
  return richCompare(rt, a, b, order);
}

export const LIBRARY = {
  ...calls,
  ...steps,
  True: S.True as number,
  False: S.False as number,
  binaryOperation,
  buildList,
  compareStrings,
  containsItem,
  decref,
  dropThree,
  dropTwo,
  executeCold,
  floorDivide,
  getItem,
  handleBreaker,
  handleBreakerAfterCall,
  listAppendTake,
  loadAttribute,
  loadGlobal,
  loadMethod,
  makeInt,
  makeProduct,
  negateTop,
  newFloat,
  NATIVES,
  newTuple,
  orderAppend,
  prepareReraise,
  raiseStatement,
  release,
  releaseKeeping,
  remainder,
  replaceTwo,
  richCompare,
  setItem,
  SLOT_FUNCTIONS,
  storeAttribute,
  storeSubscriptDict,
  subscriptDict,
  subscriptStr,
};
