/** Operators of `deque`. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2 } from '../../core/call.ts';
import { raise, runtimeError, typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { listFromIterable } from '../../core/list.ts';
import { compareBool, iter, iterNext, reprEnter, reprLeave, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isInstance, kindName, typeName } from '../../core/types.ts';
import { clearDeque, dequeItem, append, extend, newDeque } from './deque.ts';
import { DequeWord } from './layout.ts';
import { DEQUE } from './types.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

/** `copy.copy(d)`; a subclass is called with the deque and its bound. @runsPython */
export function dequeCopy(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const type = H[d + ObjectWord.Type];
  const bound = H[d + DequeWord.MaxLen];
  if (type === DEQUE) {
    const copy = temp(rt, newDeque(rt));
    H[copy + DequeWord.MaxLen] = bound;
    extend(rt, copy, d);
    return untemp(rt, copy);
  }
  const m = tempMark(rt);
  const copy = bound < 0 ? call1(rt, type, d) : call2(rt, type, d, temp(rt, newInt(rt, bound)));
  if (!isInstance(rt, copy, DEQUE)) {
    temp(rt, copy);
    typeError(rt, `${typeName(rt, type)}() must return a deque, not ${kindName(rt, copy)}`);
  }
  return releaseKeeping(rt, m, copy);
}

/** `a + b` @runsPython */
export function dequeConcat(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isInstance(rt, b, DEQUE)) typeError(rt, `can only concatenate deque (not "${kindName(rt, b)}") to deque`);
  const sum = temp(rt, dequeCopy(rt, a));
  extend(rt, sum, b);
  return untemp(rt, sum);
}

/** `a += iterable` @runsPython */
export function dequeInplaceConcat(rt: Runtime, a: Ref, b: Ref): Owned {
  extend(rt, a, b);
  return newRef(rt, a);
}

/** `d * n` @runsPython */
export function dequeRepeat(rt: Runtime, d: Ref, n: number): Owned {
  const copy = temp(rt, dequeCopy(rt, d));
  repeatInplace(rt, copy, n);
  return untemp(rt, copy);
}

/** `d *= n` @runsPython */
export function dequeInplaceRepeat(rt: Runtime, d: Ref, n: number): Owned {
  repeatInplace(rt, d, n);
  return newRef(rt, d);
}

function repeatInplace(rt: Runtime, d: Ref, n: number): void {
  const H = rt.words;
  const size = H[d + DequeWord.Size];
  if (size === 0 || n === 1) return;
  if (n <= 0) return clearDeque(rt, d);
  const bound = H[d + DequeWord.MaxLen];
  if (bound < 0 && size * n > 1 << 28) raise(rt, T.MemoryError, '');
  let times = n - 1;
  if (size === 1) {
    if (bound >= 0 && times > bound) times = bound;
    const item = temp(rt, newRef(rt, dequeItem(rt, d, 0)));
    while (times-- > 0) append(rt, d, newRef(rt, item));
    return dropTemp(rt, item);
  }
  const items = temp(rt, listFromIterable(rt, d));
  if (bound >= 0 && times * size > bound) times = Math.ceil(bound / size);
  while (times-- > 0) extend(rt, d, items);
  dropTemp(rt, items);
}

/** `value in d` @runsPython */
export function dequeContains(rt: Runtime, d: Ref, value: Ref): boolean {
  return findItem(rt, d, value, 0, rt.words[d + DequeWord.Size], T.RuntimeError) >= 0;
}

/** The number of the first item from `start` up to `end` that equals `value`, −1 if none does. Raises `fault` when the
 *  deque changes meanwhile; a RuntimeError only if the item differs, as CPython looks at the result first there.
 *  @runsPython */
export function findItem(rt: Runtime, d: Ref, value: Ref, start: number, end: number, fault: Ref): number {
  const H = rt.words;
  const state = H[d + DequeWord.State];
  for (let i = start; i < end; i++) {
    const item = temp(rt, newRef(rt, dequeItem(rt, d, i)));
    const equal = compareBool(rt, item, value, CompareOp.Eq);
    dropTemp(rt, item);
    if (equal && fault === T.RuntimeError) return i;
    if (H[d + DequeWord.State] !== state) raise(rt, fault, 'deque mutated during iteration');
    if (equal) return i;
  }
  return -1;
}

/** How many items equal `value`. @runsPython */
export function countItem(rt: Runtime, d: Ref, value: Ref): number {
  const H = rt.words;
  const state = H[d + DequeWord.State];
  const end = H[d + DequeWord.Size];
  let count = 0;
  for (let i = 0; i < end; i++) {
    const item = temp(rt, newRef(rt, dequeItem(rt, d, i)));
    if (compareBool(rt, item, value, CompareOp.Eq)) count++;
    dropTemp(rt, item);
    if (H[d + DequeWord.State] !== state) runtimeError(rt, 'deque mutated during iteration');
  }
  return count;
}

/** `a <op> b`: item by item. @runsPython */
export function dequeCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  if (!isInstance(rt, a, DEQUE) || !isInstance(rt, b, DEQUE)) return NOT_IMPLEMENTED;
  const H = rt.words;
  const sameSize = H[a + DequeWord.Size] === H[b + DequeWord.Size];
  if (op === (CompareOp.Eq as number) && (a === b || !sameSize)) return pyBool(a === b) as Owned;
  if (op === (CompareOp.Ne as number) && (a === b || !sameSize)) return pyBool(a !== b) as Owned;
  const m = tempMark(rt);
  const truth = compareItems(rt, a, b, op);
  releaseTemps(rt, m);
  return pyBool(truth) as Owned;
}

function compareItems(rt: Runtime, a: Ref, b: Ref, op: number): boolean {
  const left = temp(rt, iter(rt, a));
  const right = temp(rt, iter(rt, b));
  for (;;) {
    const x = temp(rt, (iterNext(rt, left) || 0) as Owned);
    const y = temp(rt, (iterNext(rt, right) || 0) as Owned);
    if (x === 0 || y === 0) return atEnd(x !== 0, y !== 0, op);
    if (!compareBool(rt, x, y, CompareOp.Eq)) return compareBool(rt, x, y, op);
    dropTemp(rt, y);
    dropTemp(rt, x);
  }
}

/** The answer when one deque is the beginning of the other. */
function atEnd(moreLeft: boolean, moreRight: boolean, op: CompareOp): boolean {
  return satisfies(Number(moreLeft) - Number(moreRight), op);
}

/** `repr(d)` @runsPython */
export function dequeRepr(rt: Runtime, d: Ref): Owned {
  if (reprEnter(rt, d)) return newStr(rt, '[...]');
  try {
    const items = temp(rt, listFromIterable(rt, d));
    const name = typeName(rt, rt.words[d + ObjectWord.Type]);
    const bound = rt.words[d + DequeWord.MaxLen];
    const text = `${name}(${reprText(rt, items)}${bound < 0 ? '' : `, maxlen=${bound}`})`;
    dropTemp(rt, items);
    return newStr(rt, text);
  } finally {
    reprLeave(rt, d);
  }
}
