/** super. */
import {
  clearWord,
  freeObject,
  gcNew,
  newRef,
  ObjectWord,
  setWord,
  track,
  TupleWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../../core/call.ts';
import { dictGet, dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS, slotIndex } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { SuperWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { member } from '../../core/native.ts';
import { lookupAttr } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';
import { genericGetAttr } from '../object/generic-attributes.ts';
import { orderedLayout } from '../ordered-layout.ts';
import { allocInstance } from '../type/alloc.ts';
import { tupleItems } from '../type/mro.ts';

const GENERIC_GETATTR = slotIndex(genericGetAttr);

/** A metaclass's `mro()` may leave the class itself out. */
function isInOwnMro(rt: Runtime, type: Ref): boolean {
  const H = rt.words;
  const mro = H[type + TypeWord.Mro];
  return mro === 0 || H[mro + TupleWord.Items] === type || tupleItems(rt, mro).includes(type);
}

/** The type whose MRO is searched: of an instance, or the class itself. Owned. Raises TypeError. (supercheck) */
function superCheck(rt: Runtime, type: Ref, o: Ref): Owned {
  const H = rt.words;
  if (isType(rt, o) && isSubtype(rt, o, type) && (o !== type || isInOwnMro(rt, type))) return newRef(rt, o);
  if (isSubtype(rt, H[o + ObjectWord.Type], type)) return newRef(rt, H[o + ObjectWord.Type]);
  const cls = lookupAttr(rt, o, Id.__class__);
  if (cls !== 0) {
    temp(rt, cls);
    if (isType(rt, cls) && cls !== H[o + ObjectWord.Type] && isSubtype(rt, cls, type)) return untemp(rt, cls);
    dropTemp(rt, cls);
  }
  return typeError(rt, 'super(type, obj): obj must be an instance or subtype of type');
}

/** `super(type, o).name`. Raises TypeError or AttributeError. (_PySuper_Lookup) @runsPython */
export function superLookup(rt: Runtime, type: Ref, o: Ref, name: Ref): Owned {
  const m = tempMark(rt);
  const start = temp(rt, superCheck(rt, type, o));
  const found = superFind(rt, type, start, name);
  if (found === 0) return fallBack(rt, m, type, o, name);
  return releaseKeeping(rt, m, bindFound(rt, found, o, start));
}

/** As `superLookup` for a call: a function is returned unbound, and `rt.superMethodFound` says so. @runsPython */
export function superMethod(rt: Runtime, type: Ref, o: Ref, name: Ref): Owned {
  const m = tempMark(rt);
  const start = temp(rt, superCheck(rt, type, o));
  const found = superFind(rt, type, start, name);
  rt.superMethodFound = false;
  if (found === 0) {
    const value = fallBack(rt, m, type, o, name);
    rt.superMethodFound = false;
    return value;
  }
  if (start !== o && mayStayUnbound(rt, o, found)) {
    const method = releaseKeeping(rt, m, newRef(rt, found));
    rt.superMethodFound = true;
    return method;
  }
  const value = releaseKeeping(rt, m, bindFound(rt, found, o, start));
  rt.superMethodFound = false;
  return value;
}

/** Source: CPython 3.12 LOAD_SUPER_ATTR_METHOD, which binds for instances of classes with a `__getattr__`. */
function mayStayUnbound(rt: Runtime, o: Ref, found: Ref): boolean {
  const H = rt.words;
  if (H[H[o + ObjectWord.Type] + TypeWord.GetAttrO] !== GENERIC_GETATTR) return false;
  return (H[H[found + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.MethodDescriptor) !== 0;
}

/** The attribute of the super object itself. */
function fallBack(rt: Runtime, m: number, type: Ref, o: Ref, name: Ref): Owned {
  const self = temp(rt, call2(rt, T.super, type, o));
  return releaseKeeping(rt, m, genericGetAttr(rt, self, name));
}

function bindFound(rt: Runtime, found: Ref, o: Ref, start: Ref): Owned {
  const H = rt.words;
  const get = H[H[found + ObjectWord.Type] + TypeWord.DescrGet];
  if (get === 0) return newRef(rt, found);
  const m = tempMark(rt);
  temp(rt, newRef(rt, found));
  return releaseKeeping(rt, m, (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, found, o === start ? 0 : o, start));
}

/** What `name` is after `type` in the MRO of `start`: borrowed, 0 if there is nothing. */
function superFind(rt: Runtime, type: Ref, start: Ref, name: Ref): Ref {
  const H = rt.words;
  const mro = H[start + TypeWord.Mro];
  if (mro === 0) return 0;
  const n = H[mro + TupleWord.Size];
  let i = 0;
  while (i + 1 < n && H[mro + TupleWord.Items + i] !== type) i++;
  for (i++; i < n; i++) {
    const found = dictGet(rt, H[H[mro + TupleWord.Items + i] + TypeWord.Dict], name);
    if (found !== 0) return found;
  }
  return 0;
}

function superGetAttr(rt: Runtime, self: Ref, name: Ref): Owned {
  const H = rt.words;
  const start = H[self + SuperWord.ObjectType];
  const isClass = rt.words[name + ObjectWord.Type] === T.str && strText(rt, name) === '__class__';
  if (start !== 0 && !isClass) {
    const m = tempMark(rt);
    temp(rt, newRef(rt, start));
    const found = superFind(rt, H[self + SuperWord.Type], start, name);
    if (found !== 0) return releaseKeeping(rt, m, bindFound(rt, found, H[self + SuperWord.Object], start));
    dropTemp(rt, start);
  }
  return genericGetAttr(rt, self, name);
}

function superRepr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const type = H[self + SuperWord.Type];
  const name = type === 0 ? 'NULL' : typeFullName(rt, type);
  const start = H[self + SuperWord.ObjectType];
  if (start === 0) return newStr(rt, `<super: <class '${name}'>, NULL>`);
  return newStr(rt, `<super: <class '${name}'>, <${typeFullName(rt, start)} object>>`);
}

function superGet(rt: Runtime, self: Ref, o: Ref, _type: Ref): Owned {
  const H = rt.words;
  if (o === 0 || o === (S.None as number) || H[self + SuperWord.Object] !== 0) return newRef(rt, self);
  if (H[self + ObjectWord.Type] !== T.super) return call2(rt, H[self + ObjectWord.Type], H[self + SuperWord.Type], o);
  const start = temp(rt, superCheck(rt, H[self + SuperWord.Type], o));
  const made = gcNew(rt, T.super);
  H[made + SuperWord.Type] = newRef(rt, H[self + SuperWord.Type]);
  H[made + SuperWord.Object] = newRef(rt, o);
  H[made + SuperWord.ObjectType] = untemp(rt, start);
  track(rt, made);
  return made;
}

function superInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, 'super() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n > 2) typeError(rt, `super() expected at most 2 arguments, got ${n}`);
  if (n === 0) {
    const [type, o] = rt.superContext();
    initSuper(rt, self, type, o);
    return;
  }
  const type = H[args + TupleWord.Items];
  if (!isType(rt, type)) typeError(rt, `super() argument 1 must be a type, not ${kindName(rt, type)}`);
  const o = n === 2 ? H[args + TupleWord.Items + 1] : 0;
  initSuper(rt, self, type, o === S.None ? 0 : o);
}

/** `super(type, o)` without an argument tuple. */
function superVectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 && H[kwnames + TupleWord.Size] > 0) typeError(rt, 'super() takes no keyword arguments');
  if (nargs > 2) typeError(rt, `super() expected at most 2 arguments, got ${nargs}`);
  if (nargs > 0 && !isType(rt, H[args]))
    typeError(rt, `super() argument 1 must be a type, not ${kindName(rt, H[args])}`);
  const [type, o] = nargs === 0 ? rt.superContext() : [H[args], nargs === 2 ? H[args + 1] : 0];
  const self = temp(rt, allocInstance(rt, T.super, 0));
  initSuper(rt, self, type, o === S.None ? 0 : o);
  return untemp(rt, self);
}

