/** The computed attributes of types. */
import { decref, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raiseAttributeError } from '../../core/attribute-error.ts';
import { dictDelete, dictGetInterned, dictSet, newDict } from '../../core/dict/index.ts';
import { docSignature, docText } from '../../core/doc.ts';
import { attributeError, raiseWithTake, typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member, MemberKind } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { isStr, kindName, typeFullName, typeName } from '../../core/types.ts';
import { newMappingProxy } from '../descriptors/mappingproxy.ts';
import { assignBases } from './bases.ts';
import { typeModified } from './lookup.ts';
import { moduleOfType, qualnameOfType, requireTypeName } from './names.ts';
import { temp, untemp } from '../../core/temps.ts';

const isHeap = (rt: Runtime, type: Ref): boolean => (rt.words[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0;

/** Refuses what cannot be set or deleted (check_set_special_type_attr). */
export function checkSettable(rt: Runtime, type: Ref, value: Ref, name: string): void {
  if ((rt.words[type + TypeWord.Flags] & TypeFlag.ImmutableType) !== 0) {
    typeError(rt, `cannot set '${name}' attribute of immutable type '${typeFullName(rt, type)}'`);
  }
  if (value === 0) typeError(rt, `cannot delete '${name}' attribute of immutable type '${typeFullName(rt, type)}'`);
}

function getName(rt: Runtime, type: Ref): Owned {
  return isHeap(rt, type) ? newRef(rt, rt.words[type + TypeWord.HtName]) : newStr(rt, typeName(rt, type));
}

function setName(rt: Runtime, type: Ref, value: Ref): void {
  checkSettable(rt, type, value, '__name__');
  if (!isStr(rt, value)) {
    typeError(rt, `can only assign string to ${typeFullName(rt, type)}.__name__, not '${kindName(rt, value)}'`);
  }
  requireTypeName(rt, value);
  rt.words[type + TypeWord.Name] = 0;
  replace(rt, type + TypeWord.HtName, newRef(rt, value));
}

function replace(rt: Runtime, word: number, value: Owned): void {
  const old = rt.words[word];
  rt.words[word] = value;
  if (old !== 0) decref(rt, old);
}

function getQualname(rt: Runtime, type: Ref): Owned {
  return isHeap(rt, type) ? newRef(rt, rt.words[type + TypeWord.HtQualname]) : newStr(rt, qualnameOfType(rt, type));
}

function setQualname(rt: Runtime, type: Ref, value: Ref): void {
  checkSettable(rt, type, value, '__qualname__');
  if (!isStr(rt, value)) {
    typeError(rt, `can only assign string to ${typeFullName(rt, type)}.__qualname__, not '${kindName(rt, value)}'`);
  }
  replace(rt, type + TypeWord.HtQualname, newRef(rt, value));
}

function setModule(rt: Runtime, type: Ref, value: Ref): void {
  checkSettable(rt, type, value, '__module__');
  typeModified(rt, type);
  dictSet(rt, rt.words[type + TypeWord.Dict], Id.__module__, value);
}

function getBases(rt: Runtime, type: Ref): Owned {
  return newRef(rt, rt.words[type + TypeWord.Bases]);
}

function getMro(rt: Runtime, type: Ref): Owned {
  return newRef(rt, rt.words[type + TypeWord.Mro] || S.None);
}

function getAbstract(rt: Runtime, type: Ref): Owned {
  const own = type === T.type ? 0 : dictGetInterned(rt, rt.words[type + TypeWord.Dict], Id.__abstractmethods__);
  if (own === 0) return raiseWithTake(rt, T.AttributeError, newRef(rt, Id.__abstractmethods__));
  return newRef(rt, own);
}

function setAbstract(rt: Runtime, type: Ref, value: Ref): void {
  const H = rt.words;
  const dict = H[type + TypeWord.Dict];
  if (value === 0) {
    if (!dictDelete(rt, dict, Id.__abstractmethods__)) {
      raiseWithTake(rt, T.AttributeError, newRef(rt, Id.__abstractmethods__));
    }
    typeModified(rt, type);
    setAbstractFlag(rt, type, false);
    return;
  }
  const abstract = isTrue(rt, value);
  dictSet(rt, dict, Id.__abstractmethods__, value);
  typeModified(rt, type);
  setAbstractFlag(rt, type, abstract);
}

function setAbstractFlag(rt: Runtime, type: Ref, abstract: boolean): void {
  if (abstract) rt.words[type + TypeWord.Flags] |= TypeFlag.IsAbstract;
  else rt.words[type + TypeWord.Flags] &= ~TypeFlag.IsAbstract;
}

function getDict(rt: Runtime, type: Ref): Owned {
  return newMappingProxy(rt, rt.words[type + TypeWord.Dict]);
}

function docOf(rt: Runtime, type: Ref): string | null {
  const index = rt.words[type + TypeWord.Doc];
  return index === 0 ? null : (rt.hosts[index] as string);
}

function getDoc(rt: Runtime, type: Ref): Owned {
  const H = rt.words;
  const text = docOf(rt, type);
  if (!isHeap(rt, type) && text !== null) return newStr(rt, docText(typeName(rt, type), text));
  const own = dictGetInterned(rt, H[type + TypeWord.Dict], Id.__doc__);
  if (own === 0) return S.None as Ref as Owned;
  const get = H[H[own + ObjectWord.Type] + TypeWord.DescrGet];
  return get === 0 ? newRef(rt, own) : (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, own, 0, type);
}

function setDoc(rt: Runtime, type: Ref, value: Ref): void {
  checkSettable(rt, type, value, '__doc__');
  typeModified(rt, type);
  dictSet(rt, rt.words[type + TypeWord.Dict], Id.__doc__, value);
}

/** A class of the program's may begin its docstring with a signature, too. */
function getTextSignature(rt: Runtime, type: Ref): Owned {
  const native = docOf(rt, type);
  const own = native === null ? dictGetInterned(rt, rt.words[type + TypeWord.Dict], Id.__doc__) : 0;
  const text = own !== 0 && isStr(rt, own) ? strText(rt, own) : native;
  const signature = text === null ? null : docSignature(typeName(rt, type), text);
  return signature === null ? (S.None as Ref as Owned) : newStr(rt, signature);
}

function noTypeAttribute(rt: Runtime, type: Ref, name: Ref): never {
  const message = `type object '${typeFullName(rt, type)}' has no attribute '${strText(rt, name)}'`;
  raiseAttributeError(rt, message, type, name);
}

function getAnnotations(rt: Runtime, type: Ref): Owned {
  const H = rt.words;
  if (!isHeap(rt, type)) noTypeAttribute(rt, type, Id.__annotations__);
  const dict = H[type + TypeWord.Dict];
  const own = dictGetInterned(rt, dict, Id.__annotations__);
  if (own === 0) {
    const made = temp(rt, newDict(rt));
    dictSet(rt, dict, Id.__annotations__, made);
    typeModified(rt, type);
    return untemp(rt, made);
  }
  const get = H[H[own + ObjectWord.Type] + TypeWord.DescrGet];
  return get === 0 ? newRef(rt, own) : (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, own, 0, type);
}

function setAnnotations(rt: Runtime, type: Ref, value: Ref): void {
  if ((rt.words[type + TypeWord.Flags] & TypeFlag.ImmutableType) !== 0) {
    typeError(rt, `cannot set '__annotations__' attribute of immutable type '${typeFullName(rt, type)}'`);
  }
  const dict = rt.words[type + TypeWord.Dict];
  if (value !== 0) dictSet(rt, dict, Id.__annotations__, value);
  else if (!dictDelete(rt, dict, Id.__annotations__)) attributeError(rt, '__annotations__');
  typeModified(rt, type);
}

function getTypeParams(rt: Runtime, type: Ref): Owned {
  const own = type === T.type ? 0 : dictGetInterned(rt, rt.words[type + TypeWord.Dict], Id.__type_params__);
  return newRef(rt, own || S.EmptyTuple);
}

function setTypeParams(rt: Runtime, type: Ref, value: Ref): void {
  checkSettable(rt, type, value, '__type_params__');
  dictSet(rt, rt.words[type + TypeWord.Dict], Id.__type_params__, value);
  typeModified(rt, type);
}

/** `tp_members` of `type`. */
export const TYPE_MEMBERS = [
  member('__basicsize__', TypeWord.BasicSize, MemberKind.Number),
  member('__itemsize__', TypeWord.ItemSize, MemberKind.Number),
  member('__flags__', TypeWord.Flags, MemberKind.Unsigned),
  member('__weakrefoffset__', TypeWord.Runtime0, MemberKind.Number),
  member('__base__', TypeWord.Base),
  member('__dictoffset__', TypeWord.DictOffset, MemberKind.Number),
];

/** `tp_getset` of `type`, in CPython's order. */
export const TYPE_GETSETS = [
  getset('__name__', getName, setName),
  getset('__qualname__', getQualname, setQualname),
  getset('__bases__', getBases, assignBases),
  getset('__mro__', getMro),
  getset('__module__', moduleOfType, setModule),
  getset('__abstractmethods__', getAbstract, setAbstract),
  getset('__dict__', getDict),
  getset('__doc__', getDoc, setDoc),
  getset('__text_signature__', getTextSignature),
  getset('__annotations__', getAnnotations, setAnnotations),
  getset('__type_params__', getTypeParams, setTypeParams),
];
