/** `_thread._local`: attributes that each thread has for itself. As in CPython, a thread has a dict of dummies, by the number of
 *  the object that they stand for; the object owns a dict from weak references to its dummies to the threads' dicts. When a
 *  thread ends its dummies die, and with them what it had. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  genericAlloc,
  LayoutKind,
  newRef,
  newWeakref,
  ObjectWord,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
  weakrefObject,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDelete, dictGet, dictLength, dictSet, newDict } from '../../core/dict/index.ts';
import { attributeError, none, typeError } from '../../core/errors.ts';
import { noAttribute, nothingToSet } from '../../core/attribute-error.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { InitSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { Id } from '../../core/names.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { perThreadRef } from '../../core/threads.ts';
import { threadHooks } from '../../eval/threads/life.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { newBuiltin } from '../../objects/descriptors/make.ts';
import { genericLookupWithDict } from '../../objects/object/generic-attributes.ts';
import { ModuleRef } from '../module-roots.ts';

export const LOCAL = moduleType();

perThreadRef(ModuleRef.ThreadLocals);

const LOCAL_DUMMY = moduleType();

/** `localobject` (64 bytes): constructor arguments, the dicts by weak references to dummies, and the callback of these,
 *  whose self is a weak reference to the object. */
const enum LocalWord {
  Args = 2,
  Kwargs = 3,
  Dicts = 4,
  WeakList = 5,
  Callback = 6,
  Words = 8,
}

/** `localdummyobject`: the dict of one thread, borrowed. */
const enum DummyWord {
  Dict = 2,
  WeakList = 3,
  Words = 4,
}

function localNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const some = H[args + TupleWord.Size] > 0 || (kwargs !== 0 && dictLength(rt, kwargs) > 0);
  if (some && H[type + TypeWord.Init] === H[T.object + TypeWord.Init]) {
    typeError(rt, 'Initialization arguments are not supported');
  }
  const local = temp(rt, genericAlloc(rt, type));
  H[local + LocalWord.Args] = newRef(rt, args);
  H[local + LocalWord.Kwargs] = kwargs === 0 ? 0 : newRef(rt, kwargs);
  H[local + LocalWord.Dicts] = newDict(rt);
  const self = temp(rt, newWeakref(rt, T.weakref, local, 0));
  H[local + LocalWord.Callback] = newBuiltin(rt, FORGET_DUMMY.index, self, 0);
  dropTemp(rt, self);
  addDict(rt, local);
  return untemp(rt, local);
}

/** The running thread's dict, borrowed. A thread's first look at the object calls `__init__`. @runsPython */
function ownDict(rt: Runtime, local: Ref): Ref {
  const H = rt.words;
  const dummies = H[ModuleRef.ThreadLocals];
  if (dummies !== 0) {
    const key = temp(rt, newInt(rt, local));
    const dummy = dictGet(rt, dummies, key);
    dropTemp(rt, key);
    if (dummy !== 0) return H[dummy + DummyWord.Dict];
  }
  const made = addDict(rt, local);
  const init = H[H[local + ObjectWord.Type] + TypeWord.Init];
  if (init !== H[T.object + TypeWord.Init]) {
    (SLOT_FUNCTIONS[init] as InitSlot)(rt, local, H[local + LocalWord.Args], H[local + LocalWord.Kwargs]);
  }
  return made;
}

/** Source: CPython 3.12 _local_create_dummy. */
function addDict(rt: Runtime, local: Ref): Ref {
  const H = rt.words;
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  const dummy = temp(rt, genericAlloc(rt, LOCAL_DUMMY));
  H[dummy + DummyWord.Dict] = dict;
  const ref = temp(rt, newWeakref(rt, T.weakref, dummy, H[local + LocalWord.Callback]));
  dictSet(rt, H[local + LocalWord.Dicts], ref, dict);
  if (H[ModuleRef.ThreadLocals] === 0) H[ModuleRef.ThreadLocals] = newDict(rt);
  dictSet(rt, H[ModuleRef.ThreadLocals], temp(rt, newInt(rt, local)), dummy);
  releaseTemps(rt, m);
  return dict;
}

