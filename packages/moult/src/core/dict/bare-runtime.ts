/** For tests of tables: a runtime with bare records of a few types and no type machinery, and a type of keys whose hash
 *  and equality a test decides. */
import { Destructor, HeapRoot, LayoutKind, ObjectWord, TypeFlag, TypeWord, gcNew, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { slotIndex } from '../functions.ts';
import type { CompareSlot, SlotFunction } from '../functions.ts';
import { deallocInt, initSmallInts, intBytes, writeStatic } from '../int.ts';
import { StrState, StrWord } from '../layout/text.ts';
import { RootNum } from '../roots.ts';
import { Runtime } from '../runtime.ts';
import { pyBool, S, T } from '../static.ts';
import { deallocStr, initSharedText, strBytes, visitInterned } from '../str.ts';

/** A key made by `newKey`: its hash, and a number that equality compares. */
const enum KeyWord {
  Hash = 2,
  Value = 3,
  Words = 4,
}

/** The type of such keys: any free record. */
export const KEY_TYPE: Ref = T.firstModuleType;

interface BareType {
  readonly flags: number;
  readonly bytes: number;
  readonly words?: number;
  readonly itemWords?: number;
  readonly layout: number;
  readonly dealloc: number;
}

function writeType(rt: Runtime, type: Ref, bare: BareType): void {
  const H = rt.words;
  H[type] = -1;
  H[type + TypeWord.Type] = T.type;
  H[type + TypeWord.Flags] = bare.flags | TypeFlag.Ready;
  H[type + TypeWord.BasicSize] = bare.bytes;
  H[type + TypeWord.BasicWords] = bare.words ?? bare.bytes >> 3;
  H[type + TypeWord.ItemSize] = 8 * (bare.itemWords ?? 0);
  H[type + TypeWord.ItemWords] = bare.itemWords ?? 0;
  H[type + TypeWord.Traverse] = H[type + TypeWord.BaseLayout] = bare.layout;
  H[type + TypeWord.Dealloc] = bare.dealloc;
  H[type + TypeWord.Base] = type === (T.object as number) ? 0 : T.object;
}

const plain = (bytes: number, dealloc: number, flags = 0): BareType => ({
  flags,
  bytes,
  layout: LayoutKind.None,
  dealloc,
});

/** Compares two keys by their numbers; a test may put another function in its place. */
export const hooks: { compare: CompareSlot } = { compare: sameValue };

function sameValue(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  if (H[b + ObjectWord.Type] !== KEY_TYPE) return S.NotImplemented as Ref as Owned;
  return pyBool((H[a + KeyWord.Value] === H[b + KeyWord.Value]) === (op === 2)) as Owned;
}

function keyHashSlot(rt: Runtime, key: Ref): number {
  rt.hashHigh = rt.words[key + KeyWord.Hash] >> 31;
  return rt.words[key + KeyWord.Hash];
}

const compareKeys: CompareSlot = (rt, a, b, op) => hooks.compare(rt, a, b, op);

/** A runtime in which ints, strings, tuples, lists, dicts and keys can be made. */
export function bareRuntime(): Runtime {
  const rt = new Runtime({ reserveBytes: 1 << 28, frameStackWords: 1 << 12 });
  hooks.compare = sameValue;
  const H = rt.words;
  const destructor = (fn: SlotFunction): number => slotIndex(fn);
  writeType(rt, T.object, plain(16, Destructor.Plain));
  writeType(rt, T.type, plain(920, Destructor.Plain, TypeFlag.TypeSubclass));
  writeType(rt, T.bool, plain(28, destructor(deallocInt), TypeFlag.LongSubclass));
  writeType(rt, T.int, plain(24, destructor(deallocInt), TypeFlag.LongSubclass));
  writeType(rt, T.str, plain(48, destructor(deallocStr), TypeFlag.UnicodeSubclass));
  writeType(rt, T.tuple, {
    flags: TypeFlag.HaveGc | TypeFlag.TupleSubclass,
    bytes: 24,
    itemWords: 1,
    layout: LayoutKind.InlineItems,
    dealloc: Destructor.Tuple,
  });
  writeType(rt, T.list, {
    flags: TypeFlag.HaveGc | TypeFlag.ListSubclass,
    bytes: 40,
    layout: LayoutKind.ItemBlock,
    dealloc: Destructor.List,
  });
  writeType(rt, T.dict, {
    flags: TypeFlag.HaveGc | TypeFlag.DictSubclass,
    bytes: 48,
    layout: LayoutKind.Dict,
    dealloc: Destructor.Dict,
  });
  writeType(rt, KEY_TYPE, { flags: TypeFlag.HaveGc, bytes: 32, layout: LayoutKind.Fixed, dealloc: Destructor.Fixed });
  H[KEY_TYPE + TypeWord.Hash] = slotIndex(keyHashSlot);
  H[KEY_TYPE + TypeWord.RichCompare] = slotIndex(compareKeys);
  H[HeapRoot.TupleType] = T.tuple;
  H[HeapRoot.ListType] = T.list;
  H[HeapRoot.DictType] = T.dict;
  initSmallInts(rt);
  writeStatic(rt, S.False, T.bool, 0);
  writeStatic(rt, S.True, T.bool, 1);
  initSharedText(rt);
  rt.rootScanners.push((heap, visit) => {
    visitInterned(heap.words, visit);
    for (let i = H[RootNum.TempBase]; i < H[RootNum.TempTop]; i++) visit(heap.words[i]);
  });
  rt.addBlocks = (o, add) => addTextOrInt(rt, o, add);
  rt.blockScanners.push((_heap, add) => {
    if (H[RootNum.InternTable] !== 0) add(8 * H[RootNum.InternCapacity]);
  });
  return rt;
}

function addTextOrInt(rt: Runtime, o: Ref, add: (nbytes: number) => void): boolean {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if (type === T.str) add(strBytes(H[o + StrWord.State] & StrState.KindMask, H[o + StrWord.Length]));
  else if (type === T.int) add(intBytes(rt, o));
  return type === T.str || type === T.int;
}

/** A tracked key of `KEY_TYPE`. */
export function newKey(rt: Runtime, hash: number, value: number): Owned {
  const key = gcNew(rt, KEY_TYPE);
  rt.words[key + KeyWord.Hash] = hash;
  rt.words[key + KeyWord.Value] = value;
  track(rt, key);
  return key;
}

/** A small seeded generator of integers below `n`. */
export function randomFrom(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}
