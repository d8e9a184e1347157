/** The module `math`. */
import { newFloat } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { setTake } from '../make.ts';
import { REAL_FUNCTIONS } from './functions.ts';
import { INTEGER_FUNCTIONS } from './integers.ts';
import { SEQUENCE_FUNCTIONS } from './sequences.ts';

defineModule({
  name: 'math',
  doc: 'This module provides access to the mathematical functions\ndefined by the C standard.',
  functions: [...REAL_FUNCTIONS, ...INTEGER_FUNCTIONS, ...SEQUENCE_FUNCTIONS],
  populate(rt, dict) {
    setTake(rt, dict, 'pi', newFloat(rt, Math.PI));
    setTake(rt, dict, 'e', newFloat(rt, Math.E));
    setTake(rt, dict, 'tau', newFloat(rt, 2 * Math.PI));
    setTake(rt, dict, 'inf', newFloat(rt, Infinity));
    setTake(rt, dict, 'nan', newFloat(rt, NaN));
  },
});
