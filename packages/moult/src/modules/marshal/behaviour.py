"""Values and code written and read in all versions; what instructions do to the stack."""
import marshal,sys,_opcode,opcode
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
x=['a'*300,'é','\ud800','name']; shared=(1,2)
vals=[None,True,False,...,StopIteration,0,1,-1,2**31-1,-2**31,2**31,2**100,-2**70,1.5,float('inf'),float('nan'),-0.0,1e300,0.1,1+2j,b'',b'abc',bytearray(b'xy'),'','a','ab c',x,(),(1,),tuple(range(300)),[1,[2,[]]],{},{'a':1,2:(3,)},{1,2,3},frozenset('abc'),{(1,2),'x',b'y'},memoryview(b'mv'),[shared,shared],[x,x],float]
for v in vals:
    for ver in range(5):
        try: d=marshal.dumps(v,ver)
        except Exception as e: print(type(e).__name__,e); continue
        r=marshal.loads(d)
        print(ver,d if len(d)<200 else (len(d),hash(d)),repr(r)[:60] if not isinstance(v,(set,frozenset)) else r==v)
code=compile("def f(a,/,b,*c,d=1,**e):\n  'doc'\n  x=lambda: a+b\n  return [y for y in c if x()]\nclass A:\n  z=1.5,'q',None\nprint(f(1,2,3))\n",'<m>','exec')
for ver in range(5):
    d=marshal.dumps(code,ver); print(ver); 
    c2=marshal.loads(d); print(c2==code); exec(c2,{})
for b in (b'',b'0',b'f',b'?',b'r\0\0\0\0',b'(\x01\0\0\0',b'(\xff\xff\xff\xff',b'l\x01\0\0\0\0\0',b'l\x01\0\0\0\xff\xff',b'{i\0\0\0\0',b')\x010',b'[\x01\0\0\0'+b'0',b'z\x05ab',b'i\0',b'I\1\0\0\0\0\0\0\1',b'x\x011\x012',b'f\x03abc','x'): t(lambda: marshal.loads(b))
l=[]; l.append(l); t(lambda: marshal.loads(marshal.dumps(l)))
import io
f=io.BytesIO(); marshal.dump([1,'a'],f); marshal.dump(5,f); f.seek(0); t(lambda: marshal.load(f)); t(lambda: marshal.load(f)); t(lambda: marshal.load(f)); t(lambda: marshal.dump(1,5)); t(lambda: marshal.load(5))
for n,o in sorted(opcode.opmap.items()):
    if n.startswith('INSTRUMENTED') or o > 255: continue
    r=[]
    for a in (None,0,1,2,3,7):
        for j in (None,True,False):
            try: r.append(_opcode.stack_effect(o,a,jump=j))
            except ValueError as e: r.append(str(e)[14:30])
    print(n,r)
