/** Entries of the module `sys` that are no functions. */
import { decref, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, dictSetText, newDict } from '../../core/dict/index.ts';
import { newBigInt, newInt } from '../../core/int.ts';
import { listTake } from '../../core/list.ts';
import { MODULE_SPECS } from '../../core/module-spec.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { STDLIB_MODULE_NAMES } from '../../core/stdlib-names.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { newSetFrom } from '../../objects/set/make.ts';
import { setTake } from '../make.ts';
import { startTracing } from '../tracemalloc/module.ts';
import {
  HEX_VERSION,
  newFlags,
  newFloatInfo,
  newHashInfo,
  newImplementation,
  newIntInfo,
  newThreadInfo,
  newVersionInfo,
  VERSION,
} from './info.ts';
import { newStream } from './streams.ts';

/** Fills the namespace of `sys`, but for what the host decides (`setProgram`). */
export function addVariables(rt: Runtime, dict: Ref): void {
  const text = (name: string, value: string): void => setTake(rt, dict, name, newStr(rt, value));
  dictSetText(rt, dict, 'modules', rt.words[RootRef.Modules]);
  keepOriginals(rt, dict);
  text('version', VERSION);
  setTake(rt, dict, 'hexversion', newInt(rt, HEX_VERSION));
  setTake(
    rt,
    dict,
    '_git',
    tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, newStr(rt, 'CPython')),
      temp(rt, newStr(rt, '')),
      temp(rt, newStr(rt, '')),
    ),
  );
  text('_framework', '');
  setTake(rt, dict, 'api_version', newInt(rt, 1013));
  text('copyright', 'Moult is free software (MIT). The standard library is copyright (c) Python Software Foundation.');
  text('platform', 'linux');
  setTake(rt, dict, 'maxsize', newBigInt(rt, 2n ** 63n - 1n));
  setTake(rt, dict, 'float_info', newFloatInfo(rt));
  setTake(rt, dict, 'int_info', newIntInfo(rt));
  setTake(rt, dict, 'hash_info', newHashInfo(rt));
  setTake(rt, dict, 'maxunicode', newInt(rt, 0x10ffff));
  setTake(rt, dict, 'builtin_module_names', builtinNames(rt));
  setTake(rt, dict, 'stdlib_module_names', libraryNames(rt));
  text('byteorder', 'little');
  text('abiflags', '');
  setTake(rt, dict, 'version_info', newVersionInfo(rt));
  setTake(rt, dict, 'implementation', newImplementation(rt, dictGetText(rt, dict, 'version_info')));
  setTake(rt, dict, 'flags', newFlags(rt, {}));
  text('float_repr_style', 'short');
  setTake(rt, dict, 'thread_info', newThreadInfo(rt));
  addPaths(rt, dict);
}

/** The copies of the hooks that programs restore from. */
function keepOriginals(rt: Runtime, dict: Ref): void {
  for (const name of ['displayhook', 'excepthook', 'breakpointhook', 'unraisablehook']) {
    dictSetText(rt, dict, `__${name}__`, dictGetText(rt, dict, name));
  }
}

function builtinNames(rt: Runtime): Owned {
  const names = [...MODULE_SPECS.values()].filter((spec) => spec.hidden !== true).map((spec) => spec.name);
  return tupleTake(rt, ...names.sort().map((name) => newStr(rt, name)));
}

function libraryNames(rt: Runtime): Owned {
  const names = temp(rt, tupleTake(rt, ...[...STDLIB_MODULE_NAMES].map((name) => newStr(rt, name))));
  const set = newSetFrom(rt, T.frozenset, names);
  dropTemp(rt, names);
  return set;
}

function addPaths(rt: Runtime, dict: Ref): void {
  const text = (name: string, value: string): void => setTake(rt, dict, name, newStr(rt, value));
  for (const name of ['prefix', 'base_prefix', 'exec_prefix', 'base_exec_prefix']) text(name, '/usr/local');
  text('platlibdir', 'lib');
  for (const name of ['meta_path', 'path_hooks']) setTake(rt, dict, name, listTake(rt, []));
  setTake(rt, dict, 'path_importer_cache', newDict(rt));
  dictSetText(rt, dict, 'pycache_prefix', S.None);
  dictSetText(rt, dict, 'dont_write_bytecode', pyBool(true));
}

/** What the command line says about the program. */
interface ProgramOptions {
  readonly argv: readonly string[];
  readonly path: readonly string[];
  readonly executable: string;
  readonly commandLine: readonly string[];
  readonly warnOptions: readonly string[];
  readonly xOptions: Readonly<Record<string, string | true>>;
}

/** Sets `flags`, `argv`, `path` and the like. */
export function setProgram(rt: Runtime, dict: Ref, options: ProgramOptions): void {
  setTake(rt, dict, 'flags', newFlags(rt, { optimize: rt.options.optimize ?? 0, ...rt.options.flags }));
  const list = (items: readonly string[]): Owned =>
    listTake(
      rt,
      items.map((item) => newStr(rt, item)),
    );
  setTake(rt, dict, 'executable', newStr(rt, options.executable));
  setTake(rt, dict, '_base_executable', newStr(rt, options.executable));
  setTake(rt, dict, 'argv', list(options.argv));
  setTake(rt, dict, 'orig_argv', list(options.commandLine));
  setTake(rt, dict, 'path', list(options.path));
  // The library is looked for last.
  const library = options.path.at(-1);
  setTake(rt, dict, '_stdlib_dir', library === undefined ? newRef(rt, S.None) : newStr(rt, library));
  setTake(rt, dict, 'warnoptions', list(options.warnOptions));
  const xOptions = newDict(rt);
  for (const [name, value] of Object.entries(options.xOptions)) {
    setTake(rt, xOptions, name, value === true ? newRef(rt, S.True) : newStr(rt, value));
  }
  setTake(rt, dict, '_xoptions', xOptions);
  const tracedFrames = rt.options.flags?.['tracemalloc'] ?? 0;
  if (tracedFrames > 0) startTracing(rt, tracedFrames);
}

/** Makes the standard streams, with the copies that programs restore from. */
export function addStreams(rt: Runtime, dict: Ref): void {
  ['stdin', 'stdout', 'stderr'].forEach((name, fd) => {
    const stream = newStream(rt, fd);
    dictSetText(rt, dict, `__${name}__`, stream);
    dictSetText(rt, dict, name, stream);
    decref(rt, stream);
  });
}
