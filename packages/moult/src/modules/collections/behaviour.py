import sys, gc, weakref, copy
from collections import *
from collections import abc
gc.collect()
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
d=deque([1,2,3],5)
for f in [lambda:deque(1),lambda:deque([],-1),lambda:deque([],"a"),lambda:deque(1,2,3),lambda:deque(x=1),lambda:d.remove(9),lambda:d.index(9),lambda:d.index(1,1),lambda:d[9],lambda:deque().pop(),lambda:deque().popleft(),lambda:d+[1],lambda:d*2,lambda:d.insert(1,7),lambda:d.rotate("a"),lambda:deque([1,2],2).insert(0,1),lambda:d[0:1],lambda:d==deque([1,7,2,3]),lambda:deque([1])<deque([2]),lambda:type(iter(d))(d,2).__length_hint__(),lambda:d.extend(1),lambda:defaultdict(1),lambda:defaultdict(list,a=1),lambda:defaultdict(list)|{},lambda:{}|defaultdict(int),lambda:defaultdict(None)[1],lambda:defaultdict(int,{1:2}).copy(),lambda:d.copy(),lambda:deque("ab")*0,lambda:d.count(1)]: t(f)
for n in (0,1,63,64,65,128,129,1000):
    e=deque(range(n)); print(n, sys.getsizeof(e), len(e), e[n//2] if n else None, sum(e))
    e.rotate(7); print(list(e)[:9]); e.rotate(-20); print(list(e)[:9]); e.reverse(); print(list(e)[:3], list(reversed(e))[:3])
    if n>10: del e[5]; e[3]=-1; e.insert(8,'x'); print(list(e)[:12]); e.remove('x')
class Dn:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n, len(q) if 'q' in globals() else None)
q=deque(Dn(i) for i in range(5)); q.popleft(); q.pop(); q.clear()
q=deque(maxlen=2)
for i in range(4): q.append(Dn(10+i))
del q
x=deque(); x.append(x); print(repr(x)); del x; print(gc.collect())
def mut():
    z=deque([1,2,3])
    for i in z: z.append(i)
t(mut)
print(copy.copy(deque([1],3)), copy.deepcopy(deque([[1]])))
w=weakref.ref(deque([1])); print(w())
c=Counter('abracadabra'); print(c.most_common(2), c, sum(c.values())); c.update('aaa'); print(c['a'], c['zz'], dict(c-Counter(a=100)))
P=namedtuple('P','x y'); p=P(1,y=2); print(p, p.x, p._replace(x=5), p._asdict(), P._fields, P.x)
o=OrderedDict(a=1,b=2); o.move_to_end('a'); print(o, list(reversed(o)), o.popitem(last=False))
print(ChainMap({1:2},{3:4}), isinstance(d, abc.MutableSequence), issubclass(dict, abc.Mapping), isinstance({}.keys(), abc.Set), isinstance(5, abc.Hashable))
print(UserDict(a=1), UserList([1]), UserString('a'))
dd=defaultdict(lambda: 5); dd[1]; print(dd[1], dict(dd)); dd.default_factory=None; t(lambda: dd[2])
class DD(defaultdict): pass
k=DD(list); k['a'].append(k); print(sys.getrefcount(k)); del k; print(gc.collect())
import abc as A
class B(A.ABC):
    @A.abstractmethod
    def f(self): ...
t(B); B.register(int); print(isinstance(3,B), issubclass(bool,B), isinstance('',B)); 