/** Called when a thread's dummy dies; `self` is a weak reference to the object it stood for. */
const FORGET_DUMMY = native('_localdummy_destroyed(ref, /)', forgetDummy, { unsigned: true });

function forgetDummy(rt: Runtime, self: Ref, ref: Ref): Owned {
  const local = weakrefObject(rt, self);
  if (local === 0) return none();
  temp(rt, newRef(rt, local));
  const dicts = rt.words[local + LocalWord.Dicts];
  if (dicts !== 0) dictDelete(rt, dicts, ref);
  return none();
}

/** At the end of a thread: its attributes of `_local` objects die, and once more what dying objects have set. @runsPython */
function dropThreadLocals(rt: Runtime): void {
  for (let pass = 0; pass < 2; pass++) clearWord(rt, ModuleRef.ThreadLocals);
}

function deallocLocal(rt: Runtime, local: Ref): void {
  const H = rt.words;
  untrack(rt, local);
  if (H[local + LocalWord.WeakList] !== 0) clearWeakrefs(rt, local);
  for (const word of [LocalWord.Args, LocalWord.Kwargs, LocalWord.Dicts, LocalWord.Callback])
    clearWord(rt, local + word);
  if (H[ModuleRef.ThreadLocals] !== 0) forgetLocal(rt, local);
  freeObject(rt, local);
}

/** Source: CPython 3.12 localdummy_dealloc. @runsPython */
function deallocDummy(rt: Runtime, dummy: Ref): void {
  if (rt.words[dummy + DummyWord.WeakList] !== 0) clearWeakrefs(rt, dummy);
  freeObject(rt, dummy);
}

/** The dummies of other threads stay until these end, or until another object is at this address. */
function forgetLocal(rt: Runtime, local: Ref): void {
  const key = temp(rt, newInt(rt, local));
  dictDelete(rt, rt.words[ModuleRef.ThreadLocals], key);
  dropTemp(rt, key);
}

function getAttribute(rt: Runtime, local: Ref, name: Ref): Owned {
  const dict = ownDict(rt, local);
  if (name === Id.__dict__ || strText(rt, name) === '__dict__') return newRef(rt, dict);
  const value = genericLookupWithDict(rt, local, name, dict);
  return value === 0 ? noAttribute(rt, local, name) : value;
}

function setAttribute(rt: Runtime, local: Ref, name: Ref, value: Ref): void {
  if (strText(rt, name) === '__dict__') {
    attributeError(
      rt,
      `'${typeFullName(rt, rt.words[local + ObjectWord.Type])}' object attribute '__dict__' is read-only`,
    );
  }
  const dict = ownDict(rt, local);
  if (value !== 0) dictSet(rt, dict, name, value);
  else if (!dictDelete(rt, dict, name)) nothingToSet(rt, local, name);
}

defineType({
  ref: LOCAL,
  name: '_thread._local',
  heapType: 'immutable',
  basicSize: 8 * LocalWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [LocalWord.Args, LocalWord.Kwargs, LocalWord.Dicts],
  owned: [LocalWord.Callback],
  dealloc: deallocLocal,
  weakListWord: LocalWord.WeakList,
  doc: 'Thread-local data',
  slots: { new: localNew, getattro: getAttribute, setattro: setAttribute },
});

defineType({
  ref: LOCAL_DUMMY,
  name: '_thread._localdummy',
  heapType: 'immutable',
  basicSize: 8 * DummyWord.Words,
  words: DummyWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  weakListWord: DummyWord.WeakList,
  doc: 'Thread-local dummy',
  dealloc: deallocDummy,
});

threadHooks.beforeClear.push(dropThreadLocals);
