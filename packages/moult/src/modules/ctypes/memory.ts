/**
 * Reading and writing the bytes of C data. A word of the heap is a slot of 8 bytes: its low four are the word, the upper four are 0
 * and cannot be written. What lies outside of the heap cannot be reached.
 */
import {
  ADDRESS_BASE,
  addressOf,
  allocMetered,
  clearWord,
  FloatWord,
  freeMetered,
  ListWord,
  newRef,
  ObjectWord,
  Root,
  TypeFlag,
  TypeWord,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { CDataWord } from '../../core/layout/cdata.ts';
import { IntWord } from '../../core/layout/numbers.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { requireBuffer } from '../../objects/bytes/buffer.ts';
import { holdBytes } from '../../objects/bytes/view.ts';
import { imageAt, isIntAt } from './images.ts';
import { isCDataObject } from './kinds.ts';
import type { CType } from './kinds.ts';

const SLOT = 8;

/** Points a C data object at an address. Raises ValueError if that is no address of the heap. */
export function pointAt(rt: Runtime, self: Ref, address: bigint, size: number): void {
  const H = rt.words;
  const offset = Number(address - BigInt(ADDRESS_BASE));
  const word = Math.floor(offset / SLOT);
  if (!(word >= (Root.StaticBase as number)) || offset + size > H.length * SLOT) {
    valueError(rt, `address 0x${address.toString(16)} is outside of the heap`);
  }
  H[self + CDataWord.Target] = word;
  H[self + CDataWord.Offset] = offset - word * SLOT;
}

/** The bytes of a simple value. */
export function readBytes(rt: Runtime, self: Ref, kind: CType): Uint8Array {
  const H = rt.words;
  const target = H[self + CDataWord.Target];
  if (target === 0) return ownBytes(rt, self, kind.size).slice();
  if (kind.size === SLOT && H[self + CDataWord.Offset] === 0 && isPointer(rt, target)) return addressBytes(H[target]);
  if (kind.conversion === 'float' && H[target - FloatWord.Value + ObjectWord.Type] === T.float)
    return doubleBytes(H, target);
  return slotBytes(rt, self, kind.size);
}

function slotBytes(rt: Runtime, self: Ref, size: number): Uint8Array {
  const H = rt.words;
  const offset = H[self + CDataWord.Offset];
  const image = imageAt(rt, H[self + CDataWord.Target], offset + size);
  if (image !== null) return image.subarray(offset);
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = slotByte(H, H[self + CDataWord.Target], offset + i);
  return bytes;
}

/** A copy of `size` bytes of a value. */
export function copyBytes(rt: Runtime, self: Ref, size: number): Uint8Array {
  return rt.words[self + CDataWord.Target] === 0 ? ownBytes(rt, self, size).slice() : slotBytes(rt, self, size);
}

/** Whether a slot seems to hold a pointer: to an object, or to the items of a list. Counts are too small for that; only
 *  the digits of an `int` could be mistaken. */
function isPointer(rt: Runtime, word: number): boolean {
  const H = rt.words;
  // A block that ends in the type `list` can lie before an object, whose count this is then.
  if (H[word - ListWord.Items + ObjectWord.Type] === T.list && !looksLikeObject(rt, word)) return H[word] !== 0;
  return !isIntAt(rt, word - IntWord.Payload) && looksLikeObject(rt, H[word]);
}

/** The slot of a pointer to a word, as a program sees it. */
function addressBytes(word: number): Uint8Array {
  const bytes = new Uint8Array(SLOT);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(addressOf(word)), true);
  return bytes;
}

/** The value of a `float`, which fills two words here and one slot there. */
function doubleBytes(H: Int32Array, word: number): Uint8Array {
  return new Uint8Array(H.buffer.slice(H.byteOffset + 4 * word, H.byteOffset + 4 * word + SLOT));
}

/** Byte `at` counted from the slot `word`, little endian. */
export function slotByte(H: Int32Array, word: number, at: number): number {
  const within = at % SLOT;
  return within >= 4 ? 0 : (H[word + Math.floor(at / SLOT)] >>> (8 * within)) & 255;
}

/** Gives a new object room for `size` bytes, which are 0. */
export function takeRoom(rt: Runtime, self: Ref, size: number): void {
  const H = rt.words;
  H[self + CDataWord.Size] = size;
  if (size <= (CDataWord.Inline as number)) return;
  const nwords = blockWords(size);
  const block = allocMetered(rt, nwords, size);
  H.fill(0, block, block + nwords);
  H[self + CDataWord.Value] = block;
}

function blockWords(size: number): number {
  return (size + 3) >> 2;
}

/** Gives back the room of its own. */
export function dropRoom(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const size = H[self + CDataWord.Size];
  H[self + CDataWord.Size] = 0;
  if (size > (CDataWord.Inline as number)) freeMetered(rt, H[self + CDataWord.Value], blockWords(size), size);
}

/** Makes the room of its own larger or smaller. */
export function resizeRoom(rt: Runtime, self: Ref, size: number): void {
  const old = wholeBytes(rt, self).slice();
  dropRoom(rt, self);
  takeRoom(rt, self, size);
  const bytes = wholeBytes(rt, self);
  bytes.fill(0);
  bytes.set(old.subarray(0, size));
}

