class A:
    def __init__(s, n): s.n = n
    def __del__(self): 
        print("del", self.n)
        raise ValueError("in del " + self.n)
    def __repr__(self): return "<A>"
import sys
class C: pass
a = A("global")
_b = A("_under")
c = C(); c.c = c; c.a = A("cycle")
gc_kept = C(); gc_kept.me = gc_kept; gc_kept.a = A("gk")
def f(x=A("default")): pass
C.x = A("classattr")
sys.zz = A("on sys")
import builtins
builtins.qq = A("on builtins")
l = []; l.append(l); l.append(A("in list cycle"))
def g():
    try:
        yield 1
    finally:
        print("gen fin")
        raise KeyError("g")
x = g(); next(x)
import atexit
@atexit.register
def at():
    print("atexit")
    raise TypeError("at")
print("main done")
