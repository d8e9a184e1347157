/** Settings of `sys`: limits, encodings. */
import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { isInt, kindName } from '../../core/types.ts';
import { ASYNC_HOOK_FUNCTIONS } from './async-hooks.ts';

function setrecursionlimit(rt: Runtime, _module: Ref, limit: Ref): Owned {
  const H = rt.words;
  const value = indexNumber(rt, limit, T.OverflowError);
  if (value > 0x7fffffff) raise(rt, T.OverflowError, 'Python int too large to convert to C int');
  if (value < 1) valueError(rt, 'recursion limit must be greater or equal than 1');
  const depth = H[RootNum.RecursionLimit] - H[RootNum.RecursionRemaining];
  if (depth >= value) {
    raise(
      rt,
      T.RecursionError,
      `cannot set the recursion limit to ${value} at the recursion depth ${depth}: the limit is too low`,
    );
  }
  H[RootNum.RecursionRemaining] = value - depth;
  H[RootNum.RecursionLimit] = value;
  return none();
}

const DEFAULT_DIGITS = 4300;
const LEAST_DIGITS = 640;

/** The limit of digits in conversions between int and str; 0 is none. */
export function maxStrDigits(rt: Runtime): number {
  return rt.words[RootNum.MaxStrDigits];
}

function setMaxStrDigits(rt: Runtime, _module: Ref, maxdigits: Ref): Owned {
  if (!isInt(rt, maxdigits)) typeError(rt, `'${kindName(rt, maxdigits)}' object cannot be interpreted as an integer`);
  const value = indexNumber(rt, maxdigits, T.OverflowError);
  if (value !== 0 && value < LEAST_DIGITS) valueError(rt, `maxdigits must be 0 or larger than ${LEAST_DIGITS}`);
  rt.words[RootNum.MaxStrDigits] = value;
  return none();
}

/** How many frames a new coroutine remembers as `cr_origin`. */
function setOriginDepth(rt: Runtime, _module: Ref, depth: Ref): Owned {
  const value = indexNumber(rt, depth, T.OverflowError);
  if (value < 0) valueError(rt, 'depth must be >= 0');
  rt.words[RootNum.OriginDepth] = value;
  return none();
}

/** Sets what has a default. */
export function initSettings(rt: Runtime): void {
  rt.words[RootNum.MaxStrDigits] = DEFAULT_DIGITS;
}

function text(value: string): (rt: Runtime) => Owned {
  return (rt) => internText(rt, value);
}

export const SETTING_FUNCTIONS = [
  ...ASYNC_HOOK_FUNCTIONS,
  native('get_coroutine_origin_tracking_depth($module, /)', (rt) => newInt(rt, rt.words[RootNum.OriginDepth])),
  native('set_coroutine_origin_tracking_depth($module, /, depth)', setOriginDepth),
  native('get_int_max_str_digits($module, /)', (rt) => newInt(rt, maxStrDigits(rt))),
  native('set_int_max_str_digits($module, /, maxdigits)', setMaxStrDigits),
  native('getdefaultencoding($module, /)', text('utf-8')),
  native('getfilesystemencoding($module, /)', text('utf-8')),
  native('getfilesystemencodeerrors($module, /)', text('surrogateescape')),
  native('getrecursionlimit($module, /)', (rt) => newInt(rt, rt.words[RootNum.RecursionLimit])),
  native('setrecursionlimit($module, limit, /)', setrecursionlimit),
  native('is_finalizing($module, /)', (rt) => pyBool(rt.words[RootNum.Finalizing] !== 0) as Owned),
  native('is_stack_trampoline_active($module, /)', () => pyBool(false) as Owned),
];
