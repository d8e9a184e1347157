/** Making and running modules that were found. */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDeleteText, dictGetText, dictSetText } from '../../core/dict/index.ts';
import { caught, mark, raise, rethrow, restoreException, takeException } from '../../core/errors.ts';
import { listTake } from '../../core/list.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newCode } from '../../objects/functions/code.ts';
import { compileSource } from '../builtins/compile.ts';
import { evalCode } from '../builtins/run-code.ts';
import { moduleDict, newModuleNamed, newNativeModule, setTake } from '../make.ts';
import { loadUnnoticed } from './early.ts';
import type { ModuleSource } from './find.ts';
import { countMissing } from './native-types.ts';
import { newModuleSpec } from './spec.ts';

/** Loads the module into `sys.modules` and runs it. Taken out again when that fails. @runsPython */
export function loadModule(rt: Runtime, name: string, source: ModuleSource): Owned {
  return loadUnnoticed(rt, name, () => loadFound(rt, name, source));
}

function loadFound(rt: Runtime, name: string, source: ModuleSource): Owned {
  if (source.kind === 'native') return loadNative(rt, name, source.spec);
  const m = tempMark(rt);
  const module = temp(rt, newFileModule(rt, name, source));
  addModule(rt, name, module);
  const caughtAt = mark(rt);
  try {
    runModule(rt, module, source);
  } catch (error) {
    caught(rt, error, caughtAt);
    const exception = takeException(rt);
    dictDeleteText(rt, rt.words[RootRef.Modules], name);
    restoreException(rt, exception);
    rethrow();
  }
  const loaded = dictGetText(rt, rt.words[RootRef.Modules], name);
  if (loaded === 0) raise(rt, T.KeyError, name);
  return releaseKeeping(rt, m, newRef(rt, loaded));
}

function loadNative(rt: Runtime, name: string, spec: Extract<ModuleSource, { kind: 'native' }>['spec']): Owned {
  const module = newNativeModule(rt, spec);
  countMissing(rt, name);
  setTake(rt, moduleDict(rt, module), '__spec__', newModuleSpec(rt, name, 'built-in', 0));
  addModule(rt, name, module);
  return module;
}

/** Enters a module in `sys.modules`. */
export function addModule(rt: Runtime, name: string, module: Ref): void {
  dictSetText(rt, rt.words[RootRef.Modules], name, module);
}

function newFileModule(rt: Runtime, name: string, source: Exclude<ModuleSource, { kind: 'native' }>): Owned {
  const str = newStr(rt, name);
  const module = newModuleNamed(rt, str);
  decref(rt, str);
  const dict = moduleDict(rt, module);
  const isPackage = source.kind === 'namespace' || (source.kind === 'pack' ? source.entry.isPackage : source.isPackage);
  const parent = isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')));
  setTake(rt, dict, '__package__', newStr(rt, parent));
  const path = filePath(source);
  if (isPackage) setTake(rt, dict, '__path__', folderList(rt, source, path));
  setTake(rt, dict, '__spec__', newModuleSpec(rt, name, path, dictGetText(rt, dict, '__path__')));
  if (path !== null) setTake(rt, dict, '__file__', newStr(rt, path));
  if (path !== null) dictSetText(rt, dict, '__cached__', S.None);
  return module;
}

function filePath(source: Exclude<ModuleSource, { kind: 'native' }>): string | null {
  if (source.kind === 'pack') return source.entry.path;
  return source.kind === 'file' ? source.path : null;
}

/** The list for `__path__`, owned. */
function folderList(rt: Runtime, source: Exclude<ModuleSource, { kind: 'native' }>, path: string | null): Owned {
  const folders = source.kind === 'namespace' ? source.folders : [path?.slice(0, path.lastIndexOf('/')) ?? ''];
  return listTake(rt, folders.map((folder) => newStr(rt, folder)));
}

function runModule(rt: Runtime, module: Ref, source: Exclude<ModuleSource, { kind: 'native' }>): void {
  if (source.kind === 'namespace') return;
  const m = tempMark(rt);
  const code = temp(rt, moduleCode(rt, source));
  const dict = moduleDict(rt, module);
  decref(rt, releaseKeeping(rt, m, evalCode(rt, code, dict, dict)));
}

function moduleCode(rt: Runtime, source: Extract<ModuleSource, { kind: 'file' | 'pack' }>): Owned {
  if (source.kind === 'file') {
    const data = rt.host?.readFile?.(source.path) ?? raise(rt, T.ImportError, `can't read ${source.path}`);
    return compileSource(rt, data, { filename: source.path, mode: 'exec', flags: 0 });
  }
  const { entry } = source;
  if (entry.code !== undefined) return newCode(rt, entry.code);
  return compileSource(rt, entry.source ?? '', { filename: entry.path, mode: 'exec', flags: 0 });
}
