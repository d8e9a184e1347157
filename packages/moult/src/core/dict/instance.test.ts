import {
  Destructor,
  DictWord,
  genericAlloc,
  HeadWord,
  KeysWord,
  LayoutKind,
  newRef,
  TypeFlag,
  TypeWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { describe, expect, test } from 'vitest';
import { compactValue, newInt } from '../int.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { internText, strText } from '../str.ts';
import { dropTemp, temp } from '../temps.ts';
import { bareRuntime, KEY_TYPE, randomFrom } from './bare-runtime.ts';
import {
  dictCopy,
  dictDeleteText,
  dictGetText,
  dictKeyAt,
  dictNext,
  dictPopItem,
  dictSetText,
  dictTableSize,
  initInlineValues,
  instanceDict,
  instanceDictOrZero,
  instanceGet,
  instanceSet,
  newSharedKeys,
} from './index.ts';

/** A type made by a class statement, as far as attributes are concerned. */
const CLASS: Ref = KEY_TYPE + 128;

function runtimeWithClass(): Runtime {
  const rt = bareRuntime();
  const H = rt.words;
  H[CLASS] = -1;
  H[CLASS + TypeWord.Type] = T.type;
  H[CLASS + TypeWord.Flags] = TypeFlag.HaveGc | TypeFlag.ManagedDict | TypeFlag.ManagedWeakref | TypeFlag.Ready;
  H[CLASS + TypeWord.BasicSize] = 16;
  H[CLASS + TypeWord.BasicWords] = 2;
  H[CLASS + TypeWord.Traverse] = LayoutKind.Instance;
  H[CLASS + TypeWord.Dealloc] = Destructor.Instance;
  H[CLASS + TypeWord.Base] = T.object;
  H[CLASS + TypeWord.DictOffset] = -1;
  H[CLASS + TypeWord.HtCachedKeys] = newSharedKeys(rt);
  rt.rootScanners.push((_heap, visit) => visit(CLASS));
  return rt;
}

function instance(rt: Runtime): Ref {
  const o = temp(rt, genericAlloc(rt, CLASS));
  initInlineValues(rt, o, CLASS);
  return o;
}

function set(rt: Runtime, o: Ref, name: string, n: number): void {
  const key = temp(rt, internText(rt, name));
  const value = temp(rt, newInt(rt, n));
  instanceSet(rt, o, key, value);
  dropTemp(rt, value);
  dropTemp(rt, key);
}

function remove(rt: Runtime, o: Ref, name: string): boolean {
  const key = temp(rt, internText(rt, name));
  const found = instanceSet(rt, o, key, 0);
  dropTemp(rt, key);
  return found;
}

function get(rt: Runtime, o: Ref, name: string): number | undefined {
  const key = temp(rt, internText(rt, name));
  const value = instanceGet(rt, o, key);
  dropTemp(rt, key);
  return value === 0 ? undefined : compactValue(rt, value);
}

function names(rt: Runtime, d: Ref): string[] {
  const found: string[] = [];
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) found.push(strText(rt, dictKeyAt(rt, d, i)));
  return found;
}

function end(rt: Runtime, ...held: Ref[]): void {
  for (const o of held.reverse()) dropTemp(rt, o);
  rt.audit();
}

