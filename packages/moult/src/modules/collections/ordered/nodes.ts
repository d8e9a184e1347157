/**
 * The order of an ordered dict: a doubly linked list of nodes beside the dict's table, and a table from entry numbers to
 * nodes. What only the dict's own methods do (`dict.__delitem__(od, key)`) leaves nodes behind whose keys are not found.
 *
 * A search compares keys and may run the program, which may change the dict: what was found holds until then.
 * Source: CPython 3.12 odictobject.c.
 */
import { alloc, allocMetered, decref, DictWord, free, freeMetered, KeysInfo, KeysWord, newRef } from '@moult/heap';
import type { Ref, Visit } from '@moult/heap';
import { dictLookup } from '../../../core/dict/index.ts';
import { keyError } from '../../../core/errors.ts';
import { onConnect } from '../../../core/installers.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { dropTemp, temp } from '../../../core/temps.ts';
import { ModuleNum } from '../../module-roots.ts';
import { NodeWord, OrderedWord } from '../layout.ts';

/** The node of a key, 0 if there is none. @runsPython
 *  Source: CPython 3.12 _odict_find_node_hash. */
export function findNode(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): number {
  const H = rt.words;
  if (H[od + OrderedWord.First] === 0) return 0;
  const ix = entryOf(rt, od, key, lo, hi);
  return ix < 0 ? 0 : H[H[od + OrderedWord.FastNodes] + ix];
}

/** The entry number of a key, −1 if it is not there; the table of nodes fits it. @runsPython
 *  Source: CPython 3.12 _odict_get_index. */
function entryOf(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): number {
  const H = rt.words;
  for (;;) {
    if (!isCurrent(H, od) && !rebuild(rt, od)) return -1;
    const ix = dictLookup(rt, od, key, lo, hi);
    if (isCurrent(H, od)) return ix;
  }
}

function isCurrent(H: Int32Array, od: Ref): boolean {
  const keys = H[od + DictWord.Keys];
  return H[od + OrderedWord.Sentinel] === keys && H[od + OrderedWord.FastSize] === slotCount(H, keys);
}

function slotCount(H: Int32Array, keys: number): number {
  return 1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask);
}

/** Makes the table of nodes for the present keys record; false if a node's key is not in the dict. @runsPython
 *  Source: CPython 3.12 _odict_resize. Differs: starts again when a comparison changed the dict. */
function rebuild(rt: Runtime, od: Ref): boolean {
  const H = rt.words;
  for (;;) {
    const keys = H[od + DictWord.Keys];
    const size = slotCount(H, keys);
    const table = alloc(rt, size);
    H.fill(0, table, table + size);
    const filled = fillOrFree(rt, od, table, size);
    if (filled === Filled.Yes) {
      replaceTable(rt, od, table, size);
      H[od + OrderedWord.Sentinel] = keys;
      return true;
    }
    free(rt, table, size);
    if (filled === Filled.No) return false;
  }
}

const enum Filled {
  Yes = 0,
  No = 1,
  /** The dict changed meanwhile. */
  Again = 2,
}

function fillOrFree(rt: Runtime, od: Ref, table: number, size: number): Filled {
  try {
    return fill(rt, od, table);
  } catch (error) {
    free(rt, table, size);
    throw error;
  }
}

function fill(rt: Runtime, od: Ref, table: number): Filled {
  const H = rt.words;
  const keys = H[od + DictWord.Keys];
  const state = H[od + OrderedWord.State];
  for (let node = H[od + OrderedWord.First]; node !== 0; node = H[node + NodeWord.Next]) {
    const key = temp(rt, newRef(rt, H[node + NodeWord.Key]));
    const ix = dictLookup(rt, od, key, H[node + NodeWord.HashLow], H[node + NodeWord.HashHigh]);
    const same = H[od + OrderedWord.State] === state && H[od + DictWord.Keys] === keys;
    dropTemp(rt, key);
    if (!same) return Filled.Again;
    if (ix < 0) return Filled.No;
    H[table + ix] = node;
  }
  return Filled.Yes;
}

function replaceTable(rt: Runtime, od: Ref, table: number, size: number): void {
  const H = rt.words;
  const old = H[od + OrderedWord.FastNodes];
  const oldSize = H[od + OrderedWord.FastSize];
  H[od + OrderedWord.FastNodes] = table;
  H[od + OrderedWord.FastSize] = size;
  H[od + OrderedWord.Sentinel] = 0;
  if (old !== 0) free(rt, old, oldSize);
}

/** Puts a key that the dict has at the end of the order, unless it is in it. @runsPython
 *  Source: CPython 3.12 _odict_add_new_node. */
