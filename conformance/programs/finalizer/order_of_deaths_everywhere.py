import gc
import sys
import weakref


class N:

    def __init__(self, n):
        self.n = n

    def __del__(self):
        print('  del', self.n)

    def __repr__(self):
        return f'N({self.n})'


gc.disable()
print('dicts')
d = {1: N('a'), 2: N('b'), 3: N('c')}
d[1] = None
d.pop(2)
d.update({3: N('c2')})
d.clear()
print('list')
l = [N(i) for i in range(4)]
l[1:3] = []
del l[0]
l.clear()
print('slice assign')
l = [N(i) for i in range(4)]
l[:] = [N('x')]
l *= 0
print('tuple')
t = (N(1), N(2), N(3))
del t
print('set')
s = set()
print('nested')
n = [N('o'), [N('i1'), [N('i2')]], {'k': N('k')}]
del n
print('swap')
a, b = (N('A'), N('B'))
a, b = (b, a)
del a
del b
print('rebind')
a = N(1)
a = N(2)
a = None
print('func')


def f():
    x = N('x')
    y = N('y')
    z = [x, y]
    del x
    w = N('w')


f()
print('exc')


def g():
    x = N('gx')
    raise ValueError(N('arg'))


try:
    g()
except ValueError as e:
    print('caught', e)
print('gen')


def gen():
    x = N('g1')
    yield 1
    y = N('g2')
    yield 2


for i in gen():
    print(i)
    if i == 2:
        break
print('gen2')
q = gen()
next(q)
next(q)
q.close()
print('comp')
[N(i) for i in range(2)]
{i: N(i) for i in range(2)}
print('class')


class C:
    x = N('cx')

    def m(self):
        pass


del C
print(gc.collect() > 0)
print('inst')
o = N('o')
o.a = N('oa')
o.b = N('ob')
del o
print('slots')


class S:
    __slots__ = ('a', 'b', 'c')


s = S()
s.c = N('sc')
s.a = N('sa')
s.b = N('sb')
del s
print('inherit')


class S2(S):
    __slots__ = ('d',)

    def __del__(self):
        print('  S2 del')


s = S2()
s.d = N('d')
s.a = N('a')
del s
print('cycle order')
xs = [N(i) for i in range(5)]
for i in range(5):
    xs[i].next = xs[(i + 1) % 5]
del xs
print(gc.collect())
xs = [N(i) for i in range(5)]
for i in range(5):
    xs[i].next = xs[i - 1]
gc.collect()
del xs
print(gc.collect())
print('cycle with containers')
a = N('a')
a.l = [a, N('inner')]
a.d = {'x': a, 'y': N('dy')}
del a
print(gc.collect())
print('weak')
a = N('a')
r1 = weakref.ref(a, lambda r: print('  cb1'))
r2 = weakref.ref(a, lambda r: print('  cb2'))
f1 = weakref.finalize(a, print, '  fin')
del a
print('weak cycle')
a = N('a')
a.me = a
r1 = weakref.ref(a, lambda r: print('  cb1', r() is None))
r2 = weakref.ref(a, lambda r: print('  cb2'))
del a
print(gc.collect())
print('cb in cycle')
a = N('a')
a.me = a
a.r = weakref.ref(a, lambda r: print('  never'))
del a
print(gc.collect())
print('other in cycle')
a = N('a')
b = N('b')
a.b = b
b.a = a
a.r = weakref.ref(b, lambda r: print('  never'))
r = weakref.ref(b, lambda r: print('  ext'))
del a, b
print(gc.collect())
print('resurrect')
keep = []


class R:

    def __del__(self):
        keep.append(self)
        print('  R del')


r = R()
wr = weakref.ref(r, lambda w: print('  R cb'))
del r
print(len(keep), type(wr()).__name__)
keep.clear()
print(gc.is_finalized(1))
r = R()
r.me = r
wr = weakref.ref(r, lambda w: print('  R cb'))
del r
print(gc.collect(), len(keep), wr(), gc.is_finalized(keep[0]))
keep.clear()
print(gc.collect())
print('del in del')


class X:

    def __init__(self, o):
        self.o = o

    def __del__(self):
        print('  X start')
        self.o = None
        print('  X end')


x = X(N('held'))
del x
x = X(X(N('deep')))
del x
print('augmented')
l = [N(1)]
l += [N(2)]
l = l + [N(3)]
l = None
print('args')


def h(a, b=N('default'), *c, **k):
    print('  in h')


h(N('p1'), k=N('kw'))
h(N('p1'), N('p2'), N('p3'))
print('return')


def ret():
    a = N('ra')
    return N('rb')


ret()
print('lambda')
(lambda a: a)(N('la'))
print('try/finally')


def tf():
    a = N('t')
    try:
        return N('r')
    finally:
        print('  fin')


tf()
print('with')


class M:

    def __enter__(self):
        return N('entered')

    def __exit__(self, *a):
        print('  exit')


with M():
    print('  body')
with M() as m:
    print('  body')
del m
print('star')
a, *b = (N(1), N(2), N(3))
del b
del a
print('chain')
a = b = c = N('abc')
del a, b
c = None
print('global del')
del h
print('deep')
n = None
for i in range(3):
    n = [n, N(i)]
del n
print('end')
