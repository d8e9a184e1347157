/** The module `_warnings`, which the library's `warnings` takes its functions from. */
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { internText, strText } from '../../core/str.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { argumentName, isInstance, isStr, kindName } from '../../core/types.ts';
import { setTake } from '../make.ts';
import { categoryOf, issue } from './issue.ts';
import { filtersMutated, ownFilters, ownOnceRegistry } from './state.ts';
import './unawaited.ts';
import { placeOf } from './warn.ts';

function warn(
  rt: Runtime,
  _module: Ref,
  message: Ref,
  category: Ref,
  stacklevel: Ref,
  source: Ref,
  prefixes: Ref,
): Owned {
  const type = categoryOf(rt, message, category);
  const level = stacklevel === 0 ? 1 : indexNumber(rt, stacklevel, 0);
  const skipped = prefixTexts(rt, prefixes);
  const place = placeOf(rt, skipped.length > 0 && level < 2 ? 2 : level, skipped);
  issue(rt, type, message, { ...place, source: source === S.None ? 0 : source });
  return none();
}

function prefixTexts(rt: Runtime, prefixes: Ref): string[] {
  if (prefixes === 0) return [];
  if (!isInstance(rt, prefixes, T.tuple))
    typeError(rt, `warn() argument 'skip_file_prefixes' must be tuple, not ${argumentName(rt, prefixes)}`);
  return Array.from({ length: tupleSize(rt, prefixes) }, (_, i) => {
    const prefix = tupleItem(rt, prefixes, i);
    if (!isStr(rt, prefix)) typeError(rt, `Found non-str '${kindName(rt, prefix)}' in skip_file_prefixes.`);
    return strText(rt, prefix);
  });
}

/** `warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)` */
function warnExplicit(rt: Runtime, _module: Ref, ...args: number[]): Owned {
  const [message = 0, category = 0, filename = 0, line = 0, module = 0, registry = 0, globals = 0, source = 0] = args;
  if (globals !== 0 && globals !== S.None && !isInstance(rt, globals, T.dict)) {
    typeError(rt, `module_globals must be a dict, not '${kindName(rt, globals)}'`);
  }
  if (!isStr(rt, filename))
    typeError(rt, `warn_explicit() argument 'filename' must be str, not ${argumentName(rt, filename)}`);
  issue(rt, category, message, {
    filename,
    line: indexNumber(rt, line, 0),
    module,
    registry,
    source: source === S.None ? 0 : source,
  });
  return none();
}

defineModule({
  name: '_warnings',
  doc: '_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.',
  functions: [
    native(
      'warn($module, /, message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=<unrepresentable>)',
      warn,
      {
        doc: 'Issue a warning, or maybe ignore it or raise an exception.',
      },
    ),
    native(
      'warn_explicit($module, /, message, category, filename, lineno, module=<unrepresentable>, registry=None, module_globals=None, source=None)',
      warnExplicit,
      { doc: 'Issue a warning, or maybe ignore it or raise an exception.' },
    ),
    native('_filters_mutated($module, /)', (rt) => {
      filtersMutated(rt);
      return none();
    }),
  ],
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'filters', ownFilters(rt));
    dictSetText(rt, dict, '_onceregistry', ownOnceRegistry(rt));
    setTake(rt, dict, '_defaultaction', internText(rt, 'default'));
  },
});
