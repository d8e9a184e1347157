/** The module `itertools`. */
import type { Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { defineModule } from '../../core/module-spec.ts';
import type { Runtime } from '../../core/runtime.ts';
import './choices.ts';
import './endless.ts';
import './filters.ts';
import { TEE_FUNCTION } from './group.ts';
import * as types from './layout.ts';
import './slices.ts';

const TYPES: readonly (readonly [string, Ref])[] = [
  ['accumulate', types.ACCUMULATE],
  ['batched', types.BATCHED],
  ['combinations', types.COMBINATIONS],
  ['combinations_with_replacement', types.COMBINATIONS_WITH_REPLACEMENT],
  ['cycle', types.CYCLE],
  ['dropwhile', types.DROPWHILE],
  ['takewhile', types.TAKEWHILE],
  ['islice', types.ISLICE],
  ['starmap', types.STARMAP],
  ['chain', types.CHAIN],
  ['compress', types.COMPRESS],
  ['filterfalse', types.FILTERFALSE],
  ['count', types.COUNT],
  ['zip_longest', types.ZIP_LONGEST],
  ['pairwise', types.PAIRWISE],
  ['permutations', types.PERMUTATIONS],
  ['product', types.PRODUCT],
  ['repeat', types.REPEAT],
  ['groupby', types.GROUPBY],
  ['_grouper', types.GROUPER],
  ['_tee', types.TEE],
  ['_tee_dataobject', types.TEE_DATA],
];

function addTypes(rt: Runtime, dict: Ref): void {
  for (const [name, type] of TYPES) dictSetText(rt, dict, name, type);
}

defineModule({
  name: 'itertools',
  doc: 'Functional tools for creating and using iterators.',
  functions: [TEE_FUNCTION],
  populate: addTypes,
});
