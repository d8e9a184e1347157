/**
 * Importing: `sys.modules`, native modules, files below `sys.path`, packages, the library pack. What CPython does in
 * `importlib._bootstrap` is done here, with the same errors and the same order of effects.
 */
import { decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { dictGetText } from '../../core/dict/index.ts';
import {
  caught,
  clearException,
  currentException,
  mark,
  pendingMatches,
  raise,
  rethrow,
  typeError,
  valueError,
} from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { ImportErrorWord } from '../../core/layout/exceptions.ts';
import {
  compareBool,
  getAttrText,
  lookupAttrText,
  isTrue,
  iter,
  iterNext,
  setAttrText,
} from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { STDLIB_MODULE_NAMES } from '../../core/stdlib-names.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isDict, isStr, typeName } from '../../core/types.ts';
import { raiseImportError } from '../../objects/exceptions/import-error.ts';
import { warn } from '../warnings/warn.ts';
import { hasOwnFinders, importByLibrary, isWatched } from './bootstrap.ts';
import { findModule } from './find.ts';
import { loadModule } from './load.ts';

/** `__import__(name, globals, …, fromlist, level)`; `globals` and `fromlist` may be 0. @runsPython
 *  Source: CPython 3.12 PyImport_ImportModuleLevelObject. */
export function importLevel(rt: Runtime, name: string, globals: Ref, fromlist: Ref, level: number): Owned {
  if (level < 0) valueError(rt, 'level must be >= 0');
  if (level === 0 && name === '') valueError(rt, 'Empty module name');
  const full = level === 0 ? name : resolveName(rt, name, globals, level);
  const m = tempMark(rt);
  const module = temp(rt, importFull(rt, full));
  if (fromlist !== 0 && isTrue(rt, fromlist)) {
    importFromList(rt, module, full, fromlist);
    return releaseKeeping(rt, m, newRef(rt, module));
  }
  if (level === 0 || name !== '') {
    const dot = name.indexOf('.');
    if (dot < 0) return releaseKeeping(rt, m, newRef(rt, module));
    const top = level === 0 ? name.slice(0, dot) : full.slice(0, full.length - (name.length - dot));
    return releaseKeeping(rt, m, level === 0 ? importFull(rt, top) : newRef(rt, requireLoaded(rt, top)));
  }
  return releaseKeeping(rt, m, newRef(rt, module));
}

/** The module of an absolute name, imported if it is not there. @runsPython */
export function importFull(rt: Runtime, name: string): Owned {
  const loaded = dictGetText(rt, rt.words[RootRef.Modules], name);
  if (loaded === S.None) notFound(rt, name, `import of ${name} halted; None in sys.modules`);
  if (loaded !== 0) return newRef(rt, loaded);
  return findAndLoad(rt, name);
}

function requireLoaded(rt: Runtime, name: string): Ref {
  const loaded = dictGetText(rt, rt.words[RootRef.Modules], name);
  if (loaded === 0) raise(rt, T.KeyError, `'${name}' not in sys.modules as expected`);
  return loaded;
}

function notFound(rt: Runtime, name: string, message: string): never {
  raiseImportError(rt, message, name, null, null, T.ModuleNotFoundError);
}

function findAndLoad(rt: Runtime, name: string): Owned {
  const m = tempMark(rt);
  const dot = name.lastIndexOf('.');
  let parent = 0;
  let path = 0;
  if (dot >= 0) {
    const parentName = name.slice(0, dot);
    temp(rt, importFull(rt, parentName));
    const loaded = dictGetText(rt, rt.words[RootRef.Modules], name);
    if (loaded !== 0) return releaseKeeping(rt, m, newRef(rt, loaded));
    parent = requireLoaded(rt, parentName);
    temp(rt, newRef(rt, parent));
    const found = lookupAttrText(rt, parent, '__path__');
    if (found === 0) notFound(rt, name, `No module named '${name}'; '${parentName}' is not a package`);
    path = temp(rt, found);
  }
  auditImport(rt, name);
  if (hasOwnFinders(rt) || isWatched(rt)) return releaseKeeping(rt, m, importByLibrary(rt, name));
  const source = findModule(rt, name, path);
  if (source?.kind === 'archive') return releaseKeeping(rt, m, importByLibrary(rt, name));
  if (source === null) notFound(rt, name, `No module named '${name}'${libraryHint(rt, name)}`);
  const module = temp(rt, loadModule(rt, name, source));
  if (parent !== 0) bindToParent(rt, parent, name.slice(dot + 1), module);
  return releaseKeeping(rt, m, newRef(rt, module));
}

/** Source: CPython 3.12 import_find_and_load. */
function auditImport(rt: Runtime, name: string): void {
  if (rt.words[RootRef.AuditHooks] === 0) return;
  const m = tempMark(rt);
  const entry = (key: string): Ref => dictGetText(rt, rt.words[RootRef.SysDict], key) || S.None;
  audit(rt, 'import', temp(rt, newStr(rt, name)), S.None, entry('path'), entry('meta_path'), entry('path_hooks'));
  releaseTemps(rt, m);
}

/** Said when a module of the library is wanted in a runtime that was given no library. */
function libraryHint(rt: Runtime, name: string): string {
  const known = rt.libraryPack === null && STDLIB_MODULE_NAMES.has(name.split('.')[0] ?? '');
  return known ? ' (this runtime has no standard library: set libraryPack)' : '';
}

function bindToParent(rt: Runtime, parent: Ref, child: string, module: Ref): void {
  setAttrText(rt, parent, child, module);
}

/** Submodules that a `from` statement names. Source: CPython 3.12 _handle_fromlist. */
function importFromList(rt: Runtime, module: Ref, name: string, fromlist: Ref, recursive = false): void {
  const path = lookupAttrText(rt, module, '__path__');
  if (path === 0) return;
  temp(rt, path);
  const it = temp(rt, iter(rt, fromlist));
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    if (!isStr(rt, item)) {
      const where = recursive ? `${name}.__all__` : "``from list''";
      typeError(rt, `Item in ${where} must be str, not ${typeName(rt, rt.words[item + ObjectWord.Type])}`);
    }
    importItem(rt, module, name, strText(rt, item), recursive);
    dropTemp(rt, item);
  }
}

