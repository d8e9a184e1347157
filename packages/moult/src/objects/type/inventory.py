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
    lambda: object,
    lambda: type,
    lambda: int,
    lambda: bool,
    lambda: float,
    lambda: complex,
    lambda: str,
    lambda: bytes,
    lambda: bytearray,
    lambda: memoryview,
    lambda: list,
    lambda: tuple,
    lambda: dict,
    lambda: set,
    lambda: frozenset,
    lambda: range,
    lambda: slice,
    lambda: type(None),
    lambda: type(NotImplemented),
    lambda: type(...),
    lambda: type(f),
    lambda: type(len),
    lambda: type(clo().__init__),
    lambda: type(f.__code__),
    lambda: type(tb),
    lambda: type(tb.tb_frame),
    lambda: type(clo().__closure__[0]),
    lambda: type(f()),
    lambda: type(c),
    lambda: type(ag()),
    lambda: type(clo.__get__(1)),
    lambda: property,
    lambda: classmethod,
    lambda: staticmethod,
    lambda: super,
    lambda: type(list.append),
    lambda: type(dict.__dict__['fromkeys']),
    lambda: type(int.__add__),
    lambda: type(int.real),
    lambda: type(type(f).__dict__['__globals__']),
    lambda: type(type.__dict__),
    lambda: type(iter([])),
    lambda: type(reversed([])),
    lambda: type(iter(())),
    lambda: type(iter('')),
    lambda: type(iter('\u0101')),
    lambda: type(iter(b'')),
    lambda: type(iter(bytearray())),
    lambda: type(iter(range(1))),
    lambda: type(iter(range(10 ** 30))),
    lambda: type(iter(set())),
    lambda: type({}.keys()),
    lambda: type({}.values()),
    lambda: type({}.items()),
    lambda: type(iter({})),
    lambda: type(iter({}.values())),
    lambda: type(iter({}.items())),
    lambda: type(reversed({})),
    lambda: type(reversed({}.values())),
    lambda: type(reversed({}.items())),
    lambda: type(iter(int, 1)),
    lambda: enumerate,
    lambda: reversed,
    lambda: zip,
    lambda: map,
    lambda: filter,
    lambda: type(list[int]),
    lambda: type(int | str),
    lambda: type(__builtins__) if not isinstance(__builtins__, dict) else object,
    lambda: BaseException,
    lambda: BaseExceptionGroup,
    lambda: ExceptionGroup,
    lambda: Exception,
    lambda: GeneratorExit,
    lambda: KeyboardInterrupt,
    lambda: SystemExit,
    lambda: ArithmeticError,
    lambda: AssertionError,
    lambda: AttributeError,
    lambda: BufferError,
    lambda: EOFError,
    lambda: ImportError,
    lambda: LookupError,
    lambda: MemoryError,
    lambda: NameError,
    lambda: OSError,
    lambda: ReferenceError,
    lambda: RuntimeError,
    lambda: StopAsyncIteration,
    lambda: StopIteration,
    lambda: SyntaxError,
    lambda: SystemError,
    lambda: TypeError,
    lambda: ValueError,
    lambda: Warning,
    lambda: KeyError,
    lambda: UnicodeError,
    lambda: UnicodeDecodeError,
    lambda: UnicodeEncodeError,
    lambda: UnicodeTranslateError,
    lambda: IndentationError,
    lambda: RecursionError,
    lambda: ModuleNotFoundError,
]
for sample in samples:
    try:
        t = sample()
    except NameError as e:
        print(e)
        continue
    print(t.__module__, t.__qualname__, hex(t.__flags__ & ~(1 << 19)), t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__)
    print('  bases', t.__bases__, 'mro', [b.__name__ for b in t.__mro__])
    print('  dict', sorted(vars(t)))
