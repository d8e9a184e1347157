/** property. */
import { clearWord, decref, LayoutKind, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNativeWithTuple } from '../../core/call-native-tuple.ts';
import { call1, call2, vectorcall } from '../../core/call.ts';
import { attributeError, catchOnly, mark, none, typeError } from '../../core/errors.ts';
import { PropertyWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member, MemberKind, native, nativeRaw } from '../../core/native.ts';
import { lookupAttr, setAttr } from '../../core/protocol/attribute.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, popArgs, pushArgs, temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance } from '../../core/types.ts';
import { qualnameOfType } from '../type/names.ts';
import { allocInstance } from '../type/alloc.ts';

const given = (value: Ref): Ref => (value === (S.None as number) ? 0 : value);

function store(rt: Runtime, self: Ref, word: number, value: Ref): void {
  setWord(rt, self + word, value === 0 ? 0 : newRef(rt, value));
}

/** Source: CPython 3.12 property_init_impl. @runsPython */
function propertyInit(rt: Runtime, self: Ref, fget: Ref, fset: Ref, fdel: Ref, doc: Ref): Owned {
  store(rt, self, PropertyWord.Get, given(fget));
  store(rt, self, PropertyWord.Set, given(fset));
  store(rt, self, PropertyWord.Delete, given(fdel));
  store(rt, self, PropertyWord.Doc, 0);
  store(rt, self, PropertyWord.Name, 0);
  rt.words[self + PropertyWord.GetterDoc] = 0;
  const text = documentation(rt, self, given(fget), given(doc));
  if (text === 0) return none();
  if (rt.words[self + ObjectWord.Type] === T.property) store(rt, self, PropertyWord.Doc, text);
  else storeInSubclass(rt, self, text);
  return none();
}

/** A subclass keeps the docstring as an attribute. Where there is no place for it only a getter's is an error. @runsPython */
function storeInSubclass(rt: Runtime, self: Ref, text: Ref): void {
  const before = mark(rt);
  temp(rt, newRef(rt, text));
  try {
    setAttr(rt, self, Id.__doc__, text);
  } catch (error) {
    if (rt.words[self + PropertyWord.GetterDoc] !== 0) throw error;
    catchOnly(rt, error, before, T.AttributeError);
  }
}

/** The docstring: the one given, or the getter's; on the temporaries' stack. */
function documentation(rt: Runtime, self: Ref, fget: Ref, doc: Ref): Ref {
  if (doc !== 0 || fget === 0) return doc !== 0 ? temp(rt, newRef(rt, doc)) : noneForSubclass(rt, self);
  const own = lookupAttr(rt, fget, Id.__doc__);
  if (own === 0) return noneForSubclass(rt, self);
  temp(rt, own);
  if (own === (S.None as number)) return noneForSubclass(rt, self);
  rt.words[self + PropertyWord.GetterDoc] = 1;
  return own;
}

function noneForSubclass(rt: Runtime, self: Ref): Ref {
  return rt.words[self + ObjectWord.Type] === T.property ? 0 : S.None;
}

function propertyGet(rt: Runtime, self: Ref, o: Ref, _type: Ref): Owned {
  const H = rt.words;
  if (o === 0 || o === (S.None as number)) return newRef(rt, self);
  const getter = H[self + PropertyWord.Get];
  if (getter === 0) refuse(rt, self, o, 'getter');
  const base = pushArgs(rt, 1);
  H[base] = o;
  const result = vectorcall(rt, getter, base, 1, 0);
  popArgs(rt, base);
  return result;
}

/** «property 'x' of 'C' object has no setter» */
function refuse(rt: Runtime, self: Ref, o: Ref, what: string): never {
  const name = rt.words[self + PropertyWord.Name];
  const owner = `'${qualnameOfType(rt, rt.words[o + ObjectWord.Type])}'`;
  if (name === 0 || name === (S.None as number)) attributeError(rt, `property of ${owner} object has no ${what}`);
  attributeError(rt, `property ${reprText(rt, name)} of ${owner} object has no ${what}`);
}

