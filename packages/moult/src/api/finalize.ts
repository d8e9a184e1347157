/**
 * The interpreter's end, in CPython 3.12's order (Py_FinalizeEx): exit callbacks, a collection, the modules one by one, `sys` and
 * `builtins` last, collections in between. Finalizers run and may print until the very end.
 */
import {
  clearWord,
  collect,
  collectNoFail,
  GcRoot,
  forEachTracked,
  generationHead,
  GENERATIONS,
  getReferents,
  newRef,
  newWeakref,
  TypeWord,
  weakrefObject,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import {
  dictClear,
  dictCopy,
  dictGetText,
  dictKeyAt,
  dictMerge,
  dictNext,
  dictSet,
  dictSetText,
  dictValueAt,
  Override,
} from '../core/dict/index.ts';
import { caught, clearException, mark } from '../core/errors.ts';
import { listAppend, listItem, listLength, newList } from '../core/list.ts';
import { Finalizing, RootNum, RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { strText } from '../core/str.ts';
import { dropTemp, temp } from '../core/temps.ts';
import { tupleItem, tupleOf } from '../core/tuple.ts';
import { TYPE_SPECS } from '../core/type-spec.ts';
import { isInstance, isStr } from '../core/types.ts';
import { runExitCallbacks } from '../modules/atexit.ts';
import { moduleDict } from '../modules/make.ts';
import { clearMainThread, waitForThreads } from '../modules/thread/shutdown.ts';
import { flushStandardFiles } from '../modules/sys/flush.ts';
import { dropTypeCaches } from '../objects/type/lookup.ts';
import { endsUnnoticed } from './unnoticed.ts';

/** Ends the interpreter. Returns true if output could not be flushed (exit code 120). `forGood`: nobody looks at the runtime
 *  afterwards, so its objects need not be torn down where nobody can tell. @runsPython @mayCollect */
export function finalize(rt: Runtime, forGood = false): boolean {
  const H = rt.words;
  waitForThreads(rt);
  runExitCallbacks(rt);
  let failed = !flushStandardFiles(rt);
  if (forGood && endsUnnoticed(rt)) return failed;
  H[RootNum.Finalizing] = Finalizing.Started;
  if (H[GcRoot.Enabled] !== 0) collect(rt);
  finalizeModules(rt);
  failed = !flushStandardFiles(rt) || failed;
  clearInterpreter(rt);
  return failed;
}

/** Source: CPython 3.12 finalize_modules. */
function finalizeModules(rt: Runtime): void {
  const H = rt.words;
  const modules = H[RootRef.Modules];
  if (modules === 0) return;
  clearWord(rt, RootRef.MainModule);
  deleteSpecial(rt);
  // What dies with sys.last_exc can still show its source.
  H[RootNum.Finalizing] = Finalizing.Modules;
  const weaklist = temp(rt, newList(rt, 0));
  removeModules(rt, modules, weaklist);
  dictClear(rt, modules);
  restoreBuiltins(rt);
  collectNoFail(rt);
  clearSurvivors(rt, weaklist);
  dropTemp(rt, weaklist);
  clearNamespace(rt, H[RootRef.SysDict]);
  clearNamespace(rt, H[RootRef.Builtins]);
  clearWord(rt, RootRef.GcModule);
  clearWord(rt, RootRef.SysModule);
  clearWord(rt, RootRef.BuiltinsModule);
  clearWord(rt, RootRef.Modules);
  collectNoFail(rt);
}

/** Attributes of `sys`: what imports use goes before and after the others. */
const SYS_IMPORT = ['path_importer_cache', 'path_hooks'];
const SYS_SPECIAL = 'path argv ps1 ps2 last_exc last_type last_value last_traceback __interactivehook__'.split(' ');

/** Names that hold on to much, and hooks: first. */
function deleteSpecial(rt: Runtime): void {
  const H = rt.words;
  const sys = H[RootRef.SysDict];
  for (const name of SYS_IMPORT) dictSetText(rt, sys, name, S.None);
  dictSetText(rt, H[RootRef.Builtins], '_', S.None);
  for (const name of SYS_SPECIAL) dictSetText(rt, sys, name, S.None);
  for (const name of ['stdin', 'stdout', 'stderr']) {
    dictSetText(rt, sys, name, dictGetText(rt, sys, `__${name}__`) || S.None);
  }
  dictSetText(rt, sys, 'meta_path', S.None);
}

/** Sets every module in `sys.modules` to None, remembering those that live on by weak references. */
function removeModules(rt: Runtime, modules: Ref, weaklist: Ref): void {
  for (let i = dictNext(rt, modules, 0); i >= 0; i = dictNext(rt, modules, i + 1)) {
    const name = dictKeyAt(rt, modules, i);
    const module = dictValueAt(rt, modules, i);
    if (!isInstance(rt, module, T.module)) continue;
    const wr = temp(rt, newWeakref(rt, T.weakref, module, 0));
    const pair = temp(rt, tupleOf(rt, name, wr));
    listAppend(rt, weaklist, pair);
    dropTemp(rt, pair);
    dropTemp(rt, wr);
    dictSet(rt, modules, name, S.None);
  }
}

/** What programs put into `builtins` goes; the original entries come back. */
function restoreBuiltins(rt: Runtime): void {
  const H = rt.words;
  const builtins = H[RootRef.Builtins];
  const copy = temp(rt, dictCopy(rt, builtins));
  dictClear(rt, builtins);
  const original = H[RootRef.BuiltinsCopy];
  if (original !== 0) dictMerge(rt, builtins, original, Override.Replace);
  dropTemp(rt, copy);
}

/** Modules that something still refers to: their names become None, the latest imported first. */
function clearSurvivors(rt: Runtime, weaklist: Ref): void {
  const H = rt.words;
  for (let i = listLength(rt, weaklist) - 1; i >= 0; i--) {
    const wr = tupleItem(rt, listItem(rt, weaklist, i), 1);
    const module = weakrefObject(rt, wr);
    if (module === 0) continue;
    const dict = moduleDict(rt, module);
    if (dict === H[RootRef.SysDict] || dict === H[RootRef.Builtins] || dict === 0) continue;
    temp(rt, newRef(rt, module));
    clearNamespace(rt, dict);
    dropTemp(rt, module);
  }
}

/** Sets all values of a namespace to None: names with one leading underscore first, `__builtins__` not at all.
 *  Source: CPython 3.12 _PyModule_ClearDict. */
function clearNamespace(rt: Runtime, dict: Ref): void {
  setNone(rt, dict, (name) => name.startsWith('_') && !name.startsWith('__'));
  setNone(rt, dict, (name) => name !== '__builtins__');
}

function setNone(rt: Runtime, dict: Ref, wanted: (name: string) => boolean): void {
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if (dictValueAt(rt, dict, i) === S.None || !isStr(rt, key)) continue;
    if (wanted(strText(rt, key))) quietly(rt, () => dictSet(rt, dict, key, S.None));
  }
}

function quietly(rt: Runtime, action: () => void): void {
  const m = mark(rt);
  try {
    action();
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
}

/** The last references of the interpreter itself. Source: CPython 3.12 interpreter_clear. */
function clearInterpreter(rt: Runtime): void {
  const H = rt.words;
  clearWord(rt, RootRef.AuditHooks);
  clearMainThread(rt);
  clearWord(rt, RootRef.ThreadDict);
  clearWord(rt, RootRef.AtexitCallbacks);
  clearWord(rt, RootRef.GcCallbacks);
  for (let word = RootRef.FirstFree as number; word < (RootRef.End as number); word++) clearWord(rt, word);
  collectNoFail(rt);
  for (const word of [RootRef.SysDict, RootRef.Builtins]) {
    if (H[word] !== 0) dictClear(rt, H[word]);
    clearWord(rt, word);
  }
  clearWord(rt, RootRef.BuiltinsCopy);
  clearWord(rt, RootRef.ImportFunction);
  clearWord(rt, RootRef.MemoryErrors);
  clearWord(rt, RootRef.LastMemoryError);
  clearWord(rt, GcRoot.Garbage);
  dropTypeCaches(rt);
  collectNoFail(rt);
}

/** Tracked objects that are still there and do not belong to a static type: after `finalize` there should be none. Borrowed. */
export function leftovers(rt: Runtime): Ref[] {
  const known = new Set<Ref>();
  for (const { ref } of TYPE_SPECS) {
    known.add(ref);
    addReachable(rt, ref, known);
  }
  const found: Ref[] = [];
  for (let i = 0; i <= GENERATIONS; i++) {
    forEachTracked(rt, generationHead(i), (o) => {
      if (rt.words[o] >= 0 && !known.has(o)) found.push(o);
    });
  }
  return found;
}

/** What a static type owns, and what that refers to. */
function addReachable(rt: Runtime, type: Ref, known: Set<Ref>): void {
  const H = rt.words;
  const pending = [TypeWord.Dict, TypeWord.Mro, TypeWord.Bases, TypeWord.Subclasses].map((word) => H[type + word]);
  for (let o = pending.pop(); o !== undefined; o = pending.pop()) {
    if (o === 0 || known.has(o)) continue;
    known.add(o);
    getReferents(rt, o, (ref) => pending.push(ref));
  }
}
