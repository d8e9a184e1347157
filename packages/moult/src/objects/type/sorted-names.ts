/** Texts of the strings in an iterable, sorted as Python sorts strings. */
import type { Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isStr, kindName } from '../../core/types.ts';

/** Iterates `iterable`; raises TypeError for an item that is no str. @runsPython */
export function sortedTexts(rt: Runtime, iterable: Ref): string[] {
  const it = temp(rt, iter(rt, iterable));
  const texts: string[] = [];
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    if (!isStr(rt, item))
      typeError(rt, `sequence item ${texts.length}: expected str instance, ${kindName(rt, item)} found`);
    texts.push(strText(rt, item));
    dropTemp(rt, item);
  }
  dropTemp(rt, it);
  return texts.sort(compareCodePoints);
}

/** By code point, which differs from UTF-16 order beyond the basic plane. */
export function compareCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}
