/** What programs may use without writing it themselves: imports and helpers, added where their names occur. */
import { parse } from '../program.ts';
import type { Statement } from '../program.ts';

/** What programs import. */
const MODULES = [
  'collections',
  'contextlib',
  'copy',
  'ctypes',
  'dataclasses',
  'enum',
  'functools',
  'gc',
  'itertools',
  'operator',
  'pickle',
  'sys',
  'traceback',
  'types',
  'weakref',
];

/** What a bench imports once for all programs: also what modules import when a program calls them. `os` is what CPython's `site` has
 *  imported, and one more subclass of MutableMapping for `isinstance` to ask. */
export const SHARED_MODULES = ['os', ...MODULES, 'atexit', 'copyreg', 'linecache', 'tokenize', 'warnings'];

/** Helpers by name; one may use those above it. `settled`: compiling leaves other blocks free in CPython than in Moult, so that
 *  the collector's counts differ until a full collection. */
const HELPERS: readonly (readonly [name: string, source: string])[] = [
  [
    'gone',
    `
def gone(r):
    print('gone', r() is None)
`,
  ],
  [
    'settled',
    `
def settled(make):
    enabled = gc.isenabled()
    gc.disable()
    try:
        return make()
    finally:
        gc.collect()
        if enabled: gc.enable()
`,
  ],
  [
    'count_of',
    `
def count_of(o):
    return ctypes.c_ssize_t.from_address(id(o)).value
`,
  ],
  [
    'tally',
    `
def tally(objects):
    counts = {}
    for o in objects:
        name = type(o).__name__
        counts[name] = counts.get(name, 0) + 1
    return counts
`,
  ],
  [
    'changes',
    `
def changes(before, after):
    return [(name, after.get(name, 0) - before.get(name, 0)) for name in sorted(before | after) if after.get(name, 0) != before.get(name, 0)]
`,
  ],
  [
    'stats',
    `
gc.collect()
stats_before = gc.get_stats()
def stats(key):
    return [now[key] - before[key] for now, before in zip(gc.get_stats(), stats_before)]
`,
  ],
  [
    'census',
    `
def census(generation=None):
    return tally(gc.get_objects(generation))
`,
  ],
  [
    'kinds',
    `
def kinds(objects):
    counts = tally(objects)
    counts.pop('frame', None)
    return sorted(counts.items())
`,
  ],
  [
    'KeyedRef',
    `
class KeyedRef(weakref.ref):
    def __init__(self, o, callback=None):
        super().__init__(o, callback)
        self.key = 'key'
`,
  ],
  [
    'Problem',
    `
class Problem(Exception):
    def __init__(self, about):
        super().__init__('problem')
        self.about = about
    def __del__(self):
        print('del Problem')
`,
  ],
  [
    'Pair',
    `
class Pair(tuple):
    def __new__(cls, p, q):
        return super().__new__(cls, (p, q))
`,
  ],
  [
    'nothing',
    `
async def nothing():
    return None
`,
  ],
  [
    'numbers',
    `
async def numbers():
    yield 1
    yield 2
`,
  ],
  [
    'Manager',
    `
class Manager:
    def __init__(self, held, swallow=False):
        self.held = held
        self.swallow = swallow
    def __enter__(self):
        return self.held
    def __exit__(self, kind, error, tb):
        print('exit', kind and kind.__name__)
        return self.swallow
    def __del__(self):
        print('del Manager')
`,
  ],
  [
    'Loud',
    `
class Loud(type):
    def __del__(cls):
        print('del class', cls.__name__)
`,
  ],
  [
    'Field',
    `
class Field:
    def __set_name__(self, owner, name):
        self.name = '_' + name
    def __get__(self, o, owner=None):
        return self if o is None else o.__dict__.get(self.name)
    def __set__(self, o, value):
        o.__dict__[self.name] = value
`,
  ],
  [
    'Await',
    `
class Await:
    def __init__(self, value):
        self.value = value
    def __await__(self):
        got = yield self.value
        return got
    def __del__(self):
        print('del Await')
`,
  ],
];

const uses = (source: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(source);

/** The imports and helpers that `source` needs. */
export function prelude(source: string): Statement[] {
  let text = source;
  const helpers: string[] = [];
  for (const [name, helper] of [...HELPERS].reverse()) {
    if (!uses(text, name)) continue;
    helpers.unshift(helper);
    text += helper;
  }
  const imports = MODULES.filter((name) => new RegExp(`\\b${name}\\.`).test(text)).map((name) => `import ${name}\n`);
  return parse(imports.join('') + helpers.join(''));
}
