# Messages of types, classes and instances.
def t(f,*a,**k):
    try: print('=>',f(*a,**k))
    except BaseException as e: print(type(e).__name__, e)
t(setattr,object(),'x',1); t(setattr,[],'append',1); t(setattr,[],'zz',1); t(delattr,[],'append')
class C: pass
t(delattr,C(),'x'); t(delattr,C,'x'); t(setattr,int,'x',1); t(getattr,C,'zz'); t(setattr,C(),'__class__',1);t(setattr,C(),'__class__',int); t(setattr,3,'__class__',C)
class D: __slots__=('a',)
t(setattr,C(),'__class__',D); t(delattr,C(),'__class__')
t(setattr,D(),'b',1)
t(lambda: D().a); t(lambda: D().b); t(delattr, D(),'a')
t(C.__dict__['__dict__'].__get__, 1); t(setattr, C(),'__dict__',1); t(delattr,C(),'__weakref__'); t(setattr,C(),'__weakref__',1)
t(setattr,C,'__name__',1); t(delattr,C,'__name__'); t(setattr,C,'__name__','a\0b'); t(setattr,int,'__name__','x'); t(setattr,C,'__bases__',1); t(setattr,C,'__bases__',()); t(setattr,C,'__bases__',(1,)); t(setattr,C,'__bases__',(int,)); t(delattr,C,'__bases__')
t(delattr,C,'__module__'); t(delattr,C,'__doc__'); t(setattr,C,'__mro__',()); t(setattr,C,'__dict__',{}); t(lambda: int.__abstractmethods__); t(lambda:C.__abstractmethods__);t(lambda:type.__abstractmethods__)
t(object().__format__,'a');
t(type('x',(),{}).__init__, 1)
t(type,'x',(int,str),{}); t(type,'x',(bool,),{}); t(type,'x',(1,),{}); t(type,1,(),{}); t(type,'x',1,{}); t(type,'x',(),1); t(type,'x',(list,dict),{}); t(type,'x',(int,int),{})
t(type,'x',(),{'__slots__':1}); t(type,'x',(),{'__slots__':(1,)}); t(type,'x',(),{'__slots__':('1a',)}); t(type,'x',(int,),{'__slots__':('a',)}); t(type,'x',(),{'__slots__':('a',),'a':1}); t(type,'x',(),{'__slots__':('__dict__','__dict__')}); t(type,'x',(),{'__slots__':('__weakref__','__weakref__')}); t(type,'x',(C,),{'__slots__':('__dict__',)}); t(type,'x',(C,),{'__slots__':('__weakref__',)})
t(type,'x\0',(),{}); t(type,'x',(),{'__qualname__':1})
class M1(type):pass
class M2(type):pass
class A1(metaclass=M1):pass
class A2(metaclass=M2):pass
t(type,'x',(A1,A2),{}); t(M1)
t(type,'x',(),{'__classcell__':1})
t(type.__new__, type,'x'); t(type.__new__,type); t(type.__new__,type,1,2,3)
t(type.__prepare__,1,2,a=1)
t(type.__call__, int, '3'); t(type(None)); t(type(None),1); t(type(...)); t(type(NotImplemented)); t(type(iter([])))
t(C.mro); t(type.mro,int); t(type.__subclasses__,bool); t(isinstance,1,1); t(issubclass,1,int); t(issubclass,int,1);t(isinstance,1,(int,1))
t(lambda: C|int); t(lambda: C|None); t(lambda: C|1); t(lambda:None|C); t(lambda: int|int)
t(repr,C); t(repr,int); 
t(lambda: C.__text_signature__); t(lambda: object.__text_signature__);  t(lambda: C.__annotations__); t(lambda:int.__annotations__); t(lambda: C.__type_params__)
t(C.__sizeof__); t(int.__sizeof__); t(object().__sizeof__);t(C().__sizeof__); t(D().__sizeof__)
print(list(vars(type('x',(),{'__qualname__':'q.x','__init_subclass__':lambda cls:0,'__class_getitem__':lambda:0,'__new__':lambda:0,'__slots__':('b','a')}))))
t(super); t(super,1); t(super,int,'a'); t(lambda: super(bool,True)); t(lambda: super(bool,True).zz); t(lambda: super(bool))
t([].append, x=1); t(list.append,[]); t(list.append); t(list.append,1,2); t([].append); t(len); t(len,x=1)
t(int.__add__); t(int.__add__,1); t(int.__add__,'a',1); t(object.__new__); t(object.__new__,int); t(int.__new__,str); t(int.__new__,1)
t(type,1,2); t(type,'a',(),{},x=1); t(object,1); t(C,1); t(C().__init__,1)
