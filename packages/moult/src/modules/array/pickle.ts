/** Arrays from machine values of other kinds: `_array_reconstructor`, which unpickles arrays. */
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { newFloat, newBigInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { bytesData, newStr, strLength, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { argumentName, isBytes, isStr, isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';
import { decodeBytes } from '../../objects/bytes/codecs.ts';
import { readInteger } from '../../objects/bytes/item-codes.ts';
import { asCInt } from '../buffers.ts';
import { ARRAY, sizeOfCode, TYPECODES } from './storage.ts';

/** Kinds of machine values by their numbers in pickles. */
interface MachineFormat {
  readonly kind: 'int' | 'float' | 'text';
  readonly size: number;
  readonly signed: boolean;
  readonly big: boolean;
}

const integers: MachineFormat[] = [1, 2, 4, 8].flatMap((size) =>
  [false, true].flatMap((signed) =>
    (size === 1 ? [false] : [false, true]).map((big): MachineFormat => ({ kind: 'int', size, signed, big })),
  ),
);
const others: MachineFormat[] = (['float', 'text'] as const).flatMap((kind) =>
  (kind === 'float' ? [4, 8] : [2, 4]).flatMap((size) =>
    [false, true].map((big): MachineFormat => ({ kind, size, signed: false, big })),
  ),
);
const FORMATS: readonly MachineFormat[] = [...integers, ...others];

const NUMBERS: Readonly<Record<string, number>> = {
  b: 1,
  B: 0,
  u: 20,
  h: 4,
  H: 2,
  i: 8,
  I: 6,
  l: 12,
  L: 10,
  q: 12,
  Q: 10,
  f: 14,
  d: 16,
};

/** The number of a typecode's machine format on this machine. */
export function machineFormat(code: string): number {
  return NUMBERS[code] ?? -1;
}

/** `array._array_reconstructor` @runsPython */
export function reconstructorOf(rt: Runtime): Owned {
  const module = temp(rt, rt.importModule('array'));
  return getAttrText(rt, module, '_array_reconstructor');
}

function make(rt: Runtime, type: Ref, code: string, items: Ref): Owned {
  return call2(rt, type, temp(rt, newStr(rt, code)), items);
}

/** A typecode that holds such integers; the one asked for if none does. */
function codeFor({ size, signed }: MachineFormat, code: string): string {
  const isSigned = (c: string): boolean => c === c.toLowerCase();
  return [...TYPECODES].find((c) => !'ufd'.includes(c) && sizeOfCode(c) === size && isSigned(c) === signed) ?? code;
}

function listOfItems(rt: Runtime, data: Uint8Array, { kind, size, signed, big }: MachineFormat): Owned {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const list = temp(rt, newList(rt, 0));
  for (let at = 0; at < data.length; at += size) {
    if (kind === 'float')
      listAppendTake(rt, list, newFloat(rt, size === 4 ? view.getFloat32(at, !big) : view.getFloat64(at, !big)));
    else listAppendTake(rt, list, newBigInt(rt, BigInt(readInteger(view, at, size, signed, !big))));
  }
  return untemp(rt, list);
}

/** Source: CPython 3.12 array__array_reconstructor_impl. @runsPython */
function reconstruct(rt: Runtime, _module: Ref, type: Ref, typecode: Ref, number: Ref, items: Ref): Owned {
  if (!isType(rt, type)) typeError(rt, `first argument must be a type object, not ${kindName(rt, type)}`);
  if (!isStr(rt, typecode) || strLength(rt, typecode) !== 1) {
    typeError(rt, `_array_reconstructor() argument 2 must be a unicode character, not ${argumentName(rt, typecode)}`);
  }
  const code = strText(rt, typecode);
  const format = FORMATS[asCInt(rt, number)];
  if (!isSubtype(rt, type, ARRAY))
    typeError(rt, `${typeFullName(rt, type)} is not a subtype of ${typeFullName(rt, ARRAY)}`);
  if (!TYPECODES.includes(code)) valueError(rt, 'second argument must be a valid type code');
  if (format === undefined) valueError(rt, 'third argument must be a valid machine format code.');
  if (!isBytes(rt, items)) typeError(rt, `fourth argument should be bytes, not ${kindName(rt, items)}`);
  if (FORMATS[machineFormat(code)] === format) return make(rt, type, code, items);
  const data = bytesData(rt, items);
  if (format.kind === 'text') {
    return make(
      rt,
      type,
      code,
      temp(rt, decodeBytes(rt, data, `utf-${8 * format.size}-${format.big ? 'be' : 'le'}`, 'strict')),
    );
  }
  if (data.length % format.size !== 0) valueError(rt, 'string length not a multiple of item size');
  return make(rt, type, format.kind === 'int' ? codeFor(format, code) : code, temp(rt, listOfItems(rt, data, format)));
}

export const RECONSTRUCTOR = native(
  '_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)',
  reconstruct,
  {
    doc: 'Internal. Used for pickling support.',
  },
);
