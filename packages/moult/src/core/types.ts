/** Questions about types that everything asks: subtype tests, slots, names. The machinery is in `objects/type/`. */
import { ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { strText } from './str.ts';
import type { Runtime } from './runtime.ts';
import { S } from './static.ts';

/** True if `type` is `base` or inherits from it (by MRO). */
export function isSubtype(rt: Runtime, type: Ref, base: Ref): boolean {
  if (type === base) return true;
  const H = rt.words;
  const mro = H[type + TypeWord.Mro];
  if (mro === 0) return isSubtypeByBase(rt, type, base);
  const end = mro + TupleWord.Items + H[mro + TupleWord.Size];
  for (let i = mro + TupleWord.Items; i < end; i++) if (H[i] === base) return true;
  return false;
}

function isSubtypeByBase(rt: Runtime, type: Ref, base: Ref): boolean {
  for (let t = type; t !== 0; t = rt.words[t + TypeWord.Base]) if (t === base) return true;
  return false;
}

/** `isinstance` without `__instancecheck__`. */
export function isInstance(rt: Runtime, o: Ref, type: Ref): boolean {
  const own = rt.words[o + ObjectWord.Type];
  return own === type || isSubtype(rt, own, type);
}

/** True if the object's type has the flag (a `TypeFlag`): fast subclass tests for int, str, list, tuple, dict, type … */
export function typeHas(rt: Runtime, o: Ref, flag: number): boolean {
  const H = rt.words;
  return (H[H[o + ObjectWord.Type] + TypeWord.Flags] & flag) !== 0;
}

export const isInt = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.LongSubclass);
export const isStr = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.UnicodeSubclass);
export const isBytes = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.BytesSubclass);
export const isList = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.ListSubclass);
export const isTuple = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.TupleSubclass);
export const isDict = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.DictSubclass);
export const isType = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.TypeSubclass);
export const isException = (rt: Runtime, o: Ref): boolean => typeHas(rt, o, TypeFlag.BaseExcSubclass);

/** The function index in a slot word of the object's type; 0: no such slot. */
export function slotOf(rt: Runtime, o: Ref, word: number): number {
  const H = rt.words;
  return H[H[o + ObjectWord.Type] + word];
}

/** `tp_name`: `list`, `collections.deque`, or the bare name of a class statement's type. */
export function typeFullName(rt: Runtime, type: Ref): string {
  const H = rt.words;
  const ht = H[type + TypeWord.HtName];
  return ht !== 0 && H[type + TypeWord.Name] === 0 ? strText(rt, ht) : (rt.hosts[H[type + TypeWord.Name]] as string);
}

/** `type.__name__`: the last part of `tp_name`. */
export function typeName(rt: Runtime, type: Ref): string {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) return strText(rt, H[type + TypeWord.HtName]);
  const full = typeFullName(rt, type);
  return full.slice(full.lastIndexOf('.') + 1);
}

/** What error messages call the object's type: `Py_TYPE(o)->tp_name`. */
export function kindName(rt: Runtime, o: Ref): string {
  return typeFullName(rt, rt.words[o + ObjectWord.Type]);
}

/** As `kindName`, without the module of a native type: `_PyType_Name`. */
export function shortKindName(rt: Runtime, o: Ref): string {
  return typeName(rt, rt.words[o + ObjectWord.Type]);
}

/** True if `iter(o)` can work: the type has `tp_iter` or is a sequence. */
export function isIterable(rt: Runtime, o: Ref): boolean {
  return slotOf(rt, o, TypeWord.Iter) !== 0 || slotOf(rt, o, TypeWord.SqItem) !== 0;
}

/** As `kindName` in complaints about arguments, which call None by its name. Source: CPython 3.12 _PyArg_BadArgument. */
export function argumentName(rt: Runtime, o: Ref): string {
  return o === S.None ? 'None' : kindName(rt, o);
}
