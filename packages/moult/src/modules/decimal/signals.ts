/** The signals and conditions of decimal arithmetic as exception classes. */
import type { Owned, Ref } from '@moult/heap';
import { createException } from '../../core/exceptions.ts';
import { raiseTake } from '../../core/errors.ts';
import { listOf } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { Flag, INVALID } from '../../numeric/decimal/context.ts';
import { exceptionClass } from '../exceptions.ts';

const define = (name: string, base: Ref, others: readonly Ref[] = []): Ref =>
  exceptionClass(`decimal.${name}`, base, others);

export const DECIMAL_EXCEPTION = define('DecimalException', T.ArithmeticError);
const CLAMPED = define('Clamped', DECIMAL_EXCEPTION);
const ROUNDED = define('Rounded', DECIMAL_EXCEPTION);
const INEXACT = define('Inexact', DECIMAL_EXCEPTION);
const SUBNORMAL = define('Subnormal', DECIMAL_EXCEPTION);
const INVALID_OPERATION = define('InvalidOperation', DECIMAL_EXCEPTION);
const DIVISION_BY_ZERO = define('DivisionByZero', DECIMAL_EXCEPTION, [T.ZeroDivisionError]);
const FLOAT_OPERATION = define('FloatOperation', DECIMAL_EXCEPTION, [T.TypeError]);
const OVERFLOW = define('Overflow', INEXACT, [ROUNDED]);
const UNDERFLOW = define('Underflow', INEXACT, [ROUNDED, SUBNORMAL]);
const CONVERSION_SYNTAX = define('ConversionSyntax', INVALID_OPERATION);
const DIVISION_IMPOSSIBLE = define('DivisionImpossible', INVALID_OPERATION);
const DIVISION_UNDEFINED = define('DivisionUndefined', INVALID_OPERATION, [T.ZeroDivisionError]);
const INVALID_CONTEXT = define('InvalidContext', INVALID_OPERATION);

export interface Signal {
  readonly name: string;
  readonly flags: number;
  readonly type: Ref;
}

/** The signals in CPython's order. */
export const SIGNALS: readonly Signal[] = [
  { name: 'InvalidOperation', flags: INVALID, type: INVALID_OPERATION },
  { name: 'FloatOperation', flags: Flag.FloatOperation, type: FLOAT_OPERATION },
  { name: 'DivisionByZero', flags: Flag.DivisionByZero, type: DIVISION_BY_ZERO },
  { name: 'Overflow', flags: Flag.Overflow, type: OVERFLOW },
  { name: 'Underflow', flags: Flag.Underflow, type: UNDERFLOW },
  { name: 'Subnormal', flags: Flag.Subnormal, type: SUBNORMAL },
  { name: 'Inexact', flags: Flag.Inexact, type: INEXACT },
  { name: 'Rounded', flags: Flag.Rounded, type: ROUNDED },
  { name: 'Clamped', flags: Flag.Clamped, type: CLAMPED },
];

/** What the signal InvalidOperation says of its cause. */
export const CONDITIONS: readonly Signal[] = [
  { name: 'InvalidOperation', flags: Flag.InvalidOperation, type: INVALID_OPERATION },
  { name: 'ConversionSyntax', flags: Flag.ConversionSyntax, type: CONVERSION_SYNTAX },
  { name: 'DivisionImpossible', flags: Flag.DivisionImpossible, type: DIVISION_IMPOSSIBLE },
  { name: 'DivisionUndefined', flags: Flag.DivisionUndefined, type: DIVISION_UNDEFINED },
  { name: 'InvalidContext', flags: Flag.InvalidContext, type: INVALID_CONTEXT },
];

/** The signals among these flags, as a list of classes. */
export function signalList(rt: Runtime, flags: number): Owned {
  return listOf(
    rt,
    SIGNALS.filter((signal) => (flags & signal.flags) !== 0).map((signal) => signal.type),
  );
}

/** Raises the first of the trapped signals, with the list of all conditions. @runsPython */
export function raiseSignals(rt: Runtime, flags: number): never {
  const type = SIGNALS.find((signal) => (flags & signal.flags) !== 0)?.type ?? INVALID_OPERATION;
  const others = SIGNALS.slice(1);
  const found = [...CONDITIONS, ...others]
    .filter((signal) => (flags & signal.flags) !== 0)
    .map((signal) => signal.type);
  raiseTake(rt, createException(rt, type, listOf(rt, found)));
}
