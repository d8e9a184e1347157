# super, properties, attributes of types, layouts.
def t(f,*a,**k):
    try: print('=>',f(*a,**k))
    except BaseException as e: print(type(e).__name__, e)
# __class__ cell, super forms
class A:
    def f(self): return 'A.f'
    @classmethod
    def c(cls): return cls.__name__
    @property
    def p(self): return 'A.p'
    x='A.x'
class B(A):
    def f(self): return 'B'+super().f()
    @classmethod
    def c(cls): return 'B.'+super().c()
    @property
    def p(self): return 'B.'+super().p
    def g(self): return super(B,self).x, super().x
    def h(self): return super().nope
    def i(self): return __class__
b=B(); print(b.f(), b.c(), B.c(), b.p, b.g(), b.i()); t(b.h)
t(lambda: B.f(3))
s=super(B,b); print(s, s.__thisclass__, s.__self__ is b, s.__self_class__); print(s.__class__)
class C(B):
    pass
print(C().f(), C().c())
# staticmethod/classmethod attributes
def fn(a): 'doc of fn'
sm=staticmethod(fn); cm=classmethod(fn)
print(sm.__doc__, sm.__name__, sm.__wrapped__ is fn, cm.__func__ is fn, sm(1), sm.__dict__.keys(), cm.__isabstractmethod__)
t(cm); t(lambda: cm(1))
# property
class P:
    def g(self): 'getter doc'
    p=property(g)
    q=property(fset=lambda s,v: None, doc='own')
print(P.p.__doc__, P.q.__doc__, P.p.fget, P.p.fset) if 0 else print(P.p.__doc__, P.q.__doc__, P.p.fset)
t(lambda: P().q); t(setattr,P(),'p',1); t(delattr,P(),'q')
class PP(property): pass
class P2:
    @PP
    def v(self): 'vdoc'; return 7
    @v.setter
    def v(self,x): pass
print(P2().v, P2.v.__doc__, type(P2.v))
# type attrs
class T: 'tdoc'; a:int=1
print(T.__doc__, T.__module__, T.__qualname__, T.__name__, T.__annotations__, T.__base__, T.__bases__, T.__dictoffset__, T.__weakrefoffset__, T.__basicsize__, T.__itemsize__, hex(T.__flags__ & ~(1<<19)))
T.__name__='T2'; T.__qualname__='q.T2'; print(T); T.__module__='mod'; print(T, T())if 0 else print(T); T.__doc__='x'; print(T.__doc__)
T.__bases__=(A,) if 0 else T.__bases__
class Bm: pass
class Bn(Bm): pass
class Bo: y=1
Bn.__bases__=(Bo,); print(Bn().y, Bm.__subclasses__(), Bo.__subclasses__())
t(setattr,Bn,'__bases__',(Bn,))
# mro()
class Meta(type):
    def mro(cls): return [cls, A, object] if cls.__name__=='Z' else super().mro()
class Z(metaclass=Meta): pass
print(Z.__mro__, Z().x)
class Meta2(type):
    def mro(cls): return [1]
t(lambda: Meta2('W',(),{}))
# instance dict manip
class I: pass
i=I(); i.a=1; d=i.__dict__; d['b']=2; print(i.b, vars(i)); i.__dict__={'z':1}; print(i.z, hasattr(i,'a'), d); del i.__dict__; print(i.__dict__)
t(setattr,i,'__dict__',3)
i2=I(); i2.x=1; i2.y=2; del i2.x; i2.x=3; print(list(i2.__dict__))
for k in range(40): setattr(i2,'k%d'%k,k)
print(len(i2.__dict__), i2.k39)
# __class__ assignment
class K1: __slots__=('a','b')
class K2: __slots__=('a','b')
class K3: __slots__=('a',)
k=K1(); k.a=1; k.__class__=K2; print(type(k), k.a); t(setattr,k,'__class__',K3)
# dir
print([n for n in dir(I()) if not n.startswith('__')], 'mro' in dir(I), 'mro' in dir(type), [n for n in dir(b) if not n.startswith('_')])
# eq/ne fallback, ordering errors
t(lambda: object()<object()); print(object()==object(), (lambda o:o==o)(object()), object().__eq__(1), object().__ne__(1))
o=object(); print(o.__eq__(o), o.__ne__(o), o.__hash__()==hash(o), o.__str__()==repr(o), o.__sizeof__())
t(object().__init__,1); t(object.__init__); 
print(object.__doc__, object.__init__.__doc__, type.__doc__, int.__new__.__doc__)
print(type(int.__new__), int.__new__.__self__, int.__new__.__name__, int.__new__.__qualname__, object.__new__ is int.__new__)
print(object.__subclasshook__(1), object.__init_subclass__(), type(object.__dict__['__subclasshook__']), object.__class__, type.__class__)
class NI(type): 
    def __call__(cls): return 'called'
class Nn(metaclass=NI): pass
print(Nn())
t(type.__subclasses__); t(type.mro); t(int.mro); t(lambda: type.__dict__['__mro__'].__get__(3))
class Cl:
    __slots__=('__weakref__',)
print(Cl.__weakrefoffset__, Cl().__weakref__)
t(lambda: type('x',(),{'__slots__':'abc'})().abc)
x=type('x',(),{'__slots__':'abc'})(); x.abc=3; print(x.abc); del x.abc; t(lambda:x.abc); t(delattr,x,'abc')
class WithNew:
    def __new__(cls): return 3
print(WithNew())
class E1(Exception):
    def __init__(self,*a): super().__init__('e1',*a); self.k=1
try: raise E1(3)
except E1 as e: print(e.args, e.k, e.__dict__)
print(isinstance(E1(), Exception), issubclass(E1,(int,BaseException)))
class Ins:
    @property
    def __class__(self): return int
print(isinstance(Ins(), int), isinstance(Ins(), Ins), Ins().__class__)
print((1).__class__, [].__class__, None.__class__, int.__class__)
print(list[int].__class__, (list[int]).__parameters__, list[int].append, repr(list[list[int]]), list[int] | None)
t(lambda: isinstance([],list[int]))
class Gx(list[int]): pass
print(Gx.__orig_bases__, Gx.__mro__)
