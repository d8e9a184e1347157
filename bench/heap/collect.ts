/**
 * What a collection costs an object, beside CPython 3.12 in the same run: a full collection of a million live objects,
 * one of a million objects in cycles of two, and objects made and freed at once. Best of nine rounds.
 *
 * The objects have the shape of CPython's: instances of a class with two `__slots__`, or of one with two attributes, each
 * of which names two others; for the last row `object()`, 16 bytes and not collected. Heap calls are measured, without an
 * interpreter; CPython's two last rows contain its loop and the call, which the row `loop and call alone` estimates
 * (a call of `int`, which allocates nothing).
 *
 *   npx esbuild bench/heap/collect.ts --bundle --platform=node --format=esm --minify-syntax --define:TRACE=false \
 *     --outfile=node_modules/.cache/bench-collect.mjs && node node_modules/.cache/bench-collect.mjs
 *
 * CPython is $MOULT_CPYTHON, python3.12 on the PATH, or pyenv's; without one its column is empty.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { GcRoot } from '../../packages/heap/src/layout/gc.ts';
import type { Owned, Ref } from '../../packages/heap/src/memory/ref.ts';
import { collect } from '../../packages/heap/src/collector/generations.ts';
import { genericAlloc } from '../../packages/heap/src/object/allocate.ts';
import { decref } from '../../packages/heap/src/object/refcount.ts';
import { MiniPython } from '../../packages/heap/test/mini-python.ts';

const COUNT = 1_000_000;
const ROUNDS = 9;

const CPYTHON = `
import gc, time, itertools
gc.disable()
COUNT, ROUNDS = ${COUNT}, ${ROUNDS}
class Slots:
    __slots__ = ("a", "b")
class Attributes:
    def __init__(self, a, b):
        self.a = a
        self.b = b
def slots(a, b):
    o = Slots()
    o.a = a
    o.b = b
    return o
def live(make):
    objects = [None]
    for _ in range(COUNT):
        objects.append(make(objects[-1], objects[len(objects) // 2]))
    gc.collect()
    return timed(gc.collect)
def garbage(make):
    best = 1e9
    for _ in range(ROUNDS):
        for _ in range(COUNT // 2):
            a = make(None, None)
            a.a = make(a, None)
        a = None
        best = min(best, timed(gc.collect, 1))
    return best
def churn():
    for _ in itertools.repeat(None, COUNT):
        Slots()
def churn_object():
    for _ in itertools.repeat(None, COUNT):
        object()
def call():
    for _ in itertools.repeat(None, COUNT):
        int()
def timed(f, rounds=ROUNDS):
    best = 1e9
    for _ in range(rounds):
        t = time.perf_counter()
        f()
        best = min(best, time.perf_counter() - t)
    return best
for r in (live(slots), live(Attributes), garbage(slots), garbage(Attributes), timed(churn), timed(churn_object), timed(call)):
    print(r / COUNT * 1e9)
`;

function cpython(): string | null {
  const versions = join(homedir(), '.pyenv', 'versions');
  const pyenv = existsSync(versions) ? readdirSync(versions).filter((name) => name.startsWith('3.12')) : [];
  const candidates = [process.env['MOULT_CPYTHON'], 'python3.12', ...pyenv.map((v) => join(versions, v, 'bin/python'))];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    try {
      const version = execFileSync(candidate, ['-V'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      if (version.startsWith('Python 3.12')) return candidate;
    } catch {
      continue; // not installed: the next one
    }
  }
  return null;
}

type Make = (py: MiniPython, type: Ref, a: Ref, b: Ref) => Owned;

const slots: Make = (py, type, a, b) => {
  const o = py.new(type);
  py.store(py.slot(o, 0), a);
  py.store(py.slot(o, 1), b);
  return o;
};
const attributes: Make = (py, type, a, b) => {
  const o = py.new(type);
  py.store(py.attribute(o, 0), a);
  py.store(py.attribute(o, 1), b);
  return o;
};

/** A fresh heap with a class of each kind. */
function world(): { py: MiniPython; classes: Map<Make, Owned> } {
  const py = new MiniPython({ reserveBytes: 2 ** 30 });
  py.words[GcRoot.Enabled] = 0;
  const classes = new Map([
    [slots, py.class({ name: 'Slots', slots: 2, weakrefs: false })],
    [attributes, py.class({ name: 'Attributes', attributes: ['a', 'b'] })],
  ]);
  return { py, classes };
}

function live(make: Make): number {
  const { py, classes } = world();
  const objects: Ref[] = [py.none];
  for (let i = 0; i < COUNT; i++) {
    objects.push(make(py, classes.get(make)!, objects[i]!, objects[(i + 1) >> 1]!));
  }
  collect(py);
  return timed(() => collect(py));
}

function garbage(make: Make): number {
  const { py, classes } = world();
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < COUNT / 2; i++) makePair(py, make, classes.get(make)!);
    best = Math.min(best, timed(() => collect(py), 1));
  }
  return best;
}

function makePair(py: MiniPython, make: Make, type: Ref): void {
  const a = make(py, type, py.none, py.none);
  const b = make(py, type, a, py.none);
  py.store(make === slots ? py.slot(a, 0) : py.attribute(a, 0), b);
  decref(py, a);
  decref(py, b);
}

/** Objects made and freed while another of their size class lives, as in any program. */
function churn(py: MiniPython, type: Ref): number {
  const other = genericAlloc(py, type);
  const best = timed(() => {
    for (let i = 0; i < COUNT; i++) decref(py, genericAlloc(py, type));
  });
  decref(py, other);
  return best;
}

function churnSlots(): number {
  const { py, classes } = world();
  return churn(py, classes.get(slots)!);
}

function churnObject(): number {
  const { py } = world();
  return churn(py, py.object);
}

/** The shortest time of some rounds, in nanoseconds for each of COUNT. */
function timed(run: () => void, rounds = ROUNDS): number {
  let best = Infinity;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1e6) / COUNT;
}

const NAMES = [
  'full collection, live, two slots',
  'full collection, live, two attributes',
  'full collection, garbage, two slots',
  'full collection, garbage, two attributes',
  'instance with two slots made and freed',
  'object() made and freed',
  'loop and call alone',
];
const ours = [live(slots), live(attributes), garbage(slots), garbage(attributes), churnSlots(), churnObject()];
const python = cpython();
const theirs = python === null ? [] : execFileSync(python, ['-c', CPYTHON], { encoding: 'utf8' }).split('\n').map(Number);

console.log('| ns an object | Moult | CPython 3.12 |');
console.log('| --- | ---: | ---: |');
NAMES.forEach((name, i) => console.log(`| ${name} | ${ours[i]?.toFixed(1) ?? ''} | ${theirs[i]?.toFixed(1) ?? ''} |`));
if (python === null) console.log('\nNo CPython 3.12 was found; set MOULT_CPYTHON.');
