"""Lists, tuples, ranges, slices and the built-in iterators: sizes, results, messages."""
import sys
def t(f):
    """Prints what f gives or raises."""
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
def sz(x): return sys.getsizeof(x)
print(sz([]), sz([1]), sz([1,2,3]), sz(list(range(3))), sz(list(range(7))), sz([i for i in range(9)]), sz(list((1,2,3))))
a=[]
last=None
for i in range(60):
    s=sz(a)
    if s!=last: print(i,s)
    last=s
    a.append(i)
while a:
    s=sz(a)
    if s!=last: print(len(a),s)
    last=s
    a.pop()
print(sz(a))
b=list(x for x in ())
print(sz(b)); b.extend((1,2,3)); print(sz(b))
b=[]; b.extend((1,2,3)); print(sz(b)); b+= [4,5,6,7]; print(sz(b)); b*=3; print(sz(b), b); b*=0; print(sz(b),b)
print(sz([1,2,3][:2]), sz([1,2,3]+[4,5]), sz([1,2]*5), sz([1,2,3,4,5,6][::2]))
a=list(range(10)); a[2:5]=[9]; print(a, sz(a)); a[2:3]=range(20); print(a, sz(a)); del a[::3]; print(a, sz(a)); del a[1:]; print(a, sz(a)); a[:]=[]; print(a, sz(a))
a=list(range(10)); a[::2]='abcde'; print(a); a[::-1]=a; print(a); a[5:2]=['x']; print(a); del a[8:2:-2]; print(a)
a[1:3]=a; print(a)
t(lambda: [].insert(2**70,1))
t(lambda: [1].pop(2**70))
t(lambda: [1].index(1,2**70,'a'))
t(lambda: list(1,2)); t(lambda: list(a=1)); t(lambda:list(1))
t(lambda: tuple(1,2)); t(lambda: tuple(a=1)); t(lambda:tuple(1))
t(lambda: slice()); t(lambda: slice(1,2,3,4)); t(lambda: slice(a=1))
t(lambda: range()); t(lambda: range(1,2,3,4)); t(lambda: range(a=1)); t(lambda: range(1,2,0)); t(lambda: range('a'))
t(lambda: [1][2**70]); k='a'; t(lambda: [1][k]); t(lambda: (1,)[k]); t(lambda:(1,)[3])
t(lambda: [1]+(1,)); t(lambda: (1,)+[1]); t(lambda: [1]*2**70); t(lambda:[1,2].sort(1)); t(lambda:[1,'a'].sort())
t(lambda: [1].__setitem__(slice(0,1),3)); t(lambda: [1,2,3].__setitem__(slice(0,3,2),3)); t(lambda: [1,2,3].__setitem__(slice(0,3,2),[1]))
t(lambda: range(10)[2**70]); t(lambda: range(10)['a']); t(lambda: range(2**70)[2**69:2**75:3]); t(lambda: len(range(2**70)))
t(lambda: range(3).index(7)); t(lambda: range(3).index('a')); t(lambda: hash(slice(1,2,3))); t(lambda:hash(range(5)));t(lambda:hash(range(0)))
t(lambda: enumerate()); t(lambda: enumerate(1)); t(lambda: enumerate([],'a')); t(lambda: enumerate([],1,2)); t(lambda: list(enumerate(iterable=[5],start=3))); t(lambda: enumerate(start=3)); t(lambda: enumerate([],foo=3));t(lambda: list(enumerate(start=3,iterable=[])));t(lambda: enumerate(start=3,foo=[]))
t(lambda: reversed()); t(lambda: reversed(1)); t(lambda: reversed({1})); t(lambda: reversed([],1)); t(lambda: reversed(a=1))
t(lambda: zip(1)); t(lambda: zip([],1)); t(lambda: zip(a=1)); t(lambda: list(zip([1],[],strict=True))); t(lambda: list(zip([],[],[1],strict=True))); t(lambda: list(zip([1],[1],[],strict=True)));t(lambda: list(zip([],[1],strict=True)))
t(lambda: map()); t(lambda: map(1)); t(lambda: map(1,2)); t(lambda: filter(1)); t(lambda: filter(1,2)); t(lambda:map(1,[],a=1)); t(lambda: filter(1,[],a=1))
t(lambda: [1,2].index(3)); t(lambda: (1,2).index(3)); t(lambda:[].remove(1)); t(lambda: [].pop()); t(lambda:[1].pop(4))
t(lambda: slice(1,2).indices('a')); t(lambda: slice(1,2).indices(-1)); t(lambda: slice(1,'a').indices(2)); t(lambda: slice(1,2,0).indices(2)); t(lambda: slice(2**80,None,-1).indices(5))
t(lambda: slice(1,2) < slice(1,3)); t(lambda: repr(slice(1))); t(lambda: slice(1).__reduce__()); t(lambda: range(3).__reduce__()); t(lambda: iter([]).__reduce__())
t(lambda: iter(range(5)).__reduce__()); t(lambda:iter(range(2**70)).__reduce__()); t(lambda: type(reversed(range(5))));t(lambda: reversed(range(5)).__reduce__());t(lambda: iter((1,2)).__reduce__())
i=iter([1,2]); next(i);t(lambda: i.__reduce__()); r=reversed([1,2]); next(r); t(lambda: r.__reduce__()); t(lambda: iter(int,1).__reduce__());
t(lambda: reversed('abc').__reduce__())
l=iter([]); list(l); t(lambda: l.__reduce__()); l=iter(()); list(l); t(lambda: l.__reduce__()); l=reversed([]); list(l); t(lambda: l.__reduce__());l=reversed(()); list(l); t(lambda: l.__reduce__())
class S:
  def __getitem__(self,i):
    if i > 3: raise IndexError
    return i
