# Class statements: special methods, descriptors, metaclasses, MRO, slots.
def t(f,*a,**k):
    try: print('=>',f(*a,**k))
    except BaseException as e: print(type(e).__name__, e)
# inheritance, slots
class A:
    def __init__(self, x): self.x = x
    def __repr__(self): return f'A({self.x})'
    def __eq__(self, o): return self.x == o.x
    def __add__(self, o): return A(self.x + o.x)
    def __radd__(self, o): return ('radd', o)
    def __len__(self): return self.x
    def __getitem__(self, i):
        if i > 3: raise IndexError(i)
        return i*2
    def __call__(self, *a, **k): return (a, k)
    def __bool__(self): return self.x > 2
a = A(3)
print(a, a == A(3), a != A(3), a + A(4), 1 + a, len(a), a[2], bool(a), bool(A(1)), a(1,2,k=3))
for i in a: print(i, end=' ')
print()
t(hash, a)
print(A.__hash__)
class B(A):
    def __radd__(self, o): return ('B.radd', o.x)
print(A(1)+B(2), B(1)+A(2))
class C(int): pass
c=C(5); c.foo=1
print(c+1, c, C.__add__ is int.__add__, c.foo, c.__dict__)
class P:
    @property
    def v(self): return 42
    @v.setter
    def v(self, x): print('set', x)
    @classmethod
    def cm(cls, a): return (cls, a)
    @staticmethod
    def sm(a): return a
    def __getattr__(self, n):
        if n.startswith('z'): return n
        raise AttributeError(n)
p=P(); print(p.v); p.v=3; t(delattr,p,'v'); print(P.cm(1), p.cm(2), P.sm(3), p.sm(4)); print(p.zzz); t(getattr,p,'q')
class Q(P): pass
print(Q().zq, Q().v)
t(setattr, type('R',(),{'x':property(lambda s:1)})(), 'x', 1)
# descriptors
class D:
    def __set_name__(self, o, n): print('set_name', o.__name__, n)
    def __get__(self, o, t): return ('get', o is not None, t.__name__)
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('del')
class E:
    d = D()
print(E.d, E().d); e=E(); e.d=4; del e.d
class Base:
    def __init_subclass__(cls, **kw): print('init_subclass', cls.__name__, kw)
class S1(Base, k=1): pass
class S2(S1): pass
# metaclass
class M(type):
    def __new__(m, n, b, ns, **kw): print('M.new', n, kw); return super().__new__(m, n, b, ns)
    def __init__(c, n, b, ns, **kw): print('M.init', n, kw)
    def __call__(c, *a): print('M.call', a); return super().__call__(*a)
    @classmethod
    def __prepare__(m, n, b, **kw): print('prepare', n); return {}
    def __instancecheck__(c, o): return o == 7
    def __iter__(c): return iter([1,2])
class MC(metaclass=M, z=1): pass
mc=MC(); print(isinstance(7, MC), isinstance(8,MC), list(MC) if 0 else [x for x in MC])
# mro
class X: pass
class Y(X): pass
class Z(X): pass
class W(Y,Z): pass
print([k.__name__ for k in W.__mro__]); t(type,'bad',(X,Y),{})
Y.f = lambda self: 'Y'; Z.f = lambda self: 'Z'; print(W().f()); del Y.f; print(W().f()); Z.__len__ = lambda s: 9; print(len(W()))
W.__bases__=(Z,); print(W.__mro__ == (W,Z,X,object), X.__subclasses__(), Z.__subclasses__())
w=W(); w.__class__=Z; print(type(w))
class SL: __slots__=('a','_SL__p','__q'); 
s=SL(); s.a=1; s._SL__q=2; print(s.a, s._SL__q, sorted(SL.__slots__)); t(lambda: s._SL__p)
class SL2(SL): __slots__=('b','__dict__')
s=SL2(); s.b=1; s.zz=2; s.a=4; print(s.__dict__, s.b, SL2.__basicsize__, SL.__basicsize__, SL2.__dictoffset__, SL2.__weakrefoffset__)
print(SL.a, SL.__dict__['a'].__doc__, SL2.b.__qualname__ if hasattr(SL2.b,'__qualname__') else '')
def ff(): pass
print(ff.__name__, ff.__qualname__, ff.__defaults__, ff.__module__, ff.__doc__, ff.__dict__, ff.__closure__, ff.__annotations__, ff.__kwdefaults__, ff.__type_params__)
ff.x=1; print(ff.__dict__); ff.__name__='gg'; print(ff.__name__, ff.__qualname__); t(setattr, ff,'__name__',1); t(setattr,ff,'__code__',1); t(setattr,ff,'__defaults__',1)
def clo():
    y=1
    def inner(): return y
    return inner
t(setattr, ff, '__code__', clo().__code__)
def ann(a:int, b:str='x')->None: 'doc'
print(ann.__annotations__, ann.__doc__, ann.__defaults__)
m=a.__len__; print(m(), m.__func__ is A.__len__, m.__self__ is a, m.__name__, m == a.__len__, m is a.__len__)
cell=clo().__closure__[0]; print(cell.cell_contents); cell.cell_contents=5
import sys
print(type(sys), sys.__name__)
t(getattr, sys, 'nope'); t(lambda: super(A, a).__len__)
print(super(B, B(4)).__len__())
class G: 
    def __class_getitem__(cls, i): return (cls.__name__, i)
print(G[1], list[int], dict[str,int], list[int] == list[int], tuple[int, ...], list[int].__origin__, list[int].__args__)
print(list[int]([1,2]))
t(lambda: int[1]); print(type[int])
print(isinstance(1, int|str), isinstance('a', int|None), (int|str|None).__args__, int|str == str|int)
