import { decref, failAllocation, HeapOutOfMemory, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { expect, test } from 'vitest';
import { newKey } from '../../core/dict/bare-runtime.ts';
import { dictCopy, dictPopItem, dictSetTake, dictSetText, newDict } from '../../core/dict/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { bareRuntimeWithSets } from './bare-sets.ts';
import { copySet, newSet } from './make.ts';
import { symmetricDifference, union } from './operations.ts';
import { setAdd } from './table.ts';

/** Runs `action` with the first allocation failing, then the second …, until it succeeds; the counts and blocks must be
 *  right after each failure. */
function failEachAllocation(rt: Runtime, action: () => void): void {
  for (let n = 1; ; n++) {
    const mark = tempMark(rt);
    failAllocation(rt, n);
    let failed = false;
    try {
      action();
    } catch (error) {
      expect(error).toBeInstanceOf(HeapOutOfMemory);
      failed = true;
    }
    failAllocation(rt, 0);
    releaseTemps(rt, mark);
    rt.audit({ leaks: true });
    if (!failed) return;
  }
}

function keep(rt: Runtime, o: Owned): Ref {
  return temp(rt, o);
}

test('dicts lose nothing when memory runs out', () => {
  const rt = bareRuntimeWithSets();
  const names = Array.from({ length: 30 }, (_, i) => keep(rt, internText(rt, `name${i}`)));
  failEachAllocation(rt, () => {
    const d = keep(rt, newDict(rt));
    for (const name of names) dictSetTake(rt, d, newRef(rt, name), S.True as Ref as Owned);
    dictSetTake(rt, d, newKey(rt, 3, 4), S.False as Ref as Owned);
    const copy = keep(rt, dictCopy(rt, d));
    dictSetText(rt, copy, 'name0', d);
    decref(rt, dictPopItem(rt, copy));
  });
});

test('sets lose nothing when memory runs out', () => {
  const rt = bareRuntimeWithSets();
  const keys = Array.from({ length: 40 }, (_, i) => keep(rt, newKey(rt, i * 7, i)));
  failEachAllocation(rt, () => {
    const s = keep(rt, newSet(rt));
    for (const key of keys) setAdd(rt, s, key);
    const other = keep(rt, copySet(rt, s));
    setAdd(rt, other, keep(rt, newKey(rt, 5, 100)));
    keep(rt, union(rt, s, other));
    keep(rt, symmetricDifference(rt, s, other));
  });
});
