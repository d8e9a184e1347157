/**
 * `type.__new__`: making a class. The steps and their order are CPython 3.12's type_new, as programs see them in the order
 * of the dict and of the hooks that are called.
 */
import {
  allocMetered,
  countAllocation,
  decref,
  Destructor,
  LayoutKind,
  newRef,
  ObjectWord,
  track,
  TupleWord,
  TypeFlag,
  TypeWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import {
  dictCopy,
  dictDelete,
  dictGet,
  dictGetInterned,
  dictSet,
  dictSetTake,
  newSharedKeys,
} from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { slotIndex, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { CallSlot } from '../../core/functions.ts';
import { CellWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { lookupAttr } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, temp, tempMark, releaseKeeping } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { argumentName, isDict, isStr, isTuple, isType, kindName } from '../../core/types.ts';
import { newClassMethod, newGetSetDescriptor, newSlotMember, newStaticMethod } from '../descriptors/make.ts';
import { genericAllocSlot } from './alloc.ts';
import { bestBase, calculateMetaclass } from './bases.ts';
import { inheritFromMro, inheritSpecial } from './inherit.ts';
import { INSTANCE_DICT, INSTANCE_WEAKREF } from './instance-dict.ts';
import { typeBlockBytes, TypeRecord } from './layout.ts';
import { invokeMro } from './mro-invoke.ts';
import { tupleItems } from './mro.ts';
import { requireEncodable, requireTypeName } from './names.ts';
import { planSlots } from './new-slots.ts';
import type { SlotPlan } from './new-slots.ts';
import { runClassHooks } from './new-hooks.ts';
import { addToBases } from './subclasses.ts';
import { setNewSlots } from './slot-groups.ts';

const OFFSET_MANAGED_WEAK = -32;
const OFFSET_MANAGED_DICT = -1;

/** The `new` slot of `type`: `type(name, bases, dict, **kwargs)`. @runsPython */
export function typeNew(rt: Runtime, metatype: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  if (n !== 3) typeError(rt, `type.__new__() takes exactly 3 arguments (${n} given)`);
  const name = H[args + TupleWord.Items];
  const given = H[args + TupleWord.Items + 1];
  const namespace = H[args + TupleWord.Items + 2];
  checkArguments(rt, name, given, namespace);
  const m = tempMark(rt);
  const bases = temp(rt, H[given + TupleWord.Size] === 0 ? tupleOf(rt, T.object) : newRef(rt, given));
  if (H[given + TupleWord.Size] > 0) {
    refuseMroEntries(rt, given);
    const winner = calculateMetaclass(rt, metatype, bases);
    const make = H[winner + TypeWord.New];
    if (winner !== metatype && make !== slotIndex(typeNew)) {
      return releaseKeeping(rt, m, (SLOT_FUNCTIONS[make] as CallSlot)(rt, winner, args, kwargs));
    }
    metatype = winner;
  }
  const base = bestBase(rt, bases);
  const type = temp(rt, makeType(rt, metatype, name, bases, base, namespace));
  runClassHooks(rt, type, kwargs);
  return releaseKeeping(rt, m, newRef(rt, type));
}

function checkArguments(rt: Runtime, name: Ref, bases: Ref, namespace: Ref): void {
  if (!isStr(rt, name)) typeError(rt, `type.__new__() argument 1 must be str, not ${argumentName(rt, name)}`);
  if (!isTuple(rt, bases)) typeError(rt, `type.__new__() argument 2 must be tuple, not ${argumentName(rt, bases)}`);
  if (!isDict(rt, namespace))
    typeError(rt, `type.__new__() argument 3 must be dict, not ${argumentName(rt, namespace)}`);
}

function refuseMroEntries(rt: Runtime, bases: Ref): void {
  for (const base of tupleItems(rt, bases)) {
    if (isType(rt, base)) continue;
    const entries = lookupAttr(rt, base, Id.__mro_entries__);
    if (entries === 0) continue;
    temp(rt, entries);
    typeError(rt, "type() doesn't support MRO entry resolution; use types.new_class()");
  }
}

/** The type with its dict, MRO and slots; no hook has run but a metaclass's `mro()`. */
function makeType(rt: Runtime, metatype: Ref, name: Ref, bases: Ref, base: Ref, namespace: Ref): Owned {
  const m = tempMark(rt);
  const dict = temp(rt, dictCopy(rt, namespace));
  const plan = planSlots(rt, name, bases, base, dict);
  const nslots = plan.slots === 0 ? 0 : rt.words[plan.slots + TupleWord.Size];
  const type = temp(rt, allocType(rt, metatype, nslots));
  makeOf(rt, type, name, bases, base, dict, plan);
  return releaseKeeping(rt, m, newRef(rt, type));
}

/** Makes a class of a record that has only its type and its count, as `type(name, bases, dict)` does. Borrows everything. */
export function fillType(rt: Runtime, type: Ref, name: Ref, bases: Ref, base: Ref, dict: Ref): void {
  makeOf(rt, type, name, bases, base, dict, planSlots(rt, name, bases, base, dict));
}

function makeOf(rt: Runtime, type: Ref, name: Ref, bases: Ref, base: Ref, dict: Ref, plan: SlotPlan): void {
  initRecord(rt, type, name, bases, base, dict, plan);
  setNames(rt, type, name, dict);
  wrapFunction(rt, dict, Id.__new__, newStaticMethod);
  wrapFunction(rt, dict, Id.__init_subclass__, newClassMethod);
  wrapFunction(rt, dict, Id.__class_getitem__, newClassMethod);
  setLayout(rt, type, base, plan);
  setClassCell(rt, type, dict);
  readyHeapType(rt, type, base, plan);
}

/** A zeroed type record that is tracked. */
function allocType(rt: Runtime, metatype: Ref, nslots: number): Owned {
  const H = rt.words;
  const nwords = TypeRecord.Words + TypeRecord.Before;
  const block = allocMetered(rt, nwords, typeBlockBytes(nslots));
  H.fill(0, block, block + nwords);
  const type = block + TypeRecord.Before;
  H[type] = 1;
  H[type + ObjectWord.Type] = newRef(rt, metatype);
  H[type + TypeWord.Size] = nslots;
  countAllocation(rt);
  track(rt, type);
  return type as Owned;
}

function initRecord(rt: Runtime, type: Ref, name: Ref, bases: Ref, base: Ref, dict: Ref, plan: SlotPlan): void {
  const H = rt.words;
  H[type + TypeWord.Flags] = TypeFlag.HeapType | TypeFlag.BaseType | TypeFlag.HaveGc;
  H[type + TypeWord.Dict] = newRef(rt, dict);
  H[type + TypeWord.Bases] = newRef(rt, bases);
  H[type + TypeWord.Base] = newRef(rt, base);
  H[type + TypeWord.HtName] = newRef(rt, name);
  H[type + TypeWord.HtQualname] = newRef(rt, name);
  H[type + TypeWord.HtSlots] = plan.slots === 0 ? 0 : newRef(rt, plan.slots);
  H[type + TypeWord.Dealloc] = Destructor.Instance;
  H[type + TypeWord.Alloc] = slotIndex(genericAllocSlot);
}

function setNames(rt: Runtime, type: Ref, name: Ref, dict: Ref): void {
  const H = rt.words;
  requireTypeName(rt, name);
  const doc = dictGetInterned(rt, dict, Id.__doc__);
  if (doc !== 0 && isStr(rt, doc)) requireEncodable(rt, doc);
  if (dictGetInterned(rt, dict, Id.__module__) === 0) {
    const globals = rt.currentGlobals();
    const module = globals === 0 ? 0 : dictGet(rt, globals, Id.__name__);
    if (module !== 0) dictSet(rt, dict, Id.__module__, module);
  }
  const qualname = dictGetInterned(rt, dict, Id.__qualname__);
  if (qualname === 0) return;
  if (!isStr(rt, qualname)) typeError(rt, `type __qualname__ must be a str, not ${kindName(rt, qualname)}`);
  const old = temp(rt, H[type + TypeWord.HtQualname] as Owned);
  H[type + TypeWord.HtQualname] = newRef(rt, qualname);
  dropTemp(rt, old);
  dictDelete(rt, dict, Id.__qualname__);
}

/** Wraps a plain function in the namespace: `__new__` and the like need no decorator. */
function wrapFunction(rt: Runtime, dict: Ref, name: Ref, wrap: (rt: Runtime, fn: Owned) => Owned): void {
  const fn = dictGetInterned(rt, dict, name);
  if (fn === 0 || rt.words[fn + ObjectWord.Type] !== T.function) return;
  dictSetTake(rt, dict, newRef(rt, name), wrap(rt, newRef(rt, fn)));
}

/** Sizes, the words of the slots, what lies before instances. */
function setLayout(rt: Runtime, type: Ref, base: Ref, plan: SlotPlan): void {
  const H = rt.words;
  const nslots = H[type + TypeWord.Size];
  const first = H[base + TypeWord.BasicWords];
  const inherited = H[base + TypeWord.Traverse] === LayoutKind.Instance && H[base + TypeWord.SlotsEnd] !== 0;
  H[type + TypeWord.BasicSize] = H[base + TypeWord.BasicSize] + 8 * nslots;
  H[type + TypeWord.BasicWords] = first + nslots;
  H[type + TypeWord.ItemSize] = H[base + TypeWord.ItemSize];
  H[type + TypeWord.ItemWords] = H[base + TypeWord.ItemWords];
  if (inherited || nslots > 0) {
    H[type + TypeWord.SlotsStart] = inherited ? H[base + TypeWord.SlotsStart] : first;
    H[type + TypeWord.SlotsEnd] = first + nslots;
  }
  H[type + TypeWord.Traverse] = LayoutKind.Instance;
  H[type + TypeWord.BaseLayout] =
    H[base + TypeWord.Traverse] === LayoutKind.Instance ? H[base + TypeWord.BaseLayout] : H[base + TypeWord.Traverse];
  H[type + TypeWord.TraverseMask] = H[base + TypeWord.TraverseMask];
  H[type + TypeWord.OwnedMask] = H[base + TypeWord.OwnedMask];
  if (plan.addWeak) {
    H[type + TypeWord.Flags] |= TypeFlag.ManagedWeakref;
    H[type + TypeWord.WeakListOffset] = H[type + TypeWord.Runtime0] = OFFSET_MANAGED_WEAK;
  }
  if (plan.addDict) {
    H[type + TypeWord.Flags] |= TypeFlag.ManagedDict;
    H[type + TypeWord.DictOffset] = OFFSET_MANAGED_DICT;
  }
}

function setClassCell(rt: Runtime, type: Ref, dict: Ref): void {
  fillCell(rt, dict, Id.__classcell__, '__classcell__', type);
  fillCell(rt, dict, Id.__classdictcell__, '__classdictcell__', dict);
}

/** Puts `value` into the cell of that name, which the class body left in its namespace, and takes it out of there. */
function fillCell(rt: Runtime, dict: Ref, name: Ref, text: string, value: Ref): void {
  const H = rt.words;
  const cell = dictGetInterned(rt, dict, name);
  if (cell === 0) return;
  if (H[cell + ObjectWord.Type] !== T.cell) {
    typeError(rt, `${text} must be a nonlocal cell, not ${reprText(rt, H[cell + ObjectWord.Type])}`);
  }
  const old = temp(rt, (H[cell + CellWord.Value] || S.None) as Owned);
  H[cell + CellWord.Value] = newRef(rt, value);
  dropTemp(rt, old);
  dictDelete(rt, dict, name);
}

/** PyType_Ready of a class statement's type, then its slots. @runsPython (a metaclass's `mro()`) */
function readyHeapType(rt: Runtime, type: Ref, base: Ref, plan: SlotPlan): void {
  const H = rt.words;
  const order = invokeMro(rt, type);
  // A `mro()` that assigns `__bases__` has set the order already: that one stays.
  if (H[type + TypeWord.Mro] === 0) H[type + TypeWord.Mro] = order;
  else decref(rt, order);
  H[type + TypeWord.New] = H[base + TypeWord.New];
  addDescriptors(rt, type, plan);
  inheritSpecial(rt, type, base);
  inheritFromMro(rt, type);
  const dict = H[type + TypeWord.Dict];
  if (H[type + TypeWord.Hash] === 0 && dictGetInterned(rt, dict, Id.__hash__) === 0)
    dictSet(rt, dict, Id.__hash__, S.None);
  addToBases(rt, type);
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) H[type + TypeWord.HtCachedKeys] = newSharedKeys(rt);
  H[type + TypeWord.Flags] |= TypeFlag.Ready;
  setNewSlots(rt, type);
}

function addDescriptors(rt: Runtime, type: Ref, plan: SlotPlan): void {
  const H = rt.words;
  const dict = H[type + TypeWord.Dict];
  const nslots = H[type + TypeWord.Size];
  const first = H[type + TypeWord.SlotsEnd] - nslots;
  for (let i = 0; i < nslots; i++) {
    const name = H[plan.slots + TupleWord.Items + i];
    dictSetTake(rt, dict, newRef(rt, name), newSlotMember(rt, type, name, first + i));
  }
  if (plan.addDict) addDescriptor(rt, type, Id.__dict__, INSTANCE_DICT.index);
  if (plan.addWeak) addDescriptor(rt, type, Id.__weakref__, INSTANCE_WEAKREF.index);
  if (dictGetInterned(rt, dict, Id.__doc__) === 0) dictSet(rt, dict, Id.__doc__, S.None);
}

/** What the body of the class says of the name comes first. */
function addDescriptor(rt: Runtime, type: Ref, name: Ref, getset: number): void {
  const dict = rt.words[type + TypeWord.Dict];
  if (dictGetInterned(rt, dict, name) !== 0) return;
  dictSetTake(rt, dict, newRef(rt, name), newGetSetDescriptor(rt, type, getset));
}
