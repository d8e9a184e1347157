/**
 * The short way for the commonest garbage: neighbours of one class whose instances die quietly (object/dealloc-lone.ts),
 * made of slots or inline attributes. What the phase needs of the class is loaded once for such a run, and the objects
 * that die of being cleared are, mostly, taken apart here. Counts, deaths and their order are those of the general way,
 * which goes on where this one stops: at the first reference whose object dies otherwise. So nothing runs the program here.
 */
import { freeMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { KeysWord } from '../layout/containers.ts';
import { GcRoot, GenWord } from '../layout/gc.ts';
import { ClearKind } from '../layout/heap-root.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord, PRE_HEADER_WORDS, Prev, PrevFlag } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { clearObject } from '../object/clear.ts';
import { dealloc } from '../object/dealloc.ts';
import { isQuietClass, releaseShared } from '../object/dealloc-lone.ts';
import { setDestroying } from '../object/destroying.ts';
import { nearestBase } from '../object/instance.ts';
import { decref } from '../object/refcount.ts';
import { countFree } from '../object/track.ts';
import { UNWIND_LEVEL } from '../object/trashcan.ts';
import { freeValues } from '../object/values.ts';
import { fromGc, listMove } from './lists.ts';

/** What a run needs of its class: words from the object on, or bytes. */
class QuietClass {
  type: Ref = 0;
  firstSlot = 0;
  slots = 0;
  /** Number of inline attributes, −1: instances have none. */
  values = -1;
  /** The weak list's word, 0: none. */
  weakList = 0;
  before = 0;
  nwords = 0;
  nbytes = 0;

  /** Reads the record of `type`. False: its instances take the general way. */
  load(H: Int32Array, type: Ref): boolean {
    if (!isClearedQuietly(H, type)) return false;
    const flags = H[type + TypeWord.Flags];
    const managed = (flags & TypeFlag.ManagedDict) !== 0;
    const keys = H[type + TypeWord.HtCachedKeys];
    this.type = type;
    this.firstSlot = H[type + TypeWord.SlotsStart];
    this.slots = H[type + TypeWord.SlotsEnd] - this.firstSlot;
    this.values = managed ? (keys === 0 ? 0 : H[keys + KeysWord.NumEntries]) : -1;
    this.weakList = H[type + TypeWord.WeakListOffset] >> 3;
    this.before = (flags & TypeFlag.PreHeader) !== 0 ? GC_HEAD_WORDS + PRE_HEADER_WORDS : GC_HEAD_WORDS;
    this.nwords = H[type + TypeWord.BasicWords] + this.before;
    this.nbytes = ((H[type + TypeWord.BasicSize] + 7) & -8) + (this.before << 3);
    return true;
  }
}

/** Scratch: nothing of it is used after a run. */
const quiet = new QuietClass();

function isClearedQuietly(H: Int32Array, type: Ref): boolean {
  if (H[type + TypeWord.Traverse] !== LayoutKind.Instance || H[type + TypeWord.Clear] !== ClearKind.Layout)
    return false;
  if (H[type + TypeWord.BaseLayout] !== LayoutKind.None || !isQuietClass(H, type)) return false;
  return H[nearestBase(H, type) + TypeWord.Clear] <= ClearKind.Layout;
}

/** Clears objects of one quiet class at the head of `collectable`, as long as the next is of that class too. One that
 *  survives moves to the end of `old`. `depth` is the entry of the destroy stack for what is held. False: the first
 *  object is not for this way.
 *  @runsPython */
export function clearQuietly(h: Heap, collectable: number, old: number, depth: number): boolean {
  const H = h.words;
  const c = quiet;
  let gc = H[collectable];
  if (H[GcRoot.TrashNesting] >= UNWIND_LEVEL || !c.load(H, H[fromGc(gc) + ObjectWord.Type])) return false;
  if (!isQuiet(H, c, fromGc(gc))) return false;
  do {
    const o = fromGc(gc);
    H[o]++;
    if (!clearWords(h, c, o, depth)) {
      clearTheRest(h, o, depth);
      if (H[collectable] === gc) keep(H, gc, old);
      return true;
    }
    const count = H[o] - 1;
    H[o] = count;
    if (count !== 0) keep(H, gc, old);
    else if (!giveBack(h, c, o)) dealloc(h, o);
    gc = H[collectable];
  } while (gc !== collectable && isQuiet(H, c, fromGc(gc)));
  return true;
}

/** Whether `o` is of the run's class, alive, and without weak references. */
function isQuiet(H: Int32Array, c: QuietClass, o: Ref): boolean {
  return H[(o + ObjectWord.Type) | 0] === c.type && H[o] > 0 && (c.weakList === 0 || H[o + c.weakList] === 0);
}

function keep(H: Int32Array, gc: number, old: number): void {
  H[gc + GenWord.Prev] &= ~PrevFlag.Collecting;
  listMove(H, gc, old);
}

/** The general way from the first reference on that is left; `o` is counted once more. */
function clearTheRest(h: Heap, o: Ref, depth: number): void {
  setDestroying(h.words, depth, o);
  clearObject(h, o);
  setDestroying(h.words, depth, 0);
  decref(h, o);
}

/** Releases what `o` refers to, slots first, as long as nothing but quiet instances dies of it. */
function clearWords(h: Heap, c: QuietClass, o: Ref, depth: number): boolean {
  const H = h.words;
  const first = o + c.firstSlot;
  for (let i = first; i < first + c.slots; i++) if (!clearQuietWord(h, c, o, i, depth)) return false;
  if (c.values < 0) return true;
  const attributes = H[(o + HeadWord.DictOrValues) | 0];
  if (attributes >= 0) return attributes === 0;
  for (let i = -attributes; i < c.values - attributes; i++) if (!clearQuietWord(h, c, o, i, depth)) return false;
  H[(o + HeadWord.DictOrValues) | 0] = 0;
  freeValues(h, -attributes);
  return true;
}

/** Releases the reference in the word `i` of `o`. False: the general way is to go on, from this word if it is not 0. */
function clearQuietWord(h: Heap, c: QuietClass, o: Ref, i: number, depth: number): boolean {
  const H = h.words;
  const r = H[i];
  if (r === 0) return true;
  const count = H[r] - 1;
  if (count === 0) return H[(r + ObjectWord.Type) | 0] === c.type && clearLast(h, c, o, i, depth);
  H[i] = 0;
  if (count > 0) H[r] = count;
  return true;
}

/** The reference in the word `i` is the last one to an instance of the class. */
function clearLast(h: Heap, c: QuietClass, o: Ref, i: number, depth: number): boolean {
  const H = h.words;
  const r = H[i];
  if (c.weakList !== 0 && H[r + c.weakList] !== 0) return false;
  H[i] = H[r] = 0;
  if (releaseWords(h, c, r) && giveBack(h, c, r)) return true;
  setDestroying(H, depth, o);
  dealloc(h, r);
  return false;
}

/** Releases what the dying `o` refers to, as long as nothing dies of it. */
function releaseWords(h: Heap, c: QuietClass, o: Ref): boolean {
  const H = h.words;
  const first = o + c.firstSlot;
  for (let i = first; i < first + c.slots; i++) if (!releaseShared(H, i)) return false;
  if (c.values < 0) return true;
  const attributes = H[(o + HeadWord.DictOrValues) | 0];
  if (attributes >= 0) return attributes === 0;
  for (let i = -attributes; i < c.values - attributes; i++) if (!releaseShared(H, i)) return false;
  H[(o + HeadWord.DictOrValues) | 0] = 0;
  freeValues(h, -attributes);
  return true;
}

/** Unlinks `o`, which refers to nothing any more, and gives back its block. False: it is the last user of its class. */
function giveBack(h: Heap, c: QuietClass, o: Ref): boolean {
  const H = h.words;
  const owners = H[c.type];
  if (owners === 1) return false;
  if (owners > 0) H[c.type] = owners - 1;
  const next = H[(o + HeadWord.GcNext) | 0];
  if (next !== 0) {
    const prev = H[(o + HeadWord.GcPrev) | 0] >>> Prev.Shift;
    H[prev] = next;
    H[(next + GenWord.Prev) | 0] = (H[(next + GenWord.Prev) | 0] & PrevFlag.Mask) | (prev << Prev.Shift);
  }
  countFree(h);
  freeMetered(h, o - c.before, c.nwords, c.nbytes);
  return true;
}
