# Every built-in type: flags, sizes, bases, MRO and the names in its dict.
def f(): yield
async def co(): pass
async def ag(): yield
def clo():
    x = 1
    return lambda: x

c = co()
c.close()
try:
    raise ValueError
except ValueError as e:
    tb = e.__traceback__
samples = [
    object, type, int, bool, float, complex, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice,
    type(None), type(NotImplemented), type(...), type(f), type(len), type(clo().__init__), type(f.__code__), type(tb), type(tb.tb_frame),
    type(clo().__closure__[0]), type(f()), type(c), type(ag()), type(clo.__get__(1)), property, classmethod, staticmethod, super,
    type(list.append), type(dict.__dict__['fromkeys']), type(int.__add__), type(int.real), type(type(f).__dict__['__globals__']),
    type(type.__dict__), type(iter([])), type(reversed([])), type(iter(())), type(iter('')), type(iter('\u0101')), type(iter(b'')),
    type(iter(bytearray())), type(iter(range(1))), type(iter(range(10 ** 30))), type(iter(set())), type({}.keys()), type({}.values()),
    type({}.items()), type(iter({})), type(iter({}.values())), type(iter({}.items())), type(reversed({})), type(reversed({}.values())),
    type(reversed({}.items())), type(iter(int, 1)), enumerate, reversed, zip, map, filter, type(list[int]), type(int | str),
    type(__builtins__) if not isinstance(__builtins__, dict) else object,
    BaseException, BaseExceptionGroup, ExceptionGroup, Exception, GeneratorExit, KeyboardInterrupt, SystemExit, ArithmeticError,
    AssertionError, AttributeError, BufferError, EOFError, ImportError, LookupError, MemoryError, NameError, OSError, ReferenceError,
    RuntimeError, StopAsyncIteration, StopIteration, SyntaxError, SystemError, TypeError, ValueError, Warning, KeyError, UnicodeError,
    UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError, IndentationError, RecursionError, ModuleNotFoundError,
]
for t in samples:
    print(t.__module__, t.__qualname__, hex(t.__flags__ & ~(1 << 19)), t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__)
    print('  bases', t.__bases__, 'mro', [b.__name__ for b in t.__mro__])
    print('  dict', list(vars(t)))
