/** Finding modules: native ones, those of the library pack, files and packages below `sys.path` or a package's path. */
import type { Ref } from '@moult/heap';
import { dictGetText } from '../../core/dict/index.ts';
import { MODULE_SPECS } from '../../core/module-spec.ts';
import type { ModuleSpec } from '../../core/module-spec.ts';
import { iter, iterNext } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { PackEntry, Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isStr } from '../../core/types.ts';
import { libraryName } from './bootstrap.ts';

/** Where a module comes from. */
export type ModuleSource =
  | { readonly kind: 'native'; readonly spec: ModuleSpec }
  | { readonly kind: 'pack'; readonly entry: PackEntry }
  | { readonly kind: 'file'; readonly path: string; readonly isPackage: boolean }
  | { readonly kind: 'namespace'; readonly folders: readonly string[] }
  /** A place on the path is no folder: for `importlib`. */
  | { readonly kind: 'archive' };

/** Looks for module `name`; `path` is its package's `__path__`, 0 for a module on top. Null if there is none. @runsPython */
export function findModule(rt: Runtime, name: string, path: Ref): ModuleSource | null {
  const entry = rt.libraryPack?.(libraryName(name)) ?? null;
  const spec = MODULE_SPECS.get(name);
  if (spec !== undefined && (spec.hidden !== true || entry === null)) return { kind: 'native', spec };
  // CPython's frozen modules come before the path.
  if (entry !== null && (entry.codeName ?? entry.path) !== entry.path) return { kind: 'pack', entry };
  const tail = name.slice(name.lastIndexOf('.') + 1);
  const found = findFile(rt, tail, searchPath(rt, path));
  if (found?.kind === 'file' && found.path === entry?.path) return { kind: 'pack', entry };
  if (found !== null && (found.kind === 'file' || found.kind === 'archive')) return found;
  return entry === null ? found : { kind: 'pack', entry };
}

/** The folders to search. */
function searchPath(rt: Runtime, path: Ref): string[] {
  const list = path === 0 ? dictGetText(rt, rt.words[RootRef.SysDict], 'path') : path;
  const folders: string[] = [];
  if (list === 0) return folders;
  const it = temp(rt, iter(rt, list));
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    if (isStr(rt, item)) folders.push(strText(rt, item));
    dropTemp(rt, item);
  }
  dropTemp(rt, it);
  return folders;
}

function findFile(rt: Runtime, tail: string, folders: readonly string[]): ModuleSource | null {
  const stat = rt.host?.statPath?.bind(rt.host);
  if (stat === undefined) return null;
  const namespace: string[] = [];
  for (const folder of folders) {
    const base = joinPath(folder === '' ? (rt.host?.workingFolder?.() ?? '.') : folder, tail);
    if (stat(base) === 'folder') {
      const init = joinPath(base, '__init__.py');
      if (stat(init) === 'file') return { kind: 'file', path: init, isPackage: true };
    }
    const file = `${base}.py`;
    if (stat(file) === 'file') return { kind: 'file', path: file, isPackage: false };
    if (stat(base) === 'folder') namespace.push(base);
    else if (folder !== '' && isArchive(stat, folder)) return { kind: 'archive' };
  }
  return namespace.length === 0 ? null : { kind: 'namespace', folders: namespace };
}

/** A file on the path, or a place within one. */
function isArchive(stat: (path: string) => 'file' | 'folder' | null, path: string): boolean {
  for (let part = path; part.length > 1; part = part.slice(0, Math.max(part.lastIndexOf('/'), 0))) {
    const kind = stat(part);
    if (kind !== null) return kind === 'file';
  }
  return false;
}

/** `folder/name`, without a doubled slash. */
function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}
