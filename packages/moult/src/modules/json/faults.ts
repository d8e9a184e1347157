/** Positions of JSON texts: code points for programs, UTF-16 units here. And the errors that name them. */
import type { Owned, Ref } from '@moult/heap';
import { call3 } from '../../core/call.ts';
import { raiseTake } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { StrState } from '../../core/layout/text.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strKind, strLength, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { codePointOffsets } from '../../objects/str/offsets.ts';
import { JsonFault } from './strings.ts';

/** The unit at which code point `index` of the str begins; indices behind its end stay behind it. */
export function unitOf(rt: Runtime, string: Ref, index: number): number {
  if (strKind(rt, string) !== StrState.Ucs4) return index;
  const length = strLength(rt, string);
  const offsets = codePointOffsets(strText(rt, string), length);
  return index <= length ? offsets[index] : offsets[length] + index - length;
}

/** The code point that has a unit of the str. */
export function indexOfUnit(rt: Runtime, string: Ref, unit: number): number {
  if (strKind(rt, string) !== StrState.Ucs4) return unit;
  const length = strLength(rt, string);
  const offsets = codePointOffsets(strText(rt, string), length);
  if (unit > offsets[length]) return length + unit - offsets[length];
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle] < unit) low = middle + 1;
    else high = middle;
  }
  return offsets[low] === unit ? low : low - 1;
}

/** Raises JSONDecodeError for a fault in `string`; anything else is thrown again. @runsPython
 *  Source: CPython 3.12 raise_errmsg. */
export function raiseJsonFault(rt: Runtime, string: Ref, error: unknown): never {
  if (!(error instanceof JsonFault)) throw error;
  const decoder = temp(rt, rt.importModule('json.decoder'));
  const type = temp(rt, getAttrText(rt, decoder, 'JSONDecodeError'));
  const message = temp(rt, newStr(rt, error.message));
  const unit = error.unit;
  const position: Owned = newInt(rt, unit < 0 ? unit : indexOfUnit(rt, string, unit));
  raiseTake(rt, call3(rt, type, message, string, temp(rt, position)));
}
