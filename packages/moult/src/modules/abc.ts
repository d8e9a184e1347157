/** The module `_abc`: registries and caches of abstract base classes. Source: CPython 3.12 _abc.c. */
import {
  genericAlloc,
  LayoutKind,
  newRef,
  newWeakref,
  ObjectWord,
  supportsWeakrefs,
  TypeFlag,
  TypeWord,
  weakrefObject,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../core/call.ts';
import { dictDeleteText, dictGetText } from '../core/dict/index.ts';
import { none, raise, runtimeError, typeError } from '../core/errors.ts';
import { newInt, safeIntValue } from '../core/int.ts';
import { listItem, listLength } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { Id } from '../core/names.ts';
import { native } from '../core/native.ts';
import {
  getAttr,
  getAttrText,
  isTrue,
  iter,
  iterNext,
  lookupAttr,
  lookupAttrText,
  setAttr,
  setAttrText,
} from '../core/protocol/index.ts';
import { isSubclassOf } from '../core/protocol/instance-check.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../core/temps.ts';
import { fastItem, fastSize, sequenceFast } from '../core/sequence-fast.ts';
import { tupleItem, tupleOf, tupleSize } from '../core/tuple.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { isList, isSubtype, isTuple, isType, kindName } from '../core/types.ts';
import { newBuiltin } from '../objects/descriptors/make.ts';
import {
  copySet,
  newSet,
  newSetFrom,
  setAdd,
  setClear,
  setDiscard,
  setEntryAt,
  setHas,
  setLength,
  setNext,
} from '../objects/set/index.ts';
import { forEachSubclass } from '../objects/type/lookup.ts';
import { callMethod1 } from '../objects/type/call-method.ts';
import { subclassList } from '../objects/type/subclasses.ts';
import { mappingItems } from './json/items.ts';
import { ModuleNum } from './module-roots.ts';

const ABC_DATA = moduleType();

/** `_abc_data` (48 bytes): three sets of weak references (owned, 0 until needed), and the count of registrations that the
 *  negative cache belongs to. */
const enum AbcWord {
  Registry = 2,
  Cache = 3,
  NegativeCache = 4,
  Version = 5,
  Words = 6,
}

const COLLECTION_FLAGS: number = TypeFlag.Sequence | TypeFlag.Mapping;

function dataNew(rt: Runtime, type: Ref): Owned {
  const data = genericAlloc(rt, type);
  rt.words[data + AbcWord.Version] = rt.words[ModuleNum.AbcCounter];
  return data;
}

defineType({
  ref: ABC_DATA,
  name: '_abc._abc_data',
  heapType: 'mutable',
  basicSize: 8 * AbcWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [AbcWord.Registry, AbcWord.Cache, AbcWord.NegativeCache],
  doc: 'Internal state held by ABC machinery.',
  slots: { new: dataNew },
});

/** The class's `_abc_impl`, kept on the temporaries' stack. @runsPython */
function dataOf(rt: Runtime, cls: Ref): Ref {
  const data = temp(rt, getAttrText(rt, cls, '_abc_impl'));
  if (rt.words[data + ObjectWord.Type] !== ABC_DATA) typeError(rt, '_abc_impl is set to a wrong type');
  return data;
}

/** True if the set at `word` (perhaps none) holds a weak reference to `o`. @runsPython */
function inWeakSet(rt: Runtime, word: number, o: Ref): boolean {
  const H = rt.words;
  const set = H[word];
  if (set === 0 || setLength(rt, set) === 0 || !supportsWeakrefs(rt, H[o + ObjectWord.Type])) return false;
  const ref = temp(rt, newWeakref(rt, T.weakref, o, 0));
  const found = setHas(rt, set, ref);
  dropTemp(rt, ref);
  return found;
}

/** Called when a member of a weak set dies; `self` is a weak reference to the set. */
export const FORGET_MEMBER = native('_destroy(ref, /)', destroy, { unsigned: true });

function destroy(rt: Runtime, self: Ref, ref: Ref): Owned {
  const set = weakrefObject(rt, self);
  if (set === 0) return none();
  temp(rt, newRef(rt, set));
  setDiscard(rt, set, ref);
  return none();
}

/** Puts a weak reference to `o` into the set at `word`, which is made if there is none. @runsPython */
function addToWeakSet(rt: Runtime, word: number, o: Ref): void {
  const H = rt.words;
  const m = tempMark(rt);
  if (H[word] === 0) H[word] = newSet(rt);
  const set = H[word];
  const setRef = temp(rt, newWeakref(rt, T.weakref, set, 0));
  const callback = temp(rt, newBuiltin(rt, FORGET_MEMBER.index, setRef, 0));
  if (!supportsWeakrefs(rt, H[o + ObjectWord.Type]))
    typeError(rt, `cannot create weak reference to '${kindName(rt, o)}' object`);
  const ref = temp(rt, newWeakref(rt, T.weakref, o, callback));
  setAdd(rt, set, ref);
  releaseTemps(rt, m);
}

function isAbstract(rt: Runtime, o: Ref): boolean {
  const flag = lookupAttr(rt, o, Id.__isabstractmethod__);
  if (flag === 0) return false;
  temp(rt, flag);
  const truth = isTrue(rt, flag);
  dropTemp(rt, flag);
  return truth;
}

/** Sets `cls.__abstractmethods__`: own names whose values are abstract, and inherited ones that still are. @runsPython */
function computeAbstractMethods(rt: Runtime, cls: Ref): void {
  const names = temp(rt, newSetFrom(rt, T.frozenset, S.EmptyTuple));
  addOwnNames(rt, cls, names);
  const bases = temp(rt, getAttr(rt, cls, Id.__bases__));
  if (!isTuple(rt, bases)) typeError(rt, '__bases__ is not tuple');
  for (let i = 0; i < tupleSize(rt, bases); i++) addInheritedNames(rt, cls, tupleItem(rt, bases, i), names);
  setAttr(rt, cls, Id.__abstractmethods__, names);
}

function addOwnNames(rt: Runtime, cls: Ref, names: Ref): void {
  const m = tempMark(rt);
  const namespace = temp(rt, getAttr(rt, cls, Id.__dict__));
  const items = temp(rt, mappingItems(rt, namespace));
  for (let i = 0; i < listLength(rt, items); i++) {
    const pair = pairOf(rt, listItem(rt, items, i));
    if (isAbstract(rt, tupleItem(rt, pair, 1))) setAdd(rt, names, tupleItem(rt, pair, 0));
    dropTemp(rt, pair);
  }
  releaseTemps(rt, m);
}

/** An item as a tuple of name and value, a temporary. What is asked of the value may change a list: a copy is safe. @runsPython */
function pairOf(rt: Runtime, item: Ref): Ref {
  if (isTuple(rt, item) && tupleSize(rt, item) === 2) return temp(rt, newRef(rt, item));
  const sequence = temp(rt, sequenceFast(rt, item, 'items() returned non-iterable'));
  if (fastSize(rt, sequence) !== 2) typeError(rt, 'items() returned item which size is not 2');
  const pair = tupleOf(rt, fastItem(rt, sequence, 0), fastItem(rt, sequence, 1));
  dropTemp(rt, sequence);
  return temp(rt, pair);
}

function addInheritedNames(rt: Runtime, cls: Ref, base: Ref, names: Ref): void {
  const m = tempMark(rt);
  const inherited = lookupAttr(rt, base, Id.__abstractmethods__);
  if (inherited === 0) return;
  temp(rt, inherited);
  const it = temp(rt, iter(rt, inherited));
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    temp(rt, key);
    const value = lookupAttr(rt, cls, key);
    if (value !== 0) {
      temp(rt, value);
      if (isAbstract(rt, value)) setAdd(rt, names, key);
      dropTemp(rt, value);
    }
    dropTemp(rt, key);
  }
  releaseTemps(rt, m);
}

