/** The part of a static type's record that comes from its declaration alone: flags, sizes, layout, slots. */
import { ClearKind, Destructor, hostAdd, LayoutKind, newRef, TypeFlag, TypeWord } from '@moult/heap';
import type { CustomLayout, Ref } from '@moult/heap';
import { FixedSlot, slotIndex } from '../../core/functions.ts';
import type { SlotFunction } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import type { Slots, TypeSpec } from '../../core/type-spec.ts';
import { TYPE_SPECS } from '../../core/type-spec.ts';
import { genericGetAttr, genericSetAttr } from '../object/generic-attributes.ts';
import { inheritSpecial } from './inherit.ts';
import { SLOT_WORDS } from './slot-words.ts';

/** `Py_TPFLAGS_STATIC_BUILTIN`: only types of the interpreter itself show it. */
const STATIC_BUILTIN = 1 << 1;

/** Fills the record as far as no object is needed. The base's record must be written. */
export function writeRecord(rt: Runtime, spec: TypeSpec, index: number): void {
  const H = rt.words;
  const type = spec.ref;
  const base = baseOf(spec);
  beginRecord(rt, spec, index);
  H[type + TypeWord.Name] = hostAdd(rt, spec.name);
  H[type + TypeWord.Doc] = spec.doc === undefined ? 0 : hostAdd(rt, spec.doc);
  H[type + TypeWord.Base] = base === 0 ? 0 : newRef(rt, base);
  H[type + TypeWord.Flags] = (spec.flags ?? 0) | ownFlags(spec);
  writeSizes(rt, spec);
  if (base !== 0) inheritSpecial(rt, type, base);
  writeLayout(rt, spec, base);
  writeSlots(rt, spec);
}

/** Makes an object of the record: one that is counted, and of which the runtime holds one reference, if it is a heap type. */
export function beginRecord(rt: Runtime, spec: TypeSpec, index: number): void {
  const H = rt.words;
  H[spec.ref] = spec.heapType === undefined ? -1 : 1;
  H[spec.ref + TypeWord.Type] = T.type;
  H[spec.ref + TypeWord.DefinitionIndex] = index + 1;
}

/** Numbers the functions and layouts of all declared types, so that they have the same numbers in every run of a build. */
export function numberFunctions(rt: Runtime): void {
  for (const fn of [genericGetAttr, genericSetAttr]) slotIndex(fn);
  for (const { slots, dealloc, clear, layout } of TYPE_SPECS) {
    for (const fn of Object.values(slots ?? {})) if (fn !== null) slotIndex(fn as SlotFunction);
    if (dealloc !== undefined) slotIndex(dealloc);
    if (clear !== undefined) slotIndex(clear);
    if (typeof layout === 'object') customKind(rt, layout);
  }
}

/** The declared base; `object` has none. */
export function baseOf(spec: TypeSpec): Ref {
  if (spec.ref === T.object) return 0;
  return spec.base ?? spec.bases?.[0] ?? T.object;
}

function ownFlags(spec: TypeSpec): number {
  const vectorcall = spec.slots?.instanceVectorcall === undefined ? 0 : TypeFlag.HaveVectorcall;
  const immutable = spec.heapType === 'mutable' ? 0 : TypeFlag.ImmutableType;
  if (spec.heapType !== undefined) return TypeFlag.HeapType | immutable | vectorcall;
  return (isBuiltin(spec) ? STATIC_BUILTIN : 0) | immutable | vectorcall;
}

function isBuiltin(spec: TypeSpec): boolean {
  return spec.builtin === true || spec.ref < (T.firstModuleType as number);
}

function writeSizes(rt: Runtime, spec: TypeSpec): void {
  const H = rt.words;
  const type = spec.ref;
  H[type + TypeWord.BasicSize] = spec.basicSize ?? 0;
  H[type + TypeWord.ItemSize] = spec.itemSize ?? 0;
  H[type + TypeWord.BasicWords] = spec.words ?? (spec.basicSize ?? 0) >> 3;
  H[type + TypeWord.ItemWords] = spec.itemWords ?? (spec.itemSize ?? 0) >> 3;
  if (spec.weakListWord !== undefined) H[type + TypeWord.WeakListOffset] = spec.weakListWord * 8;
  H[type + TypeWord.Runtime0] = spec.shownWeakListOffset ?? H[type + TypeWord.WeakListOffset];
  if (spec.dictWord !== undefined) H[type + TypeWord.DictOffset] = spec.dictWord * 8;
}

const DESTRUCTORS: readonly number[] = [
  Destructor.Plain,
  Destructor.Fixed,
  Destructor.Tuple,
  Destructor.List,
  Destructor.Dict,
  Destructor.Instance,
];

