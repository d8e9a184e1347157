import gc, weakref, functools
gc.collect()
out = []
class N:
    def __init__(self, n): self.n = n
    def __del__(self): out.append(self.n)
def ring(k):
    ns = [N(i) for i in range(k)]
    for i in range(k): ns[i].next = ns[(i + 1) % k]
    return ns
def show(l): print(l, out); out.clear()
r = ring(5); del r; print(gc.collect()); show('ring')
r = ring(5); x = r[3]; del r; print(gc.collect()); show('kept'); del x; print(gc.collect()); show('dropped')
a = N('a'); b = N('b'); a.l = [b, a]; b.d = {'a': a}; del a, b; print(gc.collect()); show('mixed')
class R:
    def __init__(self, n): self.n = n
    def __del__(self):
        out.append(self.n)
        if self.n == 1: keep.append(self)
keep = []
rs = [R(i) for i in range(4)]
for q in rs: q.all = rs
del rs, q; print(gc.collect()); show('resurrect'); print(len(keep[0].all)); keep.clear(); print(gc.collect()); show('again')
c = []
class W:
    def __init__(self, n): self.n = n
ws = [W(i) for i in range(4)]; refs = []
for w in ws: w.ws = ws; refs.append(weakref.ref(w, lambda r, n=w.n: out.append(('cb', n))))
del ws, w; print(gc.collect()); show('weak')
w = W(0); w.w = w; w.r = weakref.ref(w, lambda r: out.append('inner')); o = weakref.ref(w, lambda r: out.append('outer')); del w; print(gc.collect()); show('inner weak'); print(o())
def g(n):
    try: yield n
    finally: out.append(('gen', n))
x = g(1); next(x); l = [x]; 
def h():
    me = yield
    try: yield
    finally: out.append('self gen')
y = h(); next(y); y.send(y); del y; print(gc.collect()); show('gen')
del x, l; show('gen2')
class Slot:
    __slots__ = ('a', 'n')
    def __del__(self): out.append(('slot', self.n))
s1 = Slot(); s2 = Slot(); s1.a = s2; s2.a = s1; s1.n = 1; s2.n = 2; del s1, s2; print(gc.collect()); show('slots')
class Meta(type):
    def __del__(cls): out.append(('class', cls.__name__))
class A(metaclass=Meta): pass
class B(A): pass
B.x = A(); del A, B; print(gc.collect()); show('classes')
def deep(n):
    d = N('deep'); top = d
    for i in range(n): d.child = N(i); d = d.child
    d.child = top
deep(6); print(gc.collect()); show('deep')
gc.collect(); gc.disable()
class T:
    def __init__(self, n): self.n = n
    def __del__(self): out.append((self.n, gc.collect(0)))
t = T(1); t.t = t; u = T(2); u.u = u; del t, u; print(gc.collect()); show('nested')
class E:
    def __del__(self): raise ValueError('in del')
e = E(); e.e = e; del e; print(gc.collect())
try: raise KeyError(1)
except KeyError as ex: z = N('exc'); z.tb = ex.__traceback__; z.ex = ex
del z; print(gc.collect()); show('exc')
m = memoryview(b'abc'); print(gc.collect())

class Prop:
    @property
    def p(self): return self
    @functools.cached_property
    def c(self): return [self]
q = Prop(); q.c; del q; print(gc.collect())
dd = __import__('collections').defaultdict(list); dd[1].append(dd); del dd; print(gc.collect())
dq = __import__('collections').deque(); dq.append(dq); del dq; print(gc.collect())
it = iter([1]); ll = [it]; ll.append(iter(ll)); del it, ll; print(gc.collect())
z = zip([1]); lz = [z]; zz = map(lambda *a: zz, lz); lz.append(zz); del z, lz, zz; print(gc.collect())
