/** Random programs with finalizers, weak references and cycles die in the order in which they die in CPython 3.12
 *  (order-fixture.json, written by make-order-fixture.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collect } from '../src/collector/generations.ts';
import { DictWord, ListWord } from '../src/layout/containers.ts';
import { GcRoot } from '../src/layout/gc.ts';
import { ObjectWord } from '../src/layout/object.ts';
import type { Owned, Ref } from '../src/memory/ref.ts';
import { decref, newRef } from '../src/object/refcount.ts';
import { weakrefObject } from '../src/object/weakref.ts';
import { MiniPython } from './mini-python.ts';

type Op = [string, ...(number | number[] | [number, number][])[]];
interface Case {
  seed: number;
  program: Op[];
  log: string[];
}

const SLOTS = 16;
const cases = JSON.parse(readFileSync(new URL('order-fixture.json', import.meta.url), 'utf8')) as Case[];

class Player {
  readonly py = new MiniPython();
  readonly log: string[] = [];
  readonly #serials = new Map<Ref, number>();
  readonly #callbacks = new Map<Ref, number>();
  readonly #classes: Ref[];
  readonly #node: Ref;
  readonly #slotted: Ref;
  readonly #items: Ref;
  readonly #held: Ref[] = [];
  audits = false;

  constructor() {
    const py = this.py;
    const n = (o: Ref): number => this.#serials.get(o)!;
    const says =
      (word: string, then: (o: Ref) => void = () => undefined) =>
      (o: Ref): void => {
        this.log.push(`${word} ${n(o)}`);
        if (this.audits) this.audit();
        then(o);
      };
    this.#node = py.class({ name: 'Node', attributes: ['n', 'a', 'b'] });
    const base = this.#node;
    const plain = py.class({ name: 'Plain', base });
    const logs = py.class({ name: 'Logs', base, finalize: says('del') });
    const rises = py.class({
      name: 'Rises',
      base,
      finalize: says('rise', (o) => this.#put(n(o) % SLOTS, newRef(py, o))),
    });
    const drops = py.class({ name: 'Drops', base, finalize: says('drop', (o) => this.#drop(n(o) * 7)) });
    this.#slotted = py.class({ name: 'Slotted', slots: 3, finalize: says('slot') });
    const derived = py.class({ name: 'Derived', base: this.#slotted, slots: 1 });
    this.#items = py.class({ name: 'Items', base: py.list, attributes: [], finalize: (o) => this.#finalizeItems(o) });
    this.#classes = [plain, logs, rises, drops, this.#slotted, derived];
    [this.#node, ...this.#classes, this.#items].forEach((type, i) => py.setTake(SLOTS + i, type as Owned));
    for (let i = 0; i < SLOTS; i++) py.setTake(i, py.none as Owned);
    py.callWeakrefCallback = (wr, callback) => this.#callBack(wr, callback);
    py.words[GcRoot.Enabled] = 0;
    collect(py);
    collect(py);
  }

  audit(leaks = false): void {
    this.py.audit({ leaks, roots: (visit) => this.#held.forEach(visit) });
  }

  step(op: Op): void {
    const py = this.py;
    const [kind, ...rest] = op;
    const [x, y, z, u, v] = rest as number[];
    const some = (rest[1] ?? []) as number[];
    const get = (i: number | undefined): Ref => py.get(i!);
    if (kind === 'new') this.#put(x!, this.#make(this.#classes[y!]!, z!, get(u), get(v)));
    else if (kind === 'set') this.#set(get(x), get(y), z!);
    else if (kind === 'list') this.#put(x!, py.newList(some.map(get)));
    else if (kind === 'append' && this.#is(get(x), py.list)) py.append(get(x), get(y));
    else if (kind === 'tuple') this.#put(x!, some.length === 0 ? newRef(py, py.none) : py.newTuple(some.map(get)));
    else if (kind === 'dict') this.#put(x!, py.newDict(some.map(get)));
    else if (kind === 'items') this.#put(x!, py.newList(some.map(get), this.#items));
    else if (kind === 'ref' && this.#referable(get(y))) this.#put(x!, this.#weakref(get(y), z!));
    else if (kind === 'wrapref' && this.#referable(get(y))) this.#put(x!, this.#wrap(this.#weakref(get(y), z!)));
    else if (kind === 'del') this.#drop(x!);
    else if (kind === 'deep') this.#deep(x!, rest[1] as [number, number][]);
    else if (kind === 'collect') this.log.push(`collect ${x}: ${collect(py, x!)}`);
  }

  #put(i: number, value: Owned): void {
    this.py.setTake(i, value);
  }

  #drop(i: number): void {
    this.#put(i % SLOTS, newRef(this.py, this.py.none));
  }

  #make(type: Ref, n: number, a: Ref, b: Ref): Owned {
    const py = this.py;
    const o = py.new(type);
    this.#serials.set(o, n);
    if (py.isInstance(o, this.#slotted)) {
      py.store(py.slot(o, 0), a);
      py.store(py.slot(o, 1), b);
      if (type !== this.#slotted) py.store(py.slot(o, 3), b);
    } else {
      py.store(py.attribute(o, 1), a);
      py.store(py.attribute(o, 2), b);
    }
    return o;
  }

  /** Holds object and value as the interpreter's stack does, and releases them in its order. */
  #set(o: Ref, value: Ref, which: number): void {
    const py = this.py;
    this.#held.push(newRef(py, o), newRef(py, value));
    if (this.#setAttribute(o, value, which)) this.#held.reverse();
    else this.#setItem(o, value, which);
    while (this.#held.length > 0) decref(py, this.#held.pop()!);
  }

  #setAttribute(o: Ref, value: Ref, which: number): boolean {
    const py = this.py;
    if (py.isInstance(o, this.#node)) py.store(py.attribute(o, 1 + which), value);
    else if (py.isInstance(o, this.#slotted)) py.store(py.slot(o, which), value);
    else return false;
    return true;
  }

  #setItem(o: Ref, value: Ref, which: number): void {
    const py = this.py;
    const H = py.words;
    if (this.#is(o, py.list) && H[o + ListWord.Size]! > 0) {
      py.store(H[o + ListWord.Items]! + (which % H[o + ListWord.Size]!), value);
    } else if (this.#is(o, py.dict) && H[o + DictWord.Used]! > 0) {
      py.setDictValue(o, which % H[o + DictWord.Used]!, value);
    }
  }

  #is(o: Ref, type: Ref): boolean {
    return this.py.words[o + ObjectWord.Type] === type;
  }

  #referable(o: Ref): boolean {
    const py = this.py;
    return [this.#node, this.#slotted, this.#items].some((type) => py.isInstance(o, type));
  }

  #weakref(o: Ref, n: number): Owned {
    const py = this.py;
    if (n === 0) return py.newRef(o, 0);
    const fn = py.newFunction();
    this.#callbacks.set(fn, n);
    const wr = py.newRef(o, fn);
    decref(py, fn);
    return wr;
  }

  #wrap(o: Owned): Owned {
    const tuple = this.py.newTuple([o]);
    decref(this.py, o);
    return tuple;
  }

  #deep(to: number, levels: [number, number][]): void {
    const py = this.py;
    let value = newRef(py, py.get(to));
    this.#held.push(value);
    this.#drop(to);
    this.#held.pop();
    for (const [shape, n] of levels) {
      const inner = value;
      if (shape === 0) value = py.newList([inner]);
      else if (shape === 1) value = py.newTuple([inner, py.none]);
      else if (shape === 2) value = py.newDict([inner]);
      else if (shape === 3) value = this.#make(this.#classes[1]!, n, inner, py.none);
      else if (shape === 4) value = this.#make(this.#slotted, n, py.none, inner);
      else value = py.newList([inner], this.#items);
      decref(py, inner);
    }
    this.#put(to, value);
  }

  #finalizeItems(o: Ref): void {
    this.log.push(`items ${this.py.words[o + ListWord.Size]}`);
    if (this.audits) this.audit();
  }

  #callBack(wr: Ref, callback: Ref): void {
    const n = this.#callbacks.get(callback)!;
    this.log.push(`callback ${n} ${weakrefObject(this.py, wr) === 0 ? 'True' : 'False'}`);
    if (this.audits) this.audit();
    if (n % 3 === 0) this.#drop(n * 5);
  }
}

describe('order of death', () => {
  it.each(cases.map((c) => [c.seed, c] as const))('is that of CPython 3.12 in program %i', (_, { program, log }) => {
    const player = new Player();
    for (const op of program) player.step(op);
    expect(player.log).toEqual(log);
    player.audit(true);
  });

  it('leaves every count right at every step, inside finalizers and callbacks too', () => {
    for (const { program } of cases.slice(0, 8)) {
      const player = new Player();
      player.audits = true;
      for (const op of program) {
        player.step(op);
        player.audit(true);
      }
    }
  });
});