describe('attributes of an instance', () => {
  test('stay inline and share their keys', () => {
    const rt = runtimeWithClass();
    const a = instance(rt);
    const b = instance(rt);
    set(rt, a, 'x', 1);
    set(rt, b, 'x', 2);
    set(rt, b, 'y', 3);
    expect([get(rt, a, 'x'), get(rt, b, 'x'), get(rt, a, 'y'), get(rt, b, 'y')]).toEqual([1, 2, undefined, 3]);
    expect(instanceDictOrZero(rt, a)).toBe(0);
    expect(rt.words[a + HeadWord.DictOrValues]).toBeLessThan(0);
    expect(rt.words[rt.words[CLASS + TypeWord.HtCachedKeys] + KeysWord.NumEntries]).toBe(2);
    end(rt, a, b);
  });

  test('keep the order in which each instance got them', () => {
    const rt = runtimeWithClass();
    const a = instance(rt);
    const b = instance(rt);
    for (const name of ['x', 'y', 'z']) set(rt, a, name, 1);
    for (const name of ['z', 'x', 'y']) set(rt, b, name, 1);
    expect(remove(rt, b, 'x')).toBe(true);
    expect(remove(rt, b, 'x')).toBe(false);
    set(rt, b, 'x', 5);
    expect(names(rt, instanceDict(rt, a))).toEqual(['x', 'y', 'z']);
    expect(names(rt, instanceDict(rt, b))).toEqual(['z', 'y', 'x']);
    end(rt, a, b);
  });

  test('move to a dict that shares the keys when the dict is asked for', () => {
    const rt = runtimeWithClass();
    const a = instance(rt);
    set(rt, a, 'x', 1);
    const d = temp(rt, newRef(rt, instanceDict(rt, a)));
    expect(64 + dictTableSize(rt, d)).toBe(296);
    set(rt, a, 'y', 2);
    expect(names(rt, d)).toEqual(['x', 'y']);
    const value = temp(rt, newInt(rt, 9));
    dictSetText(rt, d, 'q', value);
    expect(get(rt, a, 'q')).toBe(9);
    const copy = temp(rt, dictCopy(rt, d));
    expect(dictDeleteText(rt, d, 'x')).toBe(true);
    expect([names(rt, d), names(rt, copy)]).toEqual([
      ['y', 'q'],
      ['x', 'y', 'q'],
    ]);
    end(rt, a, d, value, copy);
  });

  test('leave the shared keys when an item is popped', () => {
    const rt = runtimeWithClass();
    const a = instance(rt);
    for (const name of ['x', 'y', 'z']) set(rt, a, name, 1);
    const d = temp(rt, newRef(rt, instanceDict(rt, a)));
    const pair = temp(rt, dictPopItem(rt, d));
    expect(rt.words[d + DictWord.Values]).toBe(0);
    expect(names(rt, d)).toEqual(['x', 'y']);
    end(rt, a, d, pair);
  });

  test('go to a dict of their own beyond the room of the shared keys', () => {
    const rt = runtimeWithClass();
    const a = instance(rt);
    for (let i = 0; i < 60; i++) set(rt, a, `n${i}`, i);
    expect(instanceDictOrZero(rt, a)).not.toBe(0);
    for (let i = 0; i < 60; i++) expect(get(rt, a, `n${i}`)).toBe(i);
    end(rt, a);
  });

  test('behave as Maps over random operations', () => {
    const rt = runtimeWithClass();
    const random = randomFrom(7);
    const objects = Array.from({ length: 8 }, () => instance(rt));
    const models = objects.map(() => new Map<string, number>());
    for (let step = 0; step < 30_000; step++) {
      const i = random(objects.length);
      const [o, model] = [objects[i]!, models[i]!];
      const name = `a${random(i < 4 ? 12 : 50)}`;
      const op = random(10);
      if (op < 5) {
        set(rt, o, name, step);
        model.set(name, step);
      } else if (op < 8) expect(remove(rt, o, name)).toBe(model.delete(name));
      else expect(get(rt, o, name)).toBe(model.get(name));
      if (random(5000) === 0) expect(names(rt, instanceDict(rt, o))).toEqual([...model.keys()]);
      if (step % 5000 === 0) rt.audit();
    }
    objects.forEach((o, i) => expect(names(rt, instanceDict(rt, o))).toEqual([...models[i]!.keys()]));
    expect(dictGetText(rt, instanceDict(rt, objects[0]!), 'none')).toBe(0);
    end(rt, ...objects);
  });
});

test('an owned reference is handed to the dict by the storing functions', () => {
  const rt = runtimeWithClass();
  const a = instance(rt);
  const value: Owned = newInt(rt, 100000);
  const key = temp(rt, internText(rt, 'name'));
  temp(rt, value);
  instanceSet(rt, a, key, value);
  expect(rt.words[value]).toBe(2);
  end(rt, a, key, value);
});
