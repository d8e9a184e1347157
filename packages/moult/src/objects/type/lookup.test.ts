import { TypeWord } from '@moult/heap';
import { describe, expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { mainNamespace, runSource } from '../../api/run.ts';
import { dictGetText } from '../../core/dict/index.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { assignVersion, dropTypeCaches, typeLookup } from './lookup.ts';

function start(source: string): Runtime {
  const rt = createRuntime({ reserveBytes: 1 << 28 });
  expect(runSource(rt, source, 'lookup.py')).toBe(0);
  return rt;
}

const global = (rt: Runtime, name: string): number => dictGetText(rt, mainNamespace(rt), name);

describe('type versions', () => {
  test('a change of a base takes back the versions of all its subclasses', () => {
    const rt = start('class A: pass\nclass B(A): pass\nclass C(B): pass');
    const types = ['A', 'B', 'C'].map((name) => global(rt, name));
    const before = types.map((type) => assignVersion(rt, type));
    expect(new Set(before).size).toBe(3);
    runSource(rt, 'A.x = 1', 'lookup.py');
    for (const type of types) expect(rt.words[type + TypeWord.VersionTag]).toBe(0);
    for (const type of types) expect(before).not.toContain(assignVersion(rt, type));
  });

  test('an instance attribute leaves the version of the type alone', () => {
    const rt = start('class A: pass\na = A()');
    const version = assignVersion(rt, global(rt, 'A'));
    runSource(rt, 'a.x = 1', 'lookup.py');
    expect(rt.words[global(rt, 'A') + TypeWord.VersionTag]).toBe(version);
  });
});

describe('method cache', () => {
  test('gives what the dicts have, before and after a change', () => {
    const rt = start('class A:\n  x = 1\nclass B(A): pass');
    const b = global(rt, 'B');
    const name = internText(rt, 'x');
    const first = typeLookup(rt, b, name);
    expect(typeLookup(rt, b, name)).toBe(first);
    runSource(rt, 'A.x = "other value"', 'lookup.py');
    expect(typeLookup(rt, b, name)).not.toBe(first);
    runSource(rt, 'del A.x', 'lookup.py');
    expect(typeLookup(rt, b, name)).toBe(0);
  });

  test('forgets names that died', () => {
    const rt = start(
      'for i in range(2000):\n  getattr(int, "no" + str(i), None)\n  setattr(type("C", (), {}), "n" + str(i), 1)',
    );
    rt.audit();
  });

  test('can be dropped at any moment', () => {
    const rt = start('');
    const found = typeLookup(rt, T.list, Id.__len__);
    dropTypeCaches(rt);
    expect(typeLookup(rt, T.list, Id.__len__)).toBe(found);
  });
});