function propertySet(rt: Runtime, self: Ref, o: Ref, value: Ref): void {
  const fn = rt.words[self + (value === 0 ? PropertyWord.Delete : PropertyWord.Set)];
  if (fn === 0) refuse(rt, self, o, value === 0 ? 'deleter' : 'setter');
  decref(rt, value === 0 ? call1(rt, fn, o) : call2(rt, fn, o, value));
}

/** A copy with one function replaced, made by calling the property's type. */
function copyWith(rt: Runtime, self: Ref, word: number, fn: Ref): Owned {
  const H = rt.words;
  const type = temp(rt, newRef(rt, H[self + ObjectWord.Type]));
  const base = pushArgs(rt, 4);
  for (let i = 0; i < 3; i++) {
    const own = H[self + PropertyWord.Get + i] || S.None;
    H[base + i] = PropertyWord.Get + i === word && fn !== S.None ? fn : own;
  }
  const hasGetter = H[base] !== S.None;
  const doc = H[self + PropertyWord.GetterDoc] !== 0 && hasGetter ? S.None : H[self + PropertyWord.Doc] || S.None;
  H[base + 3] = doc;
  const copy = vectorcall(rt, type, base, 4, 0);
  popArgs(rt, base);
  temp(rt, copy);
  if (isInstance(rt, copy, T.property)) store(rt, copy, PropertyWord.Name, H[self + PropertyWord.Name]);
  return newRef(rt, copy);
}

function setName(rt: Runtime, self: Ref, args: number, nargs: number): Owned {
  if (nargs !== 2) typeError(rt, `__set_name__() takes 2 positional arguments but ${nargs} were given`);
  store(rt, self, PropertyWord.Name, rt.words[args + 1]);
  return none();
}

function isAbstract(rt: Runtime, self: Ref): Owned {
  for (const word of [PropertyWord.Get, PropertyWord.Set, PropertyWord.Delete]) {
    const fn = rt.words[self + word];
    if (fn !== 0 && hasAbstractMark(rt, fn)) return S.True as Ref as Owned;
  }
  return S.False as Ref as Owned;
}

/** Truth of `o.__isabstractmethod__`. @runsPython */
export function hasAbstractMark(rt: Runtime, o: Ref): boolean {
  const flag = lookupAttr(rt, o, Id.__isabstractmethod__);
  if (flag === 0) return false;
  temp(rt, flag);
  const truth = isTrue(rt, flag);
  dropTemp(rt, flag);
  return truth;
}

const INIT = native('property(fget=None, fset=None, fdel=None, doc=None)', propertyInit);

function initSlot(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  decref(rt, callNativeWithTuple(rt, INIT, self, args, kwargs));
}

/** Source: CPython 3.12 property_clear. */
function clearProperty(rt: Runtime, self: Ref): void {
  clearWord(rt, self + PropertyWord.Doc);
}

defineType({
  ref: T.property,
  name: 'property',
  basicSize: 64,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [PropertyWord.Get, PropertyWord.Set, PropertyWord.Delete, PropertyWord.Doc, PropertyWord.Name],
  clear: clearProperty,
  doc:
    'property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nProperty attribute.\n\n' +
    '  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n' +
    "  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring",
  slots: {
    descrGet: propertyGet,
    descrSet: propertySet,
    init: initSlot,
    new: (rt, type) => allocInstance(rt, type, 0),
  },
  methods: [
    native('getter($self, object, /)', (rt, self, fn) => copyWith(rt, self, PropertyWord.Get, fn), {
      doc: 'Descriptor to obtain a copy of the property with a different getter.',
    }),
    native('setter($self, object, /)', (rt, self, fn) => copyWith(rt, self, PropertyWord.Set, fn), {
      doc: 'Descriptor to obtain a copy of the property with a different setter.',
    }),
    native('deleter($self, object, /)', (rt, self, fn) => copyWith(rt, self, PropertyWord.Delete, fn), {
      doc: 'Descriptor to obtain a copy of the property with a different deleter.',
    }),
    nativeRaw('__set_name__', setName, { tuple: true, doc: 'Method to set name of a property.' }),
  ],
  members: [
    member('fget', PropertyWord.Get),
    member('fset', PropertyWord.Set),
    member('fdel', PropertyWord.Delete),
    member('__doc__', PropertyWord.Doc, MemberKind.Object, false),
  ],
  getset: [getset('__isabstractmethod__', isAbstract)],
});
