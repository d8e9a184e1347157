/** Names of globals: where an object is found by module and dotted name, and what Python 2 called it. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGet } from '../../core/dict/index.ts';
import { attributeError, runtimeError } from '../../core/errors.ts';
import { listItem, listLength, newListFromDictKeys } from '../../core/list.ts';
import { getAttrText, lookupAttrText, reprText } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { isStr, isTuple } from '../../core/types.ts';
import { shared } from './shared.ts';
import type { Shared } from './shared.ts';

/** The parts of a dotted name. Raises AttributeError for one inside a function; `o` (0: none) is what it was looked for in. */
export function dottedPath(rt: Runtime, o: Ref, name: string): string[] {
  const path = name.split('.');
  if (!path.includes('<locals>')) return path;
  const shown = reprText(rt, temp(rt, newStr(rt, name)));
  return attributeError(
    rt,
    o === 0 ? `Can't pickle local object ${shown}` : `Can't pickle local attribute ${shown} on ${reprText(rt, o)}`,
  );
}

/** Follows attributes; `parent` has the last one. Both are on the temporaries' stack. Null if one is missing. @runsPython */
export function deepAttribute(rt: Runtime, o: Ref, path: readonly string[]): { found: Ref; parent: Ref } | null {
  let parent = o;
  let found = temp(rt, newRef(rt, o));
  for (const name of path) {
    parent = found;
    const next = lookupAttrText(rt, found, name);
    if (next === 0) return null;
    found = temp(rt, next);
  }
  return { found, parent };
}

/** An attribute by a plain or dotted name. Raises AttributeError. @runsPython */
export function namedAttribute(rt: Runtime, o: Ref, name: string, dotted: boolean): Owned {
  const m = tempMark(rt);
  const path = dotted ? dottedPath(rt, o, name) : [name];
  const attribute = deepAttribute(rt, o, path);
  if (attribute === null) {
    const shown = reprText(rt, temp(rt, newStr(rt, name)));
    return attributeError(rt, `Can't get attribute ${shown} on ${reprText(rt, o)}`);
  }
  return releaseKeeping(rt, m, newRef(rt, attribute.found));
}

/** The name of the module that has the global `o`: its `__module__`, or the first that has it. @runsPython
 *  Source: CPython 3.12 whichmodule. */
export function moduleOf(rt: Runtime, o: Ref, path: readonly string[]): Owned {
  const named = lookupAttrText(rt, o, '__module__');
  if (named !== 0 && named !== S.None) return named;
  const modules = rt.words[RootRef.Modules];
  if (modules === 0) runtimeError(rt, 'unable to get sys.modules');
  const m = tempMark(rt);
  const names = temp(rt, newListFromDictKeys(rt, modules));
  for (let i = 0; i < listLength(rt, names); i++) {
    const name = listItem(rt, names, i);
    if (isStr(rt, name) && hasGlobal(rt, modules, name, path, o)) return releaseKeeping(rt, m, newRef(rt, name));
  }
  return releaseKeeping(rt, m, newStr(rt, '__main__'));
}

function hasGlobal(rt: Runtime, modules: Ref, name: Ref, path: readonly string[], o: Ref): boolean {
  const module = strText(rt, name) === '__main__' ? 0 : dictGet(rt, modules, name);
  if (module === 0 || module === S.None) return false;
  const m = tempMark(rt);
  const found = deepAttribute(rt, module, path)?.found === o;
  releaseTemps(rt, m);
  return found;
}

/** `module.name` under the names of the other Python: those of single globals, else of whole modules. */
export function translated(
  rt: Runtime,
  module: string,
  name: string,
  names: Shared,
  modules: Shared,
): readonly [module: string, name: string] {
  const m = tempMark(rt);
  const key = temp(rt, tupleOf(rt, temp(rt, newStr(rt, module)), temp(rt, newStr(rt, name))));
  const pair = dictGet(rt, shared(rt, names), key);
  const other = pair !== 0 ? 0 : dictGet(rt, shared(rt, modules), tupleItem(rt, key, 0));
  const result =
    pair !== 0 && isTuple(rt, pair)
      ? ([strText(rt, tupleItem(rt, pair, 0)), strText(rt, tupleItem(rt, pair, 1))] as const)
      : ([other !== 0 ? strText(rt, other) : module, name] as const);
  releaseTemps(rt, m);
  return result;
}

/** `__qualname__`, or `__name__`. @runsPython */
export function globalName(rt: Runtime, o: Ref): Owned {
  return lookupAttrText(rt, o, '__qualname__') || getAttrText(rt, o, '__name__');
}

/** True if `o` is a str and nothing derived from it. */
export function isPlainStr(rt: Runtime, o: Ref): boolean {
  return rt.words[o + ObjectWord.Type] === (T.str as number);
}
