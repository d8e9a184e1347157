import sys, gc
g = sys.getsizeof
class A: pass
a = A()
print(g(a), g(a.__dict__), g(a))
class B:
    def __init__(self, n):
        for i in range(n): setattr(self, 'x%d' % i, i)
for n in range(0, 40):
    class B2:
        def __init__(self, n):
            for i in range(n): setattr(self, 'x%d' % i, i)
    b = B2(n); s = [g(b)]; s.append(g(vars(b))); b2 = B2(n); s.append(g(vars(b2))); b3 = B2(n // 2); s.append(g(vars(b3))); s.append(g(b)); print(n, s)
class P:
    def __init__(self): self.a = 1; self.b = 2; self.c = 3
p = P(); d = vars(p); print(g(p), g(d))
p.d = 4; print(g(d)); del p.a; print(g(d)); p.a = 5; print(g(d)); d[1] = 2; print(g(d)); p.e = 1; print(g(d))
q = P(); print(g(vars(q))); vars(q).clear(); print(g(vars(q))); q.z = 1; print(g(vars(q)))
q = P(); q.__dict__ = {}; print(g(q), g(q.__dict__)); q.a = 1; print(g(q.__dict__))
q = P(); vars(q).update(x=1, y=2); print(g(vars(q)))
q = P(); c = vars(q).copy(); print(g(c)); c['k'] = 1; print(g(c))
q = P(); del q.b; print(g(vars(q))); c = dict(vars(q)); print(g(c))
class Many: pass
ms = []
for i in range(40):
    m = Many(); setattr(m, 'attr%d' % i, 1); ms.append(m)
print([g(m) for m in ms][:3], [g(vars(m)) for m in ms])
class Slots: __slots__ = 'a b c d'.split()
print(g(Slots()), Slots.__basicsize__)
class SD(Slots): pass
x = SD(); x.q = 1; print(g(x), g(vars(x)), SD.__basicsize__)
class SL(list): __slots__ = ('z',)
print(g(SL()), g(SL([1, 2, 3])), SL.__basicsize__)
class IntS(int): pass
for n in (0, 1, 2**30, 2**64, -5): print(g(IntS(n)), end=' ')
print()
class IL(int): __slots__ = ()
for n in (0, 1, 2**30, 2**64, -5): print(g(IL(n)), end=' ')
print()
class Own:
    def __sizeof__(self): return 1000
class OwnS:
    __slots__ = ()
    def __sizeof__(self): return 1000
print(g(Own()), g(OwnS()))
class Bad:
    def __sizeof__(self): return -1
class Bad2:
    def __sizeof__(self): return 'x'
class Bad3:
    def __sizeof__(self): raise KeyError(1)
for c in (Bad, Bad2, Bad3):
    try: print(g(c()))
    except Exception as e: print(type(e).__name__, e)
    try: print(g(c(), 5))
    except Exception as e: print(type(e).__name__, e)
def f(a, b=1, *c, d=2, **e): return a
print(g(f), g(f.__code__) > 100, g(f.__defaults__), g(f.__kwdefaults__), g(f.__dict__)); f.x = 1; print(g(f), g(f.__dict__))
def gen0(): yield
def gen3(a, b, c): yield a; yield b + (yield c)
def gen9(a): x = y = z = w = v = 1; yield [a, x, y, z, w, v, [1, [2, [3, (yield)]]]]
print(g(gen0()), g(gen3(1, 2, 3)), g(gen9(1)))
async def c1(): return 1
c = c1(); print(g(c)); c.close()
print(g((lambda: (yield))()), g(x for x in ()))
def fr(): return sys._getframe()
print(g(fr()))
def fr2(a, b, c): x = 1; return sys._getframe()
print(g(fr2(1, 2, 3)))
try: 1 / 0
except ZeroDivisionError as e: print(g(e), g(e.__traceback__), g(e.__traceback__.tb_frame) )
import types
m = types.ModuleType('m'); print(g(m), g(m.__dict__)); m.x = 1; print(g(m.__dict__))
print(g(A), g(A.__dict__), g(P), g(Slots))
for i in range(40): setattr(A, 'a%d' % i, 1)
print(g(A), g(A.__dict__))
print(g(type('X', (), {})), g(type('X', (), {'a': 1})), g(type('X', (), dict.fromkeys('abcdefghijklmnop'))), g(type('Y', (list,), {})), g(type('Z', (A,), {'__slots__': ()})))
