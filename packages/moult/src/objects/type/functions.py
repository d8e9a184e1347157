# Functions, methods, code objects, namespaces.
def t(f,*a,**k):
    try: print('=>',f(*a,**k))
    except BaseException as e: print(type(e).__name__, e)
import sys
class types: SimpleNamespace=type(sys.implementation); MappingProxyType=type(type.__dict__); MethodType=type(t.__get__(1)); FunctionType=type(t)
print(types.SimpleNamespace(a=1,b='x'), types.SimpleNamespace(a=1)==types.SimpleNamespace(a=1))
ns=types.SimpleNamespace(); ns.me=ns; print(ns)
print(type(types.MappingProxyType({'a':1})), types.MappingProxyType({'a':1})['a'], types.MappingProxyType({'a':1})|{'b':2})
print(type.__dict__['__dict__'], type(type.__dict__['mro']), int.__dict__['real'], list.__dict__['append'], int.__dict__['__add__'], [].append.__name__, [].append.__qualname__, len.__qualname__, dict.fromkeys.__qualname__, dict.__dict__['fromkeys'])
print([].append.__self__, len.__self__, len.__module__, [].append.__module__, len.__doc__ is not None, int.__add__.__doc__, int.__add__.__text_signature__)
print(types.MethodType(len,[1,2])(), types.MethodType(len,[1]))
t(types.MethodType,1,2); t(types.MethodType,len,None); t(types.FunctionType,1,{})
g=types.FunctionType((lambda x:x+1).__code__,{}, 'nm',(5,)); print(g(), g.__name__)
c=(lambda a,b=1,*c,d,**e:0).__code__
print(c.co_argcount,c.co_varnames,c.co_flags,c.co_name,c.co_consts,c.co_names,c.co_nlocals,c.co_kwonlyargcount, c.co_freevars, c.co_cellvars, c.co_stacksize,c.co_firstlineno)
print(list(c.co_lines()), c.replace(co_name='zz').co_name, c==c.replace(), c==c.replace(co_name='q'))
x=1000; 
def k1(): return 1000, 'some text!', (1,2,'a b')
def k2(): return 1000, 'some text!', (1,2,'a b')
print([a is b for a,b in zip(k1(),k2())])
print(k1.__code__.co_consts)
print(NotImplemented, ..., None, type(None)(), type(...)() is ..., type(NotImplemented)() is NotImplemented)
class Abs:
    __abstractmethods__=frozenset(['x'])
Abs.__abstractmethods__=frozenset(['x','y']); t(Abs)
class SN:
    def __set_name__(s,o,n): raise ValueError('bad')
try:
    class SNN: a=SN()
except ValueError as e: print(e, e.__notes__)
def q(): 
    return __class__ if 0 else 1
class Outer:
    class Inner:
        def meth(self): pass
print(Outer.Inner.meth.__qualname__, Outer.Inner.__qualname__, Outer.Inner)
