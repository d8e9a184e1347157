/** The leak check: blocks in use against blocks that something leads to. */
import { allocatedBlocks } from '../alloc/stats.ts';
import { usedBytes } from '../alloc/meter.ts';
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, KeysInfo, KeysWord, ListWord, TupleWord } from '../layout/containers.ts';
import { FloatWord, FreeListMax, FreeListRoot, KEYS_LOG2_MIN } from '../layout/freelists.ts';
import { GcRoot } from '../layout/gc.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { Root } from '../layout/root.ts';
import { LayoutKind, TypeWord } from '../layout/type.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Ref } from '../memory/ref.ts';
import { keysBytes } from '../object/keys.ts';
import { bodyBytes, headWords, itemCount } from '../object/size.ts';
import { valuesBytes, valuesCapacity } from '../object/values.ts';
import { HeapView } from './heap-view.ts';

/** INV-RC-4: number and metered bytes of the blocks that the view reaches, with free lists and the heap's own tables,
 *  equal what the allocator has handed out. Does nothing while something is being destroyed. `known`: instead, only as many
 *  blocks are not reached. */
export function checkLeaks(h: Heap, view: HeapView, known: number | null): void {
  const H = h.words;
  if (H[HeapRoot.DestroyDepth] !== 0 || H[GcRoot.Collecting] !== 0) return;
  const total = reached(h, view);
  if (known !== null) return compare('blocks in use that nothing leads to', known, allocatedBlocks(h) - total.blocks);
  compare('blocks in use that nothing leads to', total.blocks, allocatedBlocks(h));
  compare('metered bytes of all blocks', total.nbytes, usedBytes(h) - h.floats[Root.HostBytes / 2]);
}

/** How many blocks the allocator has handed out beyond those that something leads to: those of which an embedder's objects do
 *  not tell `Heap.addBlocks`, and lost ones. */
export function unreachedBlocks(h: Heap): number {
  return allocatedBlocks(h) - reached(h, new HeapView(h)).blocks;
}

function reached(h: Heap, view: HeapView): { blocks: number; nbytes: number } {
  const H = h.words;
  const total = { blocks: 0, nbytes: 0 };
  const add = (nbytes: number): void => {
    total.blocks++;
    total.nbytes += nbytes;
  };
  addObjects(h, view, add);
  addFreeLists(h, add);
  if (H[HeapRoot.HandleTable] !== 0) add(8 * H[HeapRoot.HandleCapacity]);
  for (const scan of h.blockScanners) scan(h, add);
  return total;
}

function compare(text: string, reached: number, used: number): void {
  if (reached !== used) throw new HeapCorruption(`INV-RC-4: ${text}`, 0, reached, used);
}

function addObjects(h: Heap, view: HeapView, add: (nbytes: number) => void): void {
  const H = h.words;
  const dynamic = (index: number): boolean => index >= H[Root.StaticEnd];
  for (const o of view.counts.keys()) if (dynamic(o)) addBlocksOf(h, o, add);
  for (const keys of view.keysCounts.keys()) if (dynamic(keys)) add(recordBytes(H, keys));
  for (const values of view.valuesRecords) add(valuesBytes(valuesCapacity(H, values)));
}

/** Calls `add` with the metered bytes of each block that `o` consists of. Its keys and values records are not among
 *  them: they may be shared. */
export function addBlocksOf(h: Heap, o: Ref, add: (nbytes: number) => void): void {
  if (!h.addBlocks(o, add)) addObject(h, o, add);
}

/** The object's own block, and a list's items. */
function addObject(h: Heap, o: Ref, add: (nbytes: number) => void): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  add(objectBytes(h, o));
  const kind = H[type + TypeWord.Traverse];
  const layout = kind === LayoutKind.Instance ? H[type + TypeWord.BaseLayout] : kind;
  if (layout === LayoutKind.ItemBlock && H[o + ListWord.Items] !== 0) add(8 * H[o + ListWord.Allocated]);
}

function objectBytes(h: Heap, o: Ref): number {
  const type = h.words[o + ObjectWord.Type];
  return bodyBytes(h, type, itemCount(h, o)) + 8 * headWords(h, type);
}

function recordBytes(H: Int32Array, keys: number): number {
  const info = H[keys + KeysWord.Info];
  return keysBytes(info & KeysInfo.SizeMask, info >> KeysInfo.KindShift);
}

function addFreeLists(h: Heap, add: (nbytes: number) => void): void {
  const H = h.words;
  const each = (head: number, link: number, give: (o: number) => void): void => {
    for (let o = H[head]; o !== 0; o = H[o + link]) give(o);
  };
  for (let i = 0; i < FreeListMax.TupleSize; i++) {
    each(FreeListRoot.TupleHeads + i, TupleWord.Items, (o) => addObject(h, o, add));
  }
  each(FreeListRoot.ListHead, ListWord.Items, (o) => add(objectBytes(h, o)));
  each(FreeListRoot.DictHead, DictWord.Keys, (o) => add(objectBytes(h, o)));
  each(FreeListRoot.FloatHead, ObjectWord.Type, () => add(FloatWord.Bytes));
  each(FreeListRoot.KeysHead, KeysWord.Version, () => add(keysBytes(KEYS_LOG2_MIN, DictKeysKind.Unicode)));
}
