import gc, sys, collections, functools, itertools, types, weakref
t = gc.is_tracked
class A: pass
class S: __slots__ = ()
class S1: __slots__ = ('a',)
class T(tuple): pass
class TS(tuple): __slots__ = ()
class I(int): pass
class IS(int): __slots__ = ()
class St(str): pass
def f(): pass
def g(): yield
print([t(x) for x in (None, 1, 1.0, 'a', b'a', (), (1,), (1, 'a'), ([],), [], {}, {1: 1}, {1: []}, set(), frozenset(), {1}, A(), S(), S1(), T(), TS(), T((1,)), I(), IS(), St(), f, g(), len, [].append, ''.join, A, int, type, sys, object(), range(3), slice(1), slice(1, [], 2), iter([]), iter(()), iter(''), iter({}), iter(set()), iter(range(3)), {}.keys(), {}.items(), zip(), map(f, ()), filter(f, ()), enumerate([]), reversed([]), property(), classmethod(f), staticmethod(f), memoryview(b''), bytearray(), f.__code__, super(A), A().__init__, A.__dict__, types.SimpleNamespace(), types.ModuleType('x'), weakref.ref(A), weakref.proxy(A), functools.partial(f), collections.deque(), itertools.count(), itertools.chain(), list[int], int | str, 1j, NotImplemented, Exception(), StopIteration(), list.append, int.__add__, (1).__add__, type.__dict__['__name__'], S1.a, types.CellType(1), sys._getframe(), collections.defaultdict(), collections.OrderedDict(), collections.Counter(), sys.flags, sys.version_info)])
t1 = (1, 2); t2 = (t1, t1); t3 = ([],); t4 = (1, (2, (3,)))
print(t(t1), t(t2), t(t3), t(t4)); gc.collect(); print(t(t1), t(t2), t(t3), t(t4))
x = tuple([1, 2]); print(t(x)); gc.collect(0); print(t(x))
x = tuple(i for i in range(3)); print(t(x)); gc.collect(0); print(t(x))
x = (1,) + (2,); print(t(x)); gc.collect(0); print(t(x))
x = (1, 2) * 2; print(t(x)); gc.collect(0); print(t(x))
x = (1, 2, 3)[1:]; print(t(x)); gc.collect(0); print(t(x))
def va(*a): return a
x = va(1, 2); print(t(x)); gc.collect(0); print(t(x))
def mk(): a = 1; b = 'x'; return (a, b)
x = mk(); print(t(x)); gc.collect(0); print(t(x))
d = {}; print(t(d)); d['a'] = 1; print(t(d)); d['b'] = (1, 2); print(t(d)); d['c'] = 'x'; print(t(d)); d['d'] = []; print(t(d)); del d['d']; print(t(d)); gc.collect(1); print(t(d)); gc.collect(); print(t(d))
d = {(1, 2): 3}; print(t(d)); k = mk(); d = {k: 1}; print(t(d), t(k)); gc.collect(); print(t(d), t(k))
d = dict(a=1); print(t(d)); d = dict([('a', 1)]); print(t(d)); d = dict([('a', [])]); print(t(d)); d = dict.fromkeys('ab'); print(t(d)); d = {**{'a': 1}}; print(t(d)); d = {'a': []}.copy(); print(t(d)); d = {'a': 1}.copy(); print(t(d)); d = {'a': 1} | {'b': 2}; print(t(d)); d = {'a': 1}; d.update(b=[]); print(t(d)); d = {'a': 1}; d.setdefault('c'); print(t(d)); d.setdefault('e', []); print(t(d))
d = {i: i for i in range(5)}; print(t(d)); d = {i: [] for i in range(2)}; print(t(d)); d = {f: 1}; print(t(d)); d = {1: f}; print(t(d)); d = {1: St()}; print(t(d)); d = {1: IS()}; print(t(d)); d = {'a': A()}; print(t(d)); d = {'a': A}; print(t(d)); d = {'a': int}; print(t(d)); d = {'a': S()}; print(t(d)); d = {1: frozenset()}; print(t(d)); d={1: 1.5, 2: 3j, 3: b'x', 4: None, 5: ..., 6: True, 7: range(3)}; print(t(d)); d = {1: object()}; print(t(d)); d = {1: bytearray()}; print(t(d))
a = A(); print(t(a)); vd = vars(a); print(t(vd)); a.x = 1; print(t(vd)); a.y = []; print(t(vd))
b = A(); b.x = 1; print(t(vars(b))); c = A(); c.x = []; print(t(vars(c)))
def kw(**k): return k
print(t(kw()), t(kw(a=1)), t(kw(a=[])))
class M(dict): pass
m = M(); print(t(m)); m['a'] = 1; print(t(m)); gc.collect(); print(t(m), t(M(a=1)))
print(t(A.__dict__), t(globals()), t(locals()), t(f.__dict__), t(f.__defaults__ or ()), t(type('X', (), {}).__mro__), t(type('X', (), {}).__bases__))
nt = collections.namedtuple('N', 'a b'); n = nt(1, 2); print(t(n)); gc.collect(); print(t(n))
print(t(f.__annotations__), t(g.__code__.co_consts), t(sys.modules), t(sys.path), t(A.__subclasses__()), t(object.__subclasses__()))
