import { readFileSync } from 'node:fs';
import { decref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { expect, test } from 'vitest';
import { randomFrom } from '../../core/dict/bare-runtime.ts';
import { compactValue, newInt } from '../../core/int.ts';
import { SetSize } from '../../core/layout/set.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { bareRuntimeWithSets } from './bare-sets.ts';
import { copySet, newSet, setTableBytes } from './make.ts';
import { difference, intersection, symmetricDifference, union } from './operations.ts';
import { setAdd, setDiscard, setEntryAt, setLength, setNext, setPop } from './table.ts';
import { setDifferenceUpdate, setSymmetricUpdate } from './update.ts';

interface Case {
  seed: number;
  kind: number;
  spread: number;
  steps: number;
  seen: [number, string][];
}

const CASES = JSON.parse(readFileSync(new URL('./order.golden.json', import.meta.url), 'utf8')) as Case[];

type Random = (n: number) => number;

function makeMember(rt: Runtime, random: Random, kind: number, spread: number): Owned {
  const n = random(spread);
  const which = kind < 3 ? kind : random(3);
  if (which === 0) return newInt(rt, n);
  return which === 1 ? newInt(rt, n * 7919 - 400000) : newStr(rt, `s${n}`);
}

/** The first members in order, as the golden file has them. */
function show(rt: Runtime, s: Ref): string {
  const shown: (string | number)[] = [];
  for (let i = setNext(rt, s, 0); i >= 0 && shown.length < 40; i = setNext(rt, s, i + 1)) {
    const key = rt.words[setEntryAt(rt, s, i)];
    shown.push(rt.words[key + 1] === T.str ? strText(rt, key) : compactValue(rt, key));
  }
  return shown.join(' ');
}

/** Three sets in the first three temporaries, changed as order_golden.py does. */
class Sets {
  readonly rt = bareRuntimeWithSets();
  readonly base: number;

  constructor() {
    this.base = this.rt.words[RootNum.TempTop];
    for (let i = 0; i < 3; i++) temp(this.rt, newSet(this.rt));
  }

  at(i: number): Ref {
    return this.rt.words[this.base + i];
  }

  put(i: number, s: Owned): void {
    const old = this.at(i);
    this.rt.words[this.base + i] = s;
    decref(this.rt, old);
  }

  operate(random: Random, kind: number, spread: number): void {
    const { rt } = this;
    const a = this.at(random(3));
    const b = this.at(random(3));
    const op = random(60);
    if (op < 50) this.change(a, op < 36, makeMember(rt, random, kind, spread));
    else if (op < 53) {
      const popped = setPop(rt, a);
      if (popped !== 0) decref(rt, popped);
    } else if (op === 57) setDifferenceUpdate(rt, a, b);
    else if (op === 58) setSymmetricUpdate(rt, a, b);
    else this.put(random(3), this.combine(op, a, b));
  }

  change(s: Ref, adding: boolean, member: Owned): void {
    temp(this.rt, member);
    if (adding) setAdd(this.rt, s, member);
    else setDiscard(this.rt, s, member);
    dropTemp(this.rt, member);
  }

  combine(op: number, a: Ref, b: Ref): Owned {
    const { rt } = this;
    if (op === 53) return union(rt, a, b);
    if (op === 54) return intersection(rt, a, b);
    if (op === 55) return difference(rt, a, b);
    return op === 56 ? symmetricDifference(rt, a, b) : copySet(rt, a);
  }
}

test.each(CASES)('sets have the order and size of CPython (seed $seed, kind $kind)', (given) => {
  const sets = new Sets();
  const random = randomFrom(given.seed);
  const seen: [number, string][] = [];
  for (let step = 0; step < given.steps; step++) {
    sets.operate(random, given.kind, given.spread);
    if (step % 40 === 39) {
      const s = sets.at(Math.floor(step / 40) % 3);
      seen.push([SetSize.BasicBytes + 16 + setTableBytes(sets.rt, s), show(sets.rt, s)]);
    }
    if (step % 1000 === 0) sets.rt.audit({ leaks: true });
  }
  expect(seen).toEqual(given.seen);
  for (let i = 2; i >= 0; i--) dropTemp(sets.rt, sets.at(i));
  sets.rt.audit({ leaks: true });
});

test('a set of a hundred thousand integers has its members once', () => {
  const rt = bareRuntimeWithSets();
  const s = temp(rt, newSet(rt));
  const random = randomFrom(1);
  const model = new Set<number>();
  for (let i = 0; i < 100_000; i++) {
    const n = random(1 << 29);
    const member = temp(rt, newInt(rt, n));
    setAdd(rt, s, member);
    model.add(n);
    dropTemp(rt, member);
  }
  expect(setLength(rt, s)).toBe(model.size);
  dropTemp(rt, s);
  rt.audit({ leaks: true });
});
