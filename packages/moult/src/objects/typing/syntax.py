# Type parameter lists and type statements.
import sys,gc
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
class A[T]: 
    def m[U](self, x: U) -> T: return T, U
    x: T
print(A, A.__type_params__, A.__orig_bases__, A.__parameters__, A.__mro__, A.__annotations__, A.__bases__)
print(A().m(3), A.m.__type_params__, A.m.__annotations__, A[int], A[int]().__orig_class__)
class B[T: int, U: (int, str), *Ts, **P](dict): pass
a,b,c,d = B.__type_params__
print(a,b,c,d, a.__bound__, b.__constraints__, b.__bound__, a.__constraints__, a.__infer_variance__, d.__infer_variance__, d.__covariant__)
for x in B.__type_params__: print(x.__module__, type(x), sys.getsizeof(x), [r for r in gc.get_referents(x) if not callable(r) or isinstance(r, type)])
class L[T: undefined_name]: pass
t(lambda: L.__type_params__[0].__bound__); undefined_name=3; t(lambda: L.__type_params__[0].__bound__); undefined_name=4;t(lambda: L.__type_params__[0].__bound__)
class L2[T: (int, undef2)]: pass
t(lambda: L2.__type_params__[0].__constraints__)
def f[T, *Ts, **P](x: T, *a: *Ts) -> P: return T
print(f.__type_params__, f(1), f.__annotations__)
def g[T](x: T = 3, *, y=4): return x, y, T
print(g(), g.__defaults__)
type X[U, *V, **W] = list[U]
print(X, X.__name__, X.__value__, X.__type_params__, X.__parameters__, X[int, str, [int]] , X.__module__)
type Y = Y | undef3
t(lambda: Y.__value__); undef3=int; t(lambda: Y.__value__)
type Z = int
t(lambda: Z | str); t(lambda: Z.__value__ is int); t(lambda: Z.__type_params__); t(lambda: isinstance(3, Z)); t(lambda: Z[int]); t(lambda: Z()); 
class C:
    type In[T] = tuple[T, Q]
    Q = 5
    def m[T: Q](self): return T.__bound__
    class N[T: Q]: pass
print(C.In.__value__, C().m(), C.N.__type_params__[0].__bound__)
async def co[T](x: T): yield T
print(co.__type_params__)
class D[T](A[T]): pass
print(D.__mro__, D[int], D.__orig_bases__, D.__parameters__)
def dec(x): print('dec', x.__name__); return x
@dec
class E[T]: pass
@dec
def h[T](): pass
t(lambda: A[int, str]); t(lambda: A[3])
f.__type_params__ = (); print(f.__type_params__)
t(lambda: setattr(f, '__type_params__', 3))
exec('class G1[T]: pass'); print(G1)
class K[T](metaclass=type, ): pass
print(K)
class Meta(type):
    def __new__(m, n, b, ns, **k): print(n, b, k, sorted(ns)); return super().__new__(m, n, b, ns)
class K2[T](A[T], metaclass=Meta, z=3): pass
lst=[T for T in range(3)]
class Rec[T]:
    def a(self): 
        class I[U]: 
            x = T, U
        return I.x
print(Rec().a())
def outer[T]():
    def inner[U: T](): return U.__bound__
    return inner()
print(outer())
