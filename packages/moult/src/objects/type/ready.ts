/**
 * Making the built-in types when a runtime is created: `createRuntime`. Each declaration (`defineType`) becomes a record
 * in the static area, as CPython's PyType_Ready makes its static types ready.
 */
import { Destructor, HeapRoot, newRef, ObjectWord, track, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newDict, dictGetInterned, dictSet, dictSetTake, newSharedKeys } from '../../core/dict/index.ts';
import { docText } from '../../core/doc.ts';
import { FixedSlot } from '../../core/functions.ts';
import { initSmallInts, writeStatic } from '../../core/int.ts';
import { CONNECTORS, FILLERS } from '../../core/installers.ts';
import { Id, initNames } from '../../core/names.ts';
import { MethodFlag, NATIVES } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { Runtime } from '../../core/runtime.ts';
import type { RuntimeOptions } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { initSharedText, internText, newStr } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { TYPE_SPECS } from '../../core/type-spec.ts';
import type { TypeSpec } from '../../core/type-spec.ts';
import '../index.ts';
import {
  newBuiltin,
  newClassMethodDescriptor,
  newGetSetDescriptor,
  newMemberDescriptor,
  newMethodDescriptor,
  newStaticMethod,
  newWrapperDescriptor,
} from '../descriptors/make.ts';
import { inheritFromMro, inheritPatternFlags } from './inherit.ts';
import { baseOf, beginRecord, inBaseOrder, numberFunctions, writeRecord } from './layout-words.ts';
import { computeMro } from './mro.ts';
import { fillType } from './new.ts';
import { newNewWrapper } from './new-wrapper.ts';
import { SLOT_DEFS } from './slotdefs.ts';
import { addSubclass } from './subclasses.ts';

/** A runtime without any object: its hooks and layouts are set. `fillRuntime` or a snapshot comes next. */
export function connectRuntime(options: RuntimeOptions = {}): Runtime {
  const rt = new Runtime(options);
  numberFunctions(rt);
  for (const connect of CONNECTORS) connect(rt);
  return rt;
}

/** A runtime with all built-in types ready, no module loaded. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const rt = connectRuntime(options);
  fillRuntime(rt);
  return rt;
}

/** Makes the built-in types and what they need. */
export function fillRuntime(rt: Runtime): void {
  initSmallInts(rt);
  writeStatic(rt, S.False, T.bool, 0);
  writeStatic(rt, S.True, T.bool, 1);
  writeSingleton(rt, S.None, T.NoneType);
  writeSingleton(rt, S.NotImplemented, T.NotImplementedType);
  writeSingleton(rt, S.Ellipsis, T.ellipsis);
  writeSingleton(rt, S.EmptyTuple, T.tuple);
  writeSingleton(rt, S.MonitorDisable, T.object);
  writeSingleton(rt, S.MonitorMissing, T.object);
  initSharedText(rt);
  initNames(rt);
  installTypes(rt);
  for (const fill of FILLERS) fill(rt);
}

function writeSingleton(rt: Runtime, ref: Ref, type: Ref): void {
  rt.words[ref] = -1;
  rt.words[ref + ObjectWord.Type] = type;
}

/** Makes all declared types ready: first every record, since objects are made on the way, then dicts and slots. */
function installTypes(rt: Runtime): void {
  const H = rt.words;
  const specs = inBaseOrder();
  for (const spec of specs) {
    const index = TYPE_SPECS.indexOf(spec);
    if (spec.heapType === 'class') beginRecord(rt, spec, index);
    else writeRecord(rt, spec, index);
  }
  H[HeapRoot.TupleType] = T.tuple;
  H[HeapRoot.ListType] = T.list;
  H[HeapRoot.DictType] = T.dict;
  H[HeapRoot.FloatType] = T.float;
  // The heap's own destructor does what the type's does, without a call through the table.
  H[T.float + TypeWord.Dealloc] = Destructor.Float;
  H[HeapRoot.RefType] = T.weakref;
  H[HeapRoot.ProxyType] = T.weakProxy;
  H[HeapRoot.CallableProxyType] = T.weakCallableProxy;
  for (const spec of specs) {
    if (spec.heapType === 'class') readyClass(rt, spec);
    else ready(rt, spec);
  }
}

function ready(rt: Runtime, spec: TypeSpec): void {
  const H = rt.words;
  const type = spec.ref;
  const base = baseOf(spec);
  const dict = newDict(rt);
  const isHeap = spec.heapType !== undefined;
  const bases = spec.bases === undefined ? baseTuple(rt, base) : tupleOf(rt, ...spec.bases);
  H[type + TypeWord.Dict] = dict;
  H[type + TypeWord.Bases] = isHeap ? bases : immortal(rt, bases);
  setNew(rt, spec, base);
  addOperators(rt, type, dict);
  for (const def of spec.methods ?? []) addMethod(rt, type, dict, def);
  for (const def of spec.members ?? []) putNamed(rt, dict, def.name, newMemberDescriptor(rt, type, def.index));
  for (const def of spec.getset ?? []) putNamed(rt, dict, def.name, newGetSetDescriptor(rt, type, def.index));
  addDoc(rt, spec, dict);
  const mro = computeMro(rt, type);
  H[type + TypeWord.Mro] = isHeap ? mro : immortal(rt, mro);
  if (base !== 0) inheritPatternFlags(rt, type, base);
  inheritFromMro(rt, type);
  if (H[type + TypeWord.Hash] === 0) hideHash(rt, type, dict);
  if (H[T.weakref] !== 0) for (const b of spec.bases ?? [base]) if (b !== 0) addSubclass(rt, b, type);
  H[type + TypeWord.Flags] |= TypeFlag.Ready;
  spec.populate?.(rt, dict);
  if (isHeap) addHeapParts(rt, spec, dict);
}

