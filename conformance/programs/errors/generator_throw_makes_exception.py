import sys
class E(Exception):
    def __new__(cls, *a): return cls
try: raise E
except TypeError as e: print(e)
def g():
    try: yield 1
    except TypeError as e: print('in', e); yield 2
# What throw() is given is made an exception; what goes wrong then is thrown instead.
def t(*a, start=True):
    x=g()
    if start: next(x)
    try: print(x.throw(*a))
    except BaseException as e: print(repr(e), e.__context__)
import warnings; warnings.simplefilter('ignore')
t(E); t(E,start=False); t(ValueError,(1,2)); t(ValueError,None); t(OSError,(2,3)); t(ValueError, TypeError(3)); t(TypeError, ValueError(3)); t(UnicodeError,[1]); t(UnicodeDecodeError,1); t(3); t(ValueError(1),2)
class Broken:
    def __iter__(self): return self
    def __next__(self): return 1
    def __getattr__(self, attr): 1/0
def h(): yield from Broken()
x=h(); next(x); sys.unraisablehook=lambda u: print(u.exc_type, type(u.object).__name__, u.err_msg); print(x.close())
exc = ImportError('test', name='name', path='path')
exc.__init__(); print(exc.msg, exc.name, exc.path)
code="""
def func3(s): pass
func4 = type(func3)(func3.__code__, {})
"""
sb={'None':None}; ns={'type':type,'__builtins__':sb}
exec(code,ns)
print(ns['func4'].__builtins__ is sb, ns['func3'].__builtins__ is sb)
