import re, builtins
def print(*a): builtins.print(*[re.sub(r"0x[0-9a-f]+", "0x", re.sub(r"file \"[^\"]*\"", "file", str(x))) for x in a])
import sys
R = sys.getrefcount
def f(a, b=None): pass
print(R(f.__defaults__))
print([R(y) for y in [1]])
print(R(f.__defaults__))
class X: pass
print(R(f.__defaults__))
class M:
    def __init__(s): pass
    def m(s): return 1
    def g(s): yield 1
print(R(f.__defaults__))
l = lambda: 0
print(R(f.__defaults__))
import sys
R = sys.getrefcount
def d(a, b=None): pass
print(R(d.__defaults__), R(d.__code__.co_consts), d.__defaults__ is d.__code__.co_consts)
x = d.__defaults__
print(R(x))
def e(a=1): return a
print(R(e.__defaults__), R(e.__kwdefaults__), R(e.__code__.co_consts), R(e.__code__.co_varnames), R(e.__code__.co_names))
def k(*, z=[]): return z
print(R(k.__kwdefaults__))
print(R((None,)), R((1, 2)), R((3,)))
import sys, gc
def e(a=1.5): return a
print(sys.getrefcount(e.__defaults__), sys._getframe().f_code.co_consts)
print([type(x) for x in gc.get_referrers(e.__defaults__)], gc.is_tracked(e.__defaults__))
def f():
    def e(a=1.5): return a
    return e
e1 = f(); print(sys.getrefcount(e1.__defaults__)); e2 = f(); print(sys.getrefcount(e1.__defaults__))
import sys
R = sys.getrefcount
def mod(): return sys._getframe(1).f_code.co_consts
def f(*a, **k): return sys._getframe().f_code.co_consts
x = (1.5, 2.5); y = [1.5, 2.5, 3.5]; z = {1.5, 2.5, 4.5}; f(q=1, w=2); f(*[], q=1, e=3); d = {1.5: x, 2.5: y}; 
import os.path as p
from os import path, sep
def g(a, b=7.5, *, c=8.5, d=(1, 2.5)): 
    for i in (9.5, 8): pass
    for i in [9.5, 7]: pass
    return a in {1.5, 7}, a in [5.5, 6], a in (4.5, 6)
match x:
    case (1.5, 2.5): pass
    case int(real=1, imag=2): pass
    case {"a": 1, "b": 2}: pass
def s(): "doc"; x: int = (3.25, 1); a, b = (1.25, 2); c, e = 5.25, 6; return x[1.25:2.25], (1.25, 2) + (3, 4), (1.75,) * 3, -(2.25), not (1, 2)
for c in (mod(), g.__code__.co_consts, s.__code__.co_consts): print([(k if not hasattr(k, "co_name") else k.co_name, R(k)) for k in c])
print(R(g.__defaults__), R(g.__kwdefaults__), R(s.__code__.co_names), R(g.__code__.co_varnames))
def a(x, y): z = 1
def b(x): return lambda: x
def c(): pass
def d(x):
    q = 1
    def e(): return q
    return e
for k in (a, b, c, d, d(1)):
    o = k.__code__; print([(R(getattr(o, n)), getattr(o, n) is getattr(o, n), getattr(o, n)) for n in ("co_varnames", "co_cellvars", "co_freevars", "co_names", "co_consts")])
    print(R(o.co_code), o.co_code is o.co_code, R(o.co_linetable), R(o.co_exceptiontable), R(o.co_name), R(o.co_qualname), R(o))
