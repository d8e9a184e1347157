/**
 * CPython's own import machinery, `importlib._bootstrap` and `_bootstrap_external`: loaded under its frozen names when somebody
 * asks for it. Until then, and as long as the program leaves `sys.meta_path` and `sys.path_hooks` as they are and does not trace,
 * modules are found and loaded by the code in this folder, which has the same effects.
 */
import { newRef, setWord, xincref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2, callWithTuple } from '../../core/call.ts';
import { dictGetText, dictKeyAt, dictNext, dictSetText, dictValueAt, newDict } from '../../core/dict/index.ts';
import { caught, currentException, mark, pendingMatches, rethrow } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { FrameObjectWord, FrameWord, TracebackWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { listInsert, listItem, listLength } from '../../core/list.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isInstance, isList, isStr } from '../../core/types.ts';
import { isTracing } from '../../eval/tracing/call-tracer.ts';
import { moduleDict } from '../make.ts';

export const FROZEN = '_frozen_importlib';
const FROZEN_EXTERNAL = '_frozen_importlib_external';

/** The library's name of a module that CPython has frozen under another one. */
export function libraryName(name: string): string {
  if (name === FROZEN) return 'importlib._bootstrap';
  return name === FROZEN_EXTERNAL ? 'importlib._bootstrap_external' : name;
}

/** A loaded module, borrowed; 0 if it is not loaded. */
function loadedModule(rt: Runtime, name: string): Ref {
  return dictGetText(rt, rt.words[RootRef.Modules], name);
}

/** An entry of a loaded module's namespace, borrowed; 0 if there is none. */
function entryOf(rt: Runtime, module: string, name: string): Ref {
  const loaded = loadedModule(rt, module);
  return loaded === 0 || !isInstance(rt, loaded, T.module) ? 0 : dictGetText(rt, moduleDict(rt, loaded), name);
}

function sysList(rt: Runtime, name: string): Ref {
  const list = dictGetText(rt, rt.words[RootRef.SysDict], name);
  return list !== 0 && isList(rt, list) ? list : 0;
}

function holdsJust(rt: Runtime, list: Ref, items: readonly Ref[]): boolean {
  return (
    list !== 0 &&
    listLength(rt, list) === items.length &&
    items.every((item, i) => item === 0 || listItem(rt, list, i) === item)
  );
}

/** Whether the program changed how modules are found. */
export function hasOwnFinders(rt: Runtime): boolean {
  const finders = [
    entryOf(rt, FROZEN, 'BuiltinImporter'),
    entryOf(rt, FROZEN, 'FrozenImporter'),
    entryOf(rt, FROZEN_EXTERNAL, 'PathFinder'),
  ];
  const installed = finders[2] !== 0;
  const meta = sysList(rt, 'meta_path');
  if (!installed)
    return (
      loadedModule(rt, FROZEN) === 0 && (!holdsJust(rt, meta, []) || !holdsJust(rt, sysList(rt, 'path_hooks'), []))
    );
  const zip = entryOf(rt, 'zipimport', 'zipimporter');
  return !holdsJust(rt, meta, finders) || !holdsJust(rt, sysList(rt, 'path_hooks'), zip === 0 ? [0] : [zip, 0]);
}

/** Whether the program traces or profiles, and so sees the frames of `importlib`. Loads that, unseen. @runsPython */
export function isWatched(rt: Runtime): boolean {
  if (!isTracing(rt)) return false;
  const H = rt.words;
  H[RootNum.TraceNesting]++;
  try {
    const m = tempMark(rt);
    temp(rt, rt.importModule(FROZEN));
    releaseTemps(rt, m);
  } finally {
    H[RootNum.TraceNesting]--;
  }
  return true;
}

/** Finds and loads a module by `importlib`: for finders of the program's own, for archives, and where that is seen. @runsPython */
export function importByLibrary(rt: Runtime, name: string): Owned {
  const m = tempMark(rt);
  const bootstrap = temp(rt, rt.importModule(FROZEN));
  const find = temp(rt, getAttrText(rt, bootstrap, '_find_and_load'));
  const text = temp(rt, newStr(rt, name));
  const at = mark(rt);
  try {
    return releaseKeeping(rt, m, call2(rt, find, text, dictGetText(rt, rt.words[RootRef.Builtins], '__import__')));
  } catch (error) {
    caught(rt, error, at);
    hideBootstrap(rt);
    rethrow();
  }
}

/** Takes the frames of `importlib` out of the pending exception's traceback: all of them for ImportError, else those that
 *  only hand the module's own exception on. Source: CPython 3.12 remove_importlib_frames. */
function hideBootstrap(rt: Runtime): void {
  const H = rt.words;
  const always = pendingMatches(rt, T.ImportError);
  let link = currentException(rt) + ExcWord.Traceback;
  let chunk = 0;
  let inside = false;
  for (let entry = H[link]; entry !== 0;) {
    const next = H[entry + TracebackWord.Next];
    const code = H[H[H[entry + TracebackWord.Frame] + FrameObjectWord.Frame] + FrameWord.Code];
    const isBootstrap = /^<frozen importlib\._bootstrap(_external)?>$/.test(strText(rt, H[code + CodeWord.FileName]));
    if (isBootstrap && !inside) chunk = link;
    inside = isBootstrap;
    if (inside && (always || strText(rt, H[code + CodeWord.Name]) === '_call_with_frames_removed')) {
      xincref(rt, next);
      setWord(rt, chunk, next as Owned | 0);
      link = chunk;
    } else link = entry + TracebackWord.Next;
    entry = next;
  }
}

/** Called when `_frozen_importlib` was loaded: makes it the machinery that programs see. @runsPython
 *  Source: CPython 3.12 init_importlib, init_importlib_external, init_zipimport. */
export function installBootstrap(rt: Runtime, bootstrap: Ref): void {
  const m = tempMark(rt);
  const install = temp(rt, getAttrText(rt, bootstrap, '_install'));
  const imp = temp(rt, rt.importModule('_imp'));
  temp(rt, call2(rt, install, rt.words[RootRef.SysModule], imp));
  const external = temp(rt, rt.importModule(FROZEN_EXTERNAL));
  dictSetText(rt, moduleDict(rt, bootstrap), '_bootstrap_external', external);
  temp(rt, call1(rt, temp(rt, getAttrText(rt, external, '_install')), bootstrap));
  specifyLoaded(rt);
  const zip = temp(rt, rt.importModule('zipimport'));
  listInsert(rt, sysList(rt, 'path_hooks'), 0, temp(rt, getAttrText(rt, zip, 'zipimporter')));
  releaseTemps(rt, m);
}

/** Gives the modules that were loaded without it what `importlib` says of them. */
function specifyLoaded(rt: Runtime): void {
  const modules = rt.words[RootRef.Modules];
  for (let i = dictNext(rt, modules, 0); i >= 0; i = dictNext(rt, modules, i + 1)) {
    const module = dictValueAt(rt, modules, i);
    const name = dictKeyAt(rt, modules, i);
    if (isInstance(rt, module, T.module) && isStr(rt, name)) specify(rt, module, strText(rt, name));
  }
}

function specify(rt: Runtime, module: Ref, name: string): void {
  const dict = moduleDict(rt, module);
  const file = dictGetText(rt, dict, '__file__');
  if (file === 0 || !isStr(rt, file)) return;
  const m = tempMark(rt);
  const path = dictGetText(rt, dict, '__path__');
  const spec = temp(rt, fileSpec(rt, name, file, path));
  if (name !== '__main__') dictSetText(rt, dict, '__spec__', spec);
  dictSetText(rt, dict, '__loader__', temp(rt, getAttrText(rt, spec, 'loader')));
  releaseTemps(rt, m);
}

/** `spec_from_file_location(name, file, submodule_search_locations=path)`; `path` may be 0. @runsPython */
function fileSpec(rt: Runtime, name: string, file: Ref, path: Ref): Owned {
  const m = tempMark(rt);
  const args = temp(rt, tupleOf(rt, temp(rt, newStr(rt, name)), file));
  const options = temp(rt, newDict(rt));
  if (path !== 0) dictSetText(rt, options, 'submodule_search_locations', path);
  return releaseKeeping(
    rt,
    m,
    callWithTuple(rt, entryOf(rt, FROZEN_EXTERNAL, 'spec_from_file_location'), args, options),
  );
}

/** A `ModuleSpec` once `importlib` is there, else 0. `origin` is a file's path, 'built-in', or null; `path` a list or 0. */
export function librarySpec(rt: Runtime, name: string, origin: string | null, path: Ref): Owned | 0 {
  if (entryOf(rt, FROZEN_EXTERNAL, 'spec_from_file_location') === 0) return 0;
  const m = tempMark(rt);
  const file = temp(rt, origin === null ? newRef(rt, S.None) : newStr(rt, origin));
  if (origin !== null && origin !== 'built-in') return releaseKeeping(rt, m, fileSpec(rt, name, file, path));
  const loader = origin === null ? S.None : entryOf(rt, FROZEN, 'BuiltinImporter');
  const args = temp(rt, tupleOf(rt, temp(rt, newStr(rt, name)), loader));
  const options = temp(rt, newDict(rt));
  dictSetText(rt, options, 'origin', file);
  const spec = temp(rt, callWithTuple(rt, entryOf(rt, FROZEN, 'ModuleSpec'), args, options));
  if (path !== 0) setSearchPath(rt, spec, path);
  return releaseKeeping(rt, m, newRef(rt, spec));
}

function setSearchPath(rt: Runtime, spec: Ref, path: Ref): void {
  const dict = temp(rt, getAttrText(rt, spec, '__dict__'));
  dictSetText(rt, dict, 'submodule_search_locations', path);
  dropTemp(rt, dict);
}
