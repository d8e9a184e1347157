/** Arguments of constructors, and the states that pickles give them instead. */
import { TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { overflowError, typeError, valueError } from '../../core/errors.ts';
import { hasIndex } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { bytesData, strText } from '../../core/str.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { isBytes, isStr } from '../../core/types.ts';
import { integerOf } from '../buffers.ts';

/** An argument as C int. Raises TypeError, OverflowError. @runsPython
 *  Source: CPython 3.12's format `i`. */
export function cInt(rt: Runtime, o: Ref): number {
  const value = integerOf(rt, o);
  if (BigInt.asIntN(64, value) !== value) overflowError(rt, 'Python int too large to convert to C long');
  if (BigInt.asIntN(32, value) === value) return Number(value);
  return overflowError(rt, `signed integer is ${value > 0n ? 'greater than maximum' : 'less than minimum'}`);
}

/** Raises TypeError for the first positional argument that is no integer: that comes before one that is missing. */
export function requireIntegers(rt: Runtime, args: Ref, required: number): void {
  const count = tupleSize(rt, args);
  for (let i = 0; i < count && count < required; i++)
    if (!hasIndex(rt, tupleItem(rt, args, i))) cInt(rt, tupleItem(rt, args, i));
}

/** An argument as C int, `absent` where it was not given. @runsPython */
export function intOr(rt: Runtime, o: Ref | undefined, absent: number): number {
  return o === undefined || o === 0 ? absent : cInt(rt, o);
}

/** Whether a byte can be the month of a state. */
export const isMonth = (byte: number): boolean => byte >= 1 && byte <= 12;

/** The state of `nbytes` bytes that a constructor got as its first of at most `maxArguments` arguments; null if it got
 *  none. Pickles of Python 2 have it as str. `isSane` looks at a byte that tells states from other arguments. */
export function stateArgument(
  rt: Runtime,
  args: Ref,
  kind: string,
  maxArguments: number,
  nbytes: number,
  isSane: (data: Uint8Array | readonly number[]) => boolean,
): ArrayLike<number> | null {
  const count = tupleSize(rt, args);
  if (count < 1 || count > maxArguments) return null;
  const state = rt.words[args + TupleWord.Items];
  if (isBytes(rt, state)) {
    const data = bytesData(rt, state);
    return data.length === nbytes && isSane(data) ? data : null;
  }
  if (!isStr(rt, state)) return null;
  const text = strText(rt, state);
  if (text.length !== nbytes) return null;
  const codes = Array.from(text, (ch) => ch.charCodeAt(0));
  if (!isSane(codes)) return null;
  if (codes.some((code) => code > 255)) {
    valueError(
      rt,
      `Failed to encode latin1 string when unpickling a ${kind} object. pickle.load(data, encoding='latin1') is assumed.`,
    );
  }
  return codes;
}

/** Raises TypeError unless a function got `expected` arguments. */
export function requireCount(rt: Runtime, name: string, nargs: number, expected: number): void {
  if (nargs === expected) return;
  const plural = expected === 1 ? '' : 's';
  typeError(rt, `${name}() takes exactly ${expected} argument${plural} (${nargs} given)`);
}
