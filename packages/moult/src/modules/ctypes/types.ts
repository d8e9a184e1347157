/** The types `_ctypes._SimpleCData`, `c_long` and their kin. */
import { ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { CDataWord } from '../../core/layout/cdata.ts';
import { getset, native } from '../../core/native.ts';
import { reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { internText, newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeName } from '../../core/types.ts';
import { setTake } from '../make.ts';
import { readValue, writeValue } from './convert.ts';
import { newData, sizeOfInstance } from './data.ts';
import { ALIASES, C_TYPES, CDATA, CHAR, isCDataObject, kindOfType, registerKind, SIMPLE_CDATA } from './kinds.ts';
import type { CType } from './kinds.ts';
import { isCType, measure } from './layout.ts';
import { readBytes, wholeBytes } from './memory.ts';
import { setMetaclass, SIMPLE_META } from './metaclasses.ts';

/** Bytes that CPython has in front of an instance for its dict and weak references. */
const MANAGED_BYTES = 16;

/** Type records by C name. */
const TYPE_OF: Readonly<Record<string, Ref>> = Object.fromEntries(
  C_TYPES.map(({ name }) => [name, name === 'c_char' ? CHAR : moduleType()]),
);

/** The C type of an instance. */
export function kindOf(rt: Runtime, self: Ref): CType {
  return kindOfType(rt, rt.words[self + ObjectWord.Type]) ?? typeError(rt, 'abstract class');
}

function newSimple(rt: Runtime, type: Ref, _args: Ref, _kwargs: Ref): Owned {
  return newData(rt, type);
}

function initData(rt: Runtime, self: Ref, args: Ref, _kwargs: Ref): void {
  const n = tupleSize(rt, args);
  if (n > 1) typeError(rt, `__init__ expected at most 1 argument, got ${n}`);
  if (n === 1) writeValue(rt, self, kindOf(rt, self), tupleItem(rt, args, 0));
}

function repr(rt: Runtime, self: Ref): Owned {
  const kind = kindOf(rt, self);
  const type = rt.words[self + ObjectWord.Type];
  const empty =
    kind.conversion === 'object' &&
    rt.words[self + CDataWord.Target] === 0 &&
    wholeBytes(rt, self).every((byte) => byte === 0);
  const text = empty ? '<NULL>' : reprText(rt, temp(rt, readValue(rt, self, kind)));
  return newStr(rt, `${typeName(rt, type)}(${text})`);
}

function isTruthy(rt: Runtime, self: Ref): boolean {
  return readBytes(rt, self, kindOf(rt, self)).some((byte) => byte !== 0);
}

function value(rt: Runtime, self: Ref): Owned {
  return readValue(rt, self, kindOf(rt, self));
}

function setValue(rt: Runtime, self: Ref, o: Ref): void {
  if (o === 0) typeError(rt, "can't delete attribute");
  writeValue(rt, self, kindOf(rt, self), o);
}

defineType({
  ref: SIMPLE_CDATA,
  name: '_ctypes._SimpleCData',
  base: CDATA,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  dictWord: CDataWord.Dict,
  weakListWord: CDataWord.WeakList,
  slots: { new: newSimple, init: initData, repr, nbBool: isTruthy },
  methods: [
    native('__sizeof__($self, /)', (rt) => newInt(rt, CDataWord.BasicSize + MANAGED_BYTES), { unsigned: true }),
  ],
  getset: [getset('value', value, setValue, 'current value')],
  populate: (rt) => setMetaclass(rt, SIMPLE_CDATA, SIMPLE_META),
});

for (const kind of C_TYPES) {
  const ref = TYPE_OF[kind.name] ?? 0;
  registerKind(ref, kind);
  defineType({
    ref,
    name: `ctypes.${kind.name}`,
    base: SIMPLE_CDATA,
    flags: TypeFlag.HaveGc | TypeFlag.BaseType,
    populate: (rt, dict) => {
      setTake(rt, dict, '_type_', internText(rt, kind.code));
      setMetaclass(rt, ref, SIMPLE_META);
    },
  });
}

/** Enters all types under their names. */
export function addTypes(rt: Runtime, dict: Ref): void {
  for (const { name } of C_TYPES) dictSetText(rt, dict, name, TYPE_OF[name] ?? 0);
  for (const [alias, name] of Object.entries(ALIASES)) dictSetText(rt, dict, alias, TYPE_OF[name] ?? 0);
  dictSetText(rt, dict, '_SimpleCData', SIMPLE_CDATA);
}

/** The size of a C type or instance. Raises TypeError for anything else. */
export function sizeOfData(rt: Runtime, o: Ref): number {
  if (isCType(rt, o)) return measure(rt, o).size;
  return isCDataObject(rt, o) ? sizeOfInstance(rt, o) : typeError(rt, 'this type has no size');
}

/** `alignment(type or instance)` */
export function alignmentOf(rt: Runtime, o: Ref): number {
  if (isCType(rt, o)) return measure(rt, o).align;
  return isCDataObject(rt, o) ? measure(rt, rt.words[o + ObjectWord.Type]).align : typeError(rt, 'no alignment info');
}
