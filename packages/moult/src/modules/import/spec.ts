/** `ModuleSpec`: what `__spec__` of a module is. Before `importlib` is there, something with the same attributes. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { callWords } from '../builtins/classes.ts';
import { setTake } from '../make.ts';
import { librarySpec } from './bootstrap.ts';

/** A spec with the attributes that programs read. `origin` is a file's path, 'built-in', or null; `path` a list or 0. */
export function newModuleSpec(rt: Runtime, name: string, origin: string | null, path: Ref): Owned {
  const full = librarySpec(rt, name, origin, path);
  if (full !== 0) return full;
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  setTake(rt, dict, 'name', newStr(rt, name));
  dictSetText(rt, dict, 'loader', S.None);
  setTake(rt, dict, 'origin', origin === null ? newRef(rt, S.None) : newStr(rt, origin));
  dictSetText(rt, dict, 'submodule_search_locations', path || S.None);
  dictSetText(rt, dict, 'loader_state', S.None);
  dictSetText(rt, dict, 'cached', S.None);
  const dot = name.lastIndexOf('.');
  setTake(rt, dict, 'parent', newStr(rt, path !== 0 ? name : name.slice(0, Math.max(dot, 0))));
  dictSetText(rt, dict, 'has_location', pyBool(origin !== null && origin !== 'built-in'));
  if (path !== 0) setTake(rt, dict, '_uninitialized_submodules', newList(rt, 0));
  return releaseKeeping(rt, m, callWords(rt, T.simpleNamespace, [], dict));
}
