/** The hash that an `int` returned from `__hash__` stands for. */
import type { Ref } from '@moult/heap';
import { hash } from '../../core/protocol/compare.ts';
import { bigIntValue, isSafeInt, safeIntValue } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';

const TWO_32 = 0x100000000;

/** The int itself if it fits 64 bits, else its own hash; −1 becomes −2. Low half; the high half goes to `rt.hashHigh`. */
export function hashBigInt64(rt: Runtime, value: Ref): number {
  if (isSafeInt(rt, value)) return splitNumber(rt, safeIntValue(rt, value));
  const big = bigIntValue(rt, value);
  if (BigInt.asIntN(64, big) !== big) return hash(rt, value);
  rt.hashHigh = Number(BigInt.asIntN(32, big >> 32n));
  return Number(BigInt.asIntN(32, big));
}

function splitNumber(rt: Runtime, n: number): number {
  if (n === -1) n = -2;
  const low = n | 0;
  rt.hashHigh = Math.floor(n / TWO_32) | 0;
  return low;
}

/** A 64-bit hash as a number or bigint. */
export function hashToInt(low: number, high: number): number | bigint {
  const value = high * TWO_32 + (low >>> 0);
  return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low >>> 0);
}