function abcInit(rt: Runtime, _module: Ref, cls: Ref): Owned {
  computeAbstractMethods(rt, cls);
  const data = temp(rt, dataNew(rt, ABC_DATA));
  setAttrText(rt, cls, '_abc_impl', data);
  if (isType(rt, cls)) takeTypeFlags(rt, cls);
  return none();
}

/** `__abc_tpflags__` in the class's namespace says whether it is matched as sequence or mapping. */
function takeTypeFlags(rt: Runtime, cls: Ref): void {
  const H = rt.words;
  const dict = H[cls + TypeWord.Dict];
  const value = dictGetText(rt, dict, '__abc_tpflags__');
  if (value === 0) return;
  const flags = safeIntValue(rt, value) & COLLECTION_FLAGS;
  if (flags === COLLECTION_FLAGS)
    typeError(rt, '__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING');
  H[cls + TypeWord.Flags] |= flags;
  dictDeleteText(rt, dict, '__abc_tpflags__');
}

function register(rt: Runtime, _module: Ref, cls: Ref, subclass: Ref): Owned {
  const H = rt.words;
  if (!isType(rt, subclass)) typeError(rt, 'Can only register classes');
  if (isSubclassOf(rt, subclass, cls)) return newRef(rt, subclass);
  if (isSubclassOf(rt, cls, subclass)) runtimeError(rt, 'Refusing to create an inheritance cycle');
  const data = dataOf(rt, cls);
  addToWeakSet(rt, data + AbcWord.Registry, subclass);
  H[ModuleNum.AbcCounter]++;
  const flag = isType(rt, cls) ? H[cls + TypeWord.Flags] & COLLECTION_FLAGS : 0;
  if (flag !== 0) setCollectionFlag(rt, subclass, flag);
  return newRef(rt, subclass);
}

