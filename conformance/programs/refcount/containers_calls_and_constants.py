import sys
class O:
    pass
o = O()
rc = sys.getrefcount
def show(label): print(label, rc(o))
show("base")
l = [o]*5; show("list")
l += l; show("iadd")
del l[2:5]; show("del slice")
l[1:3] = [o,o,o,o]; show("assign")
l.insert(0,o); show("insert")
l.reverse(); show("rev")
m = l.copy(); show("copy")
l.pop(); l.pop(0); show("pop")
l.remove(o); show("remove")
m.extend(l); show("extend")
m.extend(x for x in l); show("extend gen")
m *= 2; show("imul")
m.clear(); show("clear")
l = None; show("none")
t = (o,)*3; show("tuple")
a,b,*c = t; show("unpack")
del a,b,c; show("del")
d = dict.fromkeys(range(10), o); show("fromkeys")
d.update({1:1,2:2}); show("update")
d.setdefault(100,o); show("setdefault")
d.pop(3); show("pop")
d.popitem(); show("popitem")
e = d | {5:o, 200:o}; show("or")
f = {**d, **e}; show("star")
del e, f; show("del")
d2 = d.copy(); show("copy")
s = {o}; show("set")
fs = frozenset([o]); show("frozen")
s |= {o}; show("s")
s2 = s & fs; show("and")
s3 = s ^ fs; show("xor")
d.clear(); d2.clear(); del s, fs, s2, s3, t; show("end")
def g(a, *args, k=o, **kw):
    return rc(o)
print(g(o), g(o,o,o), g(o,k=o), g(o,x=o,y=o), g(*[o]*3), g(**{'a':o,'b':o}))
h = lambda x=o: rc(x)
print(h(), h(o))
print(rc(o))
class P:
    x = o
    def m(self, a): return rc(a)
p = P()
print(rc(o), p.m(o), P.m(p, o), p.m(a=o), p.m(*(o,)), p.m(**{'a': o}))
p.x = o; p.y = o
print(rc(o))
print(rc(p), rc(P))
bm = p.m
print(rc(p), bm(o))
del bm
print(rc(p))
def gen(x):
    yield rc(x)
    y = x
    yield rc(x)
    yield x
    del x
    yield rc(y)
for v in gen(o): print(v if isinstance(v,int) else 'o', rc(o))
print(rc(o))
x = [o for _ in range(3)]; print(rc(o))
x = {i: o for i in range(3)}; print(rc(o))
x = {o for i in range(3)}; print(rc(o))
x = tuple(o for i in range(3)); print(rc(o))
x = list(map(lambda q: q, [o,o])); print(rc(o))
x = list(zip([o,o],[o,o])); print(rc(o))
x = list(enumerate([o,o])); print(rc(o))
x = sorted([o,o], key=lambda q: 1); print(rc(o))
x = list(filter(None,[o,o])); print(rc(o))
x = max([o,o], key=id); print(rc(o))
x = [*[o], *[o]]; print(rc(o))
x = (*[o], *[o]); print(rc(o))
x = slice(o,o,o); print(rc(o))
x = [[o]]*3; print(rc(o))
x = iter([o]); print(rc(o)); next(x); print(rc(o)); print(next(x, None), rc(o))
x = reversed([o,o]); print(rc(o)); next(x); print(rc(o)); 
x = None; print(rc(o))
try:
    raise ValueError(o)
except ValueError as e:
    print(rc(o), rc(e))
    e2 = e
print(rc(o), rc(e2))
del e2
print(rc(o), rc(None), rc(1), rc(()), rc('a'), rc(int), rc(O))
def f1():
    v = o
    return (lambda: v)
k = f1(); print(rc(o), rc(k), rc(k.__closure__[0]), rc(k.__code__))
del k; print(rc(o))
match o:
    case O() as z: print(rc(o))
del z
match [o, o]:
    case [q, *r]: print(rc(o))
del q, r
match {'k': o, 'z': o}:
    case {'k': q, **r}: print(rc(o))
del q, r; print(rc(o))
print(rc([]), rc({}), rc(O()), rc(lambda:0), rc("const string"), rc(12345678), rc(1.5))
