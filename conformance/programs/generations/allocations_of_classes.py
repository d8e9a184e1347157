import gc
gc.disable()
def n(): return gc.get_count()[0]
def c(f):
    gc.collect(); a = n(); r = f(); return n() - a
def m0():
    class X: pass
    return X
def m1():
    class X: a = 1
    return X
def m2():
    class X:
        def f(self): pass
    return X
def m3():
    class X:
        @property
        def p(self): return 1
    return X
def m4():
    class X:
        __slots__ = ('a', 'b')
    return X
def m5():
    class X:
        __slots__ = []
    return X
def m6():
    class X:
        @staticmethod
        def s(): pass
    return X
def m7():
    class X:
        @classmethod
        def s(cls): pass
    return X
def m8():
    def f(): pass
    return staticmethod(f)
def m9():
    class X:
        def __init_subclass__(cls, **k): pass
    class Y(X, a=1): pass
    return X, Y
def m10():
    class M(type): pass
    class X(metaclass=M): pass
    return X
def m11():
    class X:
        "doc"
        x: int = 1
    return X
def m12():
    class X:
        def __init__(self): super().__init__()
        def __eq__(self, o): return 1
    return X(), X()
def m13():
    class E(Exception): pass
    try: raise E(1)
    except E: pass
    return E
def m14():
    class X(list): pass
    class Y(dict, object): pass
    class Z(X): pass
    return X(), Y(), Z()
def m15(): return property(len)
def m16(): return property(lambda s: 1, doc='x')
def m17(): return staticmethod(len)
def m18(): return classmethod(m17)
def m19(): return object.__new__(object)
def m20():
    class X:
        def __new__(cls, *a): return super().__new__(cls)
    return X(1), X(2)
def m21():
    p = property(m20)
    return p.setter(m19)
for f in (m0, m1, m2, m3, m4, m5, m6, m7, m8, m11, m12, m13, m14, m15, m18, m19, m20, m21): print(f.__name__, c(f), c(f), c(f))
