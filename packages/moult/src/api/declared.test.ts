/** A type that nobody declared has no destructor: its instances would stay in the collector's lists at a count of zero. */
import { TypeWord } from '@moult/heap';
import { expect, test } from 'vitest';
import { StaticArea, T } from '../core/static.ts';
import { createRuntime } from './create.ts';

/** Records kept free for types that nothing can make an instance of yet. */
const WITHOUT_INSTANCES: readonly number[] = [
  T.instancemethod,
  T.typeVar,
  T.typeVarTuple,
  T.paramSpec,
  T.paramSpecArgs,
  T.paramSpecKwargs,
  T.typeAliasType,
  T.generic,
];

test('every built-in type has a destructor', () => {
  const rt = createRuntime();
  const without: number[] = [];
  for (let type = T.object as number; type < (T.firstModuleType as number); type += StaticArea.TypeWords) {
    if (rt.words[type + TypeWord.Dealloc] === 0 && !WITHOUT_INSTANCES.includes(type)) without.push(type);
  }
  expect(without).toEqual([]);
});
