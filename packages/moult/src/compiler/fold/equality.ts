/** Equality of constants as Python sees it: 1 == 1.0 == True. */

import { PyComplex } from '../../syntax/ast.ts';
import { ConstFrozenSet, ConstTuple } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';

/** The items without those equal to an earlier one. */
export function uniqueItems(items: readonly ConstValue[]): ConstValue[] {
  const byKey = new Map<string, ConstValue>();
  for (const item of items) {
    const key = equalityKey(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return [...byKey.values()];
}

/** Equal constants have equal keys. */
export function equalityKey(value: ConstValue): string {
  switch (typeof value) {
    case 'string':
      return 's' + value;
    case 'boolean':
      return value ? 'n1' : 'n0';
    case 'bigint':
      return 'n' + value.toString();
    case 'number':
      return Number.isInteger(value) ? 'n' + BigInt(value).toString() : 'n' + String(value);
    case 'symbol':
      return '...';
    default:
      if (value === null) return 'None';
      if (value instanceof Uint8Array) return 'b' + String.fromCharCode(...value);
      if (value instanceof PyComplex) {
        return value.imag === 0 ? equalityKey(value.real) : `${equalityKey(value.real)}+${equalityKey(value.imag)}j`;
      }
      if (value instanceof ConstTuple)
        return `(${value.items.map((item) => JSON.stringify(equalityKey(item))).join()})`;
      if (value instanceof ConstFrozenSet) {
        return `{${value.items
          .map((item) => JSON.stringify(equalityKey(item)))
          .sort()
          .join()}}`;
      }
      return 'code';
  }
}