function setCollectionFlag(rt: Runtime, type: Ref, flag: number): void {
  const H = rt.words;
  const flags = H[type + TypeWord.Flags];
  if ((flags & COLLECTION_FLAGS) === flag || (flags & TypeFlag.ImmutableType) !== 0) return;
  H[type + TypeWord.Flags] = (flags & ~COLLECTION_FLAGS) | flag;
  forEachSubclass(rt, type, (_rt, subclass) => {
    setCollectionFlag(rt, subclass, flag);
  });
}

function instanceCheck(rt: Runtime, _module: Ref, cls: Ref, instance: Ref): Owned {
  const H = rt.words;
  const data = dataOf(rt, cls);
  const subclass = temp(rt, getAttr(rt, instance, Id.__class__));
  if (inWeakSet(rt, data + AbcWord.Cache, subclass)) return pyBool(true) as Owned;
  const type = temp(rt, newRef(rt, H[instance + ObjectWord.Type]));
  if (type === subclass) {
    const current = H[data + AbcWord.Version] === H[ModuleNum.AbcCounter];
    if (current && inWeakSet(rt, data + AbcWord.NegativeCache, subclass)) return pyBool(false) as Owned;
    return callMethod1(rt, cls, Id.__subclasscheck__, subclass);
  }
  const result = temp(rt, callMethod1(rt, cls, Id.__subclasscheck__, subclass));
  return isTrue(rt, result) ? untemp(rt, result) : callMethod1(rt, cls, Id.__subclasscheck__, type);
}

function subclassCheck(rt: Runtime, _module: Ref, cls: Ref, subclass: Ref): Owned {
  if (!isType(rt, subclass)) typeError(rt, 'issubclass() arg 1 must be a class');
  const H = rt.words;
  const data = dataOf(rt, cls);
  if (inWeakSet(rt, data + AbcWord.Cache, subclass)) return pyBool(true) as Owned;
  if (H[data + AbcWord.Version] !== H[ModuleNum.AbcCounter]) {
    if (H[data + AbcWord.NegativeCache] !== 0) setClear(rt, H[data + AbcWord.NegativeCache]);
    H[data + AbcWord.Version] = H[ModuleNum.AbcCounter];
  } else if (inWeakSet(rt, data + AbcWord.NegativeCache, subclass)) return pyBool(false) as Owned;
  return pyBool(decide(rt, cls, data, subclass)) as Owned;
}

/** What the caches do not know: asks the hook, the registry, the subclasses; remembers the answer. */
function decide(rt: Runtime, cls: Ref, data: Ref, subclass: Ref): boolean {
  const hook = temp(rt, callHook(rt, cls, subclass));
  if (hook === S.True) return remember(rt, data, AbcWord.Cache, subclass, true);
  if (hook === S.False) return remember(rt, data, AbcWord.NegativeCache, subclass, false);
  if (hook !== S.NotImplemented) {
    raise(rt, T.AssertionError, '__subclasshook__ must return either False, True, or NotImplemented');
  }
  if (isSubtype(rt, subclass, cls)) return remember(rt, data, AbcWord.Cache, subclass, true);
  if (inWeakSet(rt, data + AbcWord.Registry, subclass)) return true;
  if (matchesRegistered(rt, data, subclass) || matchesSubclass(rt, cls, subclass)) {
    return remember(rt, data, AbcWord.Cache, subclass, true);
  }
  return remember(rt, data, AbcWord.NegativeCache, subclass, false);
}

