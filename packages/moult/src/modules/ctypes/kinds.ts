/** The C types that `ctypes` knows, and which of them a Python type is. */
import { TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isInstance } from '../../core/types.ts';

/** What a value of the type is to Python. */
export type Conversion = 'int' | 'bool' | 'char' | 'float' | 'pointer' | 'object';

export interface CType {
  readonly name: string;
  /** `_type_`: the letter of the struct module. */
  readonly code: string;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  readonly conversion: Conversion;
}

function int(name: string, code: string, size: CType['size'], signed: boolean): CType {
  return { name, code, size, signed, conversion: 'int' };
}

export const C_TYPES: readonly CType[] = [
  int('c_byte', 'b', 1, true),
  int('c_ubyte', 'B', 1, false),
  int('c_short', 'h', 2, true),
  int('c_ushort', 'H', 2, false),
  int('c_int', 'i', 4, true),
  int('c_uint', 'I', 4, false),
  int('c_long', 'l', 8, true),
  int('c_ulong', 'L', 8, false),
  { name: 'c_bool', code: '?', size: 1, signed: false, conversion: 'bool' },
  { name: 'c_char', code: 'c', size: 1, signed: false, conversion: 'char' },
  { name: 'c_float', code: 'f', size: 4, signed: true, conversion: 'float' },
  { name: 'c_double', code: 'd', size: 8, signed: true, conversion: 'float' },
  { name: 'c_void_p', code: 'P', size: 8, signed: false, conversion: 'pointer' },
  { name: 'py_object', code: 'O', size: 8, signed: false, conversion: 'object' },
];

/** Further names of the same types on a 64-bit Unix. */
export const ALIASES: Readonly<Record<string, string>> = {
  c_longlong: 'c_long',
  c_ulonglong: 'c_ulong',
  c_int8: 'c_byte',
  c_uint8: 'c_ubyte',
  c_int16: 'c_short',
  c_uint16: 'c_ushort',
  c_int32: 'c_int',
  c_uint32: 'c_uint',
  c_int64: 'c_long',
  c_uint64: 'c_ulong',
  c_size_t: 'c_ulong',
  c_ssize_t: 'c_long',
  c_time_t: 'c_long',
  c_voidp: 'c_void_p',
};

/** Records of the types. */
export const CDATA = moduleType();
export const SIMPLE_CDATA = moduleType();
export const STRUCTURE = moduleType();
export const UNION = moduleType();
export const ARRAY_TYPE = moduleType();
export const CFIELD = moduleType();
/** `c_char` */
export const CHAR = moduleType();

/** True if `o` is an instance of a C type. */
export function isCDataObject(rt: Runtime, o: Ref): boolean {
  return isInstance(rt, o, CDATA);
}

const kinds = new Map<Ref, CType>();

/** Says that the type at `ref` is the C type; only while modules load. */
export function registerKind(ref: Ref, kind: CType): void {
  kinds.set(ref, kind);
}

/** True for the types of `C_TYPES` themselves: a field of one is read as a Python value, of a subclass as C data. */
export function isSimpleRecord(type: Ref): boolean {
  return kinds.has(type);
}

/** The C type of a Python type or of its nearest base that is one; null if there is none. */
export function kindOfType(rt: Runtime, type: Ref): CType | null {
  for (let t = type; t !== 0; t = rt.words[t + TypeWord.Base]) {
    const kind = kinds.get(t);
    if (kind !== undefined) return kind;
  }
  return null;
}
