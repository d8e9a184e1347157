/** Python programs that walk everything a program can reach, and call what they find. For tests of containment. */

/** Calls that end, stop or hold the program by right, or change the interpreter under the walk. */
const LEFT_ALONE = [
  'exit quit _exit abort breakpoint breakpointhook input interrupt_main raise_signal kill killpg',
  'settrace setprofile _settraceallthreads _setprofileallthreads call_tracing lock acquire acquire_lock join sleep select poll wait',
  'setrecursionlimit start_new_thread start_new disable __setstate__',
];

/** Fills `seen` with all objects that attributes, items, referents, frames and subclasses lead to, `texts` with the strings among them.
 *  Of each type the first instances are asked for their attributes, so that wrappers of wrappers come to an end. */
export const WALK = `
import sys, gc
seen, texts, samples, queue = {}, set(), {}, []

def add(o):
    if id(o) not in seen:
        seen[id(o)] = o
        queue.append(o)

def around(o):
    kind = type(o)
    samples[kind] = samples.get(kind, 0) + 1
    if isinstance(o, (type, type(sys))) or samples[kind] <= 3:
        for name in dir(o):
            try:
                add(getattr(o, name))
            except Exception:
                pass
    if isinstance(o, dict):
        for item in list(o.items()): add(item)
    elif isinstance(o, (list, tuple, set, frozenset)):
        for item in list(o): add(item)
    if isinstance(o, type):
        for item in type.__subclasses__(o): add(item)
    for item in gc.get_referents(o): add(item)

for name in sys.builtin_module_names:
    try:
        add(__import__(name))
    except ImportError:
        pass
add(sys.modules)
add(sys._getframe())
for o in gc.get_objects(): add(o)
while queue:
    o = queue.pop()
    if isinstance(o, str): texts.add(o)
    elif not isinstance(o, (int, float, bytes, complex, type(None))): around(o)
`;

/** After `WALK`: `work` is what can be called without harm to the walk itself, `attempt(i)` calls one of it with many arguments and
 *  adds what came out, as text, to `answers`. */
export const CALLS = `
LEFT_ALONE = set('''${LEFT_ALONE.join(' ')}'''.split())
MODULE = type(sys)
# Finalizers of objects that are made of anything complain.
sys.unraisablehook = lambda unraisable: None

def generator(): yield 1

def values():
    return [None, 0, 'constructor', b'x', [1], {1: 2}, (1, 2), int, generator(), object(), 10**30, sys._getframe()]

def arguments():
    some = values()
    yield (), {}
    yield (), {'constructor': 1}
    for i, a in enumerate(some):
        yield (a,), {}
        yield (a, some[(i * 7 + 3) % 12]), {}
        if i % 4 == 0: yield (a, some[(i * 5 + 1) % 12], some[(i * 11 + 2) % 12]), {'__proto__': a}

recipes = {}

def make(kind):
    '''A new instance in a tuple, or nothing if no arguments make one.'''
    if kind in recipes:
        return [(kind(*recipes[kind]),)] if recipes[kind] is not None else []
    recipes[kind] = None
    for args, _ in arguments():
        try:
            o = kind(*args)
        except Exception:
            continue
        recipes[kind] = args
        return [(o,)]
    return []

work = []
for f in seen.values():
    name, kind, owner = getattr(f, '__name__', ''), type(f).__name__, getattr(f, '__self__', None)
    if not callable(f) or name in LEFT_ALONE: continue
    if kind in ('method_descriptor', 'wrapper_descriptor', 'classmethod_descriptor'): work.append(f)
    elif kind == 'builtin_function_or_method' and (owner is None or isinstance(owner, (type, MODULE))): work.append(f)
    elif isinstance(f, type): work.append(f)

answers = set()

def attempt(i):
    f = work[i]
    owner = getattr(f, '__objclass__', None)
    for before in [()] if owner is None or type(f).__name__ == 'classmethod_descriptor' else make(owner):
        for args, names in arguments():
            try:
                result = f(*before, *args, **names)
            except BaseException as e:
                result = e
            try:
                answers.add(str(result)[:500])
            except Exception:
                pass
`;
