/** builtin_function_or_method. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  LayoutKind,
  newRef,
  ObjectWord,
  trashcanBegin,
  trashcanEnd,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNative } from '../../core/call-native.ts';
import { CompareOp } from '../../core/functions.ts';
import { onConnect } from '../../core/installers.ts';
import { BuiltinWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member, MethodFlag, native, NATIVES } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { getAttr, getAttrText } from '../../core/protocol/attribute.ts';
import { hexAddress } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, isType, kindName, typeName } from '../../core/types.ts';
import { hashPointer } from '../object/hash.ts';
import { nativeOwner } from '../type/native-owners.ts';
import { qualnameOfType } from '../type/names.ts';
import { textOrNone } from './common.ts';
import { callSpreadTo } from './method.ts';

function definitionOf(rt: Runtime, fn: Ref): NativeDefinition {
  return NATIVES[rt.words[fn + BuiltinWord.Native]];
}

function builtinVectorcall(rt: Runtime, fn: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  return callNative(rt, definitionOf(rt, fn), rt.words[fn + BuiltinWord.Self], args, nargs, kwnames);
}

function builtinCall(rt: Runtime, fn: Ref, args: Ref, kwargs: Ref): Owned {
  return callSpreadTo(rt, builtinVectorcall, fn, args, kwargs);
}

/** 0 for functions of modules. */
function boundSelf(rt: Runtime, fn: Ref): Ref {
  const self = rt.words[fn + BuiltinWord.Self];
  return self === 0 || rt.words[self + ObjectWord.Type] === T.module ? 0 : self;
}

function getQualname(rt: Runtime, fn: Ref): Owned {
  const { name } = definitionOf(rt, fn);
  const self = boundSelf(rt, fn);
  if (self === 0) return newStr(rt, name);
  const type = isType(rt, self) ? self : rt.words[self + ObjectWord.Type];
  const qualname = temp(rt, getAttr(rt, type, Id.__qualname__));
  return newStr(rt, `${isStr(rt, qualname) ? strText(rt, qualname) : typeName(rt, type)}.${name}`);
}

function getSelf(rt: Runtime, fn: Ref): Owned {
  const isStatic = (definitionOf(rt, fn).flags & MethodFlag.Static) !== 0;
  return newRef(rt, isStatic ? S.None : rt.words[fn + BuiltinWord.Self] || S.None);
}

function builtinRepr(rt: Runtime, fn: Ref): Owned {
  const { name } = definitionOf(rt, fn);
  const self = boundSelf(rt, fn);
  if (self === 0) return newStr(rt, `<built-in function ${name}>`);
  return newStr(rt, `<built-in method ${name} of ${kindName(rt, self)} object at ${hexAddress(self)}>`);
}

/** Equal: the same function of the same object. */
function builtinCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const comparable = H[a + ObjectWord.Type] === T.builtinFunction && H[b + ObjectWord.Type] === T.builtinFunction;
  if (!comparable || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return S.NotImplemented as Ref as Owned;
  const same =
    H[a + BuiltinWord.Self] === H[b + BuiltinWord.Self] && H[a + BuiltinWord.Native] === H[b + BuiltinWord.Native];
  return pyBool(same === (op === CompareOp.Eq)) as Owned;
}

function builtinHash(rt: Runtime, fn: Ref): number {
  const H = rt.words;
  const low = H[fn + BuiltinWord.Self] === 0 ? 0 : hashPointer(rt, H[fn + BuiltinWord.Self]);
  const high = H[fn + BuiltinWord.Self] === 0 ? 0 : rt.hashHigh;
  const low2 = hashPointer(rt, H[fn + BuiltinWord.Native]);
  rt.hashHigh ^= high;
  return low ^ low2;
}

function reduce(rt: Runtime, fn: Ref): Owned {
  const { name } = definitionOf(rt, fn);
  const self = boundSelf(rt, fn);
  if (self === 0) return newStr(rt, name);
  const builtins = temp(rt, rt.importModule('builtins'));
  const getattr = temp(rt, getAttrText(rt, builtins, 'getattr'));
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, getattr)),
    temp(rt, tupleFromTemps(rt, tempMark(rt), temp(rt, newRef(rt, self)), temp(rt, newStr(rt, name)))),
  );
}

/** Source: CPython 3.12 meth_dealloc. */
function deallocBuiltin(rt: Runtime, fn: Ref): void {
  untrack(rt, fn);
  if (!trashcanBegin(rt, fn)) return;
  clearWeakrefs(rt, fn);
  clearWord(rt, fn + BuiltinWord.Self);
  clearWord(rt, fn + BuiltinWord.Module);
  freeObject(rt, fn);
  trashcanEnd(rt);
}

defineType({
  ref: T.builtinFunction,
  name: 'builtin_function_or_method',
  basicSize: 56,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [BuiltinWord.Self, BuiltinWord.Module],
  weakListWord: BuiltinWord.WeakList,
  dealloc: deallocBuiltin,
  slots: {
    repr: builtinRepr,
    hash: builtinHash,
    call: builtinCall,
    instanceVectorcall: builtinVectorcall,
    richcompare: builtinCompare,
  },
  methods: [native('__reduce__($self, /)', reduce)],
  members: [member('__module__', BuiltinWord.Module, 0, false)],
  getset: [
    getset('__doc__', (rt, fn) => textOrNone(rt, definitionOf(rt, fn).doc)),
    getset('__name__', (rt, fn) => newStr(rt, definitionOf(rt, fn).name)),
    getset('__qualname__', getQualname),
    getset('__self__', getSelf),
    getset('__text_signature__', (rt, fn) => textOrNone(rt, definitionOf(rt, fn).signature)),
  ],
});

/** `list.append` for a method, `math.sqrt` or `len` for a function: what messages call a native. */
function qualifiedNativeName(rt: Runtime, def: NativeDefinition, self: Ref): string {
  if ((def.flags & MethodFlag.Class) !== 0 && self !== 0) return `${qualnameOfType(rt, self)}.${def.name}`;
  const owner = nativeOwner(def.index);
  if (owner !== undefined) return `${qualnameOfType(rt, owner)}.${def.name}`;
  if (self === 0 || rt.words[self + ObjectWord.Type] !== T.module) return def.name;
  const module = rt.moduleNameOf(self);
  return module === '' || module === 'builtins' ? def.name : `${module}.${def.name}`;
}

onConnect((rt) => {
  rt.qualifiedNativeName = (def, self) => qualifiedNativeName(rt, def, self);
});
