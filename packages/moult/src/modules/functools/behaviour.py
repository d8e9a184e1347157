"""_operator and _functools: results, messages, sizes, order of effects."""
import _operator as operator
import _functools as functools
from _operator import *
import sys


def t(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


t(lambda: itemgetter()); t(lambda: itemgetter(a=1)); t(lambda: itemgetter(1)()); t(lambda: itemgetter(1)(1,2)); t(lambda: itemgetter(1)(a=1)); t(lambda: attrgetter()); t(lambda: attrgetter(1)); t(lambda: attrgetter('a.b','c')); t(lambda: itemgetter(1,2)); t(lambda: attrgetter('a')(1,2)); t(lambda: methodcaller()); t(lambda: methodcaller(1)); t(lambda: methodcaller('a',1,b=2)); t(lambda: methodcaller('a')); t(lambda: methodcaller('a')()); t(lambda: methodcaller('a')(1,2)); t(lambda: methodcaller('a').__reduce__()); t(lambda: methodcaller('a',1,b=2).__reduce__()); t(lambda: itemgetter(1).__reduce__()); t(lambda: attrgetter('a.b').__reduce__()); t(lambda: attrgetter('x')(1)); t(lambda: concat(1,2)); t(lambda: iconcat(1,2)); t(lambda: indexOf([1],2)); t(lambda: countOf([1,1],1)); t(lambda: length_hint([],'a')); t(lambda: length_hint(1)); t(lambda: call()); t(lambda: index('a')); t(lambda: countOf(1,1)); t(lambda: indexOf(1,1));t(lambda: attrgetter(a=1));t(lambda: operator._compare_digest('é','b'));t(lambda: operator._compare_digest(1,'b'));t(lambda: operator._compare_digest('a','a'))
t(lambda: itemgetter(1)('ab')); t(lambda: itemgetter(1)((1,2))); t(lambda: itemgetter(-1)((1,2))); t(lambda: itemgetter(0,2)('abc')); t(lambda: itemgetter(3)((1,)))
t(lambda: attrgetter('__class__.__name__', '__doc__.__class__')(1)); t(lambda: methodcaller('split', ',', maxsplit=1)('a,b,c')); t(lambda: call(max, 1, 2)); t(lambda: add(1,2)); t(lambda: isub(3,2)); t(lambda: and_(6,3)); t(lambda: concat([1],[2])); t(lambda: add(1,'a')); t(lambda: isub('a',2)); t(lambda: lt(1,2)); t(lambda: not_([])); t(lambda: is_not(1,2)); t(lambda: setitem([1],0,2)); t(lambda: delitem([1],0)); t(lambda: getitem({1:2},1)); t(lambda: pow(2,3)); t(lambda: neg(3)); t(lambda: inv(3)); t(lambda: index(True)); t(lambda: contains([1],1)); t(lambda: truth(0)); t(lambda: truediv(7, 2)); t(lambda: mod('%s', 3)); t(lambda: matmul(1, 2))
p=functools.partial
t(lambda: p()); t(lambda: p(1)); t(lambda: p(int,base=2)); t(lambda: p(p(int,'1'),base=2)); t(lambda: p(int,base=2).__reduce__()); t(lambda: functools.reduce()); t(lambda: functools.reduce(int,1)); t(lambda: functools.reduce(int,[])); t(lambda: functools.cmp_to_key()); t(lambda: functools.cmp_to_key(int)(1) < 2); t(lambda: functools._lru_cache_wrapper()); t(lambda: functools._lru_cache_wrapper(int,1.5,0,0)); t(lambda: functools._lru_cache_wrapper(1,1,0,0))
K=functools.cmp_to_key(lambda a,b:a-b); t(lambda: K()); t(lambda: K(1)<K(2)); t(lambda: K(1)==K(2)); t(lambda: hash(K(1))); t(lambda: K(obj=3).obj); t(lambda: functools.reduce(add,[],5)); t(lambda: functools.reduce(add,range(10))); t(lambda: p(int).__setstate__(1)); t(lambda: p.__doc__); t(lambda: sorted([3,1,2], key=K))
def f(*a,**k): return a,k
q=p(f,1,x=2); t(lambda: q(3,x=4,y=5)); t(lambda: q.args); t(lambda: q.keywords); q.foo=1; t(lambda: q.__reduce__()[2][3]); t(lambda: p(q, 2).args); t(lambda: p(p(f,1),2)(3)); t(lambda: q.__dict__)
q2=p(f); q2.__setstate__((f,(1,),{'a':2},None)); t(lambda: q2(5)); t(lambda: sys.getsizeof(q2))
def info(*a): return a
def make(maxsize, typed=False):
    log=[]
    def fn(*a, **k):
        log.append((a,k)); return a
    return functools._lru_cache_wrapper(fn, maxsize, typed, info), log
for size in (None, 2, 0, 1):
    c, log = make(size)
    for x in (1,2,1,3,1,2,'a',(1,),1.0): c(x)
    c(1,y=2); c(1,y=2); c(y=2)
    print(size, len(log), c.cache_info()); c.cache_clear(); print(c.cache_info()); c(5); print(c.cache_info())
c, log = make(8, True); c(1); c(1.0); c(x=1); c(x=1.0); c(1); print(c.cache_info())
t(lambda: c([])); t(lambda: sys.getsizeof(c))
class D:
    def __init__(s,n): s.n=n
    def __del__(s): print('del', s.n)
    def __hash__(s): return s.n
    def __eq__(s,o): return s.n==o.n
c=functools._lru_cache_wrapper(lambda d: D(-d.n), 2, False, info)
for i in (1,2,1,3): c(D(i))
print('clear'); c.cache_clear(); print('cleared')
for i in (4,5): c(D(i))
del c
print('gone')
class M:
    m = functools._lru_cache_wrapper(lambda self, x: x, 4, False, info)
o=M(); print(o.m(3), M.m(o,3), M.m.cache_info())
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
fib=functools._lru_cache_wrapper(fib, None, False, info); print(fib(90), fib.cache_info())
fib.attr=3; print(fib.__dict__, fib.__copy__() is fib)
def rec(n):
    if n: w(n-1); w(n)if 0 else None
    return n
w=functools._lru_cache_wrapper(rec, 3, False, info); print(w(10), w.cache_info())
