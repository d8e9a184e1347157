"""What the compiler knows of the names of each block."""
import _symtable
def show(e, d=0):
    print(' '*d, e.name, e.type, e.lineno, e.nested, type(e.id).__name__, {k: v for k,v in e.symbols.items()}, e.varnames)
    for c in e.children: show(c, d+1)
print({k:v for k,v in sorted(_symtable.__dict__.items()) if isinstance(v,int)})
import symtable
SRC='''
import os as o, sys.path
from x import y
def outer(a, b: int = 2, *args, c, d=4, **kw) -> str:
    global G
    total = 0
    def inner(x):
        nonlocal total
        total += x + G + a
        return [y * a for y in range(x) if y]
    (lambda q: q)(1)
    del total
    z: int
    w: int = 1
    return {k: v for k, v in o}
class C[T](Base, metaclass=M):
    type Alias[U] = list[T, U]
    x: int = 3
    __p = 1
    def m(self):
        return __class__, super().m, self.__p
    async def n(self): return (i async for i in self)
def g[T: int](x: T) -> T: return x
try: pass
except E as e: pass
if (k := 3): pass
[kk := j for j in range(3)]
for f in g: pass
'''
show(_symtable.symtable(SRC, 'f', 'exec'))
show(_symtable.symtable('a+b', 'f', 'eval'))
for a in (('a=1','f','eval'),('def f(a,a): pass','f','exec'),('a','f','x')):
    try: print(_symtable.symtable(*a))
    except Exception as e: print(type(e).__name__, e)
print([a for a in dir(type(_symtable.symtable('a', 'f', 'eval'))) if a[0]!='_'], _symtable.symtable.__text_signature__, _symtable.__doc__, type(_symtable.symtable('a', 'f', 'eval')).__module__)
print(type(_symtable.symtable("a+b", "f", "eval")), type(_symtable.symtable("a", "f", "eval")).__basicsize__)