function callHook(rt: Runtime, cls: Ref, subclass: Ref): Owned {
  const m = tempMark(rt);
  const hook = temp(rt, getAttr(rt, cls, Id.__subclasshook__));
  return releaseKeeping(rt, m, call1(rt, hook, subclass));
}

function remember(rt: Runtime, data: Ref, word: AbcWord, subclass: Ref, answer: boolean): boolean {
  addToWeakSet(rt, data + word, subclass);
  return answer;
}

/** Whether `subclass` is one of a registered class. The registry is copied first: it may change meanwhile. */
function matchesRegistered(rt: Runtime, data: Ref, subclass: Ref): boolean {
  const H = rt.words;
  const registry = H[data + AbcWord.Registry];
  if (registry === 0) return false;
  const m = tempMark(rt);
  const refs: Ref[] = [];
  for (let i = setNext(rt, registry, 0); i >= 0; i = setNext(rt, registry, i + 1)) {
    refs.push(temp(rt, newRef(rt, H[setEntryAt(rt, registry, i)])));
  }
  let found = false;
  for (const ref of refs) {
    const registered = weakrefObject(rt, ref);
    if (registered === 0) continue;
    temp(rt, newRef(rt, registered));
    found = isSubclassOf(rt, subclass, registered);
    dropTemp(rt, registered);
    if (found) break;
  }
  releaseTemps(rt, m);
  return found;
}

function matchesSubclass(rt: Runtime, cls: Ref, subclass: Ref): boolean {
  const m = tempMark(rt);
  const method = lookupAttrText(rt, cls, '__subclasses__');
  const list = temp(rt, method === 0 ? subclassList(rt, cls) : call0(rt, temp(rt, method)));
  if (!isList(rt, list)) typeError(rt, '__subclasses__() must return a list');
  let found = false;
  for (let i = 0; !found && i < listLength(rt, list); i++) {
    const item = temp(rt, newRef(rt, listItem(rt, list, i)));
    found = isSubclassOf(rt, subclass, item);
    dropTemp(rt, item);
  }
  releaseTemps(rt, m);
  return found;
}

function copyOf(rt: Runtime, set: Ref): Owned {
  return set === 0 ? newSet(rt) : copySet(rt, set);
}

function getDump(rt: Runtime, _module: Ref, cls: Ref): Owned {
  const H = rt.words;
  const data = dataOf(rt, cls);
  const registry = temp(rt, copyOf(rt, H[data + AbcWord.Registry]));
  const cache = temp(rt, copyOf(rt, H[data + AbcWord.Cache]));
  const negative = temp(rt, copyOf(rt, H[data + AbcWord.NegativeCache]));
  return tupleOf(rt, registry, cache, negative, temp(rt, newInt(rt, H[data + AbcWord.Version])));
}

function reset(words: readonly AbcWord[]): (rt: Runtime, module: Ref, cls: Ref) => Owned {
  return (rt, _module, cls) => {
    const data = dataOf(rt, cls);
    for (const word of words) if (rt.words[data + word] !== 0) setClear(rt, rt.words[data + word]);
    return none();
  };
}

defineModule({
  name: '_abc',
  doc: 'Module contains faster C implementation of abc.ABCMeta',
  functions: [
    native('get_cache_token($module, /)', (rt) => newInt(rt, rt.words[ModuleNum.AbcCounter]), {
      doc: 'Returns the current ABC cache token.',
    }),
    native('_abc_init($module, self, /)', abcInit, { doc: 'Internal ABC helper for class set-up.' }),
    native('_reset_registry($module, self, /)', reset([AbcWord.Registry]), {
      doc: 'Internal ABC helper to reset registry of a given class.',
    }),
    native('_reset_caches($module, self, /)', reset([AbcWord.Cache, AbcWord.NegativeCache]), {
      doc: 'Internal ABC helper to reset both caches of a given class.',
    }),
    native('_get_dump($module, self, /)', getDump, { doc: 'Internal ABC helper for cache and registry debugging.' }),
    native('_abc_register($module, self, subclass, /)', register, {
      doc: 'Internal ABC helper for subclasss registration.',
    }),
    native('_abc_instancecheck($module, self, instance, /)', instanceCheck, {
      doc: 'Internal ABC helper for instance checks.',
    }),
    native('_abc_subclasscheck($module, self, subclass, /)', subclassCheck, {
      doc: 'Internal ABC helper for subclasss checks.',
    }),
  ],
});
