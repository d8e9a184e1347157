/** Ways out that other Pythons on JavaScript have, and names that mean something to JavaScript. None of them leads anywhere. */
import { expect, test } from 'vitest';
import { createPython } from './python.ts';

const RESERVE = 1 << 29;

function output(source: string): string {
  using python = createPython({ reserveBytes: RESERVE });
  const { stdout, stderr } = python.run(source);
  expect(stderr).toBe('');
  return stdout;
}

test('modules by which other Pythons reach JavaScript are not there', () => {
  const names =
    'js pyodide pyodide_js _pyodide _pyodide_core browser browser.window javascript interpreter document window ' +
    'jsffi rust_py_module asyncweb js2py micropip pyscript emscripten node process fs constructor __proto__';
  const source = `
for name in '${names}'.split():
    for attempt in (lambda: __import__(name), lambda: __import__('_imp').create_builtin(type('Spec', (), {'name': name}))):
        try:
            found = attempt()
        except ImportError:
            continue
        if found is not None: print('found', name, found)
`;
  expect(output(source)).toBe('');
});

test('globals of JavaScript are no names', () => {
  const names =
    'window document globalThis self global process require module exports console fetch eval_js Function Object Array Math JSON Sk ' +
    '__BRYTHON__ $B $locals importScripts XMLHttpRequest WebAssembly Deno Bun constructor __proto__ prototype toString valueOf ' +
    'hasOwnProperty arguments this undefined';
  const source = `
for name in '${names}'.split():
    if name.isidentifier() and name != 'global':
        try:
            print('found', name, eval(name))
        except NameError:
            pass
    if name in vars(__builtins__) or name in globals(): print('key', name)
`;
  expect(output(source)).toBe('');
});

const JS_NAMES =
  'constructor __proto__ prototype caller callee toString valueOf toLocaleString hasOwnProperty isPrototypeOf propertyIsEnumerable ' +
  '__defineGetter__ __lookupGetter__ __js_module__ js_func $infos $factory apply call bind then';

test('attributes that objects of JavaScript have are missing in objects of every type', () => {
  const source = `
import sys, gc
def generator(): yield 1
async def coroutine(): pass
awaited = coroutine()
some = [None, 1, 1.5, 1j, 'x', b'x', [], {}, set(), frozenset(), (), int, object(), range(3), iter([]), iter({}), generator, generator(), awaited,
    sys, len, [].append, str.join, type, property(), slice(1), ValueError('x'), sys._getframe(), generator.__code__, memoryview(b'x'),
    sys.flags, sys.implementation, int | str, list[int], Ellipsis, NotImplemented, type(sys)('m'), map(int, []), (lambda: some).__closure__]
some += [type(o) for o in some]
for o in some:
    for name in '${JS_NAMES}'.split():
        if hasattr(o, name): print('attribute', name, o)
        try:
            # A generic class can be subscripted by anything.
            if not isinstance(o, type): print('item', name, o[name])
        except (TypeError, LookupError):
            pass
        try:
            print('format', format('{0.' + name + '}').format(o))
        except (AttributeError, KeyError):
            pass
awaited.close()
`;
  expect(output(source)).toBe('');
});

test('names of JavaScript are ordinary names', () => {
  const source = `
def f(__proto__=1, constructor=2, **rest): return __proto__, constructor, rest
print(f(), f(constructor=3, __proto__=4, toString=5), f(**{'hasOwnProperty': 1}))
class A:
    __slots__ = ('constructor', '__proto__')
    prototype = 1
a = A(); a.constructor = 1; a.__proto__ = 2
print(a.constructor, a.__proto__, hasattr(a, 'toString'), A.prototype)
class B: pass
b = B(); b.__proto__ = [1]; b.constructor = None
print(vars(b), dir(b)[-2:], {}.get('constructor'), {'__proto__': 1}, '__proto__' in {})
global_names = {'__proto__': 1}
exec('constructor = __proto__ + 1; del __proto__', global_names)
print(sorted(set(global_names) - {'__builtins__'}), __import__('sys').intern('__proto__'))
`;
  expect(output(source)).toBe(
    "(1, 2, {}) (4, 3, {'toString': 5}) (1, 2, {'hasOwnProperty': 1})\n1 2 False 1\n" +
      "{'__proto__': [1], 'constructor': None} ['__weakref__', 'constructor'] None {'__proto__': 1} False\n['constructor'] __proto__\n",
  );
});

test('names of JavaScript are unknown to tables of codecs, formats, hashes and kinds', () => {
  const source = `
import _codecs, _struct, time, _hashlib, math
attempts = [lambda n: 'x'.encode(n), lambda n: b'x'.decode(n), lambda n: '\\xff'.encode('ascii', n), lambda n: b'\\xff'.decode('ascii', n),
    _codecs.lookup, _codecs.lookup_error, _struct.calcsize, _hashlib.new, time.get_clock_info, lambda n: format(1, n), lambda n: format('', n),
    lambda n: format(1.5, n), lambda n: open(1, n), lambda n: compile('1', 'f', n), lambda n: compile(f'# coding: {n}\\n1'.encode(), 'f', 'exec'),
    lambda n: memoryview(b'x').cast(n), lambda n: float.__getformat__(n), lambda n: __import__('sys').set_int_max_str_digits(n)]
for name in 'constructor __proto__ toString valueOf hasOwnProperty'.split():
    for i, attempt in enumerate(attempts):
        try:
            print(name, i, attempt(name))
        except (LookupError, ValueError, TypeError, SyntaxError, _struct.error, OSError):
            pass
`;
  expect(output(source)).toBe('');
});

test('without a host there is no file, environment, process, network or clock', () => {
  const source = `
import posix, time, _socket, sys
def attempt(what):
    try:
        return what()
    except OSError as error:
        return type(error).__name__
print(attempt(lambda: open('/etc/passwd')), attempt(lambda: posix.listdir('/')), attempt(lambda: open('/tmp/x', 'w')))
print(dict(posix.environ), posix.getcwd(), posix.getpid(), posix.cpu_count(), posix.uname().nodename, hasattr(posix, 'fork'))
print(attempt(lambda: _socket.socket()), time.time(), time.monotonic(), sys.argv, sys.path, repr(sys.executable))
print(attempt(lambda: posix.system('true')) if hasattr(posix, 'system') else 'no system')
`;
  expect(output(source)).toMatchInlineSnapshot(`
    "FileNotFoundError FileNotFoundError OSError
    {} / 1 1 localhost False
    OSError 0.0 0.0 [''] [] ''
    OSError
    "
  `);
});
