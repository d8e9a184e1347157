/** method_descriptor and classmethod_descriptor: what built-in types' methods are in the types' dicts. */
import { LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNative } from '../../core/call-native.ts';
import { vectorcall } from '../../core/call.ts';
import { dictLength, keywordsFromDict } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { DescrWord } from '../../core/layout/functions.ts';
import { getset, native, NATIVES } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';
import {
  checkInstance,
  descrName,
  DESCR_MEMBERS,
  DESCR_QUALNAME,
  ownerName,
  qualifiedName,
  reduceDescriptor,
  reprOf,
  textOrNone,
  wrongInstance,
} from './common.ts';
import { newBuiltin } from './make.ts';

function methodVectorcall(rt: Runtime, descr: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (nargs < 1) typeError(rt, `unbound method ${qualifiedName(rt, descr)}() needs an argument`);
  const self = H[args];
  const type = H[self + ObjectWord.Type];
  const owner = H[descr + DescrWord.Owner];
  if (type !== owner && !isSubtype(rt, type, owner)) wrongInstance(rt, descr, self);
  return callNative(rt, NATIVES[H[descr + DescrWord.Definition]], self, args + 1, nargs - 1, kwnames);
}

/** Calls a vectorcall function with a tuple and a dict. */
export function callSpreadTo(
  rt: Runtime,
  callee: (rt: Runtime, callable: Ref, args: number, nargs: number, kwnames: Ref) => Owned,
  callable: Ref,
  args: Ref,
  kwargs: Ref,
): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return callee(rt, callable, args + TupleWord.Items, n, 0);
  const m = tempMark(rt);
  const base = pushArgs(rt, n + dictLength(rt, kwargs));
  H.copyWithin(base, args + TupleWord.Items, args + TupleWord.Items + n);
  const kwnames = temp(rt, keywordsFromDict(rt, kwargs, base + n));
  const result = callee(rt, callable, base, n, kwnames);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

function methodCall(rt: Runtime, descr: Ref, args: Ref, kwargs: Ref): Owned {
  return callSpreadTo(rt, methodVectorcall, descr, args, kwargs);
}

function methodGet(rt: Runtime, descr: Ref, o: Ref, type: Ref): Owned {
  void type;
  if (o === 0) return newRef(rt, descr);
  checkInstance(rt, descr, o);
  return newBuiltin(rt, rt.words[descr + DescrWord.Definition], o, 0);
}

const docGetter = getset('__doc__', (rt, descr) => textOrNone(rt, NATIVES[rt.words[descr + DescrWord.Definition]].doc));
const signatureGetter = getset('__text_signature__', (rt, descr) =>
  textOrNone(rt, NATIVES[rt.words[descr + DescrWord.Definition]].signature),
);

defineType({
  ref: T.methodDescriptor,
  name: 'method_descriptor',
  basicSize: 56,
  flags: TypeFlag.HaveGc | TypeFlag.MethodDescriptor,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [DescrWord.Owner],
  owned: [DescrWord.Name, DescrWord.Qualname],
  slots: {
    repr: reprOf('method'),
    call: methodCall,
    instanceVectorcall: methodVectorcall,
    descrGet: methodGet,
  },
  methods: [native('__reduce__($self, /)', reduceDescriptor)],
  members: DESCR_MEMBERS,
  getset: [docGetter, DESCR_QUALNAME, signatureGetter],
});

/** `dict.__dict__['fromkeys'].__get__(None, dict)`: bound to the class. */
function classMethodGet(rt: Runtime, descr: Ref, o: Ref, type: Ref): Owned {
  const H = rt.words;
  const name = descrName(rt, descr);
  const owner = ownerName(rt, descr);
  if (type === 0) {
    if (o === 0) typeError(rt, `descriptor '${name}' for type '${owner}' needs either an object or a type`);
    type = H[o + ObjectWord.Type];
  }
  if (!isType(rt, type)) {
    typeError(rt, `descriptor '${name}' for type '${owner}' needs a type, not a '${kindName(rt, type)}' as arg 2`);
  }
  if (!isSubtype(rt, type, H[descr + DescrWord.Owner])) {
    typeError(rt, `descriptor '${name}' requires a subtype of '${owner}' but received '${typeFullName(rt, type)}'`);
  }
  return newBuiltin(rt, H[descr + DescrWord.Definition], type, 0);
}

function classMethodCall(rt: Runtime, descr: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  if (n < 1)
    typeError(rt, `descriptor '${descrName(rt, descr)}' of '${ownerName(rt, descr)}' object needs an argument`);
  const m = tempMark(rt);
  const bound = temp(rt, classMethodGet(rt, descr, 0, H[args + TupleWord.Items]));
  const rest = (rt2: Runtime, callable: Ref, a: number, count: number, kwnames: Ref): Owned =>
    vectorcall(rt2, callable, a + 1, count - 1, kwnames);
  return releaseKeeping(rt, m, callSpreadTo(rt, rest, bound, args, kwargs));
}

defineType({
  ref: T.classmethodDescriptor,
  name: 'classmethod_descriptor',
  basicSize: 56,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [DescrWord.Owner],
  owned: [DescrWord.Name, DescrWord.Qualname],
  slots: { repr: reprOf('method'), call: classMethodCall, descrGet: classMethodGet },
  members: DESCR_MEMBERS,
  getset: [docGetter, DESCR_QUALNAME, signatureGetter],
});
