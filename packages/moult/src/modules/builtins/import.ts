/** `__import__`. */
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { isStr } from '../../core/types.ts';
import { importLevel } from '../import/import.ts';

function importFunction(
  rt: Runtime,
  _module: Ref,
  name: Ref,
  globals: Ref,
  _locals: Ref,
  fromlist: Ref,
  level: Ref,
): Owned {
  if (!isStr(rt, name)) typeError(rt, 'module name must be a string');
  const depth = level === 0 ? 0 : indexNumber(rt, level, T.OverflowError);
  return importLevel(
    rt,
    strText(rt, name),
    globals === S.None ? 0 : globals,
    fromlist === S.None ? 0 : fromlist,
    depth,
  );
}

export const IMPORT_FUNCTION = native(
  '__import__($module, /, name, globals=None, locals=None, fromlist=(), level=0)',
  importFunction,
  { doc: 'Import a module: what the import statement calls.' },
);
