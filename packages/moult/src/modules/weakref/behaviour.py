"""Weak references and proxies, and what the collector says of them."""
import _weakref as w
import gc


class C:
    def __init__(self, n=0):
        self.n = n

    def __add__(self, other):
        return ("add", self.n, other)

    def __len__(self):
        return 3

    def __getitem__(self, key):
        return key

    def __call__(self, *args):
        return args


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


c = C(5)
r = w.ref(c)
print(r() is c, r is w.ref(c), w.ref(c, None) is r, w.getweakrefcount(c), w.getweakrefs(c) == [r])
s = w.ref(c, lambda x: print("died", x is s, x()))
print(s is r, s == r, hash(s) == hash(r), w.getweakrefcount(c), r.__callback__, s.__callback__ is not None)
p = w.proxy(c)
print(type(p), p is w.proxy(c), p.n, p + 1, 1 if p else 0, len(p), p["k"], p(1, 2), p == c, p != c)
p.n = 6
print(c.n, isinstance(p, C), [x for x in (1,) if p])
attempt(lambda: hash(p))
attempt(lambda: w.ref(1))
attempt(lambda: w.ref())
attempt(lambda: w.ref(c, callback=1))
attempt(lambda: r(1))


class Sub(w.ref):
    def __init__(self, o, callback=None, *, tag):
        super().__init__(o, callback)
        self.tag = tag

    __slots__ = ("tag",)

    def __new__(cls, o, callback=None, *, tag):
        return super().__new__(cls, o, callback)


sub = Sub(c, tag="t")
print(sub.tag, sub() is c, sub is r, sub == r)
del c
print(r(), s(), sub(), repr(r).endswith("dead>"), r == r, r == s)
attempt(lambda: p.n)
attempt(lambda: len(p))
attempt(lambda: hash(w.ref(C())))
d = {"a": w.ref(C()), "b": 1}
w._remove_dead_weakref(d, "a")
attempt(lambda: w._remove_dead_weakref(d, "b"))
print(d)


def bad(ref):
    raise ValueError("callback")


import sys

sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.object is bad)
x = C()
keep = w.ref(x, bad)
del x
x = C()
x.me = x
log = []
keep = w.ref(x, log.append)
del x
print(gc.collect(), log == [keep])
