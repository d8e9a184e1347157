# What stands in for a standard stream needs attributes, not methods of its class.
import sys
import types

written = []
stream = types.SimpleNamespace(write=written.append, flush=lambda: written.append('flushed'), readline=lambda: 'line\n')
print('a', 1, file=stream, flush=True)
out, sys.stdout = sys.stdout, stream
print('b')
sys.stdin = stream
read = input('prompt: ')
sys.stdout = out
print(written, repr(read))


class Guard:
    def __getattr__(self, name):
        sys.stdout = out
        raise RuntimeError(f'too early: {name}')


sys.stdout = Guard()
try:
    print('never')
except RuntimeError as error:
    print(error)


class NoFlush:
    write = written.append


del written[:]
sys.stdout = NoFlush()
input()
sys.stdout = out
print(written)

print(complex.real, complex.imag.__doc__, (1 + 2j).imag)
try:
    (1j).real = 5
except AttributeError as error:
    print(error)


class Base:
    pass


class Meta(type):
    def mro(cls):
        del Meta.mro
        return (Base,)


try:
    class Child(metaclass=Meta):
        pass
except TypeError as error:
    print(error)
