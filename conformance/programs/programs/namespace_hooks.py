# Namespaces of modules and classes that are not the usual ones: built-ins of their own, `__dict__` as a class's attribute,
# functions of a module's code, packages that are not named.
import builtins
import types
import warnings

import importlib  # noqa: F401 (module specs are complete once it is there)


class FrozenDict(dict):
    def __setitem__(self, *args):
        raise ValueError('frozen')


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


body = compile('class A: pass', '', 'exec')
exec(body, {'__builtins__': FrozenDict(builtins.__dict__)})
attempt(lambda: exec(body, {'__builtins__': FrozenDict()}))

warnings.simplefilter('ignore')
for namespace in [
    {'__package__': None, '__spec__': None, '__name__': '__main__'},
    {'__name__': 'os', '__path__': []},
    {},
    [],
    {'__package__': 3},
    {'__spec__': 5},
    {'__package__': 'no_such', '__spec__': None},
]:
    attempt(lambda: __import__('', namespace, {}, ('foo',), 1).__name__)


class Properties:
    __dict__ = 5
    __weakref__ = 6


print(Properties().__dict__, Properties().__weakref__, list(Properties.__dict__))


class Computed:
    def get_dict(self):
        return {'a': 2}

    __dict__ = property(get_dict)


print(vars(Computed()))

attempt(lambda: type('A\udc00', (), {}))
attempt(lambda: type('A', (), {'__doc__': '\udc00'}))
attempt(lambda: type('A\0', (), {}))
attempt(lambda: exec(memoryview(b'print(1)')))
attempt(lambda: eval(bytearray(b' 1')))
attempt(lambda: exec(5))

separator = bytearray(b',')


def clearing():
    separator.clear()
    yield b'A'


attempt(lambda: separator.join(clearing()))

function = types.FunctionType(compile('x = 5\nprint(x, locals() is globals())\n', 'm', 'exec'), globals())
function()
list(map(lambda f: f(), [function]))
function(*())

code = """
def f(): pass
g = type(f)(f.__code__, {})
"""
own = {'None': None}
names = {'type': type, '__builtins__': own}
exec(code, names)
print(names['g'].__builtins__ is own)


class Parameters[T]:
    pass


Parameters.__type_params__ = 'whatever'
print(Parameters.__type_params__)

warnings.simplefilter('error')
attempt(lambda: __import__('', {'__name__': 'os'}, {}, ('foo',), 1))
attempt(lambda: ~(1 == 1))
print(eval('1 if ~0 else 2'))
