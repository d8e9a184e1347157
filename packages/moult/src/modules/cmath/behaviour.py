"""Complex functions at ordinary and at special values."""
import cmath,math
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
inf=float('inf'); nan=float('nan')
vals=[0.0,-0.0,1.0,-1.0,0.5,2.5,-3.7,1e-10,1e300,-1e300,1e-320,inf,-inf,nan]
for n in sorted(dir(cmath)):
    if n[0]=='_': continue
    f=getattr(cmath,n)
    if not callable(f): print(n,f); continue
    print(n,f.__text_signature__,f.__doc__.split('\n')[0])
    if n in('rect','isclose','log'): continue
    if n=='phase': continue
    for a in vals:
        for b in vals:
            try: r=repr(f(complex(a,b)))
            except Exception as e: r=type(e).__name__+str(e)
            if not (n=='phase' and r[0]=='O'): print(n,a,b,r)
for a in vals:
    for b in vals: print('rect',a,b,end=' '); t(lambda: cmath.rect(a,b))
for z in (1+1j,0,-2,10,1e300j,2): t(lambda: cmath.log(z,3)); t(lambda: cmath.log(z,z)); t(lambda: cmath.log(z,0)); t(lambda: cmath.log(z))
t(lambda: cmath.isclose(1,1+1e-10j)); t(lambda: cmath.isclose(1,2,rel_tol=.5)); t(lambda: cmath.isclose(1,2,rel_tol=-1)); t(lambda: cmath.isclose(inf,inf)); t(lambda: cmath.isclose(1,1.1,abs_tol=.2)); t(lambda: cmath.sqrt('x')); t(lambda: cmath.sqrt()); t(lambda: cmath.exp(1000)); t(lambda: cmath.cosh(1000)); t(lambda: cmath.phase(-1)); t(lambda: cmath.polar(3+4j))
class C:
    def __complex__(self): return 1j
t(lambda: cmath.exp(C())); t(lambda: cmath.sqrt(-4)); t(lambda: cmath.rect(1,'x'))
