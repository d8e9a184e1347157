class A:
    def __init__(s, n): s.n = n
    def __del__(self): 
        print("del", self.n, A is None, helper is None)
def helper(): pass
x = A("x")
x.self = x
import gc
def mk():
    y = A("closure")
    def inner(): return y
    return inner
keep = mk()
try:
    raise ValueError(A("exc"))
except ValueError as e:
    saved = e
d = {A("key"): A("value")}
A.inst = A("on class")
A.cyc = A("on class 2"); A.cyc.c = A.cyc
import sys
sys.modules['fake'] = A("fake module")
gc.disable()
