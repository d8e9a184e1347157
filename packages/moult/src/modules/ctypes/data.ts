/** What all C data has in common: making instances, `from_address`, `from_buffer`, memory, buffers. */
import { clearWeakrefs, clearWord, freeObject, LayoutKind, newRef, ObjectWord, TypeFlag, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { CDataWord } from '../../core/layout/cdata.ts';
import { getset, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { orRelease, temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInt } from '../../core/types.ts';
import { hasWritableBuffer, requireBuffer } from '../../objects/bytes/buffer.ts';
import { defineBuffer } from '../../objects/bytes/buffer-types.ts';
import { memoryviewOf, releasesNothing } from '../../objects/bytes/protocol.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { CDATA, isCDataObject, kindOfType } from './kinds.ts';
import { isArrayType, arrayLength, itemType, measure } from './layout.ts';
import { copyBytes, dropBase, dropRoom, pointAt, pointIntoBuffer, resizeRoom, takeRoom, wholeBytes } from './memory.ts';

/** An instance whose bytes are 0. Raises TypeError for an abstract type. */
export function newData(rt: Runtime, type: Ref): Owned {
  const { size } = measure(rt, type);
  const self = allocInstance(rt, type, 0);
  orRelease(rt, self, () => takeRoom(rt, self, size));
  return self;
}

/** The bytes of an instance: what its type says, or more after `resize`. */
export function sizeOfInstance(rt: Runtime, self: Ref): number {
  const H = rt.words;
  const { size } = measure(rt, H[self + ObjectWord.Type]);
  return (H[self + CDataWord.Target] | H[self + CDataWord.Base]) === 0 ? H[self + CDataWord.Size] : size;
}

function fromAddress(rt: Runtime, type: Ref, address: Ref): Owned {
  if (!isInt(rt, address)) typeError(rt, 'integer expected');
  const { size } = measure(rt, type);
  const self = temp(rt, allocInstance(rt, type, 0));
  pointAt(rt, self, BigInt.asUintN(64, bigIntValue(rt, address)), size);
  return newRef(rt, self);
}

function placeIn(rt: Runtime, type: Ref, source: Ref, offset: Ref): number {
  const at = offset === 0 ? 0 : asSsize(rt, offset);
  if (at < 0) valueError(rt, 'offset cannot be negative');
  const { size } = measure(rt, type);
  const length = requireBuffer(rt, source).length;
  if (size > length - at) valueError(rt, `Buffer size too small (${length} instead of at least ${size + at} bytes)`);
  return at;
}

function fromBuffer(rt: Runtime, type: Ref, source: Ref, offset: Ref): Owned {
  if (!hasWritableBuffer(rt, source)) typeError(rt, 'underlying buffer is not writable');
  const at = placeIn(rt, type, source, offset);
  const self = temp(rt, allocInstance(rt, type, 0));
  pointIntoBuffer(rt, self, source, at);
  return newRef(rt, self);
}

function fromBufferCopy(rt: Runtime, type: Ref, source: Ref, offset: Ref): Owned {
  const at = placeIn(rt, type, source, offset);
  const self = temp(rt, newData(rt, type));
  const bytes = wholeBytes(rt, self);
  bytes.set(requireBuffer(rt, source).subarray(at, at + bytes.length));
  return newRef(rt, self);
}

/** `ctypes.resize(obj, size)` */
export function resize(rt: Runtime, _module: Ref, self: Ref, wanted: Ref): Owned {
  if (!isCDataObject(rt, self)) typeError(rt, 'expected ctypes instance');
  const size = asSsize(rt, wanted);
  const least = measure(rt, rt.words[self + ObjectWord.Type]).size;
  if (size < least) valueError(rt, `minimum size is ${least}`);
  if ((rt.words[self + CDataWord.Target] | rt.words[self + CDataWord.Base]) !== 0) {
    valueError(rt, "Memory cannot be resized because this object doesn't own it");
  }
  resizeRoom(rt, self, size);
  return none();
}

function dealloc(rt: Runtime, self: Ref): void {
  untrack(rt, self);
  if (rt.words[self + CDataWord.WeakList] !== 0) clearWeakrefs(rt, self);
  dropRoom(rt, self);
  dropBase(rt, self);
  clearWord(rt, self + CDataWord.Dict);
  clearWord(rt, self + CDataWord.Keep);
  freeObject(rt, self);
}

/** Format and size of the items that a memoryview shows. */
function bufferItem(rt: Runtime, self: Ref): { format: string; itemsize: number } {
  let type = rt.words[self + ObjectWord.Type];
  while (isArrayType(rt, type)) type = itemType(rt, type);
  const kind = kindOfType(rt, type);
  if (kind === null) return { format: 'B', itemsize: sizeOfInstance(rt, self) / Math.max(itemCount(rt, self), 1) };
  return { format: `<${kind.code}`, itemsize: kind.size };
}

function itemCount(rt: Runtime, self: Ref): number {
  return bufferShape(rt, self).reduce((product, n) => product * n, 1);
}

function bufferShape(rt: Runtime, self: Ref): number[] {
  const shape: number[] = [];
  let type = rt.words[self + ObjectWord.Type];
  for (; isArrayType(rt, type); type = itemType(rt, type)) shape.push(arrayLength(rt, type));
  return shape;
}

function bufferBytes(rt: Runtime, self: Ref): Uint8Array {
  const size = sizeOfInstance(rt, self);
  return rt.words[self + CDataWord.Target] === 0 ? wholeBytes(rt, self).subarray(0, size) : copyBytes(rt, self, size);
}

defineType({
  ref: CDATA,
  name: '_ctypes._CData',
  basicSize: CDataWord.BasicSize,
  words: CDataWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [CDataWord.Dict, CDataWord.Keep, CDataWord.Base],
  dealloc,
  slots: { bfGetBuffer: memoryviewOf, bfReleaseBuffer: releasesNothing },
  methods: [
    native('from_address($type, address, /)', fromAddress, {
      binding: 'class',
      unsigned: true,
      doc: 'C.from_address(integer) -> C instance',
    }),
    native('from_buffer($type, source, offset=0, /)', fromBuffer, {
      binding: 'class',
      unsigned: true,
      doc: 'C.from_buffer(object, offset=0, /) -> C instance',
    }),
    native('from_buffer_copy($type, source, offset=0, /)', fromBufferCopy, {
      binding: 'class',
      unsigned: true,
      doc: 'C.from_buffer_copy(object, offset=0, /) -> C instance',
    }),
  ],
  getset: [
    getset('_b_needsfree_', (rt, self) => newInt(rt, rt.words[self + CDataWord.Size] > 0 ? 1 : 0)),
    getset('_objects', (rt, self) => newRef(rt, rt.words[self + CDataWord.Keep] || S.None)),
  ],
});

defineBuffer(CDATA, { data: bufferBytes, item: bufferItem, shape: bufferShape, exportsWord: -1, readonly: false });
