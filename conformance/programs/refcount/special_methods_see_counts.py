import sys, gc
rc = sys.getrefcount
class O:
    def __init__(s, *a): pass
    def m(s): return rc(s)
    def __enter__(s): return s
    def __exit__(s, *a): print("exit", rc(s))
    def __getattr__(s, n): return rc(s)
    def __call__(s): return rc(s)
    def __eq__(s, o): return rc(s)
    def __add__(s, o): return rc(s), rc(o)
    def __getitem__(s, i): return rc(s), rc(i)
    def __iter__(s): print("iter", rc(s)); return iter([1])
    def __len__(s): print("len", rc(s)); return 1
    def __bool__(s): print("bool", rc(s)); return True
    def __str__(s): return f"{rc(s)}"
    def __format__(s, f): return f"fmt{rc(s)}"
    def __hash__(s): print("hash", rc(s)); return 1
    def __contains__(s, i): print(rc(s), rc(i)); return True
    def __lt__(s, o): print("lt", rc(s), rc(o)); return True
    @property
    def p(s): return rc(s)
    @classmethod
    def c(cls): return rc(cls)
    @staticmethod
    def s(a): return rc(a)
    def __setattr__(s, n, v): print("set", rc(s), rc(v))
    def __delattr__(s, n): print("del", rc(s))
    def __iadd__(s, o): print("iadd", rc(s)); return s
    def __neg__(s): return rc(s)
    def __index__(s): print("index", rc(s)); return 0
    def __missing__(s, k): return rc(s)
    def __reversed__(s): return rc(s)
    def __get__(s, i, o): return rc(s)
o = O()
print(o.m(), O().m(), o.q, o(), O()(), o == 1, o + o, o + 1000, o[o], [*o], len(o), bool(o), str(o), f"{o}", f"{o!s}", hash(o), 5000 in o, o < o, o.p, O.c(), o.c(), O.s(o), o.s(o), O.s(O()), -o, [1][o], reversed(o))
o.x = [1]; del o.x; o += 1
with o: print(rc(o))
with O() as q: print(rc(q))
del q
if o: pass
while o: break
not o; o and 1; o or 2
print(sorted([o, o]), ) if 0 else sorted([o, o])
max(o, o); min([o, o]); d = {o: 1}; d[o]; o in d; {o}; d.get(o); d.pop(o)
print(rc(o))
def deco(f): print("deco", rc(f)); return f
@deco
def f(x, y=[]): return rc(f), rc(x), rc(y)
print(f(o), f(o, o), rc(f))
@deco
class K: a = o
print(rc(K), rc(o), rc(K.__mro__), rc(K.__dict__), rc(K.__bases__))
k = K(); print(rc(K)); ks = [K() for _ in range(3)]; print(rc(K)); del k, ks; print(rc(K))
class Sub(K): pass
print(rc(K), rc(Sub)); del Sub; gc.collect(); print(rc(K))
import types
def outer():
    v = []
    def i1(): return v
    def i2(): return v
    print(rc(v)); return i1, i2, rc(i1), rc(i1.__closure__), rc(i1.__closure__[0])
print(outer()[2:])
g = (x for x in [o]); print(rc(o), rc(g)); next(g); print(rc(o)); g.close(); print(rc(o))
def gg():
    yield o
    yield rc(o)
it = gg(); next(it); print(rc(it), rc(it.gi_code), rc(it.gi_frame)); fr = it.gi_frame; print(rc(fr)); del it; print(rc(fr), rc(o)); del fr
def fr():
    f = sys._getframe(); return rc(f), rc(f.f_code), rc(f.f_globals) > 5
print(fr())
try: raise ValueError(o)
except ValueError as e:
    print(rc(e), rc(e.__traceback__), rc(e.args), rc(e.__traceback__.tb_frame))
t = (o, o); print(rc(t), rc(o)); t2 = t; t3 = t[:]; print(rc(t), t3 is t); t4 = t + (1,); print(rc(o)); del t, t2, t3, t4
l = [o] * 3; l2 = l[:]; l3 = l + l; print(rc(o)); del l[:]; print(rc(o)); l2.clear(); l3 = 0; print(rc(o))
a = b = c = o; print(rc(o)); a, b, c = 1, 2, 3; print(rc(o))
x, *y = o, o, o; print(rc(o), rc(y)); del x, y
for z in (o, o): print(rc(z))
print(rc(z)); del z
print([rc(o) for _ in range(2)], {rc(o) for _ in range(1)}, list(rc(o) for _ in range(1)), (lambda q: rc(q))(o), list(map(rc, [o])), [rc(w) for w in [o]], [rc(w) for w in (o,)], list(filter(lambda w: print(rc(w)), [o])))
def va(*a, **k): return rc(a), rc(k), rc(a[0])
print(va(o), va(o, x=o), va(*(o,)), va(*[o]), va(*(o,), **{}))
tt = (o,); print(va(*tt), rc(tt)); kk = {"z": o}; print(va(o, **kk), rc(kk))
def dflt(a=o, *, b=o): return rc(a)
print(dflt(), rc(o)); del dflt; print(rc(o))
s = "dynamic" + str(1); print(rc(s)); d = {s: 1}; print(rc(s)); setattr(K, s, 1); print(rc(s) == rc(None))
n = 10**30; print(rc(n)); m = n + 0; print(rc(n), rc(m)); fl = 1.5 * 3; print(rc(fl))
print(rc(type(o)), rc(type("Z", (), {})), rc(lambda: 1), rc(o.m), rc([].append), rc(range(5)), rc(slice(1)), rc(iter([])), rc(object()), rc(1j * 2), rc(gc), rc({}.keys()), rc(property()), rc(super(O, o)), rc(map(str, [])))
match o, [o]:
    case (a, [b]): print(rc(o))
del a, b
global_list = [O() for _ in range(2)]
for i, e in enumerate(global_list): print(i, rc(e))
for a, b in zip(global_list, global_list): print(rc(a), rc(b))
for a, b in {"k": o}.items(): print(rc(b))
class Kw:
    def __init__(s, x, *a, **k): print(rc(s), rc(x), rc(a), rc(k))
    def __new__(c, x, **k): print(rc(x)); return object.__new__(c)
    def __call__(s, *a, **k): return rc(s), rc(a), rc(k)
Kw(o); Kw(x=o); Kw(*[o]); Kw(**{"x": o}); Kw(o, y=o); Kw(o, *(), **{"z": o}); print(Kw(o)(o, q=o), Kw(o)(**{"q": o}), Kw(o)(*[o]))
