/** What `importlib` finds on `sys.meta_path`: the interpreter's own way of finding and loading modules, as a finder and
 *  loader. The native module `_imp` has these functions and puts itself on the path when it is made. */
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../../core/call.ts';
import { dictGetText, dictSetText, newDict } from '../../core/dict/index.ts';
import { none } from '../../core/errors.ts';
import { listAppend } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isList } from '../../core/types.ts';
import { findModule } from './find.ts';
import type { ModuleSource } from './find.ts';
import { importFull } from './import.ts';

/** `find_spec(name, path, target)`: a ModuleSpec of importlib's, None if there is no such module. @runsPython */
function findSpec(rt: Runtime, module: Ref, name: Ref, path: Ref): Owned {
  const source = findModule(rt, strText(rt, name), path === S.None ? 0 : path);
  if (source === null) return none();
  const bootstrap = temp(rt, rt.importModule('importlib._bootstrap'));
  const make = temp(rt, getAttrText(rt, bootstrap, 'ModuleSpec'));
  const options = temp(rt, newDict(rt));
  const origin = temp(rt, newStr(rt, originOf(source)));
  dictSetText(rt, options, 'origin', origin);
  dictSetText(rt, options, 'is_package', pyBool(isPackage(source)));
  const args = temp(rt, tupleOf(rt, name, module));
  return callWithTuple(rt, make, args, options);
}

function originOf(source: ModuleSource): string {
  if (source.kind === 'pack') return source.entry.path;
  return source.kind === 'file' ? source.path : 'built-in';
}

function isPackage(source: ModuleSource): boolean {
  if (source.kind === 'pack') return source.entry.isPackage;
  return source.kind === 'namespace' || (source.kind === 'file' && source.isPackage);
}

/** `create_module(spec)`: the module, loaded already. @runsPython */
function createModule(rt: Runtime, _module: Ref, spec: Ref): Owned {
  const name = temp(rt, getAttrText(rt, spec, 'name'));
  return importFull(rt, strText(rt, name));
}

export const FINDER_FUNCTIONS = [
  native('find_spec($module, fullname, path=None, target=None, /)', (rt, module, name, path) => findSpec(rt, module, name, path || S.None)),
  native('create_module($module, spec, /)', createModule),
  native('exec_module($module, module, /)', () => none()),
];

/** Puts the module that has these functions on `sys.meta_path`. */
export function addFinder(rt: Runtime, finder: Ref): void {
  const path = dictGetText(rt, rt.words[RootRef.SysDict], 'meta_path');
  if (path !== 0 && isList(rt, path)) listAppend(rt, path, finder);
}

