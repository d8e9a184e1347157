# Operators and protocols through Python methods.
def t(f,*a,**k):
    try: print('=>',f(*a,**k))
    except BaseException as e: print(type(e).__name__, e)
# number protocol
class N:
    def __init__(s,v): s.v=v
    def __int__(s): return s.v
    def __index__(s): return s.v
    def __neg__(s): return -s.v
    def __pow__(s,o,m=None): return ('pow',o,m)
    def __rpow__(s,o): return ('rpow',o)
    def __ipow__(s,o): return ('ipow',o)
    def __iadd__(s,o): s.v+=o; return s
    def __divmod__(s,o): return 'dm'
    def __rdivmod__(s,o): return 'rdm'
    def __matmul__(s,o): return 'mm'
    def __contains__(s,x): return x==s.v
    def __setitem__(s,k,v): print('set',k,v)
    def __delitem__(s,k): print('del',k)
    def __hash__(s): return s.v
    def __eq__(s,o): return NotImplemented
    def __lt__(s,o): return 'lt'
    def __iter__(s): return iter([1,2])
    def __reversed__(s): return 'rev'
n=N(5)
print(int(n), [0]*10 and list(range(10))[n], -n, n**2, 2**n, pow(n,2,3), divmod(n,1), divmod(1,n), n@1, 5 in n, 6 in n)
n**=3; print(n); n=N(5); n+=2; print(n.v); n[1]=2; del n[3]; print(hash(n), n==n, n!=n, n<1, n>1 if 0 else 0, [x for x in n], reversed(n))
t(lambda: n>1); t(lambda: n*2); t(lambda: 2*n); t(lambda: n//2); t(lambda: +n); t(lambda: ~n)
class H:
    def __hash__(s): return 2**70
print(hash(H())==hash(2**70))
class H2:
    def __hash__(s): return -1
print(hash(H2()))
class H3:
    def __hash__(s): return 'a'
t(hash,H3())
class L:
    def __len__(s): return -1
t(len,L()); t(bool,L())
class L2:
    def __len__(s): return 'a'
t(len,L2())
class L3:
    def __bool__(s): return 1
t(bool,L3())
class I:
    def __init__(s): return 1
t(I)
class It:
    def __iter__(s): return 1
t(iter,It())
class It2:
    __iter__=None
t(iter,It2())
class It3:
    n=0
    def __iter__(s): return s
    def __next__(s):
        s.n+=1
        if s.n>3: raise StopIteration(9)
        return s.n
print(list(It3())); t(next, It2()); it=It3(); t(lambda:[next(it) for _ in range(5)])
class Ga:
    def __getattribute__(s,n): 
        if n=='a': return 1
        raise AttributeError('no '+n)
t(lambda: Ga().a); t(lambda: Ga().b)
class Gb(Ga):
    def __getattr__(s,n): return 'hook '+n
print(Gb().a, Gb().b)
class Sa:
    def __setattr__(s,n,v): print('sa',n,v); object.__setattr__(s,n,v)
    def __delattr__(s,n): print('da',n); object.__delattr__(s,n)
s=Sa(); s.x=1; del s.x; t(delattr,s,'x')
t(object.__setattr__, int, 'x', 1); t(type.__setattr__, int, 'x', 1); t(object.__setattr__, Sa, 'x', 1)
class R:
    def __repr__(s): return 1
t(repr,R()); t(str,R())
class F:
    def __format__(s,x): return 'F'+x
print(f'{F():abc}', format(F(),'z')); 
class Cm:
    def __get__(s,o,t=None): return ('g',o is None)
class Hd: c=Cm()
print(Hd.c, Hd().c)
h=Hd(); h.c=5; print(h.c); Cm.__set__=lambda s,o,v: print('now data',v); h.c=6; print(h.c); del Cm.__set__; print(h.c)
# dunder assigned later
class Z: pass
z=Z(); t(len,z); Z.__len__=lambda s:3; print(len(z)); class_Z=Z
class ZZ(Z): pass
Z.__len__=lambda s:4; print(len(ZZ())); del Z.__len__; t(len,ZZ())
Z.__call__=lambda s,*a: a; print(z(1,2)); 
Z.__add__=lambda s,o:'add'; print(z+1, ZZ()+1)
z.__add__=lambda o:'inst'; print(z+1)
class NewA:
    def __new__(cls,*a): o=super().__new__(cls); o.a=a; return o
print(NewA(1,2).a); t(lambda: object.__new__(NewA,1))
class IntSub(int):
    def __new__(cls,v): return super().__new__(cls, v+1)
print(IntSub(3), type(IntSub(3)), IntSub(3)+1, type(IntSub(3)+1), IntSub(5).real)
class TS(tuple):
    __slots__=()
    def __new__(c,*a): return tuple.__new__(c,a)
print(TS(1,2), type(TS(1,2)[:]))
class DS(dict):
    def __missing__(s,k): return k*2
d=DS(); d['a']=1; d.attr=3; print(d['a'], d['b'], d, d.attr)
class LS(list): pass
l=LS([1,2]); l.x=1; print(l, l.x, l+[3], type(l+[3]))
class StS(str):
    def __add__(s,o): return 'S'+str.__add__(s,o)
print(StS('a')+'b', StS('a').upper(), 'x'+StS('y'))
