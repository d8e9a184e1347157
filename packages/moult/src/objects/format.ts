/** `format(o, spec)` and `ascii(o)`. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { asciiFromRepr } from '../text/repr.ts';
import { call1 } from '../core/call.ts';
import { typeError } from '../core/errors.ts';
import { StrState } from '../core/layout/text.ts';
import { Id } from '../core/names.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr, strKind, strLength, strText } from '../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../core/temps.ts';
import { isStr, kindName } from '../core/types.ts';
import { lookupSpecial } from './type/lookup.ts';
import { repr, str } from '../core/protocol/text.ts';

/** `format(o, spec)`; `spec` 0 is the empty one. @runsPython */
export function format(rt: Runtime, o: Ref, spec: Ref): Owned {
  const H = rt.words;
  if (spec === 0 || strLength(rt, spec) === 0) {
    if (H[o + ObjectWord.Type] === T.str) return newRef(rt, o);
    if (H[o + ObjectWord.Type] === T.int) return str(rt, o);
  }
  const m = tempMark(rt);
  const method = lookupSpecial(rt, o, Id.__format__);
  if (method === 0) typeError(rt, `Type ${kindName(rt, o)} doesn't define __format__`);
  temp(rt, method);
  const result = call1(rt, method, spec === 0 ? S.EmptyStr : spec);
  if (isStr(rt, result)) return releaseKeeping(rt, m, result);
  temp(rt, result);
  return typeError(rt, `__format__ must return a str, not ${kindName(rt, result)}`);
}

/** `ascii(o)` @runsPython */
export function asciiRepr(rt: Runtime, o: Ref): Owned {
  const m = tempMark(rt);
  const result = temp(rt, repr(rt, o));
  if (strKind(rt, result) === (StrState.Ascii as number)) return releaseKeeping(rt, m, newRef(rt, result));
  return releaseKeeping(rt, m, newStr(rt, asciiFromRepr(strText(rt, result))));
}
