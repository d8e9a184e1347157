/** module. */
import {
  clearWeakrefs,
  clearWord,
  decref,
  freeObject,
  LayoutKind,
  newRef,
  ObjectWord,
  setWord,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { noAttribute, raiseAttributeError } from '../../core/attribute-error.ts';
import { callNativeWithTuple } from '../../core/call-native-tuple.ts';
import { call0, call1 } from '../../core/call.ts';
import { dictDelete, dictGetInterned, dictSet, newDict } from '../../core/dict/index.ts';
import { attributeError, none, typeError } from '../../core/errors.ts';
import { setQuietGetAttr } from '../../core/functions.ts';
import { onConnect } from '../../core/installers.ts';
import { ModuleWord } from '../../core/layout/functions.ts';
import { newListFromDictKeys } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { getset, member, native } from '../../core/native.ts';
import { lookupAttr } from '../../core/protocol/attribute.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isDict, isStr } from '../../core/types.ts';
import { genericLookupWithDict, genericSetAttr } from '../object/generic-attributes.ts';
import { allocInstance } from '../type/alloc.ts';
import { moduleRepr } from './module-repr.ts';

function dictOf(rt: Runtime, module: Ref): Ref {
  return rt.words[module + ModuleWord.Dict];
}

/** `__name__` as text; null if there is none. */
function moduleName(rt: Runtime, module: Ref): string | null {
  const dict = dictOf(rt, module);
  const name = dict === 0 ? 0 : dictGetInterned(rt, dict, Id.__name__);
  return name !== 0 && isStr(rt, name) ? strText(rt, name) : null;
}

/** Attributes of modules: the dict, then the module's `__getattr__`. @runsPython
 *  Source: CPython 3.12 _Py_module_getattro_impl. */
function moduleGetAttr(rt: Runtime, module: Ref, name: Ref): Owned {
  const value = genericLookupWithDict(rt, module, name, dictOf(rt, module));
  if (value !== 0) return value;
  const dict = dictOf(rt, module);
  if (dict === 0) return noAttribute(rt, module, name);
  const hook = dictGetInterned(rt, dict, Id.__getattr__);
  if (hook !== 0) {
    const m = tempMark(rt);
    temp(rt, newRef(rt, hook));
    return releaseKeeping(rt, m, call1(rt, hook, name));
  }
  return missing(rt, module, dict, name);
}

function missing(rt: Runtime, module: Ref, dict: Ref, name: Ref): never {
  const own = moduleName(rt, module);
  const attribute = strText(rt, name);
  if (own === null) return raiseAttributeError(rt, `module has no attribute '${attribute}'`, module, name);
  const spec = dictGetInterned(rt, dict, Id.__spec__);
  const message = isInitializing(rt, spec)
    ? `partially initialized module '${own}' has no attribute '${attribute}' (most likely due to a circular import)`
    : `module '${own}' has no attribute '${attribute}'`;
  return raiseAttributeError(rt, message, module, name);
}

/** Truth of `spec._initializing`. */
function isInitializing(rt: Runtime, spec: Ref): boolean {
  if (spec === 0 || spec === (S.None as number)) return false;
  const m = tempMark(rt);
  temp(rt, newRef(rt, spec));
  const flag = lookupAttr(rt, spec, Id._initializing);
  const truth = flag !== 0 && isTrue(rt, temp(rt, flag));
  releaseTemps(rt, m);
  return truth;
}

const INIT = native('module(name, doc=None)', initModule);

function initModule(rt: Runtime, module: Ref, name: Ref, doc: Ref): Owned {
  const H = rt.words;
  if (!isStr(rt, name)) typeError(rt, `module() argument 'name' must be str, not ${argumentName(rt, name)}`);
  if (H[module + ModuleWord.Dict] === 0) H[module + ModuleWord.Dict] = newDict(rt);
  const dict = dictOf(rt, module);
  dictSet(rt, dict, Id.__name__, name);
  dictSet(rt, dict, Id.__doc__, doc || S.None);
  dictSet(rt, dict, Id.__package__, S.None);
  dictSet(rt, dict, Id.__loader__, S.None);
  dictSet(rt, dict, Id.__spec__, S.None);
  if (rt.words[name + ObjectWord.Type] === T.str) setWord(rt, module + ModuleWord.Name, newRef(rt, name));
  return none();
}

function moduleDir(rt: Runtime, module: Ref): Owned {
  const m = tempMark(rt);
  const dict = lookupAttr(rt, module, Id.__dict__);
  if (dict === 0) typeError(rt, '<module>.__dict__ is not a dictionary');
  temp(rt, dict);
  if (!isDict(rt, dict)) typeError(rt, '<module>.__dict__ is not a dictionary');
  const hook = dictGetInterned(rt, dict, Id.__dir__);
  return releaseKeeping(rt, m, hook === 0 ? newListFromDictKeys(rt, dict) : call0(rt, temp(rt, newRef(rt, hook))));
}

function getAnnotations(rt: Runtime, module: Ref): Owned {
  const dict = dictOf(rt, module);
  const own = dictGetInterned(rt, dict, Id.__annotations__);
  if (own !== 0) return newRef(rt, own);
  const made = temp(rt, newDict(rt));
  dictSet(rt, dict, Id.__annotations__, made);
  return untemp(rt, made);
}

function setAnnotations(rt: Runtime, module: Ref, value: Ref): void {
  const dict = dictOf(rt, module);
  if (value !== 0) dictSet(rt, dict, Id.__annotations__, value);
  else if (!dictDelete(rt, dict, Id.__annotations__)) attributeError(rt, '__annotations__');
}

/** Source: CPython 3.12 module_dealloc. */
function deallocModule(rt: Runtime, module: Ref): void {
  untrack(rt, module);
  clearWeakrefs(rt, module);
  clearWord(rt, module + ModuleWord.Dict);
  clearWord(rt, module + ModuleWord.Name);
  freeObject(rt, module);
}

defineType({
  ref: T.module,
  name: 'module',
  basicSize: 56,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [ModuleWord.Dict],
  owned: [ModuleWord.Name],
  weakListWord: ModuleWord.WeakList,
  dictWord: ModuleWord.Dict,
  dealloc: deallocModule,
  doc: 'module(name, doc=None)\n--\n\nCreate a module object.\n\nThe name must be a string; the optional docstring can have any type.',
  slots: {
    repr: moduleRepr,
    getattro: moduleGetAttr,
    setattro: genericSetAttr,
    init: (rt, self, args, kwargs) => decref(rt, callNativeWithTuple(rt, INIT, self, args, kwargs)),
    new: newModule,
  },
  methods: [native('__dir__($self, /)', moduleDir, { doc: '__dir__() -> list\nspecialized dir() implementation' })],
  members: [member('__dict__', ModuleWord.Dict)],
  getset: [getset('__annotations__', getAnnotations, setAnnotations)],
});

function newModule(rt: Runtime, type: Ref): Owned {
  const module = allocInstance(rt, type, 0);
  rt.words[module + ModuleWord.Dict] = newDict(rt);
  return module;
}

onConnect((rt) => {
  rt.moduleNameOf = (module) => moduleName(rt, module) ?? '';
});

/** A missing attribute of a module without `__getattr__` raises nothing. */
function moduleLookup(rt: Runtime, module: Ref, name: Ref): Owned | 0 {
  const value = genericLookupWithDict(rt, module, name, dictOf(rt, module));
  if (value !== 0) return value;
  const dict = dictOf(rt, module);
  return dict === 0 || dictGetInterned(rt, dict, Id.__getattr__) === 0 ? 0 : moduleGetAttr(rt, module, name);
}

setQuietGetAttr(moduleGetAttr, moduleLookup);
