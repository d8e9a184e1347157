/**
 * What a wrapper descriptor does when it is called: turns Python arguments into those of the wrapped slot. `args` is a
 * tuple without `self`. Source: CPython 3.12 typeobject.c wrap_*.
 */
import { ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import {
  currentException,
  none,
  overflowError,
  raiseEmpty,
  rethrow,
  typeError,
  valueError,
} from '../../core/errors.ts';
import { CompareOp, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type {
  BinarySlot,
  CallSlot,
  CompareSlot,
  ContainsSlot,
  DescrGetSlot,
  HashSlot,
  HeapSlot,
  IndexSlot,
  InitSlot,
  IterNextSlot,
  LengthSlot,
  PredicateSlot,
  SetIndexSlot,
  SetSlot,
  TernarySlot,
  UnarySlot,
} from '../../core/functions.ts';
import { newBigInt, newInt } from '../../core/int.ts';
import { slotLength } from '../../core/protocol/item.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { typeFullName } from '../../core/types.ts';
import { ownerOf, releaseMemoryview } from '../bytes/view.ts';
import { hashToInt } from './hash64.ts';

/** The ways to wrap a slot; each has one function in `WRAPPERS`. */
export const enum Wrap {
  None = 0,
  Unary,
  /** What BinaryL does, apart from it: a slot is only taken over from a method that wraps its own kind of slot. */
  Binary,
  BinaryL,
  BinaryR,
  Ternary,
  TernaryR,
  Predicate,
  Length,
  IndexArg,
  SequenceItem,
  SequenceSetItem,
  SequenceDelItem,
  Contains,
  SetItem,
  DelItem,
  SetAttr,
  DelAttr,
  Hash,
  Call,
  Lt,
  Le,
  Eq,
  Ne,
  Gt,
  Ge,
  Next,
  DescrGet,
  DescrSet,
  DescrDelete,
  Init,
  Finalize,
  GetBuffer,
  ReleaseBuffer,
}

type WrapFunction = (rt: Runtime, self: Ref, args: Ref, wrapped: number, kwargs: Ref) => Owned;

function argument(rt: Runtime, args: Ref, i: number): Ref {
  return rt.words[args + TupleWord.Items + i];
}

/** Requires exactly `n` arguments. */
function expect(rt: Runtime, args: Ref, n: number): void {
  const size = rt.words[args + TupleWord.Size];
  if (size !== n) typeError(rt, `expected ${n} argument${n === 1 ? '' : 's'}, got ${size}`);
}

/** Requires `least` to `most` arguments, with PyArg_UnpackTuple's message for an empty name: a space stays. */
function unpack(rt: Runtime, args: Ref, least: number, most: number): void {
  const size = rt.words[args + TupleWord.Size];
  if (size >= least && size <= most) return;
  const bound = size < least ? least : most;
  const how = least === most ? '' : size < least ? 'at least ' : 'at most ';
  typeError(rt, ` expected ${how}${bound} argument${bound === 1 ? '' : 's'}, got ${size}`);
}

const wrapUnary: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 0);
  return (SLOT_FUNCTIONS[wrapped] as UnarySlot)(rt, self);
};

const wrapBinaryL: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  return (SLOT_FUNCTIONS[wrapped] as BinarySlot)(rt, self, argument(rt, args, 0));
};

const wrapBinaryR: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  return (SLOT_FUNCTIONS[wrapped] as BinarySlot)(rt, argument(rt, args, 0), self);
};

function third(rt: Runtime, args: Ref): Ref {
  return rt.words[args + TupleWord.Size] > 1 ? argument(rt, args, 1) : S.None;
}

const wrapTernary: WrapFunction = (rt, self, args, wrapped) => {
  unpack(rt, args, 1, 2);
  return (SLOT_FUNCTIONS[wrapped] as TernarySlot)(rt, self, argument(rt, args, 0), third(rt, args));
};

const wrapTernaryR: WrapFunction = (rt, self, args, wrapped) => {
  unpack(rt, args, 1, 2);
  return (SLOT_FUNCTIONS[wrapped] as TernarySlot)(rt, argument(rt, args, 0), self, third(rt, args));
};

const wrapPredicate: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 0);
  return pyBool((SLOT_FUNCTIONS[wrapped] as PredicateSlot)(rt, self)) as Owned;
};