/** What CPython keeps in the objects of types that it makes at run time. */
function addHeapParts(rt: Runtime, spec: TypeSpec, dict: Ref): void {
  const H = rt.words;
  const type = spec.ref;
  const dot = spec.name.lastIndexOf('.');
  const name = newStr(rt, spec.name.slice(dot + 1));
  H[type + TypeWord.HtName] = name;
  H[type + TypeWord.HtQualname] = newRef(rt, name);
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) H[type + TypeWord.HtCachedKeys] = newSharedKeys(rt);
  put(rt, dict, Id.__module__, newStr(rt, spec.name.slice(0, dot)));
  track(rt, type);
}

/** Types made by a call: see `TypeSpec.heapType`. */
function readyClass(rt: Runtime, spec: TypeSpec): void {
  const m = tempMark(rt);
  const dot = spec.name.lastIndexOf('.');
  const name = temp(rt, newStr(rt, spec.name.slice(dot + 1)));
  const dict = temp(rt, newDict(rt));
  if (spec.doc !== undefined) put(rt, dict, Id.__doc__, newStr(rt, spec.doc));
  put(rt, dict, Id.__module__, newStr(rt, dot < 0 ? 'builtins' : spec.name.slice(0, dot)));
  const base = baseOf(spec);
  fillType(rt, spec.ref, name, temp(rt, tupleOf(rt, ...(spec.bases ?? [base]))), base, dict);
  track(rt, spec.ref);
  releaseTemps(rt, m);
}

function baseTuple(rt: Runtime, base: Ref): Owned {
  return base === 0 ? tupleOf(rt) : tupleOf(rt, base);
}

function immortal(rt: Runtime, o: Owned): Owned {
  rt.words[o] = -1;
  return o;
}

/** `tp_new`: a type that has its own shows it as `__new__`; one directly under `object` without it makes no instances. */
function setNew(rt: Runtime, spec: TypeSpec, base: Ref): void {
  const H = rt.words;
  const type = spec.ref;
  const isHeap = (H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0;
  const own = H[type + TypeWord.New] !== 0;
  if (!own && base === (T.object as number) && !isHeap) H[type + TypeWord.Flags] |= TypeFlag.DisallowInstantiation;
  if ((H[type + TypeWord.Flags] & TypeFlag.DisallowInstantiation) !== 0) H[type + TypeWord.New] = 0;
  else if (own) put(rt, H[type + TypeWord.Dict], Id.__new__, newNewWrapper(rt, type));
  else H[type + TypeWord.New] = H[base + TypeWord.New];
}

/** Wrapper descriptors for the type's own slots. */
function addOperators(rt: Runtime, type: Ref, dict: Ref): void {
  const H = rt.words;
  for (const def of SLOT_DEFS) {
    const slot = H[type + def.word];
    if (slot === 0 || def.wrap === 0 || dictGetInterned(rt, dict, def.name) !== 0) continue;
    if (slot === (FixedSlot.HashNotImplemented as number)) dictSet(rt, dict, def.name, S.None);
    else put(rt, dict, def.name, newWrapperDescriptor(rt, type, def.name, def.index, slot));
  }
}

function addMethod(rt: Runtime, type: Ref, dict: Ref, def: NativeDefinition): void {
  putNamed(rt, dict, def.name, newMethod(rt, type, def));
}

function newMethod(rt: Runtime, type: Ref, def: NativeDefinition): Owned {
  const flags = NATIVES[def.index].flags;
  if ((flags & MethodFlag.Class) !== 0) return newClassMethodDescriptor(rt, type, def.index);
  if ((flags & MethodFlag.Static) === 0) return newMethodDescriptor(rt, type, def.index);
  return newStaticMethod(rt, newBuiltin(rt, def.index, type, 0));
}

function putNamed(rt: Runtime, dict: Ref, name: string, value: Owned): void {
  dictSetTake(rt, dict, internText(rt, name), value);
}

function put(rt: Runtime, dict: Ref, name: Ref, value: Owned): void {
  dictSetTake(rt, dict, newRef(rt, name), value);
}

function addDoc(rt: Runtime, spec: TypeSpec, dict: Ref): void {
  if (dictGetInterned(rt, dict, Id.__doc__) !== 0) return;
  const short = spec.name.slice(spec.name.lastIndexOf('.') + 1);
  if (spec.doc === undefined) dictSet(rt, dict, Id.__doc__, S.None);
  else put(rt, dict, Id.__doc__, newStr(rt, docText(short, spec.doc)));
}

function hideHash(rt: Runtime, type: Ref, dict: Ref): void {
  if (dictGetInterned(rt, dict, Id.__hash__) !== 0) return;
  dictSet(rt, dict, Id.__hash__, S.None);
  rt.words[type + TypeWord.Hash] = FixedSlot.HashNotImplemented;
}
