/** What changed between two moments. */

/** Objects of one type at one moment. */
export interface TypeCount {
  readonly typeName: string;
  readonly count: number;
  readonly bytes: number;
}

export interface TypeDifference {
  readonly typeName: string;
  /** After minus before. */
  readonly count: number;
  readonly bytes: number;
}

/** The types whose numbers differ, most bytes gained first. */
export function diffByType(before: readonly TypeCount[], after: readonly TypeCount[]): TypeDifference[] {
  const differences = new Map<string, { count: number; bytes: number }>();
  const add = (group: TypeCount, sign: number): void => {
    const sum = differences.get(group.typeName) ?? { count: 0, bytes: 0 };
    differences.set(group.typeName, { count: sum.count + sign * group.count, bytes: sum.bytes + sign * group.bytes });
  };
  for (const group of before) add(group, -1);
  for (const group of after) add(group, 1);
  return [...differences]
    .filter(([, { count, bytes }]) => count !== 0 || bytes !== 0)
    .map(([typeName, difference]) => ({ typeName, ...difference }))
    .sort((a, b) => b.bytes - a.bytes || (a.typeName < b.typeName ? -1 : 1));
}
