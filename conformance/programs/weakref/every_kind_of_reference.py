import gc
import sys
import weakref


class A:

    def __init__(s, n):
        s.n = n

    def __repr__(s):
        return f'A{s.n}'

    def __hash__(s):
        return s.n

    def __eq__(s, o):
        return s.n == getattr(o, 'n', None)

    def m(s):
        return s.n


d = weakref.WeakValueDictionary()
a, b = (A(1), A(2))
d['a'] = a
d['b'] = b
d['t'] = A(3)
print(dict(d), len(d), 'a' in d, d.get('zz'), list(d.values()), list(d.valuerefs())[0]() is a, sys.getrefcount(a))
del b
print(list(d.keys()), d.setdefault('n', a) is a, d.pop('n'), sorted(d.items()))
it = iter(d.items())
k, v = next(it)
del a
print(k, v, len(d))
del v
it = None
print(len(d), list(d))
k = weakref.WeakKeyDictionary()
a, b = (A(1), A(2))
k[a] = 'x'
k[b] = 'y'
print(dict(k), len(k), a in k, A(1) in k, k[A(1)], k.keyrefs()[0]() is a)
del a
print(len(k), list(k.items()))
k[b] = b
del b
print(len(k), gc.collect(), len(k))
k.clear()
s = weakref.WeakSet()
xs = [A(i) for i in range(5)]
s.update(xs)
print(len(s), sorted(s, key=lambda q: q.n), xs[0] in s, A(3) in s)
xs.pop()
print(len(s))
s.discard(xs[0])
s.remove(xs[1])
print(sorted((q.n for q in s)), len(s | {xs[0]}), len(s & set(xs)), s <= set(xs), s.isdisjoint([]))
for q in s:
    xs.clear()
    break
del q
print(len(s))
try:
    weakref.ref(1)
except TypeError as e:
    print(e)
try:
    weakref.ref([])
except TypeError as e:
    print(e)
for o in (A(1), A, len, lambda: 1, A(1).m, gc, (x for x in []), {1}, frozenset(), type, Exception(), weakref, memoryview(b''), sys.stdout):
    try:
        r = weakref.ref(o)
        print(type(o).__name__, r() is o, end='; ')
    except TypeError as e:
        print(e, end='; ')
print()
a = A(1)
r1 = weakref.ref(a)
r2 = weakref.ref(a)


def told(w):
    print('told', w())


r3 = weakref.ref(a, told)
print(r1 is r2, r1 is r3, r1 == r3, hash(r1) == hash(a), weakref.getweakrefcount(a), len(weakref.getweakrefs(a)), r1.__callback__, r3.__callback__ is told)
print(repr(r1).split(' at ')[0], repr(weakref.proxy(a)).split(' at ')[0])
p = weakref.proxy(a)
print(p.n, p.m(), type(p).__name__, p == a, str(p), isinstance(p, A), p.__class__, sys.getrefcount(a))
try:
    hash(p)
except TypeError as e:
    print(e)
p.z = 5
print(a.z)
del p.z
print(hasattr(a, 'z'))
del a
print(r1(), weakref.getweakrefcount(r1))
try:
    p.n
except ReferenceError as e:
    print(e)
print(bool(r1), r1 == r2, r1 == weakref.ref(A))
try:
    hash(weakref.ref(A(9)))
except TypeError as e:
    print(e)
a = A(4)
wm = weakref.WeakMethod(a.m)
print(wm()(), wm() == a.m, weakref.ref(a.m)())
wm2 = weakref.WeakMethod(a.m, lambda r: print('wm gone'))
del a
print(wm(), wm2())


class Sub(weakref.ref):
    __slots__ = ('k',)

    def __new__(c, o, cb, k):
        return super().__new__(c, o, cb)

    def __init__(s, o, cb, k):
        super().__init__(o, cb)
        s.k = k


a = A(5)
sr = Sub(a, lambda r: print('sub', r.k, r() is None), 'key')
print(sr is not weakref.ref(a), sr().n, weakref.getweakrefcount(a))
del a
a = A(6)
f = weakref.finalize(a, lambda *x, **y: print('fin', x, y), 1, z=2)
print(f.alive, f.peek()[0] is a, f.detach()[2], f.alive, f.peek(), f())
f = weakref.finalize(a, print, 'called')
print(f(), f(), f.alive)
f = weakref.finalize(a, print, 'dies')
del a
print(f.alive, f.atexit)
cyc = A(7)
cyc.me = cyc
r = weakref.ref(cyc, lambda r: print('cyc cb'))
f = weakref.finalize(cyc, print, 'cyc fin')
wd = weakref.WeakValueDictionary(x=cyc)
ws = weakref.WeakSet([cyc])
del cyc
print(len(wd), gc.collect(), len(wd), len(ws), r())


class Tree:

    def __init__(s, v, p=None):
        s.v = v
        s.p = weakref.ref(p) if p else None
        s.c = []
        p and p.c.append(s)

    def __del__(s):
        print('del', s.v)


t = Tree(1)
Tree(2, t)
Tree(3, t.c[0])
print(t.c[0].c[0].p().p() is t)
x = t.c[0]
del t
print(x.p())
del x
print(gc.collect())
