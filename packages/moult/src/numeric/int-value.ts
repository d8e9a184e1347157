/** How these libraries hold a Python int: a JS number while it is a safe integer, else a bigint. */

/** A Python int. Functions accept either form for any value that fits; results are *normal*: a bigint only where the
 *  value is beyond `Number.MAX_SAFE_INTEGER`. */
export type IntValue = number | bigint;

/** The normal form of an int. */
export function normalInt(value: bigint): IntValue {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}
