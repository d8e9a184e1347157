import gc, sys
class N:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n)
def f(): 
    a = N("a"); b = N("b")
    def inner(): return a
    return inner
g = f(); print("--"); del g
# exception holding frames
def h():
    x = N("frame local")
    raise ValueError
try: h()
except ValueError as e: err = e
print("kept"); err = None; print("released")
def k():
    x = N("k local")
    try: raise KeyError
    except KeyError as e: saved.append(e)
saved = []; k(); print("k returned"); saved.clear(); print("cleared", gc.collect())
# generator
def gen():
    x = N("gen local")
    with Ctx("gen ctx"): yield 1; yield 2
class Ctx:
    def __init__(s, n): s.n = n
    def __enter__(s): print("enter", s.n); return s
    def __exit__(s, t, v, tb): print("exit", s.n, t.__name__ if t else None)
    def __del__(s): print("del", s.n)
it = gen(); next(it); it = None; print("--")

def selfgen():
    me = yield
    x = N("selfgen")
    try: yield
    finally: print("selfgen fin")
it = selfgen(); next(it); it.send(it); del it; print("lost"); print(gc.collect())
class Cyc(N):
    def __init__(s, n): super().__init__(n); s.me = s
for i in range(3): Cyc(i)
print("collect", gc.collect())
class Res(N):
    kept = []
    def __del__(s): super().__del__(); Res.kept.append(s)
r = Res("res"); del r; print(len(Res.kept), gc.is_finalized(Res.kept[0])); Res.kept.pop(); print("gone silently")
a = Res("ca"); b = Res("cb"); a.b = b; b.a = a; del a, b; print(gc.collect()); print([x.n for x in Res.kept]); Res.kept.clear(); print(gc.collect())
class Err(N):
    def __del__(s): super().__del__(); raise RuntimeError("x")
sys.unraisablehook = lambda u: print("hook", u.exc_type.__name__, u.exc_value, u.err_msg, u.object.__qualname__)
e = Err("err"); del e
class Init:
    def __init__(s): raise ValueError("init")
    def __del__(s): print("del uninit", hasattr(s, "n"))
try: Init()
except ValueError as e: print("caught")
print("after")
class New:
    def __new__(c): o = super().__new__(c); raise ValueError
    def __del__(s): print("del new")
try: New()
except ValueError: print("caught")
class Sl:
    __slots__ = "a", "b", "__dict__"
    def __del__(s): print("del Sl", s.a.n)
s = Sl(); s.a = N("slot a"); s.b = N("slot b"); s.c = N("dict c"); del s
d = {N("k1"): N("v1"), N("k2"): N("v2")}; del d
l = [N("l1"), N("l2")]; del l
t = (N("t1"), N("t2")); del t
st = {N("only")}; del st
def defaults(a=N("d1"), *, b=N("kd1")): pass
defaults.attr = N("func attr"); del defaults
class K: 
    x = N("class x"); y = N("class y")
del K; print("K del"); gc.collect()
x = N("old"); x = N("new")
def deep(n):
    o = None
    for i in range(n): o = [o]
    return o
z = deep(200000); z = None; print("deep ok")
class Node:
    cnt = 0
    def __init__(s, nx): s.nx = nx
    def __del__(s): Node.cnt += 1
n = None
for i in range(50000): n = Node(n)
n = None; print(Node.cnt)
m = map(lambda q: q, [N("map item")]); del m
zz = zip([N("z1")], [N("z2")]); next(zz); print("next"); del zz
en = enumerate([N("en")]); q = next(en); del en; print("-"); del q
pr = property(N("prop")); del pr
bm = N("bm").__del__; print("bm"); del bm
import builtins
sl = slice(N("sl1"), N("sl2")); del sl
def nested():
    try:
        a = N("try a")
        try: raise ValueError("1")
        finally: b = N("fin b")
    except ValueError as e:
        c = N("exc c")
        return "ret"
    finally: print("nested finally")
print(nested())
def wh():
    i = N("i0")
    for j in range(2): i = N(f"i{j+1}"); print("loop", j)
    print("done")
wh()
[N(f"comp{i}") for i in range(2)] and print("in expr")
print([N(f"c{i}") for i in range(2)][0].n)
(lambda: N("lam"))() 
def args(*a, **k): print("in args", len(a), len(k))
args(N("1"), N("2"), x=N("3")); print("after args")
def ret(a): return a
ret(N("ret")); print("after ret")
v = ret(N("v")) ; v = 5
class It:
    def __init__(s): s.i = 0
    def __iter__(s): return s
    def __next__(s):
        s.i += 1
        if s.i > 2: raise StopIteration
        return N(f"it{s.i}")
    def __del__(s): print("del It")
for q in It(): print("item")
print("after loop"); del q
a, b = It(); print("unpacked"); del a, b
N("x").n == N("y").n
N("l") in [N("m")]
{N("dk"): 1}.get(5)
[N("li")][0]
(N("sub"),)[0].n
N("attr").zz if hasattr(N("has"), "zz") else None
with Ctx("w1") as w, Ctx("w2"): print("body")
del w
try:
    with Ctx("w3"): raise ValueError
except ValueError: print("ex")
print("end of main")
glob = N("global"); other = N("other"); _u = N("under")
