"""Searching in sorted sequences."""
import _bisect,sys
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
class L(list): pass
for f in (_bisect.bisect_left,_bisect.bisect_right,_bisect.insort_left,_bisect.insort_right):
    print(f.__name__, f.__doc__, f.__text_signature__)
    for a in ([1,2,2,3],L([1,2,2,3]),(1,2,2,3),'abc',5,{},{1:2},[3,'a'],range(10),[]):
        t(lambda: (f(a,2),a)); 
    t(lambda: f()); t(lambda: f([1])); t(lambda: f([1],2,-1)); t(lambda: f([1],2,0,-1)); t(lambda: f([1],2,0,-5)); t(lambda: f([1],2,'a')); t(lambda: f([1],2,0,'a')); t(lambda: f([1],2,2**64)); t(lambda: f([1],2,0,10)); t(lambda: f([1,2,3],x=2,key=lambda v:-v)); t(lambda: f(a=[1],x=5,lo=0,hi=1,key=None)); t(lambda: f([1],1,0,1,None)); t(lambda: f([1],1,foo=3)); t(lambda: f([1],2,None)); t(lambda: f([3,2,1],-2,key=lambda v:-v)); t(lambda: f([1],2,key=5)); t(lambda: f(L([1]),0)); t(lambda: f([1,2],1,5,2))
t(lambda: _bisect.bisect_left(range(sys.maxsize),sys.maxsize-1)); t(lambda: _bisect.bisect_right(range(sys.maxsize-1),sys.maxsize-3))
