/** Making module objects: empty ones for files, and those of native modules from their declarations. */
import { decref, gcNew, newRef, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSet, dictSetTake, dictSetText, newDict } from '../core/dict/index.ts';
import { ModuleWord } from '../core/layout/functions.ts';
import type { ModuleSpec } from '../core/module-spec.ts';
import { Id } from '../core/names.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { internText, newStr } from '../core/str.ts';
import { orRelease, releaseKeeping, temp, tempMark, untemp } from '../core/temps.ts';
import { newBuiltin } from '../objects/descriptors/make.ts';

/** A module named `name` (borrowed str) with the five entries that every module has.
 *  Source: CPython 3.12 PyModule_NewObject. */
export function newModuleNamed(rt: Runtime, name: Ref): Owned {
  const H = rt.words;
  const module = gcNew(rt, T.module);
  H[module + ModuleWord.Def] = 0;
  H[module + ModuleWord.State] = 0;
  H[module + ModuleWord.WeakList] = 0;
  H[module + ModuleWord.Name] = newRef(rt, name);
  H[module + ModuleWord.Dict] = 0;
  temp(rt, module);
  const dict = newDict(rt);
  H[module + ModuleWord.Dict] = dict;
  dictSet(rt, dict, Id.__name__, name);
  for (const key of [Id.__doc__, Id.__package__, Id.__loader__, Id.__spec__]) dictSet(rt, dict, key, S.None);
  track(rt, module);
  return untemp(rt, module);
}

/** The dict of a module object, borrowed. */
export function moduleDict(rt: Runtime, module: Ref): Ref {
  return rt.words[module + ModuleWord.Dict];
}

/** Makes the module that `spec` declares. @runsPython */
export function newNativeModule(rt: Runtime, spec: ModuleSpec): Owned {
  // The two that are there before imports are named by strings of their own, which pickles show.
  const first = spec.name === 'builtins' || spec.name === 'sys';
  const name = first ? newStr(rt, spec.name) : internText(rt, spec.name);
  const m = tempMark(rt);
  const module = temp(rt, newModuleNamed(rt, name));
  const dict = moduleDict(rt, module);
  rt.words[module + ModuleWord.Def] = 1;
  if (spec.doc !== undefined) setTake(rt, dict, '__doc__', newStr(rt, spec.doc));
  dictSetText(rt, dict, '__package__', S.EmptyStr);
  for (const def of spec.functions ?? []) setTake(rt, dict, def.name, newBuiltin(rt, def.index, module, name));
  decref(rt, name);
  spec.populate?.(rt, dict, module);
  return releaseKeeping(rt, m, newRef(rt, module));
}

/** `dict[key] = value` for a namespace being made. Takes `value`. */
export function setTake(rt: Runtime, dict: Ref, key: string, value: Owned): void {
  dictSetTake(
    rt,
    dict,
    orRelease(rt, value, () => internText(rt, key)),
    value,
  );
}
