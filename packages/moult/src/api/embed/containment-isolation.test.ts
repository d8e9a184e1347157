/** Runtimes of one process share nothing that a program can see: what one does, another does not notice. */
import { expect, test } from 'vitest';
import { createPython, type Python } from './python.ts';

const start = (): Python => createPython({ reserveBytes: 1 << 29 });

/** Facts about an interpreter: counts, ids, state of modules, caches, free lists, hashes. */
const FACTS = `
def facts():
    import sys, gc, _random, _codecs, _thread, _struct, _operator, _collections, _weakref, _warnings, _contextvars, errno, time
    class Probe: pass
    probe = Probe()
    return [hash('probe'), hash(b'probe'), id(probe) % 65536, id(object()) % 65536, id(sys.intern('a-name-of-its-own')) % 65536,
        sys.getrefcount(None), sys.getrefcount(int), sys.getrefcount('facts'), sys.getallocatedblocks(), sys.getrecursionlimit(), sys.getswitchinterval(),
        sys.get_int_max_str_digits(), gc.get_count(), gc.get_threshold(), gc.get_stats(), gc.isenabled(), len(gc.get_objects()), gc.get_debug(),
        sorted(sys.modules), sys.path, sys.argv, dir(__builtins__) == facts.names, _weakref.getweakrefcount(int), len(object.__subclasses__()),
        len(_warnings.filters), _thread._count(), _thread.stack_size(), sys.unraisablehook is sys.__unraisablehook__, _struct.calcsize('i'),
        [_codecs.lookup_error(n) is not None for n in ('strict', 'ignore')], errno.errorcode[2], sys.getsizeof(sys.modules), sys._debugmallocstats is not None]
facts.names = dir(__builtins__)
`;

/** Leaves traces in all state there is. */
const CHANGES = `
import sys, gc, _codecs, _thread, _struct, _weakref, _warnings, _contextvars, _random, _operator, builtins, itertools, _collections, atexit, _abc
sys.intern('a-name-of-its-own'); sys.intern('another')
sys.setrecursionlimit(555); sys.setswitchinterval(0.5); sys.set_int_max_str_digits(5000)
gc.set_threshold(17, 3, 2); gc.disable(); gc.freeze(); gc.set_debug(gc.DEBUG_SAVEALL)
_codecs.register(lambda name: None); _codecs.register_error('strict', lambda e: ('', 0)); _codecs.register_error('mine', lambda e: ('', 0))
builtins.added = 1; builtins.len = None; sys.path.append('/x'); sys.modules['mine'] = sys; sys.argv[:] = []
class Sub(int): pass
class Meta(type): pass
class WithMeta(metaclass=Meta): pass
reference = _weakref.ref(int)
_warnings.filters.append(('ignore', None, Warning, None, 0))
var = _contextvars.ContextVar('var'); var.set(1)
sys.unraisablehook = sys.excepthook = sys.displayhook = None
for form in ('iI', 'qQ', '3s'): _struct.calcsize(form)
kept = [object() for _ in range(5000)] + [Sub(i) for i in range(300)] + [str(i) for i in range(3000)]
_random.Random(5).random()
atexit.register(lambda: None)
errors = []
for i in range(200):
    try: [][i]
    except IndexError as e: errors.append(e)
`;

function factsOf(python: Python): string {
  const { stdout, stderr } = python.run('for fact in facts(): print(fact)');
  expect(stderr).toBe('');
  return stdout;
}

test('what one runtime does, another does not notice', () => {
  using alone = start();
  alone.run(FACTS);
  const expected = [factsOf(alone), factsOf(alone)];

  using changed = start();
  changed.run(FACTS);
  using watching = start();
  watching.run(FACTS);
  expect(factsOf(watching)).toBe(expected[0]);
  expect(changed.run(CHANGES).stderr).toBe('');
  expect(factsOf(watching)).toBe(expected[1]);
  using later = start();
  later.run(FACTS);
  expect([factsOf(later), factsOf(later)]).toEqual(expected);
  for (const python of [alone, changed, watching, later]) python.audit();
});

test('what one runtime does between two instructions of another does not show', () => {
  using alone = start();
  alone.run(FACTS);
  const program = 'before = facts()\npause()\nafter = facts()\nprint(before, after)';
  alone.set('pause', () => null);
  const expected = alone.run(program).stdout;
  using outer = start();
  outer.run(FACTS);
  outer.set('pause', () => {
    using inner = start();
    inner.run(CHANGES);
    return null;
  });
  expect(outer.run(program).stdout).toBe(expected);
});

test('a fork and its origin notice nothing of each other', () => {
  using alone = start();
  alone.run(FACTS);
  const expected = [factsOf(alone), factsOf(alone)];
  using origin = start();
  origin.run(FACTS);
  using fork = origin.fork();
  expect(fork.run(CHANGES).stderr).toBe('');
  expect([factsOf(origin), factsOf(origin)]).toEqual(expected);

  using second = start();
  second.run(FACTS);
  using other = second.fork();
  second.run(CHANGES);
  expect([factsOf(other), factsOf(other)]).toEqual(expected);
});

test('objects of one runtime are refused by another', () => {
  using one = start();
  using other = start();
  using list = one.evaluate('[1]');
  expect(() => {
    other.set('list', list);
  }).toThrow('this object belongs to another interpreter');
  using fork = ((): Python => {
    list.release();
    return one.fork();
  })();
  using again = one.evaluate('[1]');
  expect(() => {
    fork.set('list', again);
  }).toThrow('this object belongs to another interpreter');
});

test('a hash seed is of one runtime', () => {
  using seeded = createPython({ reserveBytes: 1 << 29, hashSeed: 7 });
  using plain = start();
  using other = createPython({ reserveBytes: 1 << 29, hashSeed: 8 });
  const hash = (python: Python): string => python.run('print(hash("text"), {"a", "b", "c", "d", "e"})').stdout;
  expect(new Set([hash(seeded), hash(plain), hash(other)]).size).toBe(3);
  using again = createPython({ reserveBytes: 1 << 29, hashSeed: 7 });
  expect(hash(again)).toBe(hash(seeded));
});
