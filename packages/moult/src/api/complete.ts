/** Completion of names at a prompt: keywords, names of `__main__` and the built-ins, attributes. What rlcompleter does. */
import { newRef, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call1 } from '../core/call.ts';
import { dictGetText, dictKeyAt, dictNext } from '../core/dict/index.ts';
import { caught, clearException, mark } from '../core/errors.ts';
import { listItem, listLength } from '../core/list.ts';
import { lookupAttrText } from '../core/protocol/index.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { strText } from '../core/str.ts';
import { releaseTemps, temp } from '../core/temps.ts';
import { isList, isStr, slotOf } from '../core/types.ts';
import { mainNamespace } from './run.ts';

const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import ' +
  'in is lambda nonlocal not or pass raise return try while with yield match case type';

/** Texts that the dotted name `text` may become, sorted. Runs `__getattr__` and `__dir__` of the program's objects. @runsPython */
export function completions(rt: Runtime, text: string): string[] {
  const m = mark(rt);
  try {
    const found = text.includes('.') ? attributeNames(rt, text) : plainNames(rt, text);
    releaseTemps(rt, m.temps);
    return [...new Set(found)].sort();
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return [];
  }
}

function plainNames(rt: Runtime, text: string): string[] {
  const names = KEYWORDS.split(' ').filter((word) => word.startsWith(text));
  for (const dict of [mainNamespace(rt), rt.words[RootRef.Builtins]]) {
    for (const [name, value] of entries(rt, dict)) {
      if (!name.startsWith(text) || (text === '' && name.startsWith('_'))) continue;
      names.push(slotOf(rt, value, TypeWord.Call) === 0 ? name : `${name}(`);
    }
  }
  return names;
}

function* entries(rt: Runtime, dict: Ref): Generator<[string, Ref]> {
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if (isStr(rt, key)) yield [strText(rt, key), dictGetText(rt, dict, strText(rt, key))];
  }
}

function attributeNames(rt: Runtime, text: string): string[] {
  const parts = text.split('.');
  const prefix = parts.pop() ?? '';
  const object = resolve(rt, parts);
  if (object === 0) return [];
  const dir = dictGetText(rt, rt.words[RootRef.Builtins], 'dir');
  const list = temp(rt, call1(rt, dir, object));
  if (!isList(rt, list)) return [];
  const names: string[] = [];
  for (let i = 0; i < listLength(rt, list); i++) {
    const name = listItem(rt, list, i);
    if (isStr(rt, name)) names.push(strText(rt, name));
  }
  const hidden = (name: string): boolean => name.startsWith('_') && !prefix.startsWith('_');
  return names.filter((name) => name.startsWith(prefix) && !hidden(name)).map((name) => [...parts, name].join('.'));
}

/** The object that a chain of names leads to, held by the temporaries; 0 if there is none. */
function resolve(rt: Runtime, parts: readonly string[]): Ref {
  const [first = '', ...rest] = parts;
  const start = dictGetText(rt, mainNamespace(rt), first) || dictGetText(rt, rt.words[RootRef.Builtins], first);
  if (start === 0) return 0;
  let object: Ref = temp(rt, newRef(rt, start));
  for (const name of rest) {
    const next = lookupAttrText(rt, object, name);
    if (next === 0) return 0;
    object = temp(rt, next);
  }
  return object;
}
