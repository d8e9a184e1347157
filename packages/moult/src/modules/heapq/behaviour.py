"""Lists as heaps: results, errors, the order of comparisons."""
import _heapq
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
class L(list): pass
hs=(_heapq.heappush,_heapq.heappushpop,_heapq.heappop,_heapq.heapreplace,_heapq.heapify,_heapq._heappop_max,_heapq._heapify_max,_heapq._heapreplace_max)
for f in hs:
    print(f.__name__,f.__doc__,f.__text_signature__)
    for args in ((),(1,),([],),([],1),(5,1),([1,2],1),([2],5),(L([2,3]),5),([3,1,2],),([3,1,2],0),([5,4,3,2,1,9,8],),([5,4,3,2,1,9,8],4),((1,2),),([1,'a'],3),(['b',1,2],),([],1,2)):
        t(lambda: (f(*args),args)); 
    t(lambda: f(heap=[]))
class Ev:
    def __init__(s,l): s.l=l
    def __lt__(s,o): s.l.clear(); return True
h=[]; h[:]=[Ev(h) for _ in range(6)]
for f in (_heapq.heapify,_heapq._heapify_max,_heapq.heappop,_heapq._heappop_max):
    h[:]=[Ev(h) for _ in range(6)]; t(lambda: f(h)); 
for f in (_heapq.heappush,_heapq.heapreplace,_heapq.heappushpop,_heapq._heapreplace_max):
    h[:]=[Ev(h) for _ in range(6)]; t(lambda: f(h,Ev(h)))
import random
random.seed(5)
for n in (0,1,2,3,5,10,100,300):
    x=[random.randrange(1000) for _ in range(n)]; y=x[:]; _heapq.heapify(x); _heapq._heapify_max(y); print(hash(tuple(x)),hash(tuple(y)))
    out=[]
    while x: out.append(_heapq.heappop(x)); 
    print(out==sorted(out)); out=[]
    while y: out.append(_heapq._heappop_max(y))
    print(out==sorted(out,reverse=True))
cmps=[]
class C:
    def __init__(s,v): s.v=v
    def __lt__(s,o): cmps.append((s.v,o.v)); return s.v<o.v
x=[C((i*7919)%97) for i in range(30)]; _heapq.heapify(x); print(cmps); cmps.clear(); _heapq.heappop(x); _heapq.heappush(x,C(5)); _heapq.heapreplace(x,C(6)); _heapq.heappushpop(x,C(7)); _heapq._heapify_max(x); _heapq._heappop_max(x); _heapq._heapreplace_max(x,C(50)); print(cmps)
x=[C((i*7919)%4999) for i in range(2600)]; cmps.clear(); _heapq.heapify(x); print(len(cmps),hash(tuple(cmps)))
