"""Operators, comparisons and subscripts of all built-in kinds, each from one place that has seen others before."""
import sys
class D(dict):
    def __missing__(self, k): return ('missing', k)
class F(float): pass
class I(int): pass
vals=[0,1,-1,5,255,256,257,1000003,2**29,2**30-1,-2**30+1,2**30,2**31,2**53,2**70,True,False,0.0,-0.0,1.5,-2.5,1e308,float('inf'),float('nan'),'a','ab','é','中','',b'x',(1,),[1],None,F(2.5),I(7)]

ops=['+','-','*','/','//','%','&','|','^','<<','>>','**','<','<=','==','!=','>','>=','in','is']
out=[]
for op in ops:
    ns={}
    exec(f'def f(a,b): return a {op} b', ns)
    f=ns['f']
    for rep in range(2):
        for a in vals:
            for b in vals:
                if op in ('<<','**') and isinstance(b,int) and abs(b)>60: continue
                if op=='*' and (isinstance(a,(str,bytes,tuple,list)) or isinstance(b,(str,bytes,tuple,list))) and (isinstance(a,int) and a>300 or isinstance(b,int) and b>300): continue
                try: r=f(a,b)
                except Exception as e: r=type(e).__name__+str(e)
                if rep==1: out.append(repr(r))
import hashlib
for i in range(0,len(out),200): print(hashlib.md5('|'.join(out[i:i+200]).encode()).hexdigest())
def sub(o,k): return o[k]
def put(o,k,v): o[k]=v
conts=[{'a':1,1:2,2.5:3},D(a=1),[1,2,3],(1,2,3),'abc','äöü','中a','a😀b',b'abc',range(5)]
keys=['a',1,-1,2,3,-4,2.5,slice(0,2),slice(None,None,-1),None,[],True,2**40,I(1)]
for rep in range(2):
  for c in conts:
    for k in keys:
        try: r=sub(c,k)
        except Exception as e: r=type(e).__name__+str(e)
        if rep==1: print(repr(r))
  for c in [{'a':1},D(),[1,2,3],bytearray(3),'a']:
    for k in keys:
        try: r=put(c,k,65); r=c
        except Exception as e: r=type(e).__name__+str(e)
        if rep==1: print(repr(r))
class Loud:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n, sys.getrefcount(key), sys.getrefcount(val))
    def __hash__(s): return 1
    def __eq__(s,o): return True
d={}
key='k'*3+str(len(vals)); val=[1]
for i in range(3):
    d[key]=Loud(i)
    d[key]=val
print(d)
x=1.5
for i in range(5):
    print(sys.getrefcount(x), (x*2, 3*x, x/2, 7-x, x-7))
    x+=i
