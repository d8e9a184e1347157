import sys, gc, weakref
class Meta(type):
    def __new__(m, n, b, ns, **kw): print("new", n, kw, list(ns)); return super().__new__(m, n, b, ns)
    def __init__(c, n, b, ns, **kw): print("init", n); super().__init__(n, b, ns)
    def __call__(c, *a, **k): print("call", c.__name__, a, k); return super().__call__(*a, **k)
    def __prepare__(n, b, **kw): print("prep", n, b, kw); return {"pre": 1}
    def __del__(c): print("del class", c.__name__)
    def __instancecheck__(c, o): return o == 5
    def __getattr__(c, n): return "meta:" + n
class A(metaclass=Meta, x=1):
    def __init_subclass__(cls, **kw): print("init_subclass", cls.__name__, kw)
    def __class_getitem__(cls, i): return (cls.__name__, i)
    def __new__(cls, *a): print("A.new", a); return super().__new__(cls)
    def __init__(self, *a): self.a = a
    def __set_name__(self, o, n): print("set_name", n)
class B(A, y=2): pass
print(A.foo, A[1], B[2], isinstance(5, A), isinstance(B(), A))
b = B(1, 2)
print(b.a, b.pre)
class D:
    def __get__(s, i, o): return ("get", i is None, o.__name__ if o else None)
    def __set__(s, i, v): print("set", v)
    def __delete__(s, i): print("delete")
    def __set_name__(s, o, n): print("sn", o.__name__, n)
class ND:
    def __get__(s, i, o): return "nd"
class X:
    d = D(); n = ND()
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v
    @p.deleter
    def p(self): del self._p
    @classmethod
    def cm(cls, *a): return cls.__name__, a
    @staticmethod
    def sm(*a): return a
x = X(); x.d = 5; print(x.d, X.d, x.n); x.n = 3; print(x.n, x.__dict__); del x.d
x.p = 1; print(x.p); del x.p
try: x.p
except AttributeError as e: print(e, e.name, e.obj is x)
print(x.cm(1), X.cm(2), x.sm(3), X.sm())
try: del X.p; x.p
except AttributeError as e: print(e)
class G:
    def __getattr__(s, n):
        if n.startswith("z"): raise AttributeError("no z")
        return n * 2
    def __setattr__(s, n, v): print("setattr", n); object.__setattr__(s, n, v)
    def __delattr__(s, n): print("delattr", n); object.__delattr__(s, n)
    def __dir__(s): return ["b", "a"]
g = G(); g.q = 1; print(g.q, g.r, hasattr(g, "zz"), getattr(g, "zz", 0), dir(g)); del g.q
class GA:
    def __getattribute__(s, n): 
        if n == "x": return 1
        return super().__getattribute__(n)
print(GA().x, GA().__class__)
class M1: 
    def f(s): return "M1"
class M2(M1):
    def f(s): return "M2" + super().f()
class M3(M1):
    def f(s): return "M3" + super().f()
class M4(M2, M3):
    def f(s): return "M4" + super(M4, s).f()
print(M4().f(), [c.__name__ for c in M4.__mro__], M4.__bases__, M1.__subclasses__())
class S:
    __slots__ = ("a", "b", "__weakref__")
s = S(); s.a = 1; print(s.a, hasattr(s, "b"), S.a, weakref.ref(s)() is s)
try: s.c = 1
except AttributeError as e: print(e)
class S2(S): __slots__ = ("c",)
s = S2(); s.c = 1; s.b = 2; print(sys.getsizeof(s), S2.__slots__)
class S3(S2): pass
s = S3(); s.z = 1; print(s.__dict__, S3.__weakref__ if hasattr(S3, '__weakref__') else None)
try:
    class Bad(S, M1): __slots__ = ()
    class Bad2(int, str): pass
except TypeError as e: print(e)
class Op:
    def __init__(s, v): s.v = v
    def __radd__(s, o): return ("radd", o)
    def __add__(s, o): return NotImplemented
    def __iadd__(s, o): s.v += o; return s
    def __eq__(s, o): return NotImplemented
    def __lt__(s, o): return ("lt", s.v)
    def __matmul__(s, o): return "mm"
    def __pow__(s, o, m=None): return ("pow", o, m)
    def __rpow__(s, o): return ("rpow", o)
    def __neg__(s): return "neg"
    def __index__(s): return s.v
    def __bool__(s): return s.v > 1
    def __contains__(s, i): return i == 3
    def __len__(s): return 7
    def __getitem__(s, i): return i
    def __missing__(s, k): return k
    def __format__(s, f): return f"<{f}>"
    def __round__(s, n=None): return ("round", n)
    def __divmod__(s, o): return 1, 2
    def __rfloordiv__(s, o): return "rfd"
    def __hash__(s): return -1
    def __reversed__(s): return "rev"
    def __length_hint__(s): return 3
    def __call__(s, *a, **k): return a, k
    def __enter__(s): return "ent"
    def __exit__(s, *a): return True
    def __invert__(s): return "inv"
    def __int__(s): return 77
    def __float__(s): return 7.5
    def __complex__(s): return 1j
    def __abs__(s): return "abs"
o = Op(2)
print(1 + o, o == o, o < 1, 1 > o, o @ 1, o ** 2, 2 ** o, pow(o, 2, 3), -o, [1,2,3,4][o], bool(o), 3 in o, 4 in o, len(o), o[1:2], o[...,1], f"{o:abc}", round(o), round(o, 2), divmod(o, 1), 5 // o, hash(o), reversed(o), o(1, k=2), ~o, int(o), float(o), complex(o), abs(o), hex(o), range(o), "x" * o)
o += 5; print(o.v)
with o as q: print(q); raise ValueError
try: o + 1
except TypeError as e: print(e)
print(isinstance(True, int), issubclass(bool, (str, int)), type(1) is int, callable(o), callable(1))
class E1: 
    def __eq__(s, o): return True
print(E1.__hash__)
print(type("Dyn", (M1,), {"a": 1, "__module__": "mm"}), type("Dyn", (M1,), {"a": 1})().f())
print(repr(M4), str(M4()) [:20], M4.__qualname__, M4.__module__, M4.__dict__.keys())
def outer():
    class Inner:
        def m(self): return __class__
    return Inner
I = outer(); print(I().m() is I, I.__qualname__, I.m.__qualname__)
gc.collect()
del A, B, b
print("collecting"); gc.collect(); print("end")