/** All bytes of its own, or of what it lies in from its place on. Valid until Python runs. */
export function wholeBytes(rt: Runtime, self: Ref): Uint8Array {
  const H = rt.words;
  const base = H[self + CDataWord.Base];
  if (base !== 0) return baseBytes(rt, base).subarray(H[self + CDataWord.Offset]);
  const size = H[self + CDataWord.Size];
  const inside = size <= (CDataWord.Inline as number);
  return new Uint8Array(rt.buffer, 4 * (inside ? self + CDataWord.Value : H[self + CDataWord.Value]), size);
}

function baseBytes(rt: Runtime, base: Ref): Uint8Array {
  return isCDataObject(rt, base) ? wholeBytes(rt, base) : requireBuffer(rt, base);
}

function ownBytes(rt: Runtime, self: Ref, size: number): Uint8Array {
  return wholeBytes(rt, self).subarray(0, size);
}

/** Makes a new object show part of another one: `size` bytes from byte `offset` on. */
export function pointInto(rt: Runtime, self: Ref, base: Ref, offset: number): void {
  const H = rt.words;
  const within = H[base + CDataWord.Offset] + offset;
  if (H[base + CDataWord.Target] !== 0) {
    H[self + CDataWord.Target] = H[base + CDataWord.Target] + Math.floor(within / SLOT);
    H[self + CDataWord.Offset] = within % SLOT;
  } else {
    H[self + CDataWord.Offset] = within;
  }
  setBase(rt, self, H[base + CDataWord.Base] || base);
}

/** Makes a new object show the bytes of a buffer from byte `offset` on. */
export function pointIntoBuffer(rt: Runtime, self: Ref, buffer: Ref, offset: number): void {
  rt.words[self + CDataWord.Offset] = offset;
  setBase(rt, self, buffer);
}

function setBase(rt: Runtime, self: Ref, base: Ref): void {
  rt.words[self + CDataWord.Base] = newRef(rt, base);
  if (!isCDataObject(rt, base)) holdBytes(rt, base, 1);
}

/** Lets go of what the object lies in. @runsPython */
export function dropBase(rt: Runtime, self: Ref): void {
  const base = rt.words[self + CDataWord.Base];
  if (base !== 0 && !isCDataObject(rt, base)) holdBytes(rt, base, -1);
  clearWord(rt, self + CDataWord.Base);
}

/** Writes bytes of the value. */
export function writeBytes(rt: Runtime, self: Ref, bytes: Uint8Array): void {
  const H = rt.words;
  const target = H[self + CDataWord.Target];
  if (target === 0) {
    wholeBytes(rt, self).set(bytes);
    return;
  }
  const isFloat = bytes.length === SLOT && H[target - FloatWord.Value + ObjectWord.Type] === T.float;
  if (isFloat && H[self + CDataWord.Offset] === 0) {
    new Uint8Array(rt.buffer, 4 * target, SLOT).set(bytes);
    return;
  }
  bytes.forEach((byte, i) => writeSlotByte(H, target, H[self + CDataWord.Offset] + i, byte));
}

function writeSlotByte(H: Int32Array, word: number, at: number, byte: number): void {
  const within = at % SLOT;
  if (within >= 4) return;
  const index = word + Math.floor(at / SLOT);
  const shift = 8 * within;
  H[index] = (H[index] & ~(255 << shift)) | (byte << shift);
}

/** The address of the value. */
export function valueAddress(rt: Runtime, self: Ref): number {
  const H = rt.words;
  const target = H[self + CDataWord.Target];
  if (target !== 0) return addressOf(target) + H[self + CDataWord.Offset];
  const base = H[self + CDataWord.Base];
  if (base !== 0 && isCDataObject(rt, base)) return valueAddress(rt, base) + H[self + CDataWord.Offset];
  if (base !== 0) return addressOf(base) + H[self + CDataWord.Offset];
  return addressOf(
    H[self + CDataWord.Size] > (CDataWord.Inline as number) ? H[self + CDataWord.Value] : self + CDataWord.Value,
  );
}

/** The object at an address, borrowed; 0 if what is there does not look like one. */
export function objectAt(rt: Runtime, address: bigint): Ref {
  const offset = Number(address - BigInt(ADDRESS_BASE));
  const ref = offset / SLOT;
  return Number.isInteger(ref) && looksLikeObject(rt, ref) ? ref : 0;
}

/** True if the word has a type that is a type. */
export function looksLikeObject(rt: Runtime, ref: Ref): boolean {
  const H = rt.words;
  if (ref < (Root.StaticBase as number) || ref >= H.length - TypeWord.HtTpName || H[ref] === 0) return false;
  const type = H[ref + ObjectWord.Type];
  return (
    isTypeRecord(H, type) &&
    isTypeRecord(H, H[type + ObjectWord.Type]) &&
    (H[H[type + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.TypeSubclass) !== 0
  );
}

function isTypeRecord(H: Int32Array, type: Ref): boolean {
  if (type < (Root.StaticBase as number) || type >= H.length - TypeWord.HtTpName) return false;
  return (H[type + TypeWord.Flags] & TypeFlag.Ready) !== 0;
}
