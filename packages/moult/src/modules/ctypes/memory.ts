/**
 * Reading and writing the bytes of C data. A word of the heap is a slot of 8 bytes: its low four are the word, the upper four are 0
 * and cannot be written. What lies outside of the heap cannot be reached.
 */
import {
  ADDRESS_BASE,
  addressOf,
  FloatWord,
  hostAdd,
  hostFree,
  ListWord,
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

/** The bytes of the value, `kind.size` of them. */
export function readBytes(rt: Runtime, self: Ref, kind: CType): Uint8Array {
  const H = rt.words;
  const target = H[self + CDataWord.Target];
  if (target === 0) return ownBytes(rt, self);
  if (kind.size === SLOT && H[self + CDataWord.Offset] === 0 && isPointer(rt, target)) return addressBytes(H[target]);
  if (kind.conversion === 'float' && H[target - FloatWord.Value + ObjectWord.Type] === T.float)
    return doubleBytes(H, target);
  const bytes = new Uint8Array(kind.size);
  for (let i = 0; i < kind.size; i++) bytes[i] = slotByte(H, target, H[self + CDataWord.Offset] + i);
  return bytes;
}

/** Whether a slot seems to hold a pointer: to an object, or to the items of a list. Counts are too small for that; only
 *  the digits of an `int` could be mistaken. */
function isPointer(rt: Runtime, word: number): boolean {
  const H = rt.words;
  if (H[word - ListWord.Items + ObjectWord.Type] === T.list) return H[word] !== 0;
  return H[word - IntWord.Payload + ObjectWord.Type] !== T.int && looksLikeObject(rt, H[word]);
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

function ownBytes(rt: Runtime, self: Ref): Uint8Array {
  const index = rt.words[self + CDataWord.Payload];
  return index === 0 ? new Uint8Array(SLOT) : (rt.hosts[index] as Uint8Array);
}

/** Writes the bytes of the value. Takes `bytes`, which must not change afterwards. */
export function writeBytes(rt: Runtime, self: Ref, bytes: Uint8Array): void {
  const H = rt.words;
  const target = H[self + CDataWord.Target];
  if (target === 0) {
    dropPayload(rt, self);
    H[self + CDataWord.Payload] = hostAdd(rt, bytes);
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

/** Frees the bytes of its own. */
export function dropPayload(rt: { words: Int32Array } & Parameters<typeof hostFree>[0], self: Ref): void {
  const index = rt.words[self + CDataWord.Payload];
  if (index !== 0) hostFree(rt, index);
  rt.words[self + CDataWord.Payload] = 0;
}

/** The address of the value. */
export function valueAddress(rt: Runtime, self: Ref): number {
  const H = rt.words;
  const target = H[self + CDataWord.Target];
  if (target === 0) return addressOf(self + CDataWord.Payload);
  return addressOf(target) + H[self + CDataWord.Offset];
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