const wrapLength: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 0);
  const n = slotLength(rt, SLOT_FUNCTIONS[wrapped] as LengthSlot, self);
  return typeof n === 'number' ? newInt(rt, n) : newBigInt(rt, n);
};

const wrapIndexArg: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  const n = indexNumber(rt, argument(rt, args, 0), T.OverflowError);
  return (SLOT_FUNCTIONS[wrapped] as IndexSlot)(rt, self, n);
};

/** An index, counted from the end when it is negative and the type has a length. */
function sequenceIndex(rt: Runtime, self: Ref, arg: Ref): number {
  const i = indexNumber(rt, arg, T.OverflowError);
  const length = rt.words[rt.words[self + ObjectWord.Type] + TypeWord.SqLength];
  return i < 0 && length !== 0 ? i + (SLOT_FUNCTIONS[length] as LengthSlot)(rt, self) : i;
}

const wrapSequenceItem: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  const i = sequenceIndex(rt, self, argument(rt, args, 0));
  return (SLOT_FUNCTIONS[wrapped] as IndexSlot)(rt, self, i);
};

const wrapSequenceSetItem: WrapFunction = (rt, self, args, wrapped) => {
  unpack(rt, args, 2, 2);
  const i = sequenceIndex(rt, self, argument(rt, args, 0));
  (SLOT_FUNCTIONS[wrapped] as SetIndexSlot)(rt, self, i, argument(rt, args, 1));
  return none();
};

const wrapSequenceDelItem: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  const i = sequenceIndex(rt, self, argument(rt, args, 0));
  (SLOT_FUNCTIONS[wrapped] as SetIndexSlot)(rt, self, i, 0);
  return none();
};

const wrapContains: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  return pyBool((SLOT_FUNCTIONS[wrapped] as ContainsSlot)(rt, self, argument(rt, args, 0))) as Owned;
};

const wrapSetItem: WrapFunction = (rt, self, args, wrapped) => {
  unpack(rt, args, 2, 2);
  (SLOT_FUNCTIONS[wrapped] as SetSlot)(rt, self, argument(rt, args, 0), argument(rt, args, 1));
  return none();
};

const wrapDelItem: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  (SLOT_FUNCTIONS[wrapped] as SetSlot)(rt, self, argument(rt, args, 0), 0);
  return none();
};

/** Keeps `object.__setattr__` from being applied to what overrides it in TypeScript: "Carlo Verre's hack". */
function checkSetAttr(rt: Runtime, self: Ref, wrapped: number, what: string): void {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  const mro = H[type + TypeWord.Mro];
  if (mro === 0) return;
  let i = H[mro + TupleWord.Size] - 1;
  let defining = type;
  for (; i >= 0; i--) {
    const base = H[mro + TupleWord.Items + i];
    if (H[base + TypeWord.SetAttrO] === wrapped) {
      defining = base;
      break;
    }
  }
  for (let base: Ref = defining; i >= 0 && i < H[mro + TupleWord.Size];) {
    i--;
    if (i < 0) return;
    base = H[mro + TupleWord.Items + i];
    if (H[base + TypeWord.SetAttrO] === wrapped) return;
    if ((H[base + TypeWord.Flags] & TypeFlag.HeapType) === 0) {
      typeError(rt, `can't apply this ${what} to ${typeFullName(rt, type)} object`);
    }
  }
}

const wrapSetAttr: WrapFunction = (rt, self, args, wrapped) => {
  unpack(rt, args, 2, 2);
  checkSetAttr(rt, self, wrapped, '__setattr__');
  (SLOT_FUNCTIONS[wrapped] as SetSlot)(rt, self, argument(rt, args, 0), argument(rt, args, 1));
  return none();
};

const wrapDelAttr: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  checkSetAttr(rt, self, wrapped, '__delattr__');
  (SLOT_FUNCTIONS[wrapped] as SetSlot)(rt, self, argument(rt, args, 0), 0);
  return none();
};

const wrapHash: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 0);
  const low = (SLOT_FUNCTIONS[wrapped] as HashSlot)(rt, self);
  const value = hashToInt(low, rt.hashHigh);
  return typeof value === 'bigint' ? newBigInt(rt, value) : newInt(rt, value);
};

