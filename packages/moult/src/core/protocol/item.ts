/** Items and lengths: `o[key]`, `len(o)`, `value in o`. All functions here may run Python. */
import { ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../call.ts';
import { typeError } from '../errors.ts';
import { SLOT_FUNCTIONS } from '../functions.ts';
import type { BinarySlot, ContainsSlot, IndexSlot, LengthSlot, SetIndexSlot, SetSlot } from '../functions.ts';
import { enterStep, leaveStep } from '../recursion.ts';
import type { Runtime } from '../runtime.ts';
import { S, T } from '../static.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../temps.ts';
import { isType, kindName, typeFullName } from '../types.ts';
import { lookupAttrText } from './attribute.ts';
import { compareBool } from './compare.ts';
import { iter, iterNext } from './iterate.ts';
import { hasIndex, indexNumber } from './number.ts';
import { isSequenceType } from './sequence-type.ts';

/** `o[key]` @runsPython */
export function getItem(rt: Runtime, o: Ref, key: Ref): Owned {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const mapping = H[type + TypeWord.MpSubscript];
  if (mapping !== 0) {
    enterStep(rt);
    const value = (SLOT_FUNCTIONS[mapping] as BinarySlot)(rt, o, key);
    leaveStep(rt);
    return value;
  }
  const sequence = H[type + TypeWord.SqItem];
  if (sequence !== 0) {
    if (!hasIndex(rt, key)) typeError(rt, `sequence index must be integer, not '${kindName(rt, key)}'`);
    return sequenceItem(rt, o, indexNumber(rt, key, T.IndexError));
  }
  if (isType(rt, o)) return classGetItem(rt, o, key);
  return typeError(rt, `'${kindName(rt, o)}' object is not subscriptable`);
}

function classGetItem(rt: Runtime, type: Ref, key: Ref): Owned {
  if (type === T.type) return rt.makeGenericAlias(type, key);
  const m = tempMark(rt);
  const method = lookupAttrText(rt, type, '__class_getitem__');
  if (method === 0) return typeError(rt, `type '${typeFullName(rt, type)}' is not subscriptable`);
  temp(rt, method);
  if (method === S.None) typeError(rt, `type '${typeFullName(rt, type)}' is not subscriptable`);
  return releaseKeeping(rt, m, call1(rt, method, key));
}

/** Item `i` through `sq_item`, counting from the end when negative (PySequence_GetItem). @runsPython */
export function sequenceItem(rt: Runtime, o: Ref, i: number): Owned {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const slot = H[type + TypeWord.SqItem];
  if (slot === 0) refuseIndexing(rt, o);
  if (i < 0 && H[type + TypeWord.SqLength] !== 0)
    i += (SLOT_FUNCTIONS[H[type + TypeWord.SqLength]] as LengthSlot)(rt, o);
  return (SLOT_FUNCTIONS[slot] as IndexSlot)(rt, o, i);
}

/** Raises TypeError for an `o` whose type has no `sq_item`. */
export function refuseIndexing(rt: Runtime, o: Ref): never {
  const H = rt.words;
  const isMapping = H[H[o + ObjectWord.Type] + TypeWord.MpSubscript] !== 0;
  const kind = kindName(rt, o);
  return typeError(rt, isMapping ? `${kind} is not a sequence` : `'${kind}' object does not support indexing`);
}

/** `o[key] = value`; `value` 0 deletes. @runsPython */
export function setItem(rt: Runtime, o: Ref, key: Ref, value: Ref): void {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const mapping = H[type + TypeWord.MpAssSubscript];
  if (mapping !== 0) {
    (SLOT_FUNCTIONS[mapping] as SetSlot)(rt, o, key, value);
    return;
  }
  const sequence = H[type + TypeWord.SqAssItem];
  if (!hasIndex(rt, key) || !isSequenceType(rt, type)) {
    if (sequence !== 0) typeError(rt, `sequence index must be integer, not '${kindName(rt, key)}'`);
    noItemChange(rt, o, 'does not support item', value);
  }
  let i = indexNumber(rt, key, T.IndexError);
  if (sequence === 0) noItemChange(rt, o, value === 0 ? "doesn't support item" : 'does not support item', value);
  if (i < 0 && H[type + TypeWord.SqLength] !== 0)
    i += (SLOT_FUNCTIONS[H[type + TypeWord.SqLength]] as LengthSlot)(rt, o);
  (SLOT_FUNCTIONS[sequence] as SetIndexSlot)(rt, o, i, value);
}

function noItemChange(rt: Runtime, o: Ref, complaint: string, value: Ref): never {
  typeError(rt, `'${kindName(rt, o)}' object ${complaint} ${value === 0 ? 'deletion' : 'assignment'}`);
}

/** `len(o)` @runsPython */
export function length(rt: Runtime, o: Ref): number {
  const n = lengthOrMinusOne(rt, o);
  if (n < 0) typeError(rt, `object of type '${kindName(rt, o)}' has no len()`);
  return n;
}

/** The length that a `LengthSlot` gave last of those beyond 2^53, exactly: see `exactLength`. */
let longLength = 0n;

/** To be called by a `LengthSlot` right before it returns a number that is rounded. */
export function noteLongLength(nitems: bigint): void {
  longLength = nitems;
}

/** `len(o)`; a bigint when a number would be rounded. @runsPython */
export function exactLength(rt: Runtime, o: Ref): number | bigint {
  return exact(length(rt, o));
}

/** As `exactLength`, by a slot of the type. @runsPython */
export function slotLength(rt: Runtime, slot: LengthSlot, o: Ref): number | bigint {
  return exact(slot(rt, o));
}

function exact(n: number): number | bigint {
  return n > Number.MAX_SAFE_INTEGER ? longLength : n;
}

/** `len(o)`, or −1 if the type has none. @runsPython */
export function lengthOrMinusOne(rt: Runtime, o: Ref): number {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const slot = H[type + TypeWord.SqLength] || H[type + TypeWord.MpLength];
  if (slot === 0) return -1;
  enterStep(rt);
  const n = (SLOT_FUNCTIONS[slot] as LengthSlot)(rt, o);
  leaveStep(rt);
  return n;
}

/** `operator.length_hint(o, fallback)` @runsPython */
export function lengthHint(rt: Runtime, o: Ref, fallback: number): number {
  return rt.lengthHintSlow(o, fallback);
}

/** `value in o` @runsPython */
export function contains(rt: Runtime, o: Ref, value: Ref): boolean {
  const H = rt.words;
  const slot = H[H[o + ObjectWord.Type] + TypeWord.SqContains];
  if (slot === 0) return iterSearch(rt, o, value);
  enterStep(rt);
  const found = (SLOT_FUNCTIONS[slot] as ContainsSlot)(rt, o, value);
  leaveStep(rt);
  return found;
}

/** Searches by iterating: identity or equality. @runsPython */
export function iterSearch(rt: Runtime, o: Ref, value: Ref): boolean {
  const H = rt.words;
  if (H[H[o + ObjectWord.Type] + TypeWord.Iter] === 0 && H[H[o + ObjectWord.Type] + TypeWord.SqItem] === 0) {
    typeError(rt, `argument of type '${kindName(rt, o)}' is not iterable`);
  }
  const it = temp(rt, iter(rt, o));
  let found = false;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    found = compareBool(rt, item, value, 2);
    dropTemp(rt, item);
    if (found) break;
  }
  dropTemp(rt, it);
  return found;
}

/** True if `o` is a sequence by `sq_item`, and no dict. */
export function isSequence(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  return (H[type + TypeWord.Flags] & TypeFlag.DictSubclass) === 0 && H[type + TypeWord.SqItem] !== 0;
}
