/**
 * Instructions learn: each function here looks at operands and replaces the instruction at word `at` by a quick one
 * (`frames/quick.ts`) if there is one for them. The quick one checks again, so this may be done at any time; nothing that a
 * program sees depends on it.
 */
import { ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { BinaryOp, CACHE_COUNTS, Op } from '../compiler/opcodes.ts';
import { slotIndex } from '../core/functions.ts';
import { FrameState, GeneratorWord } from '../core/layout/frame.ts';
import { BuiltinWord, DescrWord } from '../core/layout/functions.ts';
import { RangeIteratorWord } from '../core/layout/iterators.ts';
import { IntTag, IntWord } from '../core/layout/numbers.ts';
import { NATIVES } from '../core/native.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { StaticArea, T } from '../core/static.ts';
import { Quick } from '../frames/quick.ts';
import { slotSubscript } from '../objects/type/dispatch/containers.ts';
import { assignVersion } from '../objects/type/lookup.ts';
import { BinaryCache, CallCache, Callee, OperandKinds, SubscriptCache } from './caches.ts';

const SLOT_SUBSCRIPT = slotIndex(slotSubscript);

/** Replaces the instruction at `at`; its argument stays. */
export function becomes(H: Int32Array, at: number, op: number): void {
  H[at] = (H[at] & ~255) | op;
}

/** Executions after which an instruction that was not replaced does not ask any more. */
const PATIENCE = 8;

/** BINARY_OP */
export function specializeBinary(rt: Runtime, at: number, a: Ref, b: Ref): void {
  const H = rt.words;
  const quick = quickBinary(H, H[at] >> 8, a, b);
  if (quick !== 0) becomes(H, at, quick);
  else if (++H[at + BinaryCache.Misses] > PATIENCE) {
    H[at + BinaryCache.Misses] = kindsOf(H, a, b);
    becomes(H, at, Quick.PlainBinary);
  }
}

function kindsOf(H: Int32Array, a: Ref, b: Ref): number {
  const type = H[a + ObjectWord.Type];
  if (type !== H[b + ObjectWord.Type]) return OperandKinds.Others;
  if (type === T.float) return OperandKinds.Floats;
  return type === T.int && bothCompact(H, a, b) ? OperandKinds.Ints : OperandKinds.Others;
}

function quickBinary(H: Int32Array, op: number, a: Ref, b: Ref): number {
  const type = H[a + ObjectWord.Type];
  if (type !== H[b + ObjectWord.Type]) return 0;
  const plain = op >= BinaryOp.INPLACE ? op - BinaryOp.INPLACE : op;
  if (type === T.int && bothCompact(H, a, b)) {
    if (plain === BinaryOp.ADD) return Quick.AddInt;
    return plain === BinaryOp.SUBTRACT ? Quick.SubtractInt : 0;
  }
  if (type !== T.float) return 0;
  if (plain === BinaryOp.ADD) return Quick.AddFloat;
  if (plain === BinaryOp.SUBTRACT) return Quick.SubtractFloat;
  return plain === BinaryOp.MULTIPLY ? Quick.MultiplyFloat : 0;
}

function bothCompact(H: Int32Array, a: Ref, b: Ref): boolean {
  return (
    (H[a + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact &&
    (H[b + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact
  );
}

/** COMPARE_OP */
export function specializeCompare(rt: Runtime, at: number, a: Ref, b: Ref): void {
  const H = rt.words;
  const type = H[a + ObjectWord.Type];
  if (type !== H[b + ObjectWord.Type]) return;
  if (type === T.int && bothCompact(H, a, b)) becomes(H, at, Quick.CompareInt);
  else if (type === T.float) becomes(H, at, Quick.CompareFloat);
  else if (type === T.str) becomes(H, at, Quick.CompareStr);
}

/** BINARY_SUBSCR */
export function specializeSubscript(rt: Runtime, at: number, o: Ref, key: Ref): void {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if (type === T.dict) becomes(H, at, Quick.SubscriptDict);
  if (H[type + TypeWord.MpSubscript] === SLOT_SUBSCRIPT && assignVersion(rt, type) !== 0) {
    H[at + SubscriptCache.Version] = H[type + TypeWord.VersionTag];
    becomes(H, at, Quick.SubscriptMethod);
  }
  if (H[key + ObjectWord.Type] !== T.int) return;
  if (type === T.str) becomes(H, at, Quick.SubscriptStr);
  else if (type === T.list) becomes(H, at, Quick.SubscriptList);
  else if (type === T.tuple) becomes(H, at, Quick.SubscriptTuple);
}

/** STORE_SUBSCR */
export function specializeStore(rt: Runtime, at: number, o: Ref, key: Ref): void {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if (type === T.dict) becomes(H, at, Quick.StoreSubscriptDict);
  else if (type === T.list && H[key + ObjectWord.Type] === T.int) becomes(H, at, Quick.StoreSubscriptList);
}

/** FOR_ITER: true if the instruction was replaced. The quick ones turn it back where what is asked here does not hold. */
export function specializeFor(rt: Runtime, at: number, iterator: Ref): boolean {
  const H = rt.words;
  switch (H[iterator + ObjectWord.Type]) {
    case T.rangeIterator:
      if (H[iterator + RangeIteratorWord.Wide] !== 0) return false;
      becomes(H, at, Quick.ForRange);
      return true;
    case T.listIterator:
      becomes(H, at, Quick.ForList);
      return true;
    case T.tupleIterator:
      becomes(H, at, Quick.ForTuple);
      return true;
    case T.generator:
      if (H[iterator + GeneratorWord.State] >= FrameState.Executing || H[RootNum.RecursionRemaining] <= 0) return false;
      becomes(H, at, Quick.ForGenerator);
      return true;
    default:
      return false;
  }
}

/** UNPACK_SEQUENCE */
export function specializeUnpack(rt: Runtime, at: number, o: Ref): void {
  const H = rt.words;
  const count = H[at] >> 8;
  if (H[o + ObjectWord.Type] !== T.tuple || H[o + TupleWord.Size] !== count) return;
  becomes(H, at, count === 2 ? Quick.UnpackPair : Quick.UnpackTuple);
}

/** CALL of what is no Python function, with `nargs` arguments after `callable` (self being the first, if `hasSelf`). */
export function specializeCall(rt: Runtime, at: number, callable: Ref, nargs: number, hasSelf: boolean): void {
  const H = rt.words;
  H[at + CallCache.Asked] = calleeOf(H, callable);
  const type = H[callable + ObjectWord.Type];
  if (type === T.methodDescriptor && hasSelf && nargs === 2) {
    const native = H[callable + DescrWord.Definition];
    const dropped = (H[at + CACHE_COUNTS[Op.CALL] + 1] & 255) === (Op.POP_TOP as number);
    if (dropped && H[callable + DescrWord.Owner] === T.list && NATIVES[native]?.name === 'append')
      rememberNative(H, at, native, Quick.CallListAppend);
  } else if (type === T.builtinFunction && !hasSelf && nargs === 1) {
    const native = H[callable + BuiltinWord.Native];
    if (NATIVES[native]?.name === 'len') rememberNative(H, at, native, Quick.CallLen);
  }
}

function calleeOf(H: Int32Array, callable: Ref): number {
  switch (H[callable + ObjectWord.Type]) {
    case T.methodDescriptor:
      return Callee.Native + H[callable + DescrWord.Definition];
    case T.builtinFunction:
      return Callee.Native + H[callable + BuiltinWord.Native];
    case T.type:
      return callable < StaticArea.End && H[callable + TypeWord.Vectorcall] !== 0 ? -callable : Callee.Other;
    default:
      return Callee.Other;
  }
}

function rememberNative(H: Int32Array, at: number, native: number, op: number): void {
  H[at + CallCache.Native] = native;
  becomes(H, at, op);
}
