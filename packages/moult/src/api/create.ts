/** Starting an interpreter: a runtime with its types, `builtins`, `sys` and `__main__`. */
import {
  collect,
  decref,
  newRef,
  packSnapshot,
  restoreSnapshot,
  setLimit,
  setWord,
  takeSnapshot,
  unpackSnapshot,
} from '@moult/heap';
import type { Ref, Snapshot } from '@moult/heap';
import { dictCopy, dictGetText, dictSet, dictSetText, newDict } from '../core/dict/index.ts';
import { SLOT_FUNCTIONS } from '../core/functions.ts';
import { MODULE_SPECS } from '../core/module-spec.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Runtime, RuntimeOptions } from '../core/runtime.ts';
import { newSlice } from '../core/slice.ts';
import { S } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { connectCollector, makeGcLists } from '../modules/gc-hooks.ts';
import { importFull } from '../modules/import/import.ts';
import { addModule } from '../modules/import/load.ts';
import '../eval/install.ts';
import '../modules/index.ts';
import './python-module/module.ts';
import { moduleDict, newModuleNamed, newNativeModule, setTake } from '../modules/make.ts';
import { addSiteBuiltins } from '../modules/site.ts';
import { initSettings } from '../modules/sys/settings.ts';
import { addStreams, setProgram } from '../modules/sys/variables.ts';
import { connectRuntime, fillRuntime } from '../objects/type/ready.ts';
import { prepareSubclasses } from '../objects/type/subclasses.ts';

export interface StartOptions extends RuntimeOptions {
  /** `sys.path`; default none. */
  path?: readonly string[];
  /** `sys.executable`. */
  executable?: string;
  /** `sys.orig_argv`; default: the executable and `argv`. */
  commandLine?: readonly string[];
  /** `sys.warnoptions` and `sys._xoptions`. */
  warnOptions?: readonly string[];
  xOptions?: Readonly<Record<string, string | true>>;
  /** A state to begin with, from `startImage` of the same build: saves making every type. Only without `debug`. */
  image?: Uint8Array;
}

/** A runtime ready to run programs. Throws RangeError if `options.image` was made for a memory of another form. */
export function createRuntime(options: StartOptions = {}): Runtime {
  const rt = connect(options);
  const known = knownState(options);
  if (known === undefined) {
    fill(rt);
    if (isUsual(options)) filled.set(stackWords(options), takeSnapshot(rt));
  } else {
    restoreSnapshot(rt, known);
    setLimit(rt, options.budgetBytes ?? Infinity);
  }
  addProgram(rt, options);
  return rt;
}

/** The state after `fill`, by the size of the frame stack: every runtime of a process but the first begins with a copy. */
const filled = new Map<number, Snapshot>();

/** Room enough for `fill`. */
const FILL_BYTES = 64 << 20;

/** Makes the state that runtimes begin with, unless it is there: then the first one is made as fast as the later ones. For hosts that have
 *  time before they know of a program. */
export function prepareRuntimes(): void {
  if (!filled.has(0)) createRuntime({ reserveBytes: FILL_BYTES });
}

function stackWords(options: StartOptions): number {
  return options.frameStackWords ?? 0;
}

/** Whether the state after `fill` is that of most runtimes: names are hashed without a key, blocks have no fences. */
function isUsual(options: StartOptions): boolean {
  return (options.hashSeed ?? 0) === 0 && options.debug !== true;
}

function knownState(options: StartOptions): Snapshot | undefined {
  if (!isUsual(options)) return undefined;
  return options.image === undefined ? filled.get(stackWords(options)) : unpackSnapshot(options.image);
}

/** What `StartOptions.image` takes: the state of a new runtime before anything of its options is in it. It is the same for all
 *  runtimes of a build. */
export function startImage(): Uint8Array {
  const rt = connect({});
  const known = SLOT_FUNCTIONS.length;
  fill(rt);
  if (SLOT_FUNCTIONS.length !== known) throw new Error(`slot ${known} has no number before the start`);
  return packSnapshot(takeSnapshot(rt));
}

function connect(options: StartOptions): Runtime {
  const rt = connectRuntime(options);
  connectCollector(rt);
  rt.importModule = (name) => importFull(rt, name);
  return rt;
}

/** Makes what is the same for every program: types and the modules that are there from the start. */
function fill(rt: Runtime): void {
  fillRuntime(rt);
  initSettings(rt);
  makeGcLists(rt);
  setWord(rt, RootRef.Modules, newDict(rt));
  const sys = startModule(rt, 'sys');
  setWord(rt, RootRef.SysModule, newRef(rt, sys));
  setWord(rt, RootRef.SysDict, newRef(rt, moduleDict(rt, sys)));
  const builtins = startModule(rt, 'builtins');
  setWord(rt, RootRef.BuiltinsModule, newRef(rt, builtins));
  setWord(rt, RootRef.Builtins, newRef(rt, moduleDict(rt, builtins)));
  shareOpen(rt);
  setWord(rt, RootRef.BuiltinsCopy, dictCopy(rt, rt.words[RootRef.Builtins]));
  addSiteBuiltins(rt, rt.words[RootRef.Builtins]);
  addMain(rt);
  prepareSubclasses(rt);
  // CPython's own start leaves one slice behind for reuse (the slice cache is never emptied), so the first one of a program is no allocation.
  decref(rt, newSlice(rt, S.None, S.None, S.None));
  collect(rt, 0);
}

/** What the options say. */
function addProgram(rt: Runtime, options: StartOptions): void {
  const H = rt.words;
  addStreams(rt, H[RootRef.SysDict]);
  setProgram(rt, H[RootRef.SysDict], {
    argv: options.argv ?? [''],
    path: options.path ?? [],
    executable: options.executable ?? '',
    commandLine: options.commandLine ?? [options.executable ?? '', ...(options.argv ?? [''])],
    warnOptions: options.warnOptions ?? [],
    xOptions: options.xOptions ?? {},
  });
  H[RootNum.AuditInterval] = H[RootNum.AuditCountdown] = options.auditInterval ?? 0;
}

/** `open` is `_io.open`. */
function shareOpen(rt: Runtime): void {
  const io = rt.importModule('_io');
  dictSetText(rt, rt.words[RootRef.Builtins], 'open', dictGetText(rt, moduleDict(rt, io), 'open'));
  decref(rt, io);
}

/** Makes a native module before anything can be imported; returns it borrowed. */
function startModule(rt: Runtime, name: string): Ref {
  const spec = MODULE_SPECS.get(name);
  if (spec === undefined) throw new Error(`no native module ${name}`);
  const module = newNativeModule(rt, spec);
  addModule(rt, name, module);
  rt.words[module]--;
  return module;
}

/** `__main__`, empty but for what CPython puts there. Its name, in `sys.modules` too, is a string of its own, not the interned one. */
function addMain(rt: Runtime): void {
  const name = newStr(rt, '__main__');
  const main = newModuleNamed(rt, name);
  const dict = moduleDict(rt, main);
  setTake(rt, dict, '__annotations__', newDict(rt));
  dictSetText(rt, dict, '__builtins__', rt.words[RootRef.BuiltinsModule]);
  dictSet(rt, rt.words[RootRef.Modules], name, main);
  decref(rt, name);
  setWord(rt, RootRef.MainModule, main);
}
