/** The types `_ctypes._SimpleCData`, `c_long` and their kin. */
import { clearWord, freeObject, LayoutKind, newRef, ObjectWord, TypeFlag, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { CDataWord } from '../../core/layout/cdata.ts';
import { getset, native } from '../../core/native.ts';
import { reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { internText, newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isInt, isType, typeName } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { setTake } from '../make.ts';
import { readValue, writeValue } from './convert.ts';
import { ALIASES, C_TYPES, kindOfType, registerKind } from './kinds.ts';
import type { CType } from './kinds.ts';
import { dropPayload, pointAt, readBytes, writeBytes } from './memory.ts';

const SIMPLE_CDATA = moduleType();

/** Type records by C name. */
const TYPE_OF: Readonly<Record<string, Ref>> = Object.fromEntries(C_TYPES.map(({ name }) => [name, moduleType()]));

/** The C type of an instance. */
export function kindOf(rt: Runtime, self: Ref): CType {
  return kindOfType(rt, rt.words[self + ObjectWord.Type]) ?? typeError(rt, 'abstract class');
}

/** True if `o` is C data. */
export function isCData(rt: Runtime, o: Ref): boolean {
  return !isType(rt, o) && kindOfType(rt, rt.words[o + ObjectWord.Type]) !== null;
}

function newData(rt: Runtime, type: Ref, _args: Ref, _kwargs: Ref): Owned {
  if (kindOfType(rt, type) === null) typeError(rt, 'abstract class');
  return allocInstance(rt, type, 0);
}

function initData(rt: Runtime, self: Ref, args: Ref, _kwargs: Ref): void {
  const n = tupleSize(rt, args);
  if (n > 1) typeError(rt, `__init__ expected at most 1 argument, got ${n}`);
  if (n === 1) writeValue(rt, self, kindOf(rt, self), tupleItem(rt, args, 0));
}

function fromAddress(rt: Runtime, type: Ref, address: Ref): Owned {
  if (!isInt(rt, address)) typeError(rt, 'integer expected');
  const kind = kindOfType(rt, type) ?? typeError(rt, 'abstract class');
  const self = temp(rt, allocInstance(rt, type, 0));
  pointAt(rt, self, BigInt.asUintN(64, bigIntValue(rt, address)), kind.size);
  return newRef(rt, self);
}

function fromBufferCopy(rt: Runtime, type: Ref, source: Ref): Owned {
  const kind = kindOfType(rt, type) ?? typeError(rt, 'abstract class');
  const data = temp(rt, allocInstance(rt, type, 0));
  const bytes = isCData(rt, source) ? readBytes(rt, source, kindOf(rt, source)) : new Uint8Array(kind.size);
  writeBytes(rt, data, bytes.slice(0, kind.size));
  return newRef(rt, data);
}

function repr(rt: Runtime, self: Ref): Owned {
  const kind = kindOf(rt, self);
  const type = rt.words[self + ObjectWord.Type];
  const empty =
    kind.conversion === 'object' && rt.words[self + CDataWord.Target] === 0 && rt.words[self + CDataWord.Payload] === 0;
  const text = empty ? '<NULL>' : reprText(rt, temp(rt, readValue(rt, self, kind)));
  return newStr(rt, `${typeName(rt, type)}(${text})`);
}

function isTruthy(rt: Runtime, self: Ref): boolean {
  return readBytes(rt, self, kindOf(rt, self)).some((byte) => byte !== 0);
}

function deallocData(rt: Runtime, self: Ref): void {
  untrack(rt, self);
  dropPayload(rt, self);
  clearWord(rt, self + CDataWord.Dict);
  clearWord(rt, self + CDataWord.Keep);
  freeObject(rt, self);
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
  basicSize: 8 * CDataWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [CDataWord.Dict, CDataWord.Keep],
  dealloc: deallocData,
  dictWord: CDataWord.Dict,
  weakListWord: CDataWord.WeakList,
  slots: { new: newData, init: initData, repr, nbBool: isTruthy },
  methods: [
    native('from_address($type, address, /)', fromAddress, {
      binding: 'class',
      unsigned: true,
      doc: 'C.from_address(integer) -> C instance',
    }),
    native('from_buffer_copy($type, source, /)', fromBufferCopy, { binding: 'class', unsigned: true }),
    native('__sizeof__($self, /)', (rt) => newInt(rt, 8 * CDataWord.Words + 16), { unsigned: true }),
  ],
  getset: [
    getset('value', value, setValue, 'current value'),
    getset('_objects', (rt, self) => newRef(rt, rt.words[self + CDataWord.Keep] || S.None)),
  ],
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
  const kind = kindOfType(rt, isType(rt, o) ? o : rt.words[o + ObjectWord.Type]);
  return kind === null ? typeError(rt, 'this type has no size') : kind.size;
}
