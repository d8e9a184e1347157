"""Conversions between numbers: what ranges reduce to, strict subclasses, buffers, and their errors."""
M=2**63
for t in [(13,), (0,11), (5,5),(20,3,-1),(13,21,3),(M-2, M-1, 2), (-M+1, -M, -2),(1, 2, M-1), (-1, -2, -M),(1, M-1, M-1), (-1, -M, -M),(M-3,M-1),(-M,M-1,M-1)]:
    it=iter(range(*t)); print(t, it.__reduce__()); 
    try: next(it); print('   ', it.__reduce__())
    except StopIteration: pass
    try: print('   ', reversed(range(*t)).__reduce__())
    except Exception as e: print(e)
print(round(1.5, 10**30), round(2.5,-10**30))
try: float.__round__(1.5,'a')
except TypeError as e: print(e)
import math
for e in ("int.from_bytes(0,'big')","int.from_bytes([256],'big')","int.from_bytes(['a'],'big')","float(x=1)","int(memoryview(b'12'))", "int(memoryview(b'z'))","float(memoryview(b'1.5'))","int(b'\\x00')","int(bytearray(b'1_0'))","float(bytearray(b'x'))", "complex(b'1')"):
    try: print(eval(e))
    except Exception as x: print(e,type(x).__name__,x)
class F(float):
    pass
try: F(x=1)
except TypeError as e: print(e)
class F2(float):
    def __init__(self, newarg=None): self.n=newarg
print(F2(1,newarg=3))if 0 else None
try: print(float.__new__(F2, 1), F2(newarg=3))
except TypeError as e: print(e)
class Foo(float):
    def __float__(self): return 42.
class Foo2(object):
    def __float__(self): return Foo()
import warnings
warnings.simplefilter('always')
import sys
def sw(m,*a,**k): print('W', m)
warnings.showwarning=sw
print(float(Foo()), float(Foo(3)))
class B:
    def __float__(self): return Foo(7)
print(float(B()), B.__float__(B()))
class I:
    def __int__(self): return True
    def __index__(self): return True
print(int(I()), type(int(I())))
class I2:
    def __index__(self): return True
print(int(I2()), range(I2()), [1,2][I2()])
import operator
print(operator.index(I2()))
class C:
    def __complex__(self): return type('CC',(complex,),{})(1j)
print(complex(C()))
class T:
    def __trunc__(self): return 3
print(int(T()))
class BI(int):
    def __int__(self): return True
print(int(BI(3)))
print(~True, ~False)
