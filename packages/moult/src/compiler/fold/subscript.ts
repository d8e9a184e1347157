/** Indexing of constants. */

import { ConstTuple } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';

/** `value[index]`, or undefined if that fails or is no constant. */
export function subscript(value: ConstValue, index: ConstValue): ConstValue | undefined {
  if (typeof index !== 'bigint' && typeof index !== 'boolean') return undefined;
  if (typeof value === 'string') return item([...value], Number(index));
  if (value instanceof ConstTuple) return item(value.items, Number(index));
  if (!(value instanceof Uint8Array)) return undefined;
  const byte = item([...value], Number(index));
  return byte === undefined ? undefined : BigInt(byte);
}

function item<T>(items: readonly T[], index: number): T | undefined {
  return items[index < 0 ? index + items.length : index];
}
