/** The module `_csv`: reading and writing separated values. */

import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDelete, dictSet } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { newListFromDictKeys } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isStr } from '../../core/types.ts';
import { setTake } from '../make.ts';
import { ModuleNum } from '../module-roots.ts';
import { dialectArgument, dialects, findDialect, requireOne } from './dialect.ts';
import { DIALECT, ERROR, READER, WRITER } from './layout.ts';
import { Quote } from './parse.ts';
import { limitOf, newReader } from './reader.ts';
import { newWriter } from './writer.ts';

/** `register_dialect(name, dialect=None, **options)` */
function registerDialect(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  requireOne(rt, nargs);
  const name = rt.words[args];
  if (!isStr(rt, name)) typeError(rt, 'dialect name must be a string');
  const dialect = temp(rt, dialectArgument(rt, args, nargs, kwnames));
  dictSet(rt, dialects(rt), name, dialect);
  return none();
}

function unregisterDialect(rt: Runtime, _module: Ref, name: Ref): Owned {
  findDialect(rt, name);
  dictDelete(rt, dialects(rt), name);
  return none();
}

function fieldSizeLimit(rt: Runtime, _module: Ref, limit: Ref): Owned {
  const old = temp(rt, newInt(rt, limitOf(rt)));
  if (limit !== 0) {
    if (rt.words[limit + ObjectWord.Type] !== T.int) typeError(rt, 'limit must be an integer');
    rt.words[ModuleNum.CsvLimit] = Math.min(asSsize(rt, limit), 0x7ffffffe) + 1;
  }
  return untemp(rt, old);
}

const QUOTES: Readonly<Record<string, Quote>> = {
  QUOTE_MINIMAL: Quote.Minimal,
  QUOTE_ALL: Quote.All,
  QUOTE_NONNUMERIC: Quote.NonNumeric,
  QUOTE_NONE: Quote.None,
  QUOTE_STRINGS: Quote.Strings,
  QUOTE_NOTNULL: Quote.NotNull,
};

defineModule({
  name: '_csv',
  doc: 'CSV parsing and writing.\n',
  functions: [
    nativeRaw('reader', newReader, { keywords: true }),
    nativeRaw('writer', newWriter, { keywords: true }),
    nativeRaw('register_dialect', registerDialect, { keywords: true }),
    native('list_dialects($module, /)', (rt) => newListFromDictKeys(rt, dialects(rt)), {
      doc: 'Return a list of all known dialect names.',
    }),
    native('unregister_dialect($module, /, name)', unregisterDialect, {
      doc: 'Delete the name/dialect mapping associated with a string name.',
    }),
    native('get_dialect($module, /, name)', (rt, _module, name = 0) => newRef(rt, findDialect(rt, name)), {
      doc: 'Return the dialect instance associated with name.',
    }),
    native('field_size_limit($module, /, new_limit=<unrepresentable>)', fieldSizeLimit, {
      doc: 'Sets an upper limit on parsed fields.',
    }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, '__version__', newStr(rt, '1.0'));
    setTake(rt, dict, '_dialects', newRef(rt, dialects(rt)));
    for (const [name, value] of Object.entries(QUOTES)) setTake(rt, dict, name, newInt(rt, value));
    setTake(rt, dict, 'Dialect', newRef(rt, DIALECT));
    setTake(rt, dict, 'Reader', newRef(rt, READER));
    setTake(rt, dict, 'Writer', newRef(rt, WRITER));
    setTake(rt, dict, 'Error', newRef(rt, ERROR));
  },
});