function initSuper(rt: Runtime, self: Ref, type: Ref, o: Ref): void {
  const start = o === 0 ? 0 : superCheck(rt, type, o);
  setWord(rt, self + SuperWord.Type, newRef(rt, type));
  setWord(rt, self + SuperWord.Object, o === 0 ? 0 : newRef(rt, o));
  setWord(rt, self + SuperWord.ObjectType, start);
}

/** Source: CPython 3.12 super_dealloc. */
function deallocSuper(rt: Runtime, self: Ref): void {
  untrack(rt, self);
  clearWord(rt, self + SuperWord.Object);
  clearWord(rt, self + SuperWord.Type);
  clearWord(rt, self + SuperWord.ObjectType);
  freeObject(rt, self);
}

defineType({
  ref: T.super,
  name: 'super',
  basicSize: 40,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: orderedLayout('super', [SuperWord.Object, SuperWord.Type, SuperWord.ObjectType]),
  noClear: true,
  dealloc: deallocSuper,
  doc:
    'super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n' +
    'super(type, obj) -> bound super object; requires isinstance(obj, type)\n' +
    'super(type, type2) -> bound super object; requires issubclass(type2, type)',
  slots: {
    repr: superRepr,
    getattro: superGetAttr,
    descrGet: superGet,
    init: superInit,
    vectorcall: superVectorcall,
    new: (rt, type) => allocInstance(rt, type, 0),
  },
  members: [
    member('__thisclass__', SuperWord.Type, 0, true, 'the class invoking super()'),
    member('__self__', SuperWord.Object, 0, true, 'the instance invoking super(); may be None'),
    member('__self_class__', SuperWord.ObjectType, 0, true, 'the type of the instance invoking super(); may be None'),
  ],
});
