/** The module `ctypes`: data in this heap, and a few functions of Python's C API. */
import { addressOf, decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { catchOnly, mark, raiseWithTake, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, newBytes, newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { isBytes, isInt, isType, kindName, typeFullName } from '../../core/types.ts';
import { newNamespace } from '../../objects/functions/simple-namespace.ts';
import { setTake } from '../make.ts';
import { readValue, writeValue } from './convert.ts';
import { newData, resize } from './data.ts';
import { imageAt } from './images.ts';
import { ARRAY_TYPE, CHAR, isCDataObject, kindOfType, STRUCTURE, UNION } from './kinds.ts';
import { LIBRARY_LOADER } from './loader.ts';
import { arrayOf } from './metaclasses.ts';
import { memmove, memset } from './move.ts';
import { objectAt, slotByte, valueAddress, writeBytes } from './memory.ts';
import { addTypes, alignmentOf, kindOf, sizeOfData } from './types.ts';
import './aggregates.ts';
import { addFunctions } from './api.ts';

function sizeof(rt: Runtime, _module: Ref, o: Ref): Owned {
  return newInt(rt, sizeOfData(rt, o));
}

function addressof(rt: Runtime, _module: Ref, o: Ref): Owned {
  if (!isCDataObject(rt, o)) typeError(rt, 'invalid type');
  return newInt(rt, valueAddress(rt, o));
}

/** `cast(obj, typ)`: data of the pointer type `typ` with the address that `obj` is or has. */
function cast(rt: Runtime, _module: Ref, obj: Ref, typ: Ref): Owned {
  const kind = isType(rt, typ) ? kindOfType(rt, typ) : null;
  if (kind === null || (kind.conversion !== 'object' && kind.conversion !== 'pointer')) {
    typeError(
      rt,
      `cast() argument 2 must be a pointer type, not ${isType(rt, typ) ? typeFullName(rt, typ) : kindName(rt, typ)}`,
    );
  }
  const address = addressIn(rt, obj);
  const data = temp(rt, newData(rt, typ));
  if (kind.conversion === 'pointer') {
    writeValue(rt, data, kind, temp(rt, newInt(rt, Number(address))));
    return newRef(rt, data);
  }
  const object = objectAt(rt, address);
  if (object === 0) valueError(rt, `there is no object at address 0x${address.toString(16)}`);
  writeValue(rt, data, kind, object);
  return newRef(rt, data);
}

function addressIn(rt: Runtime, obj: Ref): bigint {
  if (isInt(rt, obj)) return bigIntValue(rt, obj);
  if (obj === S.None) return 0n;
  if (!isCDataObject(rt, obj)) return BigInt(addressOf(obj));
  const kind = kindOf(rt, obj);
  const value = temp(rt, readValue(rt, obj, kind));
  if (isInt(rt, value)) return bigIntValue(rt, value);
  return kind.conversion === 'object' ? BigInt(addressOf(value)) : 0n;
}

function stringAt(rt: Runtime, _module: Ref, pointer: Ref, size: Ref): Owned {
  const offset = Number(addressIn(rt, pointer) - BigInt(addressOf(0)));
  const wanted = size === 0 ? -1 : indexNumber(rt, size, T.OverflowError);
  if (!(offset >= 0) || offset + Math.max(wanted, 0) > rt.words.length * 8)
    valueError(rt, 'address is outside of the heap');
  const image = offset % 8 === 0 ? imageAt(rt, offset / 8, wanted < 0 ? 1 << 16 : wanted) : null;
  if (image !== null) return newBytes(rt, wanted < 0 ? image.slice(0, Math.max(image.indexOf(0), 0)) : image);
  const bytes: number[] = [];
  for (let i = 0; wanted < 0 || i < wanted; i++) {
    const byte = slotByte(rt.words, 0, offset + i);
    if (wanted < 0 && byte === 0) break;
    bytes.push(byte);
  }
  return newBytes(rt, Uint8Array.from(bytes));
}

/** `byref(obj)` and `pointer(obj)`: a namespace with the object as `contents`. */
function byref(rt: Runtime, _module: Ref, obj: Ref): Owned {
  if (!isCDataObject(rt, obj)) typeError(rt, `byref() argument must be a ctypes instance, not '${kindName(rt, obj)}'`);
  const dict = temp(rt, newDict(rt));
  dictSetText(rt, dict, 'contents', obj);
  dictSetText(rt, dict, '_obj', obj);
  return newNamespace(rt, dict);
}

/** `create_string_buffer(init, size=None)` @runsPython */
function stringBuffer(rt: Runtime, _module: Ref, init: Ref, size: Ref): Owned {
  const bytes = isBytes(rt, init) ? bytesData(rt, init) : null;
  if (bytes === null && !isInt(rt, init)) raiseWithTake(rt, T.TypeError, newRef(rt, init));
  const given = size === 0 || size === S.None ? null : asSsize(rt, size);
  const length = given ?? (bytes === null ? asSsize(rt, init) : bytes.length + 1);
  const type = temp(rt, arrayOf(rt, CHAR, length));
  const buffer = temp(rt, newData(rt, type));
  if (bytes !== null) {
    if (bytes.length > length) valueError(rt, 'byte string too long');
    writeBytes(rt, buffer, bytes);
  }
  return newRef(rt, buffer);
}

/** Imports what CPython's `ctypes` imports, which leaves garbage; without a library there is no such module. @runsPython */
function importIfThere(rt: Runtime, name: string): void {
  const m = mark(rt);
  try {
    decref(rt, rt.importModule(name));
  } catch (error) {
    catchOnly(rt, error, m, T.ModuleNotFoundError);
  }
}

defineModule({
  name: 'ctypes',
  doc: "C data types in this heap: reading and writing objects' words.",
  functions: [
    native('sizeof($module, obj, /)', sizeof, { doc: 'Return the size in bytes of a C type or instance.' }),
    native('alignment($module, obj, /)', (rt, _module, o) => newInt(rt, alignmentOf(rt, o)), {
      doc: 'Return the alignment of a C type or instance.',
    }),
    native('resize($module, obj, size, /)', resize, { doc: 'Resize the memory buffer of a ctypes instance.' }),
    native('create_string_buffer($module, /, init, size=None)', stringBuffer, {
      doc: 'An array of characters with these bytes, or of that length.',
    }),
    native('addressof($module, obj, /)', addressof, { doc: 'Return the address of a C instance.' }),
    native('cast($module, obj, typ, /)', cast, { doc: 'Data of a pointer type with the address of obj.' }),
    native('byref($module, obj, /)', byref),
    native('pointer($module, obj, /)', byref),
    native('string_at($module, ptr, size=-1, /)', stringAt, { doc: 'The bytes at an address.' }),
    native('memmove($module, dst, src, count, /)', memmove, { doc: 'Copies bytes.' }),
    native('memset($module, dst, c, count, /)', memset, { doc: 'Fills bytes.' }),
  ],
  populate: (rt, dict) => {
    for (const name of ['types', 'struct']) importIfThere(rt, name);
    addTypes(rt, dict);
    addFunctions(rt, dict);
    setTake(rt, dict, '__version__', newStr(rt, '1.1.0'));
    dictSetText(rt, dict, 'ArgumentError', T.TypeError);
    const types = { Structure: STRUCTURE, Union: UNION, Array: ARRAY_TYPE, LibraryLoader: LIBRARY_LOADER };
    for (const [name, type] of Object.entries(types)) dictSetText(rt, dict, name, type);
  },
});
