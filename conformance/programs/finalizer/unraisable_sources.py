class A:
    def __del__(self): raise ValueError("in del")
    def __repr__(self): return "<A>"
a = A()
del a
def g():
    try: yield
    finally: raise KeyError("gen")
x = g(); next(x); del x
import weakref
class B: pass
b = B()
r = weakref.ref(b, lambda r: 1/0)
del b
print("end")
A.keep = A()
