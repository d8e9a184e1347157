/** The flags and traps of a context as Python gives them: lists of signals, mappings, signal dicts. */

import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { attributeError, raise, typeError, valueError } from '../../core/errors.ts';
import { listItem, listLength } from '../../core/list.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { getItem } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isInstance, isList } from '../../core/types.ts';
import { ContextWord, SIGNAL_DICT_MIXIN, SignalDictWord } from './layout.ts';
import { SIGNALS } from './signals.ts';

const SIGNAL_NAMES_ERROR =
  'valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]';

function invalidSignal(rt: Runtime, message: string): never {
  raise(rt, T.KeyError, message);
}

/** The flags of a signal's class. Raises KeyError. */
export function flagsOfSignal(rt: Runtime, type: Ref): number {
  return SIGNALS.find((signal) => signal.type === type)?.flags ?? invalidSignal(rt, SIGNAL_NAMES_ERROR);
}

function flagsOfList(rt: Runtime, list: Ref): number {
  let flags = 0;
  for (let i = 0; i < listLength(rt, list); i++) flags |= flagsOfSignal(rt, listItem(rt, list, i));
  return flags;
}

/** The flags of a mapping that has every signal. Raises KeyError. @runsPython */
export function flagsOfDict(rt: Runtime, dict: Ref): number {
  const m = tempMark(rt);
  if (dictLength(rt, dict) !== SIGNALS.length) invalidSignal(rt, 'invalid signal dict');
  let flags = 0;
  for (const signal of SIGNALS) {
    const value = dictItem(rt, dict, signal.type);
    if (value === 0) invalidSignal(rt, 'invalid signal dict');
    if (isTrue(rt, value)) flags |= signal.flags;
  }
  releaseTemps(rt, m);
  return flags;
}

function dictItem(rt: Runtime, dict: Ref, key: Ref): Ref {
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    if (dictKeyAt(rt, dict, i) === key) return temp(rt, getItem(rt, dict, key));
  }
  return 0;
}

/** Where a signal dict's flags lie. Raises ValueError without a context. */
export function wordOfDict(rt: Runtime, self: Ref): number {
  const owner = rt.words[self + SignalDictWord.Owner];
  if (owner === 0) valueError(rt, 'invalid signal dict');
  return (owner >> 1) + ((owner & 1) === 1 ? ContextWord.TrapFlags : ContextWord.Status);
}

/** A signal dict's flags. Raises ValueError without a context. */
export const flagsOfMixin = (rt: Runtime, self: Ref): number => rt.words[wordOfDict(rt, self)];

/** Sets traps or flags from a signal dict or a dict. Raises TypeError. */
export function assignFlags(rt: Runtime, self: Ref, word: ContextWord, value: Ref): void {
  if (value === 0) attributeError(rt, 'context attributes cannot be deleted');
  if (isInstance(rt, value, SIGNAL_DICT_MIXIN)) rt.words[self + word] = flagsOfMixin(rt, value);
  else if (rt.words[value + ObjectWord.Type] === T.dict || isInstance(rt, value, T.dict))
    rt.words[self + word] = flagsOfDict(rt, value);
  else typeError(rt, 'argument must be a signal dict');
}

/** Traps or flags as constructor arguments: a list of signals, or a mapping. */
export function initFlags(rt: Runtime, self: Ref, word: ContextWord, value: Ref): void {
  if (isList(rt, value)) rt.words[self + word] = flagsOfList(rt, value);
  else assignFlags(rt, self, word, value);
}
