/** For tests: a bare runtime that has sets. */
import { ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import { slotIndex } from '../../core/functions.ts';
import { SetSize, SetWord } from '../../core/layout/set.ts';
import type { Runtime } from '../../core/runtime.ts';
import { bareRuntime } from '../../core/dict/bare-runtime.ts';
import { T } from '../../core/static.ts';
import { setDealloc, setLayout, setTableBytes } from './make.ts';

/** A runtime of `bareRuntime` with `set` and `frozenset`. */
export function bareRuntimeWithSets(): Runtime {
  const rt = bareRuntime();
  const H = rt.words;
  const layout = rt.addLayout(setLayout);
  for (const type of [T.set, T.frozenset]) {
    H[type] = -1;
    H[type + TypeWord.Type] = T.type;
    H[type + TypeWord.Flags] = TypeFlag.HaveGc | TypeFlag.Ready;
    H[type + TypeWord.BasicSize] = SetSize.BasicBytes;
    H[type + TypeWord.BasicWords] = SetWord.Words;
    H[type + TypeWord.Traverse] = H[type + TypeWord.BaseLayout] = layout;
    H[type + TypeWord.Dealloc] = slotIndex(setDealloc);
    H[type + TypeWord.WeakListOffset] = 8 * SetWord.WeakList;
    H[type + TypeWord.Base] = T.object;
  }
  const addOthers = rt.addBlocks;
  rt.addBlocks = (o, add) => {
    if (H[o + ObjectWord.Type] !== T.set && H[o + ObjectWord.Type] !== T.frozenset) return addOthers(o, add);
    add(SetSize.BasicBytes + 16);
    if (setTableBytes(rt, o) !== 0) add(setTableBytes(rt, o));
    return true;
  };
  return rt;
}