const wrapCall: WrapFunction = (rt, self, args, wrapped, kwargs) =>
  (SLOT_FUNCTIONS[wrapped] as CallSlot)(rt, self, args, kwargs);

function wrapCompare(op: number): WrapFunction {
  return (rt, self, args, wrapped) => {
    expect(rt, args, 1);
    return (SLOT_FUNCTIONS[wrapped] as CompareSlot)(rt, self, argument(rt, args, 0), op);
  };
}

const wrapNext: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 0);
  const item = (SLOT_FUNCTIONS[wrapped] as IterNextSlot)(rt, self);
  if (item !== 0) return item;
  if (currentException(rt) !== 0) return rethrow();
  return raiseEmpty(rt, T.StopIteration);
};

const wrapDescrGet: WrapFunction = (rt, self, args, wrapped) => {
  unpack(rt, args, 1, 2);
  const first = argument(rt, args, 0);
  const second = third(rt, args);
  const object = first === S.None ? 0 : first;
  const type = second === S.None ? 0 : second;
  if (object === 0 && type === 0) typeError(rt, '__get__(None, None) is invalid');
  return (SLOT_FUNCTIONS[wrapped] as DescrGetSlot)(rt, self, object, type);
};

const wrapInit: WrapFunction = (rt, self, args, wrapped, kwargs) => {
  (SLOT_FUNCTIONS[wrapped] as InitSlot)(rt, self, args, kwargs);
  return none();
};

const wrapFinalize: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 0);
  (SLOT_FUNCTIONS[wrapped] as HeapSlot)(rt, self);
  return none();
};

const INT_MAX = 0x7fffffff;

const wrapGetBuffer: WrapFunction = (rt, self, args, wrapped) => {
  expect(rt, args, 1);
  const flags = indexNumber(rt, argument(rt, args, 0), T.OverflowError);
  if (flags > INT_MAX) overflowError(rt, 'buffer flags too large');
  return (SLOT_FUNCTIONS[wrapped] as IndexSlot)(rt, self, flags);
};

const wrapReleaseBuffer: WrapFunction = (rt, self, args) => {
  expect(rt, args, 1);
  const view = argument(rt, args, 0);
  if (rt.words[view + ObjectWord.Type] !== T.memoryview) typeError(rt, 'expected a memoryview object');
  const owner = ownerOf(rt, view);
  if (owner !== 0 && owner !== self) valueError(rt, "memoryview's buffer is not this object");
  releaseMemoryview(rt, view);
  return none();
};

/** By `Wrap`. */
const WRAPPERS: readonly WrapFunction[] = [
  wrapUnary,
  wrapUnary,
  wrapBinaryL,
  wrapBinaryL,
  wrapBinaryR,
  wrapTernary,
  wrapTernaryR,
  wrapPredicate,
  wrapLength,
  wrapIndexArg,
  wrapSequenceItem,
  wrapSequenceSetItem,
  wrapSequenceDelItem,
  wrapContains,
  wrapSetItem,
  wrapDelItem,
  wrapSetAttr,
  wrapDelAttr,
  wrapHash,
  wrapCall,
  wrapCompare(CompareOp.Lt),
  wrapCompare(CompareOp.Le),
  wrapCompare(CompareOp.Eq),
  wrapCompare(CompareOp.Ne),
  wrapCompare(CompareOp.Gt),
  wrapCompare(CompareOp.Ge),
  wrapNext,
  wrapDescrGet,
  wrapSetItem,
  wrapDelItem,
  wrapInit,
  wrapFinalize,
  wrapGetBuffer,
  wrapReleaseBuffer,
];

/** Whether a wrapper of this kind takes keywords. */
function takesKeywords(wrap: number): boolean {
  return wrap === Wrap.Call || wrap === Wrap.Init;
}

/** Calls the slot `wrapped` as a wrapper of kind `wrap` named `name` does; `kwargs` is a dict or 0. @runsPython */
export function callWrapped(
  rt: Runtime,
  wrap: number,
  name: string,
  self: Ref,
  args: Ref,
  wrapped: number,
  kwargs: Ref,
): Owned {
  const wrapper = WRAPPERS[wrap] ?? wrapUnary;
  if (takesKeywords(wrap)) return wrapper(rt, self, args, wrapped, kwargs);
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, `wrapper ${name}() takes no keyword arguments`);
  return wrapper(rt, self, args, wrapped, 0);
}
