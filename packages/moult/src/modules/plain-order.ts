/** Comparing what needs no Python code to be compared, for natives that search and sort. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { compactValue, floatValue, isCompact } from '../core/int.ts';
import { StrState } from '../core/layout/text.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { strKind, strText } from '../core/str.ts';

/** `a < b` for two small ints, floats or strs; null for anything else. Runs no Python, makes no objects. */
export function plainLess(rt: Runtime, a: Ref, b: Ref): boolean | null {
  const H = rt.words;
  const type = H[a + ObjectWord.Type];
  if (type !== H[b + ObjectWord.Type]) return null;
  if (type === T.int) return isCompact(rt, a) && isCompact(rt, b) ? compactValue(rt, a) < compactValue(rt, b) : null;
  if (type === T.float) return floatValue(rt, a) < floatValue(rt, b);
  if (type !== T.str || strKind(rt, a) === StrState.Ucs4 || strKind(rt, b) === StrState.Ucs4) return null;
  return strText(rt, a) < strText(rt, b);
}
