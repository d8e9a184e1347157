/** Making and reading `int` and `float` objects. Arithmetic is in `objects/int/` and `objects/float.ts`. */
import { allocMetered, FreeListRoot, freeMetered, hostAdd, hostFree, hostGet, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { intDigitCount, intDigitCountNear } from '../numeric/int-math.ts';
import { FloatWord, IntTag, IntWord } from './layout/numbers.ts';
import type { Runtime } from './runtime.ts';
import { smallInt, T } from './static.ts';

const COMPACT_LIMIT = 1 << 30;
const MEDIUM_LIMIT = 2 ** 53;
const DIGIT = 2 ** 30;

const enum IntBytes {
  OneDigit = 28,
  Head = 24,
  SmallLimit = 512,
}

/** An `int` with the value of `n`: any integer that a JS number holds exactly (|n| ≤ 2^53 − 1). */
export function newInt(rt: Runtime, n: number): Owned {
  if (n >= -5 && n <= 256) return smallInt(n | 0) as Owned;
  if (n > -COMPACT_LIMIT && n < COMPACT_LIMIT) return newCompact(rt, n | 0);
  if (n >= MEDIUM_LIMIT || n <= -MEDIUM_LIMIT) return newBigInt(rt, BigInt(n));
  return newMedium(rt, n);
}

/** An `int` outside the small ones, |n| < 2^30. */
export function newCompact(rt: Runtime, n: number): Owned {
  const ref = allocMetered(rt, IntWord.Words, IntBytes.OneDigit);
  const H = rt.words;
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.int;
  H[ref + IntWord.Tag] = n < 0 ? IntTag.Compact | IntTag.Negative : IntTag.Compact;
  H[ref + IntWord.Payload] = n;
  return ref as Owned;
}

/** Gives back an exact compact `int` that nobody references any more. */
export function freeCompact(rt: Runtime, ref: Ref): void {
  freeMetered(rt, ref, IntWord.Words, IntBytes.OneDigit);
}

function newMedium(rt: Runtime, n: number): Owned {
  const magnitude = Math.abs(n);
  const high = Math.floor(magnitude / DIGIT);
  const ref = allocMetered(rt, IntWord.Words, IntBytes.Head + 8);
  const H = rt.words;
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.int;
  H[ref + IntWord.Tag] = IntTag.Medium | (n < 0 ? IntTag.Negative : 0) | (high << IntTag.HighShift);
  H[ref + IntWord.Payload] = magnitude - high * DIGIT;
  return ref as Owned;
}

/** Numbers of digits that fit the tag. */
const COUNTED_DIGITS = (1 << 23) - 1;

/** An `int` of any size. `about`: how many 30-bit digits it has, as far as that is known without looking (it only makes
 *  this faster). */
export function newBigInt(rt: Runtime, n: bigint, about = 0): Owned {
  if (n > -9007199254740992n && n < 9007199254740992n) return newInt(rt, Number(n));
  const nbytes = IntBytes.Head + 4 * intDigitCountNear(n, about);
  const ref = allocMetered(rt, intWords(nbytes), nbytes);
  const H = rt.words;
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.int;
  const count = (nbytes - IntBytes.Head) >> 2;
  const counted = count <= COUNTED_DIGITS ? count << IntTag.HighShift : 0;
  H[ref + IntWord.Tag] = IntTag.Big | (n < 0n ? IntTag.Negative : 0) | counted;
  H[ref + IntWord.Payload] = hostAdd(rt, n);
  return ref as Owned;
}

function intWords(nbytes: number): number {
  return nbytes <= IntBytes.SmallLimit ? (nbytes + 7) >> 3 : IntWord.Words;
}

/** True if |value| < 2^30: then `compactValue` is the value. */
export function isCompact(rt: Runtime, ref: Ref): boolean {
  return (rt.words[ref + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact;
}

/** The value of a compact `int`. */
export function compactValue(rt: Runtime, ref: Ref): number {
  return rt.words[ref + IntWord.Payload];
}

/** True if the value fits a JS number exactly (compact or medium). */
export function isSafeInt(rt: Runtime, ref: Ref): boolean {
  return (rt.words[ref + IntWord.Tag] & IntTag.FormMask) !== IntTag.Big;
}

/** The value of a compact or medium `int`. */
export function safeIntValue(rt: Runtime, ref: Ref): number {
  const H = rt.words;
  const tag = H[ref + IntWord.Tag];
  const payload = H[ref + IntWord.Payload];
  if ((tag & IntTag.FormMask) === IntTag.Compact) return payload;
  const magnitude = (tag >>> IntTag.HighShift) * DIGIT + payload;
  return (tag & IntTag.SignMask) === IntTag.Negative ? -magnitude : magnitude;
}

/** The value of an `int` (or `bool`) of any size. */
export function bigIntValue(rt: Runtime, ref: Ref): bigint {
  const H = rt.words;
  if ((H[ref + IntWord.Tag] & IntTag.FormMask) === IntTag.Big) return hostGet(rt, H[ref + IntWord.Payload]) as bigint;
  return BigInt(safeIntValue(rt, ref));
}

/** The value as number if it is exact, else as bigint. */
export function intValue(rt: Runtime, ref: Ref): number | bigint {
  return isSafeInt(rt, ref) ? safeIntValue(rt, ref) : bigIntValue(rt, ref);
}

/** −1, 0 or 1. */
export function intSign(rt: Runtime, ref: Ref): number {
  return 1 - (rt.words[ref + IntWord.Tag] & IntTag.SignMask);
}

/** Metered bytes of an `int` object: CPython's 24 + 4 × digits. */
export function intBytes(rt: Runtime, ref: Ref): number {
  switch (rt.words[ref + IntWord.Tag] & IntTag.FormMask) {
    case IntTag.Compact:
      return IntBytes.OneDigit;
    case IntTag.Medium:
      return IntBytes.Head + 8;
    default:
      return IntBytes.Head + 4 * bigDigits(rt, ref);
  }
}

function bigDigits(rt: Runtime, ref: Ref): number {
  return rt.words[ref + IntWord.Tag] >>> IntTag.HighShift || intDigitCount(bigIntValue(rt, ref));
}

/** How many 30-bit digits CPython stores for an `int`, at least 1. */
export function digitCount(rt: Runtime, ref: Ref): number {
  return (intBytes(rt, ref) - IntBytes.Head) >> 2;
}

/** Destructor of exact `int` objects. */
export function deallocInt(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  const nbytes = intBytes(rt, ref);
  if ((H[ref + IntWord.Tag] & IntTag.FormMask) === IntTag.Big) hostFree(rt, H[ref + IntWord.Payload]);
  freeMetered(rt, ref, intWords(nbytes), nbytes);
}

/** Makes the small integers, False and True, once. */
export function initSmallInts(rt: Runtime): void {
  for (let n = -5; n <= 256; n++) writeStatic(rt, smallInt(n), T.int, n);
}

/** Writes an immortal compact integer at `ref`. */
export function writeStatic(rt: Runtime, ref: Ref, type: Ref, n: number): void {
  const H = rt.words;
  H[ref] = -1;
  H[ref + ObjectWord.Type] = type;
  H[ref + IntWord.Tag] = IntTag.Compact | (n < 0 ? IntTag.Negative : n === 0 ? IntTag.Zero : 0);
  H[ref + IntWord.Payload] = n;
}

/** A `float`. Freed ones are kept in a list of up to 100, as CPython does. */
export function newFloat(rt: Runtime, value: number): Owned {
  const H = rt.words;
  let ref = H[FreeListRoot.FloatHead];
  if (ref !== 0) {
    H[FreeListRoot.FloatHead] = H[ref + ObjectWord.Type];
    H[FreeListRoot.FloatCount]--;
  } else {
    ref = allocMetered(rt, FloatWord.Words, FloatWord.MeteredBytes);
  }
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.float;
  rt.floats[(ref + FloatWord.Value) >> 1] = value;
  return ref as Owned;
}

/** The value of a `float`. */
export function floatValue(rt: Runtime, ref: Ref): number {
  return rt.floats[(ref + FloatWord.Value) >> 1];
}
