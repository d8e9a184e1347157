/** wrapper_descriptor and method-wrapper: slots of built-in types as methods. */
import { gcNew, LayoutKind, newRef, ObjectWord, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { DescrWord, MethodWrapperWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member, native } from '../../core/native.ts';
import { getAttr, getAttrText } from '../../core/protocol/attribute.ts';
import { hash } from '../../core/protocol/compare.ts';
import { hexAddress } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newTuple, tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isSubtype, kindName } from '../../core/types.ts';
import { hashPointer } from '../object/hash.ts';
import { SLOT_DEFS } from '../type/slotdefs.ts';
import { callWrapped } from '../type/wrappers.ts';
import {
  checkInstance,
  descrName,
  DESCR_MEMBERS,
  DESCR_QUALNAME,
  ownerName,
  reduceDescriptor,
  reprOf,
  textOrNone,
} from './common.ts';

function rowOf(rt: Runtime, descr: Ref): (typeof SLOT_DEFS)[number] {
  return SLOT_DEFS[rt.words[descr + DescrWord.Definition]];
}

/** Calls the wrapped slot with `self`; `args` are the others. */
function callSlot(rt: Runtime, descr: Ref, self: Ref, args: Ref, kwargs: Ref): Owned {
  const { wrap, text } = rowOf(rt, descr);
  return callWrapped(rt, wrap, text, self, args, rt.words[descr + DescrWord.Wrapped], kwargs);
}

function wrapperCall(rt: Runtime, descr: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  const name = descrName(rt, descr);
  const owner = ownerName(rt, descr);
  if (n < 1) typeError(rt, `descriptor '${name}' of '${owner}' object needs an argument`);
  const self = H[args + TupleWord.Items];
  if (!isSubtype(rt, H[self + ObjectWord.Type], H[descr + DescrWord.Owner])) {
    typeError(rt, `descriptor '${name}' requires a '${owner}' object but received a '${kindName(rt, self)}'`);
  }
  const m = tempMark(rt);
  const rest = temp(rt, newTuple(rt, n - 1));
  for (let i = 1; i < n; i++) H[rest + TupleWord.Items + i - 1] = newRef(rt, H[args + TupleWord.Items + i]);
  return releaseKeeping(rt, m, callSlot(rt, descr, self, rest, kwargs));
}

function wrapperGet(rt: Runtime, descr: Ref, o: Ref, _type: Ref): Owned {
  if (o === 0) return newRef(rt, descr);
  checkInstance(rt, descr, o);
  const H = rt.words;
  const wrapper = gcNew(rt, T.methodWrapper);
  H[wrapper + MethodWrapperWord.Descriptor] = newRef(rt, descr);
  H[wrapper + MethodWrapperWord.Self] = newRef(rt, o);
  track(rt, wrapper);
  return wrapper;
}

defineType({
  ref: T.wrapperDescriptor,
  name: 'wrapper_descriptor',
  basicSize: 56,
  flags: TypeFlag.HaveGc | TypeFlag.MethodDescriptor,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [DescrWord.Owner],
  owned: [DescrWord.Name, DescrWord.Qualname],
  slots: { repr: reprOf('slot wrapper'), call: wrapperCall, descrGet: wrapperGet },
  methods: [native('__reduce__($self, /)', reduceDescriptor)],
  members: DESCR_MEMBERS,
  getset: [
    getset('__doc__', (rt, descr) => textOrNone(rt, rowOf(rt, descr).doc)),
    DESCR_QUALNAME,
    getset('__text_signature__', (rt, descr) => textOrNone(rt, rowOf(rt, descr).signature)),
  ],
});

function descriptorOf(rt: Runtime, wrapper: Ref): Ref {
  return rt.words[wrapper + MethodWrapperWord.Descriptor];
}

function boundCall(rt: Runtime, wrapper: Ref, args: Ref, kwargs: Ref): Owned {
  return callSlot(rt, descriptorOf(rt, wrapper), rt.words[wrapper + MethodWrapperWord.Self], args, kwargs);
}

function boundRepr(rt: Runtime, wrapper: Ref): Owned {
  const self = rt.words[wrapper + MethodWrapperWord.Self];
  const name = descrName(rt, descriptorOf(rt, wrapper));
  return newStr(rt, `<method-wrapper '${name}' of ${kindName(rt, self)} object at ${hexAddress(self)}>`);
}

/** Equal: the same descriptor of the same object. */
function boundCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const comparable = H[a + ObjectWord.Type] === T.methodWrapper && H[b + ObjectWord.Type] === T.methodWrapper;
  if (!comparable || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return S.NotImplemented as Ref as Owned;
  const same =
    descriptorOf(rt, a) === descriptorOf(rt, b) && H[a + MethodWrapperWord.Self] === H[b + MethodWrapperWord.Self];
  return pyBool(same === (op === CompareOp.Eq)) as Owned;
}

function boundHash(rt: Runtime, wrapper: Ref): number {
  const low = hashPointer(rt, rt.words[wrapper + MethodWrapperWord.Self]);
  const high = rt.hashHigh;
  const low2 = hash(rt, descriptorOf(rt, wrapper));
  rt.hashHigh ^= high;
  const result = low ^ low2;
  return result === -1 && rt.hashHigh === -1 ? -2 : result;
}

function boundReduce(rt: Runtime, wrapper: Ref): Owned {
  const builtins = temp(rt, rt.importModule('builtins'));
  const getattr = temp(rt, getAttrText(rt, builtins, 'getattr'));
  const H = rt.words;
  const name = newRef(rt, H[descriptorOf(rt, wrapper) + DescrWord.Name]);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, getattr)),
    temp(rt, tupleTake(rt, newRef(rt, H[wrapper + MethodWrapperWord.Self]), name)),
  );
}

defineType({
  ref: T.methodWrapper,
  name: 'method-wrapper',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [MethodWrapperWord.Descriptor, MethodWrapperWord.Self],
  slots: { repr: boundRepr, call: boundCall, richcompare: boundCompare, hash: boundHash },
  methods: [native('__reduce__($self, /)', boundReduce)],
  members: [member('__self__', MethodWrapperWord.Self)],
  getset: [
    getset('__objclass__', (rt, w) => newRef(rt, rt.words[descriptorOf(rt, w) + DescrWord.Owner])),
    getset('__name__', (rt, w) => newRef(rt, rt.words[descriptorOf(rt, w) + DescrWord.Name])),
    getset('__qualname__', (rt, w) => getAttr(rt, descriptorOf(rt, w), Id.__qualname__)),
    getset('__doc__', (rt, w) => textOrNone(rt, rowOf(rt, descriptorOf(rt, w)).doc)),
    getset('__text_signature__', (rt, w) => textOrNone(rt, rowOf(rt, descriptorOf(rt, w)).signature)),
  ],
});
