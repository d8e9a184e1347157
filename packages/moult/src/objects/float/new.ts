/** `float(...)`. */
import { newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newFloat } from '../../core/int.ts';
import { FloatWord } from '../../core/layout/numbers.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { isStr, kindName, slotOf } from '../../core/types.ts';
import { floatFromBytesText, floatFromStr } from '../../numeric/float-parse.ts';
import { bufferOf } from '../bytes/buffer.ts';
import { allocInstance } from '../type/alloc.ts';
import { convertToFloat } from './convert.ts';

/** `float.__new__(type, x=0, /)` @runsPython */
export function floatNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  const exact = type === T.float;
  const plain = exact || H[type + TypeWord.Init] === H[T.float + TypeWord.Init];
  if (plain && kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'float() takes no keyword arguments');
  checkCount(rt, nargs);
  const value = nargs === 0 ? 0 : floatOf(rt, H[args + TupleWord.Items]);
  if (exact) return newFloat(rt, value);
  const self = allocInstance(rt, type, 0);
  rt.floats[(self + FloatWord.Value) >> 1] = value;
  return self;
}

function checkCount(rt: Runtime, nargs: number): void {
  if (nargs > 1) typeError(rt, `float expected at most 1 argument, got ${nargs}`);
}

/** `float(x)` called directly. @runsPython */
export function floatVectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 && H[kwnames + TupleWord.Size] !== 0) typeError(rt, 'float() takes no keyword arguments');
  checkCount(rt, nargs);
  if (nargs === 0) return newFloat(rt, 0);
  const x = H[args];
  return H[x + ObjectWord.Type] === T.float ? newRef(rt, x) : newFloat(rt, floatOf(rt, x));
}

/** The double that `float(x)` gives (PyNumber_Float). @runsPython */
function floatOf(rt: Runtime, x: Ref): number {
  const isNumber = slotOf(rt, x, TypeWord.NbFloat) !== 0 || slotOf(rt, x, TypeWord.NbIndex) !== 0;
  return isNumber ? convertToFloat(rt, x) : parseFloatObject(rt, x);
}

function parseFloatObject(rt: Runtime, x: Ref): number {
  if (isStr(rt, x)) return guard(rt, () => floatFromStr(strText(rt, x)));
  const data = bufferOf(rt, x);
  if (data === null) typeError(rt, `float() argument must be a string or a real number, not '${kindName(rt, x)}'`);
  const copy = data.slice();
  return guard(rt, () => floatFromBytesText(copy, reprText(rt, x)));
}
