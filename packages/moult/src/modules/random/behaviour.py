import math, _random
print(math.erf(0.5), math.erf(1), math.erf(2.5), math.erf(-3.7), math.erfc(0.5), math.erfc(2.5), math.erfc(-3.7), math.erfc(10), math.erf(1e-5))
r=_random.Random(42)
print(r.random(), r.random(), r.getrandbits(10), r.getrandbits(100), r.getrandbits(0))
s=r.getstate(); a=r.random(); r.setstate(s); print(a==r.random(), len(s), hash(s))
r.seed(2**70+5); print(r.random()); r.seed(-7); print(r.random()); r.seed(1.5); print(r.random())
class R(_random.Random):
    def __init__(self,x): self.x=x
q=R(3); q.seed(3); print(q.random(), q.x); del q
for f in ("r.getrandbits(-1)","r.setstate(1)","r.setstate((1,))","_random.Random(1,2)","_random.Random(x=1)"):
    try: eval(f)
    except Exception as e: print(f,type(e).__name__,e)
