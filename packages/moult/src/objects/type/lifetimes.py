# Reference counts, sizes and deaths of classes, functions and methods.
import gc, sys, weakref
gc.collect()
def t(f,*a,**k):
    try: print('=>',f(*a,**k))
    except BaseException as e: print(type(e).__name__, e)
class A: pass
print(sys.getrefcount(A), sys.getsizeof(A), sys.getsizeof(A()))
r=weakref.ref(A); del A
print(r() is None, gc.collect(), r() is None)
class A:
    def f(self): pass
    x=property(lambda s:1)
class B(A): __slots__=('q',)
print(gc.collect(), sys.getsizeof(B), sys.getsizeof(B()), sys.getrefcount(B), sys.getrefcount(A), len(gc.get_referrers(A))>0)
a=[A() for i in range(10)]
print(sys.getrefcount(A)); del a; print(sys.getrefcount(A))
del B; print(A.__subclasses__()); print(gc.collect()); print(A.__subclasses__()); del A; print(gc.collect())
class D:
    def __del__(self): print('del', self.n)
d=D(); d.n=1; del d
d=D(); d.n=2; d.d=d; del d; print(gc.collect())
class S: __slots__=('a','b','__weakref__')
s=S(); s.a=s; w=weakref.ref(s); del s; print(w() is not None, gc.collect(), w())
print(gc.is_tracked(S()), gc.is_tracked(S), gc.is_tracked(object()))
def f(): pass
print(sys.getrefcount(f), sys.getsizeof(f)); w=weakref.ref(f); del f; print(w())
def g():
    def h(): return h
    return h
g(); print(gc.collect())
class C:
    def m(self): pass
c=C(); m=c.m; print(sys.getrefcount(c), sys.getrefcount(C.m)); del m; print(sys.getrefcount(c))
print(sys.getrefcount(C.__dict__['m']))
o=C(); o.a=1; o.b=2; print(sys.getsizeof(o), o.__dict__, sys.getsizeof(o.__dict__), sys.getrefcount(o.__dict__))
print(gc.get_referents(C)[0].keys() if isinstance(gc.get_referents(C)[0], dict) else gc.get_referents(C)[0])
print([type(x).__name__ for x in gc.get_referents(C)])
print([type(x).__name__ for x in gc.get_referents(g)])
class Meta(type): 
    def __new__(m,*a): return super().__new__(m,*a)
class MM(metaclass=Meta): pass
print(sys.getsizeof(MM), sys.getrefcount(Meta)); del MM; print(gc.collect(), sys.getrefcount(Meta))
class E(Exception): pass
try: raise E(1)
except E as e: e.x=1; print(e.__dict__, sys.getsizeof(E))
del E, Meta
print(gc.collect())