/** How the collector looks through instances, and what destroys them. Without a `layout` all is the base's. */
function writeLayout(rt: Runtime, spec: TypeSpec, base: Ref): void {
  const H = rt.words;
  const type = spec.ref;
  if (base !== 0) inheritLayout(rt, type, base, spec);
  const { layout } = spec;
  if (layout !== undefined) {
    const kind = typeof layout === 'number' ? layout : customKind(rt, layout);
    H[type + TypeWord.Traverse] = kind;
    H[type + TypeWord.Clear] = 0;
    if (kind < DESTRUCTORS.length) H[type + TypeWord.Dealloc] = DESTRUCTORS[kind];
  }
  H[type + TypeWord.BaseLayout] = H[type + TypeWord.Traverse];
  const traversed = mask(spec.traverse);
  H[type + TypeWord.TraverseMask] |= traversed;
  H[type + TypeWord.OwnedMask] |= traversed | mask(spec.owned);
  if (spec.dealloc !== undefined) H[type + TypeWord.Dealloc] = slotIndex(spec.dealloc);
  if (spec.clear !== undefined) H[type + TypeWord.Clear] = slotIndex(spec.clear);
  if (spec.noClear === true) H[type + TypeWord.Clear] = ClearKind.None;
  if (H[type + TypeWord.Dealloc] === 0) H[type + TypeWord.Dealloc] = Destructor.Plain;
}

function inheritLayout(rt: Runtime, type: Ref, base: Ref, spec: TypeSpec): void {
  const H = rt.words;
  if (spec.ownWords !== true) {
    H[type + TypeWord.TraverseMask] = H[base + TypeWord.TraverseMask];
    H[type + TypeWord.OwnedMask] = H[base + TypeWord.OwnedMask];
  }
  if (spec.layout !== undefined) return;
  H[type + TypeWord.Traverse] = H[base + TypeWord.Traverse];
  H[type + TypeWord.Dealloc] = H[base + TypeWord.Dealloc];
  H[type + TypeWord.Clear] = H[base + TypeWord.Clear];
  H[type + TypeWord.Flags] |= H[base + TypeWord.Flags] & TypeFlag.HaveGc;
}

/** Bit i stands for word 2 + i. */
function mask(words: readonly number[] | undefined): number {
  let bits = 0;
  for (const word of words ?? []) bits |= 1 << (word - 2);
  return bits;
}

function customKind(rt: Runtime, layout: CustomLayout): number {
  const known = rt.customLayouts.indexOf(layout);
  return known >= (LayoutKind.FirstCustom as number) ? known : rt.addLayout(layout);
}

/** Types directly under `object` that CPython gives no `tp_getattro`, so that they show no `__getattribute__`. */
const WITHOUT_GETATTRO: ReadonlySet<Ref> = new Set<Ref>([
  T.NoneType,
  T.NotImplementedType,
  T.function,
  T.classmethod,
  T.staticmethod,
  T.dictReverseKeyIterator,
  T.dictReverseValueIterator,
  T.dictReverseItemIterator,
  T.weakref,
  T.typeVar,
  T.typeVarTuple,
  T.paramSpec,
  T.paramSpecArgs,
  T.paramSpecKwargs,
  T.typeAliasType,
  T.generic,
]);

/** Types that set `tp_setattro` to the generic function. */
const WITH_SETATTRO: ReadonlySet<Ref> = new Set<Ref>([T.frame, T.method, T.BaseException]);

/** CPython's types mostly name the generic functions for attribute access, which then show in their dicts. */
function writeGenericAttributes(rt: Runtime, spec: TypeSpec): void {
  const H = rt.words;
  const { ref, genericAccess } = spec;
  const usual = spec.heapType === undefined && isBuiltin(spec) && baseOf(spec) === (T.object as number);
  if (genericAccess !== undefined || (usual && !WITHOUT_GETATTRO.has(ref)))
    H[ref + TypeWord.GetAttrO] = slotIndex(genericGetAttr);
  if (genericAccess === 'get and set' || (usual && WITH_SETATTRO.has(ref)))
    H[ref + TypeWord.SetAttrO] = slotIndex(genericSetAttr);
}

function writeSlots(rt: Runtime, spec: TypeSpec): void {
  const H = rt.words;
  const slots = spec.slots;
  writeGenericAttributes(rt, spec);
  if (slots === undefined) return;
  for (const key of Object.keys(slots) as (keyof Slots)[]) {
    const fn = slots[key];
    const word = spec.ref + SLOT_WORDS[key];
    if (fn === null) H[word] = FixedSlot.HashNotImplemented;
    else if (fn !== undefined) H[word] = slotIndex(fn as SlotFunction);
  }
}

/** Bases before the types that are derived from them. */
export function inBaseOrder(): TypeSpec[] {
  const byRef = new Map(TYPE_SPECS.map((spec) => [spec.ref, spec]));
  const ordered = new Set<TypeSpec>();
  const visit = (spec: TypeSpec): void => {
    if (ordered.has(spec)) return;
    for (const base of spec.bases ?? [baseOf(spec)]) {
      const found = byRef.get(base);
      if (found !== undefined) visit(found);
      else if (base !== 0) throw new Error(`type ${spec.name} has a base that is not declared (word ${base})`);
    }
    ordered.add(spec);
  };
  for (const spec of TYPE_SPECS) visit(spec);
  return [...ordered];
}
