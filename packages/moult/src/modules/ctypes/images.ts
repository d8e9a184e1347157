/**
 * What CPython has in the memory of a `str`, `bytes` or `int`, where this heap has something else: characters and digits lie
 * in the host table here. Recognised from the start of a field on, as programs read them.
 */
import { hostGet, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { bigIntValue } from '../../core/int.ts';
import { IntTag, IntWord } from '../../core/layout/numbers.ts';
import { BytesWord, StrState, StrWord } from '../../core/layout/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData, bytesHash, strHash, strText } from '../../core/str.ts';

const SLOT = 8;
/** Slots of the heads of a compact ASCII string, of bytes and of an int. */
const enum Slots {
  Count = 2,
  Str = 5,
  Bytes = 4,
  Int = 3,
}
const DIGIT_BITS = 30n;
const DIGIT_MASK = (1n << DIGIT_BITS) - 1n;

/** `size` bytes from the slot `word` on if it is a field of such an object, else null. */
export function imageAt(rt: Runtime, word: number, size: number): Uint8Array | null {
  for (let back = Slots.Count; back <= (Slots.Str as number); back++) {
    const fields = fieldsOf(rt, word - back, back);
    if (fields === null) continue;
    const bytes = new Uint8Array(size);
    bytes.set(fields.subarray((back - Slots.Count) * SLOT).subarray(0, size));
    return bytes;
  }
  return null;
}

/** The bytes behind the first two slots of the object at `o`; null if it is none of these, or has no slot number `back`. */
function fieldsOf(rt: Runtime, o: Ref, back: number): Uint8Array | null {
  const type = rt.words[o + ObjectWord.Type];
  if (type === T.str && isStr(rt, o)) return strFields(rt, o);
  if (type === T.bytes && back <= (Slots.Bytes as number) && isBytes(rt, o)) return bytesFields(rt, o);
  if (back <= (Slots.Int as number) && isIntAt(rt, o)) return intFields(rt, o);
  return null;
}

/** ASCII strings only: others have their characters elsewhere. What only looks like a string has another length. */
function isStr(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  if ((H[o + StrWord.State] & StrState.KindMask) !== (StrState.Ascii as number)) return false;
  const text: unknown = rt.hosts[H[o + StrWord.State] >>> StrState.HostShift];
  return typeof text === 'string' && text.length === H[o + StrWord.Length];
}

function isBytes(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const index = H[o + BytesWord.Payload];
  const data: unknown = index > 0 && index < rt.hosts.length ? hostGet(rt, index) : null;
  return data instanceof Uint8Array && data.length === H[o + BytesWord.Size];
}

/** True if what lies at `o` can be an `int`. */
export function isIntAt(rt: Runtime, o: Ref): boolean {
  if (rt.words[o + ObjectWord.Type] !== T.int) return false;
  const tag = rt.words[o + IntWord.Tag];
  const form = tag & IntTag.FormMask;
  return (
    (tag & IntTag.SignMask) <= (IntTag.Negative as number) &&
    (form === (IntTag.Compact as number) || form === (IntTag.Medium as number) || form === (IntTag.Big as number))
  );
}

function slots(n: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(n);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** Length, hash, state (compact, ASCII, one byte for each character), characters. */
function strFields(rt: Runtime, o: Ref): Uint8Array {
  const text = strText(rt, o);
  const { bytes, view } = slots((Slots.Str - Slots.Count) * SLOT + text.length + 1);
  view.setInt32(0, text.length, true);
  view.setInt32(8, strHash(rt, o), true);
  view.setInt32(12, rt.hashHigh, true);
  const isInterned = rt.words[o + StrWord.State] & StrState.Interned;
  view.setInt32(16, isInterned | (1 << 2) | (1 << 5) | (1 << 6), true);
  for (let i = 0; i < text.length; i++) bytes[24 + i] = text.charCodeAt(i);
  return bytes;
}

/** Size, hash, bytes. */
function bytesFields(rt: Runtime, o: Ref): Uint8Array {
  const data = bytesData(rt, o);
  const { bytes, view } = slots((Slots.Bytes - Slots.Count) * SLOT + data.length + 1);
  view.setInt32(0, data.length, true);
  view.setInt32(8, bytesHash(rt, o), true);
  view.setInt32(12, rt.hashHigh, true);
  bytes.set(data, 16);
  return bytes;
}

/** Number of digits and sign, digits of 30 bits. */
function intFields(rt: Runtime, o: Ref): Uint8Array {
  const value = bigIntValue(rt, o);
  const digits: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= DIGIT_BITS) digits.push(Number(rest & DIGIT_MASK));
  const { bytes, view } = slots(SLOT + 4 * Math.max(digits.length, 1));
  view.setInt32(0, (digits.length << 3) | (rt.words[o + IntWord.Tag] & IntTag.SignMask), true);
  digits.forEach((digit, i) => {
    view.setUint32(SLOT + 4 * i, digit, true);
  });
  return bytes;
}
