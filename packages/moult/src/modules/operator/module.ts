/** The module `_operator`. */
import { dictSetText } from '../../core/dict/index.ts';
import { defineModule } from '../../core/module-spec.ts';
import { OPERATOR_FUNCTIONS } from './functions.ts';
import { ATTRGETTER, ITEMGETTER, METHODCALLER } from './getters.ts';

defineModule({
  name: '_operator',
  doc: 'Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\nto the intrinsic operators of Python.',
  functions: OPERATOR_FUNCTIONS,
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'itemgetter', ITEMGETTER);
    dictSetText(rt, dict, 'attrgetter', ATTRGETTER);
    dictSetText(rt, dict, 'methodcaller', METHODCALLER);
  },
});