l=iter(S()); print(list(l)); t(lambda: l.__reduce__())
t(lambda: l.__length_hint__()); t(lambda: iter(S()).__length_hint__())
t(lambda: list.sort.__text_signature__)
n=iter([1,2,3,4,0,5]); t(lambda: list(iter(lambda: next(n),0)))
a=[]; a.append(a); print(a); b=(a,); a.append(b); print(b)
t(lambda: [1,2]<[1,3]); t(lambda:[1,2]<[1,2,0]); t(lambda: [1]==[1.0]); t(lambda: (1,2)>=(1,2)); t(lambda: [1]<(1,))
print(hash(()), hash((1,2,3)), hash((1,)), hash(('a',(2,))))
print([*range(10)][-3:], (1,2,3)[::-1], tuple(x for x in range(25)), tuple(iter(range(3))))
e=enumerate('ab'); x=next(e); print(x); y=next(e); print(y)
print(list(enumerate('ab', 2**31-3)), list(enumerate('abcd', 2**31-3)), list(enumerate('ab',2**70)))
print(list(map(lambda a,b:a+b,[1,2,3],[4,5])), list(filter(None,[0,1,2])), list(filter(lambda x:x>1,[0,1,2])))
print(range(10)==range(0,10,1), range(5,5)==range(0), range(0,3,2)==range(0,4,2), range(10)[2:8:3], 5 in range(0,10,5), 3.0 in range(5), range(3).count(True))
print(list(range(10,0,-3)), list(reversed(range(10,0,-3))), list(range(2**31-2, 2**31+2)), list(range(2**63-2,2**63+1)), list(reversed(range(2**64,2**64+3))))
print(list(range(-2**31-1, -2**31+2)), list(reversed(range(0))), [].__class__[int] if 0 else '')
class L(list):
    def __init__(self,*a,x=None): super().__init__(*a)
print(L([1,2],x=3), L([3])+[4], type(L([1])[:]), sz(L()))
class T(tuple):
    def __new__(cls,*a,k=0): return super().__new__(cls,a)
print(T(1,2,k=2), type(T(1)+T(2)), type(T(1)*1), type(T()[:]))
t(lambda: (1,2).__getnewargs__()); t(lambda: [].extend(1)); t(lambda: [3,1,2].sort(key=lambda x:-x, reverse=True))
print([].copy(), [1,2,1].count(1), [1,2].__contains__(2), list.__doc__[:30], range.__doc__[:20])
def mod():
    a=[3,2,1]
    def k(x): a.append(x); return x
    a.sort(key=k)
t(mod)