export function addNode(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): void {
  const H = rt.words;
  const ix = entryOf(rt, od, key, lo, hi);
  if (ix < 0) keyError(rt, key);
  if (H[H[od + OrderedWord.FastNodes] + ix] !== 0) return;
  const node = allocMetered(rt, NodeWord.Words, NodeWord.Bytes);
  H[node + NodeWord.Key] = newRef(rt, key);
  H[node + NodeWord.HashLow] = lo;
  H[node + NodeWord.HashHigh] = hi;
  linkLast(rt, od, node);
  H[H[od + OrderedWord.FastNodes] + ix] = node;
}

/** Takes a key out of the order, if it is there. @runsPython
 *  Source: CPython 3.12 _odict_clear_node. */
export function removeNode(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number): void {
  const H = rt.words;
  if (H[od + OrderedWord.First] === 0) return;
  const ix = entryOf(rt, od, key, lo, hi);
  const node = ix < 0 ? 0 : H[H[od + OrderedWord.FastNodes] + ix];
  if (node === 0) return;
  H[H[od + OrderedWord.FastNodes] + ix] = 0;
  unlink(rt, od, node);
  decref(rt, freeNode(rt, node));
}

/** Gives the block of a node back; its key is the caller's to release. */
function freeNode(rt: Runtime, node: number): Ref {
  const key = rt.words[node + NodeWord.Key];
  freeMetered(rt, node, NodeWord.Words, NodeWord.Bytes);
  return key;
}

/** Takes a node out of the list. */
export function unlink(rt: Runtime, od: Ref, node: number): void {
  const H = rt.words;
  const next = H[node + NodeWord.Next];
  const previous = H[node + NodeWord.Previous];
  if (previous === 0) H[od + OrderedWord.First] = next;
  else H[previous + NodeWord.Next] = next;
  if (next === 0) H[od + OrderedWord.Last] = previous;
  else H[next + NodeWord.Previous] = previous;
  H[od + OrderedWord.State]++;
}

/** Puts a node that is in no list at the end. */
export function linkLast(rt: Runtime, od: Ref, node: number): void {
  const H = rt.words;
  const last = H[od + OrderedWord.Last];
  H[node + NodeWord.Previous] = last;
  H[node + NodeWord.Next] = 0;
  if (last === 0) H[od + OrderedWord.First] = node;
  else H[last + NodeWord.Next] = node;
  H[od + OrderedWord.Last] = node;
  H[od + OrderedWord.State]++;
}

/** Puts a node that is in no list at the start. */
export function linkFirst(rt: Runtime, od: Ref, node: number): void {
  const H = rt.words;
  const first = H[od + OrderedWord.First];
  H[node + NodeWord.Previous] = 0;
  H[node + NodeWord.Next] = first;
  if (first === 0) H[od + OrderedWord.Last] = node;
  else H[first + NodeWord.Previous] = node;
  H[od + OrderedWord.First] = node;
  H[od + OrderedWord.State]++;
}

/** Empties the order; keys that nobody else holds die from first to last. The nodes wait in a chain of the root record, of
 *  which a dict emptied meanwhile takes its own part. @runsPython
 *  Source: CPython 3.12 _odict_clear_nodes. */
export function clearNodes(rt: Runtime, od: Ref): void {
  const H = rt.words;
  replaceTable(rt, od, 0, 0);
  const first = H[od + OrderedWord.First];
  if (first === 0) return;
  const rest = H[ModuleNum.DyingNodes];
  H[H[od + OrderedWord.Last] + NodeWord.Next] = rest;
  // As in CPython the state stays: who iterates hears of another size.
  H[od + OrderedWord.First] = H[od + OrderedWord.Last] = 0;
  H[ModuleNum.DyingNodes] = first;
  while (H[ModuleNum.DyingNodes] !== rest) {
    const node = H[ModuleNum.DyingNodes];
    H[ModuleNum.DyingNodes] = H[node + NodeWord.Next];
    decref(rt, freeNode(rt, node));
  }
}

/** Visits the keys in order, from a node on. */
export function visitNodes(H: Int32Array, first: number, visit: Visit): void {
  for (let node = first; node !== 0; node = H[node + NodeWord.Next]) visit(H[node + NodeWord.Key]);
}

/** Tells `add` the metered bytes of each block of the order. */
export function addNodeBlocks(H: Int32Array, first: number, add: (nbytes: number) => void): void {
  for (let node = first; node !== 0; node = H[node + NodeWord.Next]) add(NodeWord.Bytes);
}

onConnect((rt) => {
  rt.rootScanners.push((heap, visit) => visitNodes(heap.words, heap.words[ModuleNum.DyingNodes], visit));
  rt.blockScanners.push((heap, add) => addNodeBlocks(heap.words, heap.words[ModuleNum.DyingNodes], add));
});
