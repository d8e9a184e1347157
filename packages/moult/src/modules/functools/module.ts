/** The module `_functools`. */
import { dictSetText } from '../../core/dict/index.ts';
import { defineModule } from '../../core/module-spec.ts';
import { FUNCTIONS } from './key-wrapper.ts';
import { LRU_CACHE } from './lru-cache.ts';
import { PARTIAL } from './partial.ts';

defineModule({
  name: '_functools',
  doc: 'Tools that operate on functions.',
  functions: FUNCTIONS,
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'partial', PARTIAL);
    dictSetText(rt, dict, '_lru_cache_wrapper', LRU_CACHE);
  },
});
