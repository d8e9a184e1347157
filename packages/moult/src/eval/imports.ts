/** IMPORT_NAME and IMPORT_FROM. */
import { decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../core/call.ts';
import { dictGet } from '../core/dict/index.ts';
import { raise } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { Id } from '../core/names.ts';
import { lookupAttr } from '../core/protocol/attribute.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { popArgs, pushArgs, releaseKeeping, releaseTemps, temp, tempMark } from '../core/temps.ts';
import { isStr } from '../core/types.ts';
import { raiseImportError } from '../objects/exceptions/import-error.ts';
import { replaceMany } from './operands.ts';

/** IMPORT_NAME: level, fromlist → module, by `__import__` of the built-ins. @runsPython */
export function importName(rt: Runtime, frame: number, sp: number, name: Ref): number {
  const H = rt.words;
  const builtins = H[frame + FrameWord.Builtins];
  const importer = H[builtins + ObjectWord.Type] === T.dict ? dictGet(rt, builtins, Id.__import__) : 0;
  if (importer === 0) raise(rt, T.ImportError, '__import__ not found');
  const mark = tempMark(rt);
  const callable = temp(rt, newRef(rt, importer));
  const base = pushArgs(rt, 5);
  H[base] = name;
  H[base + 1] = H[frame + FrameWord.Globals];
  H[base + 2] = H[frame + FrameWord.Locals] || S.None;
  H[base + 3] = H[sp - 1];
  H[base + 4] = H[sp - 2];
  const module = vectorcall(rt, callable, base, 5, 0);
  popArgs(rt, base);
  return replaceMany(rt, frame, sp, 2, releaseKeeping(rt, mark, module));
}

/** IMPORT_FROM: attribute `name` of the module, or the submodule of that name. @runsPython */
export function importFrom(rt: Runtime, module: Ref, name: Ref): Owned {
  const value = lookupAttr(rt, module, name);
  if (value !== 0) return value;
  const own = moduleAttributeText(rt, module, Id.__name__);
  const full = own === null ? null : `${own}.${strText(rt, name)}`;
  if (full !== null) {
    const key = temp(rt, newStr(rt, full));
    const found = dictGet(rt, rt.words[RootRef.Modules], key);
    const mark = tempMark(rt) - 1;
    if (found !== 0) return releaseKeeping(rt, mark, newRef(rt, found));
    releaseTemps(rt, mark);
  }
  return cannotImport(rt, module, name, own);
}

function moduleAttributeText(rt: Runtime, module: Ref, name: Ref): string | null {
  const value = lookupAttr(rt, module, name);
  if (value === 0) return null;
  const text = isStr(rt, value) ? strText(rt, value) : null;
  decref(rt, value);
  return text;
}

function cannotImport(rt: Runtime, module: Ref, name: Ref, own: string | null): never {
  const path = moduleAttributeText(rt, module, Id.__file__);
  const shown = own ?? '<unknown module name>';
  const where = path === null ? 'unknown location' : path;
  raiseImportError(
    rt,
    `cannot import name '${strText(rt, name)}' from '${shown}' (${where})`,
    own,
    path,
    strText(rt, name),
  );
}
