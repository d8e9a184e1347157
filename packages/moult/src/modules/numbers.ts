/** Numbers that natives take as arguments. */
import { TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { typeError } from '../core/errors.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import type { UnarySlot } from '../core/functions.ts';
import { floatValue, intValue } from '../core/int.ts';
import { hasIndex, index } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { dropTemp, temp } from '../core/temps.ts';
import { isInstance, isInt, kindName, slotOf } from '../core/types.ts';

/** `o` as a JS number: a float, an int, or what `__float__` or `__index__` gives. Raises TypeError. @runsPython */
export function numberArgument(rt: Runtime, o: Ref): number {
  if (isInstance(rt, o, T.float)) return floatValue(rt, o);
  if (isInt(rt, o)) return Number(intValue(rt, o));
  const slot = slotOf(rt, o, TypeWord.NbFloat);
  if (slot === 0 && !hasIndex(rt, o)) typeError(rt, `must be real number, not ${kindName(rt, o)}`);
  const value = temp(rt, slot !== 0 ? (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o) : index(rt, o));
  const number = numberArgument(rt, value);
  dropTemp(rt, value);
  return number;
}
