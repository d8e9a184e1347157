/** What `_pickle` takes from other modules when it is imported: kept in one tuple. */
import { setWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { getAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { ModuleRef } from '../module-roots.ts';

/** Places in the tuple. */
export const enum Shared {
  DispatchTable = 0,
  ExtensionRegistry = 1,
  InvertedRegistry = 2,
  ExtensionCache = 3,
  /** Names of Python 2 to those of Python 3, modules alone, and back. */
  NewNames = 4,
  NewModules = 5,
  OldNames = 6,
  OldModules = 7,
  Encode = 8,
  GetAttr = 9,
  Partial = 10,
}

const SOURCES: readonly (readonly [module: string, name: string])[] = [
  ['copyreg', 'dispatch_table'],
  ['copyreg', '_extension_registry'],
  ['copyreg', '_inverted_registry'],
  ['copyreg', '_extension_cache'],
  ['_compat_pickle', 'NAME_MAPPING'],
  ['_compat_pickle', 'IMPORT_MAPPING'],
  ['_compat_pickle', 'REVERSE_NAME_MAPPING'],
  ['_compat_pickle', 'REVERSE_IMPORT_MAPPING'],
  ['codecs', 'encode'],
  ['builtins', 'getattr'],
  ['functools', 'partial'],
];

/** Fills the tuple. @runsPython */
export function collectShared(rt: Runtime): void {
  const m = tempMark(rt);
  const items = SOURCES.map(([module, name]) => temp(rt, getAttrText(rt, temp(rt, rt.importModule(module)), name)));
  setWord(rt, ModuleRef.PickleShared, tupleOf(rt, ...items));
  releaseTemps(rt, m);
}

/** One of them, borrowed. */
export function shared(rt: Runtime, which: Shared): Ref {
  return tupleItem(rt, rt.words[ModuleRef.PickleShared], which);
}
