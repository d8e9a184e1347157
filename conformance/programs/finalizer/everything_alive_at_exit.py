import gc
import sys
import weakref
import atexit


class N:

    def __init__(self, n):
        self.n = n

    def __del__(self):
        print('del', self.n)


atexit.register(print, 'atexit 1')
a = N('a')
weakref.finalize(a, print, 'fin a')
atexit.register(print, 'atexit 2')
b = N('b')
fb = weakref.finalize(b, print, 'fin b')
fb.atexit = False
c = N('c')
weakref.finalize(c, print, 'fin c 1')
weakref.finalize(c, print, 'fin c 2')
_p = N('private')
__dunder = N('dunder')
lst = [N('l0'), N('l1')]
dct = {'x': N('dx'), 'y': N('dy')}
cyc = N('cyc')
cyc.me = cyc


class K:
    attr = N('class attr')

    def __del__(self):
        print('del K', self.__class__.__name__, N is None)


k = K()


def f(x=N('default')):
    pass


f.attr = N('fattr')


def gen():
    g = N('in gen')
    try:
        yield
    finally:
        print('gen finally', g is None)


g = gen()
next(g)
sys.mod_held = N('in sys')
import builtins

builtins.held = N('in builtins')
import types

m = types.ModuleType('m')
m.x = N('in module')
sys.modules['m'] = m
t = (N('tuple'),)


def outer():
    x = N('cell')
    return lambda: x


h = outer()
r = weakref.ref(a, lambda r: print('ref callback'))
s = {N('set')}
z = N('z')
z.other = N('z other')
print('end')