function importItem(rt: Runtime, module: Ref, name: string, item: string, recursive: boolean): void {
  if (item === '*') {
    const all = recursive ? 0 : lookupAttrText(rt, module, '__all__');
    if (all === 0) return;
    const m = tempMark(rt);
    temp(rt, all);
    importFromList(rt, module, name, all, true);
    releaseTemps(rt, m);
    return;
  }
  const there = lookupAttrText(rt, module, item);
  if (there !== 0) {
    decref(rt, there);
    return;
  }
  const full = `${name}.${item}`;
  const m = mark(rt);
  try {
    decref(rt, importFull(rt, full));
  } catch (error) {
    caught(rt, error, m);
    if (!isMissing(rt, full)) rethrow();
    clearException(rt);
  }
}

/** True if the pending exception says that just this module does not exist. */
function isMissing(rt: Runtime, name: string): boolean {
  if (!pendingMatches(rt, T.ModuleNotFoundError)) return false;
  const value = rt.words[currentException(rt) + ImportErrorWord.Name];
  return (
    value !== 0 &&
    isStr(rt, value) &&
    strText(rt, value) === name &&
    dictGetText(rt, rt.words[RootRef.Modules], name) === 0
  );
}

/** The absolute name of a relative import. Source: CPython 3.12 resolve_name. */
function resolveName(rt: Runtime, name: string, globals: Ref, level: number): string {
  if (globals === 0) raise(rt, T.KeyError, "'__name__' not in globals");
  let base = packageOf(rt, globals);
  if (base === '') raise(rt, T.ImportError, 'attempted relative import with no known parent package');
  for (let i = 1; i < level; i++) {
    const dot = base.lastIndexOf('.');
    if (dot < 0) raise(rt, T.ImportError, 'attempted relative import beyond top-level package');
    base = base.slice(0, dot);
  }
  return name === '' ? base : `${base}.${name}`;
}

function packageOf(rt: Runtime, globals: Ref): string {
  if (!isDict(rt, globals)) typeError(rt, 'globals must be a dict');
  const own = dictGetText(rt, globals, '__package__');
  const spec = dictGetText(rt, globals, '__spec__');
  if (own !== 0 && own !== S.None) {
    if (!isStr(rt, own)) typeError(rt, 'package must be a string');
    if (spec !== 0 && spec !== S.None) comparePackages(rt, own, spec);
    return strText(rt, own);
  }
  if (spec !== 0 && spec !== S.None) {
    const parent = temp(rt, getAttrText(rt, spec, 'parent'));
    return isStr(rt, parent) ? strText(rt, parent) : typeError(rt, '__spec__.parent must be a string');
  }
  const fallback = "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
  warn(rt, T.ImportWarning, fallback);
  return packageByName(rt, globals);
}

/** Warns of a `__package__` that is not its module spec's. @runsPython */
function comparePackages(rt: Runtime, own: Ref, spec: Ref): void {
  const m = tempMark(rt);
  const parent = temp(rt, getAttrText(rt, temp(rt, newRef(rt, spec)), 'parent'));
  if (!compareBool(rt, own, parent, CompareOp.Eq)) warn(rt, T.DeprecationWarning, '__package__ != __spec__.parent');
  releaseTemps(rt, m);
}

function packageByName(rt: Runtime, globals: Ref): string {
  const name = dictGetText(rt, globals, '__name__');
  if (name === 0) raise(rt, T.KeyError, "'__name__' not in globals");
  if (!isStr(rt, name)) typeError(rt, '__name__ must be a string');
  const text = strText(rt, name);
  if (dictGetText(rt, globals, '__path__') !== 0) return text;
  return text.includes('.') ? text.slice(0, text.lastIndexOf('.')) : '';
}
