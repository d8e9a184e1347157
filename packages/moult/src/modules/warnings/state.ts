/** The state of `_warnings`: the default filters, the registry of `once`, the number of changes to the filters. */
import { newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, newDict } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { listTake } from '../../core/list.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { ModuleNum, ModuleRef } from '../module-roots.ts';

/** Action, category and module of the filters that a release build starts with. */
const DEFAULTS: readonly (readonly [action: string, category: Ref, module: string | null])[] = [
  ['default', T.DeprecationWarning, '__main__'],
  ['ignore', T.DeprecationWarning, null],
  ['ignore', T.PendingDeprecationWarning, null],
  ['ignore', T.ImportWarning, null],
  ['ignore', T.ResourceWarning, null],
];

function filter(rt: Runtime, action: string, category: Ref, module: string | null): Owned {
  const name = module === null ? newRef(rt, S.None) : internText(rt, module);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, internText(rt, action)),
    temp(rt, newRef(rt, S.None)),
    temp(rt, newRef(rt, category)),
    temp(rt, name),
    temp(rt, newInt(rt, 0)),
  );
}

/** `_warnings.filters`, borrowed. */
export function ownFilters(rt: Runtime): Ref {
  const H = rt.words;
  if (H[ModuleRef.WarningFilters] === 0) {
    const items = DEFAULTS.map(([action, category, module]) => filter(rt, action, category, module));
    setWord(rt, ModuleRef.WarningFilters, listTake(rt, items));
  }
  return H[ModuleRef.WarningFilters];
}

/** `_warnings._onceregistry`, borrowed. */
export function ownOnceRegistry(rt: Runtime): Ref {
  const H = rt.words;
  if (H[ModuleRef.WarningsOnce] === 0) setWord(rt, ModuleRef.WarningsOnce, newDict(rt));
  return H[ModuleRef.WarningsOnce];
}

/** How often the filters changed: registries of another version are out of date. */
export function filtersVersion(rt: Runtime): number {
  return rt.words[ModuleNum.WarningVersion];
}

export function filtersMutated(rt: Runtime): void {
  rt.words[ModuleNum.WarningVersion]++;
}

/** The module `warnings` if it was imported (with `load`: imported now), borrowed from a temporary; else 0. @runsPython */
function warningsModule(rt: Runtime, load = false): Ref {
  const H = rt.words;
  const modules = H[RootRef.Modules];
  const found = modules === 0 ? 0 : dictGetText(rt, modules, 'warnings');
  if (found !== 0 && found !== S.None) return temp(rt, newRef(rt, found));
  if (!load || H[RootNum.Finalizing] !== 0) return 0;
  return temp(rt, rt.importModule('warnings'));
}

/** An attribute of the module `warnings`, borrowed from a temporary; 0 where there is no such module or attribute. @runsPython */
export function warningsAttr(rt: Runtime, name: string, load = false): Ref {
  const module = warningsModule(rt, load);
  if (module === 0) return 0;
  const value = lookupAttrText(rt, module, name);
  return value === 0 ? 0 : temp(rt, value);
}
