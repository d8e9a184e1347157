/** Which base decides the layout of instances. */
import { TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';

/** The nearest type on the base chain that adds words to instances. */
export function solidBase(rt: Runtime, type: Ref): Ref {
  const H = rt.words;
  const parent = H[type + TypeWord.Base];
  const base = parent === 0 ? (T.object as Ref) : solidBase(rt, parent);
  const differs =
    H[type + TypeWord.BasicSize] !== H[base + TypeWord.BasicSize] ||
    H[type + TypeWord.ItemSize] !== H[base + TypeWord.ItemSize];
  return differs ? type : base;
}
