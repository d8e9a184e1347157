import gc, sys, types, weakref
class A: pass
class S: __slots__ = ('a', 'b')
def names(l): return sorted(type(x).__name__ for x in l)
a = A(); a.x = [1]; a.y = {}; print(names(gc.get_referents(a))); vars(a); print(names(gc.get_referents(a)))
s = S(); s.a = []; print(names(gc.get_referents(s)))
def f(x=1, *, y=[2]):
    z = x
    def g(): return z
    return g
print(names(gc.get_referents(f)), names(gc.get_referents(f())), names(gc.get_referents(f().__closure__[0])))
print(names(gc.get_referents(A)), names(gc.get_referents(S)))
print(names(gc.get_referents(A().__init__)), names(gc.get_referents([].append)), names(gc.get_referents(len)))
def gen(q):
    w = [q]; yield w
g = gen(1); print(names(gc.get_referents(g))); next(g); print(names(gc.get_referents(g)))
try: 1 / 0
except ZeroDivisionError as e:
    print(names(gc.get_referents(e)), names(gc.get_referents(e.__traceback__)), names(gc.get_referents(e.__traceback__.tb_frame))); 
def fr():
    loc = [1]; return sys._getframe()
print(names(gc.get_referents(fr())))
print(names(gc.get_referents(types.SimpleNamespace(a=1))), names(gc.get_referents(types.ModuleType('m'))), names(gc.get_referents(weakref.ref(A, print))), names(gc.get_referents(weakref.ref(A))))
print(names(gc.get_referents(slice([], {}))), names(gc.get_referents(iter([]))), names(gc.get_referents(zip([1]))), names(gc.get_referents(map(len, []))), names(gc.get_referents(enumerate([]))), names(gc.get_referents(reversed([]))), names(gc.get_referents(filter(len, []))), names(gc.get_referents({1: [], 'a': ()}.items())), names(gc.get_referents(iter({1: []}))), names(gc.get_referents(iter({1: []}.items()))))
print(names(gc.get_referents(property(len, print, doc='d'))), names(gc.get_referents(staticmethod(len))), names(gc.get_referents(classmethod(len))), names(gc.get_referents(super(A, a))), names(gc.get_referents(list[int])), names(gc.get_referents(int | str)), names(gc.get_referents(A.__dict__)), names(gc.get_referents(A.__dict__['__dict__'])), names(gc.get_referents(S.a)), names(gc.get_referents(str.join)), names(gc.get_referents(int.__add__)), names(gc.get_referents((1).__add__)))
print(names(gc.get_referents(f.__code__)), names(gc.get_referents(1, 'a', None, int)))
x = []; y = [x]; z = {'k': x}; w = (x,); v = {1: x}; u = A(); u.x = x; tt = S(); tt.a = x
def clo(): return x
q = {x_: 1 for x_ in ()}; st = {w} if 0 else None
print(names(gc.get_referrers(x)))
k = lambda d=x: d
print(names(gc.get_referrers(x)), names(gc.get_referrers(A)), len(gc.get_referrers(u)))
class Meta(type): pass
class M(metaclass=Meta): pass
print(names(gc.get_referrers(Meta)), names(gc.get_referrers(M)), names(gc.get_referents(M)))
gc.collect(); gc.set_debug(gc.DEBUG_SAVEALL)
c = A(); c.c = c; c.l = [c]; c.t = (c,); c.d = {'c': c}; c.f = lambda: c
del c; print(gc.collect(), [type(o).__name__ for o in gc.garbage]); gc.set_debug(0); gc.garbage.clear()
print(gc.collect())
gc.set_debug(gc.DEBUG_COLLECTABLE); c = []; c.append(c); del c; gc.collect(); c = A(); c.d = {1: c}; del c; gc.collect(); gc.set_debug(0)
print(len(gc.get_objects(0)) < len(gc.get_objects()), type(gc.get_objects(2)))
o = []; print(any(i is o for i in gc.get_objects(0)), any(i is o for i in gc.get_objects(1))); gc.collect(0); print(any(i is o for i in gc.get_objects(0)), any(i is o for i in gc.get_objects(1))); gc.collect(1); print(any(i is o for i in gc.get_objects(2)))
