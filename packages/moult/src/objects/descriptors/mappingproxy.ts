/** mappingproxy: a read-only view of a mapping, such as a type's `__dict__`. */
import { gcNew, LayoutKind, newRef, ObjectWord, track, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNativeWithTuple } from '../../core/call-native-tuple.ts';
import { vectorcall } from '../../core/call.ts';
import { dictContains } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { MappingProxyWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { getAttr } from '../../core/protocol/attribute.ts';
import { hash, richCompare } from '../../core/protocol/compare.ts';
import { contains, getItem, length } from '../../core/protocol/item.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { binarySlots } from '../../core/protocol/number.ts';
import { reprText, str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isList, isTuple, kindName } from '../../core/types.ts';
import { enterStep, leaveStep } from '../../core/recursion.ts';

/** A proxy of `mapping` (borrowed). */
export function newMappingProxy(rt: Runtime, mapping: Ref): Owned {
  const proxy = gcNew(rt, T.mappingproxy);
  rt.words[proxy + MappingProxyWord.Mapping] = newRef(rt, mapping);
  track(rt, proxy);
  return proxy;
}

function mappingOf(rt: Runtime, proxy: Ref): Ref {
  return rt.words[proxy + MappingProxyWord.Mapping];
}

/** `mapping.name(*args)` */
function forward(rt: Runtime, proxy: Ref, name: Ref, args: number, nargs: number): Owned {
  const m = tempMark(rt);
  const method = temp(rt, getAttr(rt, mappingOf(rt, proxy), name));
  return releaseKeeping(rt, m, vectorcall(rt, method, args, nargs, 0));
}

function checkMapping(rt: Runtime, o: Ref): void {
  const ok = rt.words[rt.words[o + ObjectWord.Type] + TypeWord.MpSubscript] !== 0 && !isList(rt, o) && !isTuple(rt, o);
  if (!ok) typeError(rt, `mappingproxy() argument must be a mapping, not ${kindName(rt, o)}`);
}

const MAKE = native('mappingproxy(mapping)', (rt, _self, mapping) => {
  checkMapping(rt, mapping);
  return newMappingProxy(rt, mapping);
});

function proxyOr(rt: Runtime, left: Ref, right: Ref): Owned {
  const H = rt.words;
  const a = H[left + ObjectWord.Type] === T.mappingproxy ? mappingOf(rt, left) : left;
  const b = H[right + ObjectWord.Type] === T.mappingproxy ? mappingOf(rt, right) : right;
  enterStep(rt);
  const result = binarySlots(rt, a, b, TypeWord.NbOr);
  leaveStep(rt);
  return result;
}

function proxyInplaceOr(rt: Runtime): never {
  typeError(rt, "'|=' is not supported by mappingproxy; use '|' instead");
}

function proxyContains(rt: Runtime, self: Ref, key: Ref): boolean {
  const mapping = mappingOf(rt, self);
  return rt.words[mapping + ObjectWord.Type] === T.dict ? dictContains(rt, mapping, key) : contains(rt, mapping, key);
}

function proxyReversed(rt: Runtime, self: Ref): Owned {
  return forward(rt, self, Id.__reversed__, 0, 0);
}

function genericAlias(rt: Runtime, self: Ref, item: Ref): Owned {
  return rt.makeGenericAlias(self, item);
}

function proxyNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  return callNativeWithTuple(rt, MAKE, 0, args, kwargs);
}

defineType({
  ref: T.mappingproxy,
  name: 'mappingproxy',
  basicSize: 24,
  flags: TypeFlag.HaveGc | TypeFlag.Mapping,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [MappingProxyWord.Mapping],
  doc: 'Read-only proxy of a mapping.',
  slots: {
    repr: (rt, self) => newStr(rt, `mappingproxy(${reprText(rt, mappingOf(rt, self))})`),
    str: (rt, self) => str(rt, mappingOf(rt, self)),
    hash: (rt, self) => hash(rt, mappingOf(rt, self)),
    richcompare: (rt, self, other, op) => richCompare(rt, mappingOf(rt, self), other, op),
    iter: (rt, self) => iter(rt, mappingOf(rt, self)),
    new: proxyNew,
    nbOr: proxyOr,
    nbInplaceOr: proxyInplaceOr,
    mpLength: (rt, self) => length(rt, mappingOf(rt, self)),
    mpSubscript: (rt, self, key) => getItem(rt, mappingOf(rt, self), key),
    sqContains: proxyContains,
  },
  methods: [
    nativeRaw('get', (rt, self, args, nargs) => forwardGet(rt, self, args, nargs), {
      doc: 'Return the value for key if key is in the mapping, else default.',
    }),
    native('keys($self, /)', (rt, self) => forward(rt, self, Id.keys, 0, 0)),
    native('values($self, /)', (rt, self) => forward(rt, self, Id.values, 0, 0)),
    native('items($self, /)', (rt, self) => forward(rt, self, Id.items, 0, 0)),
    native('copy($self, /)', (rt, self) => forward(rt, self, Id.copy, 0, 0)),
    native('__class_getitem__($cls, item, /)', genericAlias, { binding: 'class', doc: 'See PEP 585' }),
    native('__reversed__($self, /)', proxyReversed, { doc: 'D.__reversed__() -> reverse iterator' }),
  ],
});

function forwardGet(rt: Runtime, self: Ref, args: number, nargs: number): Owned {
  if (nargs < 1) typeError(rt, `get expected at least 1 argument, got ${nargs}`);
  if (nargs > 2) typeError(rt, `get expected at most 2 arguments, got ${nargs}`);
  const base = pushArgs(rt, 2);
  rt.words[base] = rt.words[args];
  rt.words[base + 1] = nargs === 2 ? rt.words[args + 1] : S.None;
  const result = forward(rt, self, Id.get, base, 2);
  popArgs(rt, base);
  return result;
}
