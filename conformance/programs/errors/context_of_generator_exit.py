"""The exception that is handled where a generator is closed is the context of the GeneratorExit inside of it."""
import gc
import sys


def generator():
    try:
        yield 1
    except GeneratorExit as error:
        print('context', repr(error.__context__))
        raise


def ignores():
    try:
        yield 1
    finally:
        yield 2


def delegates():
    yield from generator()


def closed(make):
    g = make()
    next(g)
    g.close()


closed(generator)
try:
    raise KeyError('handled')
except KeyError:
    closed(generator)
    closed(delegates)

gc.disable()
gc.collect()
sys.unraisablehook = lambda unraisable: print(repr(unraisable.exc_value), repr(unraisable.exc_value.__context__))
g = ignores()
next(g)
try:
    raise KeyError('handled')
except KeyError:
    g = None
print(gc.collect())

for make in (staticmethod, classmethod, lambda: type(None, (), {}),
             lambda: type('x', None, {}), lambda: int.from_bytes(b'', None), lambda: ''.encode(None),
             lambda: ''.replace(None, ''), lambda: ''.removeprefix(None), lambda: bytes.fromhex(None),
             lambda: compile('', '', None), lambda: format(1, None), lambda: memoryview(b'').cast(None)):
    try:
        make()
    except TypeError as error:
        print(error)
