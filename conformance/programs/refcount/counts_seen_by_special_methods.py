import gc
import sys


def refs(x):
    return sys.getrefcount(x) - 1


class A:
    pass


a = A()
print(refs(a))


def f(x):
    print('in f', refs(x))

    def g():
        return x
    print('with cell', refs(x))
    return g


g = f(a)
print(refs(a))
del g
print(refs(a))
print(refs([a][0]), refs((a, a)[1]))


def deco(fn):

    def w(*args, **kw):
        return fn(*args, **kw)
    return w


@deco
def show(x, y=None):
    print('deco', refs(x))


show(a)
show(x=a)
show(a, y=a)
try:
    raise ValueError(a)
except ValueError as e:
    print('exc', refs(a), refs(e), refs(e.__traceback__))
print(refs(a))
import traceback

try:
    1 / 0
except ZeroDivisionError as e:
    tb = e.__traceback__
    print(refs(tb), refs(tb.tb_frame))
    err = e
print(refs(err))
del err, tb
for i in [a]:
    print('for', refs(a))
print('after', refs(a))
del i
with __import__('contextlib').nullcontext(a) as c:
    print('with', refs(a))
del c
print([refs(x) for x in [a]], [refs(x) for x in (a,)], list(map(refs, [a])), [*map(refs, (a, a))])
print(max([a], key=refs) is a, sorted([a, a], key=refs) == [a, a])
d = {a: a}
print(refs(a))
d.clear()
print(refs(a))
l = [a] * 5
print(refs(a))
l2 = l[:]
print(refs(a))
del l[1:3]
print(refs(a))
del l, l2
print(refs(a))
b = a
c = b
print(refs(a))
del b, c
s = {a}
print(refs(a))
s.discard(a)
print(refs(a))
m = A.__init__
x = a.__class__
print(refs(A) > 5)
import copy
import functools
import itertools
import operator
import weakref

p = functools.partial(print, a, k=a)
print(refs(a))
del p
it = itertools.chain([a], (a,))
print(refs(a))
next(it)
print(refs(a))
list(it)
print(refs(a))
del it
it = itertools.tee([a])
print(refs(a))
next(it[0])
print(refs(a))
del it
print(refs(a))
z = zip([a], [a])
print(refs(a))
x = next(z)
print(refs(a))
del x, z
print(refs(a))
g = (y for y in [a])
print(refs(a))
next(g)
print(refs(a))
g.close()
print(refs(a))
w = weakref.ref(a)
print(refs(a), refs(w))
print(w() is a, refs(a))
pr = weakref.proxy(a)
print(refs(a))
del pr, w
a.self = a
print(refs(a))
del a.self
print(refs(a))
a.d = a.__dict__
print(refs(a.__dict__))
a.__dict__.clear()
bm = [].append
print(refs(bm))
cc = copy.copy([a])
print(refs(a))
cc = copy.deepcopy((1, a))
print(refs(a))
del cc


def gg(*args, **kw):
    return (refs(args), refs(kw), refs(args[0]))


print(gg(a), gg(a, x=a), gg(*[a]), gg(*(a,)), gg(a, **{'q': a}))
print((lambda x: refs(x))(a), (lambda *x: refs(x[0]))(a))


class P:

    @property
    def me(self):
        return refs(self)

    def meth(self):
        return refs(self)

    @classmethod
    def cm(cls):
        return 1

    def __getattr__(self, n):
        return refs(self)

    def __getitem__(self, i):
        return refs(self)

    def __call__(self):
        return refs(self)

    def __len__(self):
        return refs(self)

    def __add__(self, o):
        return (refs(self), refs(o))

    def __eq__(self, o):
        return refs(self)

    def __hash__(self):
        return refs(self)

    def __iter__(self):
        yield refs(self)

    def __contains__(self, x):
        print('contains', refs(self), refs(x))
        return True

    def __bool__(self):
        print('bool', refs(self))
        return True

    def __enter__(self):
        print('enter', refs(self))
        return self

    def __exit__(self, *a):
        print('exit', refs(self))

    def __str__(self):
        return str(refs(self))

    def __format__(self, s):
        return str(refs(self))

    def __lt__(self, o):
        print('lt', refs(self), refs(o))
        return False

    def __index__(self):
        return refs(self)

    def __setitem__(self, k, v):
        print('set', refs(self), refs(v))

    def __delitem__(self, k):
        print('del', refs(self))

    def __setattr__(self, k, v):
        print('setattr', refs(self), refs(v))


p = P()
print(p.me, p.meth(), p.zzz, p[0], p(), len(p), p + a, p == 1, hash(p), list(p), a in p, bool(p), str(p), f'{p}', '%s' % p, '{}'.format(p), [1, 2, 3, 4, 5, 6, 7][p] if 0 else 0)
with p:
    pass
p[1] = a
del p[1]
p.q = a
sorted([p, p])
min(p, p)
not p
P().meth()
print(P().meth(), P().me, P()[0], P() + 1, str(P()), [*P()], len(P()))
