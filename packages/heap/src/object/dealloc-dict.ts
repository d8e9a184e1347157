/** Destructor of dicts. */
import type { Heap } from '../heap.ts';
import { DictWord } from '../layout/containers.ts';
import { FreeListMax, FreeListRoot } from '../layout/freelists.ts';
import { Destructor, HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { forgetDestroyed } from './destroying.ts';
import { freeObject } from './free.ts';
import { keysDecref } from './keys.ts';
import { untrack } from './track.ts';
import { trashcanBegin, trashcanEnd } from './trashcan.ts';
import { releaseValues } from './values.ts';

/** Releases the values in key order, then the keys record.
 *  Source: CPython 3.12 dict_dealloc. Differs: dict watchers are the embedder's.
 *  @runsPython */
export function deallocDict(h: Heap, o: Ref): void {
  const H = h.words;
  untrack(h, o);
  const own = H[H[o + ObjectWord.Type] + TypeWord.Dealloc] === Destructor.Dict;
  if (own && !trashcanBegin(h, o)) return;
  const keys = H[o + DictWord.Keys];
  const values = H[o + DictWord.Values];
  H[o + DictWord.Values] = 0;
  if (values !== 0) releaseValues(h, values, keys);
  H[o + DictWord.Keys] = 0;
  if (keys !== 0) keysDecref(h, keys);
  if (!keepDict(H, o)) freeObject(h, o);
  if (own) trashcanEnd(h);
}

function keepDict(H: Int32Array, o: Ref): boolean {
  const count = H[FreeListRoot.DictCount];
  if (count >= FreeListMax.Dicts || H[o + ObjectWord.Type] !== H[HeapRoot.DictType]) return false;
  H[o + DictWord.Keys] = H[FreeListRoot.DictHead];
  H[FreeListRoot.DictHead] = o;
  H[FreeListRoot.DictCount] = count + 1;
  forgetDestroyed(H, o);
  return true;
}
