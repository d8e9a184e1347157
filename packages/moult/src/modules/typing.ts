/** The module `_typing`: type parameters and `Generic`. The types are in `objects/typing/`. */
import { newRef } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictSetText } from '../core/dict/index.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import { T } from '../core/static.ts';
import '../objects/typing/index.ts';

const TYPES: readonly (readonly [string, Ref])[] = [
  ['TypeVar', T.typeVar],
  ['TypeVarTuple', T.typeVarTuple],
  ['ParamSpec', T.paramSpec],
  ['ParamSpecArgs', T.paramSpecArgs],
  ['ParamSpecKwargs', T.paramSpecKwargs],
  ['Generic', T.generic],
  ['TypeAliasType', T.typeAliasType],
];

defineModule({
  name: '_typing',
  doc: 'Accelerators for the typing module.\n',
  functions: [native('_idfunc($module, x, /)', (rt, _module, x) => newRef(rt, x), { doc: 'Returns its argument.' })],
  populate: (rt, dict) => {
    for (const [name, type] of TYPES) dictSetText(rt, dict, name, type);
  },
});
