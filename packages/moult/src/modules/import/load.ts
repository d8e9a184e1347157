/** Making and running modules that were found. */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDeleteText, dictGetText, dictSetText } from '../../core/dict/index.ts';
import { caught, mark, raise, rethrow, restoreException, takeException } from '../../core/errors.ts';
import { listTake } from '../../core/list.ts';
import { MODULE_SPECS } from '../../core/module-spec.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newCode } from '../../objects/functions/code.ts';
import { compileSource } from '../builtins/compile.ts';
import { evalCode } from '../builtins/run-code.ts';
import { moduleDict, newModuleNamed, newNativeModule, setTake } from '../make.ts';
import { FROZEN, installBootstrap } from './bootstrap.ts';
import { loadUnnoticed } from './early.ts';
import type { ModuleSource } from './find.ts';

/** What can be loaded here. */
type Loadable = Exclude<ModuleSource, { kind: 'archive' }>;
type Unbuilt = Exclude<Loadable, { kind: 'native' }>;
import { countMissing, countReading } from './native-types.ts';
import { newModuleSpec } from './spec.ts';

/** Loads the module into `sys.modules` and runs it. Taken out again when that fails. @runsPython */
export function loadModule(rt: Runtime, name: string, source: Loadable): Owned {
  return loadUnnoticed(rt, name, () => loadFound(rt, name, source));
}

function loadFound(rt: Runtime, name: string, source: Loadable): Owned {
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
  if (name === FROZEN) installBootstrap(rt, module);
  const loaded = dictGetText(rt, rt.words[RootRef.Modules], name);
  if (loaded === 0) raise(rt, T.KeyError, name);
  return releaseKeeping(rt, m, newRef(rt, loaded));
}

function loadNative(rt: Runtime, name: string, spec: Extract<ModuleSource, { kind: 'native' }>['spec']): Owned {
  const m = tempMark(rt);
  const module = newNativeModule(rt, spec);
  temp(rt, module);
  countMissing(rt, name);
  setSpec(rt, moduleDict(rt, module), newModuleSpec(rt, name, 'built-in', 0));
  addModule(rt, name, module);
  return releaseKeeping(rt, m, newRef(rt, module));
}

/** The native module of that name: for `importlib`, whose finder has chosen it already. @runsPython */
export function loadBuiltin(rt: Runtime, name: string): Owned {
  const loaded = dictGetText(rt, rt.words[RootRef.Modules], name);
  if (loaded !== 0) return newRef(rt, loaded);
  const spec = MODULE_SPECS.get(name);
  if (spec === undefined) raise(rt, T.ImportError, `no built-in module named ${name}`);
  return loadModule(rt, name, { kind: 'native', spec });
}

/** Sets `__spec__` and the loader that it names. Takes `spec`. */
function setSpec(rt: Runtime, dict: Ref, spec: Owned): void {
  const held = temp(rt, spec);
  dictSetText(rt, dict, '__spec__', held);
  const loader = temp(rt, getAttrText(rt, held, 'loader'));
  if (loader !== S.None) dictSetText(rt, dict, '__loader__', loader);
  dropTemp(rt, loader);
  dropTemp(rt, held);
}

/** Enters a module in `sys.modules`. */
export function addModule(rt: Runtime, name: string, module: Ref): void {
  dictSetText(rt, rt.words[RootRef.Modules], name, module);
}

function newFileModule(rt: Runtime, name: string, source: Unbuilt): Owned {
  const m = tempMark(rt);
  const str = temp(rt, newStr(rt, name));
  const module = temp(rt, newModuleNamed(rt, str));
  const dict = moduleDict(rt, module);
  const isPackage = source.kind === 'namespace' || (source.kind === 'pack' ? source.entry.isPackage : source.isPackage);
  const parent = isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')));
  setTake(rt, dict, '__package__', newStr(rt, parent));
  const path = filePath(source);
  if (isPackage) setTake(rt, dict, '__path__', folderList(rt, source, path));
  setSpec(rt, dict, newModuleSpec(rt, name, path, dictGetText(rt, dict, '__path__')));
  if (path !== null) setTake(rt, dict, '__file__', newStr(rt, path));
  if (path !== null) dictSetText(rt, dict, '__cached__', S.None);
  return releaseKeeping(rt, m, newRef(rt, module));
}

function filePath(source: Unbuilt): string | null {
  if (source.kind === 'pack') return source.entry.path;
  return source.kind === 'file' ? source.path : null;
}

/** The list for `__path__`, owned. */
function folderList(rt: Runtime, source: Unbuilt, path: string | null): Owned {
  const folders = source.kind === 'namespace' ? source.folders : [path?.slice(0, path.lastIndexOf('/')) ?? ''];
  return listTake(
    rt,
    folders.map((folder) => newStr(rt, folder)),
  );
}

function runModule(rt: Runtime, module: Ref, source: Unbuilt): void {
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
  countReading(rt);
  if (entry.code !== undefined) return newCode(rt, entry.code);
  return compileSource(rt, entry.source ?? '', { filename: entry.codeName ?? entry.path, mode: 'exec', flags: 0 });
}
