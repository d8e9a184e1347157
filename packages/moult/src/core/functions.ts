/**
 * The table of slot functions. A type's slot words (`TypeWord.Repr`, `NbAdd`, …) hold indices into it; index 0 means
 * "no slot". The table is code, filled while modules load, the same for all runtimes of a build; it holds no state.
 */
import { HeapCorruption } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from './runtime.ts';

export type UnarySlot = (rt: Runtime, self: Ref) => Owned;
export type BinarySlot = (rt: Runtime, left: Ref, right: Ref) => Owned;
export type TernarySlot = (rt: Runtime, a: Ref, b: Ref, c: Ref) => Owned;
/** Returns 0 when exhausted; a pending StopIteration (not thrown) may then carry a value. */
export type IterNextSlot = (rt: Runtime, self: Ref) => Owned | 0;
/** Returns the low half; stores the high half in `rt.hashHigh`. */
export type HashSlot = (rt: Runtime, self: Ref) => number;
export type LengthSlot = (rt: Runtime, self: Ref) => number;
export type PredicateSlot = (rt: Runtime, self: Ref) => boolean;
export type ContainsSlot = (rt: Runtime, self: Ref, value: Ref) => boolean;
/** Result may be `NotImplemented`. `op` is `CompareOp`. */
export type CompareSlot = (rt: Runtime, left: Ref, right: Ref, op: number) => Owned;
/** `value` 0 deletes. */
export type SetSlot = (rt: Runtime, self: Ref, key: Ref, value: Ref) => void;
export type IndexSlot = (rt: Runtime, self: Ref, index: number) => Owned;
export type SetIndexSlot = (rt: Runtime, self: Ref, index: number, value: Ref) => void;
/** `view` is the memoryview that is no longer used. */
export type ReleaseBufferSlot = (rt: Runtime, self: Ref, view: Ref) => void;
/** `object` and `type` may be 0. */
export type DescrGetSlot = (rt: Runtime, self: Ref, object: Ref, type: Ref) => Owned;
/** `args` is a tuple, `kwargs` a dict or 0. */
export type CallSlot = (rt: Runtime, self: Ref, args: Ref, kwargs: Ref) => Owned;
export type InitSlot = (rt: Runtime, self: Ref, args: Ref, kwargs: Ref) => void;
/** `args` is the word index of the first argument; keyword values follow the `nargs` positional ones; `kwnames` is 0 or a tuple. */
export type VectorcallSlot = (rt: Runtime, callable: Ref, args: number, nargs: number, kwnames: Ref) => Owned;
export type AllocSlot = (rt: Runtime, type: Ref, nitems: number) => Owned;
export type HeapSlot = (rt: Runtime, object: Ref) => void;

export type SlotFunction =
  | UnarySlot
  | BinarySlot
  | TernarySlot
  | IterNextSlot
  | HashSlot
  | LengthSlot
  | PredicateSlot
  | ContainsSlot
  | CompareSlot
  | SetSlot
  | IndexSlot
  | SetIndexSlot
  | ReleaseBufferSlot
  | DescrGetSlot
  | CallSlot
  | InitSlot
  | VectorcallSlot
  | AllocSlot
  | HeapSlot;

/** Rich comparison operators, CPython's numbers. */
export const enum CompareOp {
  Lt = 0,
  Le = 1,
  Eq = 2,
  Ne = 3,
  Gt = 4,
  Ge = 5,
}

function unusedSlot(): never {
  // Every type has a slot where one is called: the type's words were overwritten.
  throw new HeapCorruption('INV-TYPE-1: slot of a type', 0, 'a function', 'slot 0');
}

/** Slot functions at fixed indices; those below are the heap's own destructors (`Destructor`). */
export const enum FixedSlot {
  /** `tp_iternext` of class statements' types without `__next__`: they are no iterators. */
  NextNotImplemented = 14,
  /** `tp_hash` of unhashable types. */
  HashNotImplemented = 15,
}

const FIRST_SLOT = 16;

/** All slot functions, by index. A number that is no index comes from a type's words that were overwritten, or from what is no type: it
 *  is looked for in the prototype, which says so. Rejected: a check at each of the calls, which would cost something. */
export const SLOT_FUNCTIONS: SlotFunction[] = new Array<SlotFunction>(FIRST_SLOT).fill(unusedSlot);
Object.setPrototypeOf(SLOT_FUNCTIONS, new Proxy(Array.prototype, { get: refuseIndex }));

/** A number, or what a word outside of the heap gives. */
const NO_INDEX = /^(?:-?\d+|undefined)$/;

function refuseIndex(methods: object, key: string | symbol): unknown {
  if (typeof key === 'symbol' || !NO_INDEX.test(key)) return Reflect.get(methods, key);
  throw new HeapCorruption('INV-TYPE-1: slot of a type', 0, 'a function', `slot ${key}`);
}

const indices = new Map<SlotFunction, number>([[unusedSlot, 0]]);

/** The index of `fn`, registering it the first time. Only while modules load. */
export function slotIndex(fn: SlotFunction): number {
  let index = indices.get(fn);
  if (index === undefined) {
    index = SLOT_FUNCTIONS.length;
    SLOT_FUNCTIONS.push(fn);
    indices.set(fn, index);
  }
  return index;
}

/** Puts a function at its fixed index. */
export function setFixedSlot(index: FixedSlot, fn: SlotFunction): void {
  SLOT_FUNCTIONS[index] = fn;
  indices.set(fn, index);
}

/** Attribute access that gives 0 instead of raising AttributeError for a missing attribute. */
type QuietGetAttr = (rt: Runtime, self: Ref, name: Ref) => Owned | 0;

/** By the index of a `getattro` slot; undefined: it has no quiet form. */
export const QUIET_GETATTR: (QuietGetAttr | undefined)[] = [];

/** Registers the quiet form of a `getattro` slot. Only while modules load. */
export function setQuietGetAttr(slot: BinarySlot, quiet: QuietGetAttr): void {
  QUIET_GETATTR[slotIndex(slot)] = quiet;
}
