import gc, sys, weakref
gc.disable(); gc.collect()
class O:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n)
def g1():
    me = yield
    o = O("g1")
    try: yield me
    finally: print("g1 fin")
def run(n, mk): 
    x = mk(); del x; print(n, gc.collect(), gc.collect())
def a(): g = g1(); next(g); g.send(g); return g
run("gen self", a)
def b():
    l = []; g = (x for x in l); l.append(g); return g
run("genexp list", b)
def b2():
    l = []; g = (x for x in l); l.append(g); next(g); return g
run("genexp started", b2)
def c():
    def f(): yield h
    h = f(); next(h); return h
run("closure gen", c)
def d():
    o = O("d"); o.it = iter([o]); return o
run("listiter", d)
def e():
    o = O("e"); o.m = map(lambda x: o, [o]); o.z = zip([o]); o.f = filter(None, [o]); o.e = enumerate([o]); o.r = reversed([o]); return o
run("iters", e)
def f():
    o = O("f"); o.meth = o.__init__; o.w = weakref.ref(o); o.p = weakref.proxy(o); return o
run("bound method", f)
def g():
    o = O("g"); o.d = {"k": {"k": [o, (o,), {1: o}]}}; return o
run("nest", g)
def h():
    class C: 
        def __del__(s): print("C del")
    c = C(); C.i = c; return c
run("class inst", h)
def i():
    try: raise ValueError
    except ValueError as e: o = O("i"); o.e = e; e.o = o; return o
run("exc", i)
def j():
    import functools; o = O("j"); o.p = functools.partial(print, o); o.q = functools.lru_cache(lambda: o); o.r = property(lambda s: o); o.s = staticmethod(lambda: o); o.t = classmethod(lambda c: o); return o
run("wrappers", j)
def k():
    import types; o = O("k"); m = types.ModuleType("m"); m.o = o; o.m = m; ns = types.SimpleNamespace(o=o); o.ns = ns; mp = types.MappingProxyType({1: o}); o.mp = mp; o.ga = list[o, int]; o.c = types.CellType(o); return o
run("types", k)
def l():
    import itertools as it; o = O("l"); o.a = [it.chain([o]), it.cycle([o]), it.repeat(o), it.islice([o], 1), it.starmap(print, [o]), it.tee([o]), it.product([o]), it.permutations([o]), it.accumulate([o]), it.count(1), it.groupby([o]), it.zip_longest([o]), it.compress([o], [1]), it.dropwhile(print, [o]), it.pairwise([o]), it.batched([o], 2)]; return o
run("itertools", l)
def m():
    import collections as c; o = O("m"); o.a = c.deque([o]); o.b = c.defaultdict(lambda: o); o.c = c.OrderedDict(a=o); o.d = c.ChainMap({1: o}); o.e = c.Counter(); o.e[o] = 1; o.f = c.UserDict({1: o}); return o
run("collections", m)
async def co(o): await o
def n():
    o = O("n"); o.c = co(o); return o
import warnings; warnings.simplefilter("ignore"); run("coroutine", n)
def p():
    o = O("p"); o.s = slice(o); o.sl = slice(1, o, o); o.fs = frozenset([o]); o.st = {o}; o.t = (o, (o,)); o.dv = {1: o}.values(); o.di = iter({1: o}.items()); o.mv = 1; return o
run("builtins", p)
def q():
    import threading; o = O("q"); o.l = threading.local(); o.l.o = o; o.k = threading.Lock(); return o
run("local", q)
def s():
    o = O("s"); 
    def rec(n): return rec if n else o
    o.rec = rec; o.lam = lambda: o; return o
run("closures", s)
def t():
    f = sys._getframe(); return [f]
run("frame", t)
def u():
    import re, io, json, array; o = O("u"); b = io.BytesIO(); b.o = o; o.b = b; s = io.StringIO(); s.o = o; o.s = s; class_ = type("Sub", (array.array,), {}); a = class_("i"); a.o = o; o.a = a; return o
run("io", u)
def v():
    import dataclasses, enum, typing; 
    @dataclasses.dataclass
    class D: x: object
    d = D(None); d.x = d; return d
run("dataclass", v)
def w():
    T = type("T", (), {"__slots__": ("a", "b")}); x = T(); x.a = x; x.b = T; return x
run("slots", w)
def x():
    o = O("x"); o.gen = (y for y in [o]); next(o.gen); o.ag = ag(o); return o
async def ag(o): yield o
run("gens", x)
