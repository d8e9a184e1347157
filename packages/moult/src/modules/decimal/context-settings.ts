/** The settings of a context: reading, checking and setting them. */

import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { attributeError, overflowError, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newBigInt, newInt } from '../../core/int.ts';
import { getset } from '../../core/native.ts';
import type { GetSetDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { isInt } from '../../core/types.ts';
import { MAX_EMAX, ROUNDINGS } from '../../numeric/decimal/context.ts';
import type { Settings } from '../../numeric/decimal/context.ts';
import { changeSettings, settingsOf } from './context-state.ts';
import { roundingOf } from './decimal.ts';
import { ContextWord } from './layout.ts';
import { assignFlags, initFlags } from './signal-flags.ts';

/** An int for a setting. Raises TypeError, OverflowError. */
function settingNumber(rt: Runtime, value: Ref): bigint {
  if (!isInt(rt, value)) typeError(rt, 'an integer is required');
  const n = bigIntValue(rt, value);
  if (BigInt.asIntN(64, n) !== n) overflowError(rt, 'Python int too large to convert to C ssize_t');
  return n;
}

type Setter = (rt: Runtime, self: Ref, value: Ref) => void;

function numberSetter(name: string, low: bigint, high: bigint, key: 'prec' | 'emin' | 'emax', range: string): Setter {
  return (rt, self, value) => {
    const n = settingNumber(rt, value);
    if (n < low || n > high) valueError(rt, `valid range for ${name} is [${range}]`);
    changeSettings(rt, self, { [key]: n });
  };
}

function flagSetter(key: 'capitals' | 'clamp'): Setter {
  return (rt, self, value) => {
    const n = settingNumber(rt, value);
    if (n !== 0n && n !== 1n) valueError(rt, `valid values for ${key} are 0 or 1`);
    changeSettings(rt, self, { [key]: n === 1n });
  };
}

const SETTERS: Readonly<Record<string, Setter>> = {
  prec: numberSetter('prec', 1n, MAX_EMAX, 'prec', '1, MAX_PREC'),
  rounding: (rt, self, value) => {
    changeSettings(rt, self, { rounding: roundingOf(rt, value) });
  },
  Emin: numberSetter('Emin', -MAX_EMAX, 0n, 'emin', 'MIN_EMIN, 0'),
  Emax: numberSetter('Emax', 0n, MAX_EMAX, 'emax', '0, MAX_EMAX'),
  capitals: flagSetter('capitals'),
  clamp: flagSetter('clamp'),
};

/** The settings by their names in Python; owned. */
export const GETTERS: Readonly<Record<string, (rt: Runtime, settings: Settings) => Owned>> = {
  prec: (rt, { prec }) => newBigInt(rt, prec),
  rounding: (rt, { rounding }) => newStr(rt, ROUNDINGS[rounding] ?? ''),
  Emin: (rt, { emin }) => newBigInt(rt, emin),
  Emax: (rt, { emax }) => newBigInt(rt, emax),
  capitals: (rt, { capitals }) => newInt(rt, capitals ? 1 : 0),
  clamp: (rt, { clamp }) => newInt(rt, clamp ? 1 : 0),
};

/** The attributes of a context that are settings. */
export const attributes: GetSetDefinition[] = Object.entries(GETTERS).map(([name, get]) =>
  getset(
    name,
    (rt, self) => get(rt, settingsOf(rt, self)),
    (rt, self, value) => {
      if (value === 0) attributeError(rt, 'context attributes cannot be deleted');
      SETTERS[name]?.(rt, self, value);
    },
  ),
);

/** The attribute `flags` or `traps`: a signal dict that shows `word`. */
export const flagAttribute = (name: string, dict: ContextWord, word: ContextWord): GetSetDefinition =>
  getset(
    name,
    (rt, self) => newRef(rt, rt.words[self + dict]),
    (rt, self, value) => {
      assignFlags(rt, self, word, value);
    },
  );

/** The arguments of `Context`, in order. */
export const ARGUMENTS = ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'];

/** Sets what is given; None leaves a setting as it is. @runsPython */
export function applySettings(rt: Runtime, self: Ref, valueOf: (name: string) => Ref): void {
  const present = (value: Ref): boolean => value !== 0 && value !== S.None;
  for (const name of ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp']) {
    const value = valueOf(name);
    if (present(value)) SETTERS[name]?.(rt, self, value);
  }
  const traps = valueOf('traps');
  if (present(traps)) initFlags(rt, self, ContextWord.TrapFlags, traps);
  const flags = valueOf('flags');
  if (present(flags)) initFlags(rt, self, ContextWord.Status, flags);
}
