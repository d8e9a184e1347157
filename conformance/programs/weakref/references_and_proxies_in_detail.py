import weakref, gc, sys
gc.collect()
class C:
    def __init__(s, n="c"): s.n = n
    def __repr__(s): return f"C({s.n})"
    def m(s): return s.n
def cb(tag): return lambda r: print("cb", tag, r() is None)
o = C()
r1 = weakref.ref(o); r2 = weakref.ref(o); r3 = weakref.ref(o, cb("r3")); r4 = weakref.ref(o, cb("r4"))
p = weakref.proxy(o); p2 = weakref.proxy(o, cb("p2"))
print(r1 is r2, r1 is r3, r3 == r4, hash(r1) == hash(o), weakref.getweakrefcount(o), len(weakref.getweakrefs(o)))
print(r1 == weakref.ref(o), r1 != r3, r1.__callback__, r3.__callback__ is not None, sys.getrefcount(o), sys.getrefcount(r1))
print(weakref.getweakrefs(o)[0] is r1, weakref.getweakrefs(o)[1] is p)
print(type(p), p.m(), p.n, isinstance(p, C), p == o, repr(r1).split(" at ")[0], str(p))
del o
print(r1(), r1 == r2, r3 == r4, r1 == r3, weakref.getweakrefcount(1) , r3.__callback__)
try: p.n
except ReferenceError as e: print(e)
print(repr(r1).split(" at ")[0], repr(r1).split("; ")[1])
try: hash(r3)
except TypeError as e: print(e)
try: weakref.ref(5)
except TypeError as e: print(e)
try: weakref.ref(C(), 1, 2)
except TypeError as e: print(e)
try: weakref.ref([])
except TypeError as e: print(e)
try: weakref.proxy("s")
except TypeError as e: print(e)
for t in ({1}, frozenset([5]), lambda: 0, C, (i for i in []), type(sys), sys): print(type(weakref.ref(t)()) is type(t) if type(t) is not set else 1)
class R(weakref.ref):
    __slots__ = ("key",)
    def __new__(cls, o, cb=None, key=None): s = super().__new__(cls, o, cb); s.key = key; return s
    def __init__(s, o, cb=None, key=None): super().__init__(o, cb)
o = C(); k = R(o, cb("R"), "key"); k2 = R(o); print(k.key, k() is o, k2 is R(o), weakref.ref(o) is weakref.ref(o), k == weakref.ref(o))
o = None; print(k())
# callbacks order and container teardown
o = C(); refs = [weakref.ref(o, cb(i)) for i in range(4)]; del refs[1]; del o
o = C(); r = weakref.ref(o, cb("never")); del r; del o
class D(C):
    def __del__(s): print("del", s.n, r() is None, weakref.getweakrefcount(s))
o = D("d"); r = weakref.ref(o, cb("D")); del o
class Res(C):
    def __del__(s):
        global saved; saved = s
o = Res("res"); r = weakref.ref(o, cb("Res")); del o; print(r(), saved); saved = None; print(r())
# cycles
a = C("a"); b = C("b"); a.b = b; b.a = a; ra = weakref.ref(a, cb("a")); rb = weakref.ref(b, cb("b")); del a, b; print(gc.collect(), ra(), rb())
a = C("a"); a.a = a; a.r = weakref.ref(a, cb("self")); w = weakref.ref(a); del a; print(gc.collect(), w())
def boom(r): raise ValueError("boom")
class P:
    def __init__(s, v): s.v = v
    def __add__(s, o): return s.v + o
    def __radd__(s, o): return o + s.v
    def __len__(s): return s.v
    def __getitem__(s, i): return i
    def __setitem__(s, i, v): print("set", i, v)
    def __delitem__(s, i): print("del", i)
    def __iter__(s): return iter([1, 2])
    def __next__(s): return 1
    def __contains__(s, i): return i == 1
    def __call__(s, *a, **k): return a, k
    def __bool__(s): return False
    def __hash__(s): return 1
    def __eq__(s, o): return o == 7
    def __lt__(s, o): return True
    def __iadd__(s, o): s.v += o; return s
    def __int__(s): return 3
    def __index__(s): return 2
    def __bytes__(s): return b"b"
    def __str__(s): return "STR"
    def __repr__(s): return "REPR"
    def __reversed__(s): return "rev"
    def __neg__(s): return -s.v
    def __matmul__(s, o): return "@"
    def __pow__(s, o, m=None): return o, m
    def __enter__(s): return 1
x = P(5); p = weakref.proxy(x)
print(p + 1, 1 + p, len(p), p[3], list(p), 1 in p, p(1, a=2), bool(p), p == 7, p < 1, int(p), [9, 8, 7][p], str(p), repr(p).split(" at ")[0], -p, p @ 1, p ** 2, pow(p, 2, 3), p.v, dir(p) == dir(x), p.__class__, type(p).__name__)
p[1] = 2; del p[1]; p.z = 1; print(x.z); del p.z
q = p; q += 1; print(type(q).__name__, x.v)
try: hash(p)
except TypeError as e: print(e)
del x, q
for f in (lambda: p + 1, lambda: len(p), lambda: p(), lambda: bool(p), lambda: str(p), lambda: repr(p)[:9], lambda: p == 1, lambda: setattr(p, "a", 1), lambda: iter(p), lambda: 1 in p, lambda: p[0]):
    try: print(f())
    except ReferenceError as e: print(e)
import builtins
f = lambda: 0
pf = weakref.proxy(f); print(type(pf), pf()); 
class Cm:
    def m(s): return 1
c = Cm(); wm = weakref.ref(c.m); print(wm())
r = weakref.ref(Cm); print(r() is Cm, r.__call__() is Cm)
print(weakref.ref.__name__, weakref.ReferenceType is weakref.ref, weakref.ProxyType.__name__, weakref.CallableProxyType.__name__)
d = {}
o = C("key"); d[weakref.ref(o)] = 1; print(d[weakref.ref(o)]); del o; print(len(d), list(d)[0]())
o = C("cbref"); holder = [o]
def cb2(r): print("cb2", holder); holder.append(r)
holder = []; r = weakref.ref(o, cb2); del o; print(len(holder), holder[0] is r)
o = C("chain"); o2 = C("chain2")
rr = weakref.ref(o, lambda r: globals().__delitem__("o2")); rr2 = weakref.ref(o2, cb("o2 died")); del o
gc.collect()
o = C("exit"); r_exit = weakref.ref(o, cb("exit"))
print("end")
