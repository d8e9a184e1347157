"""The inverse of the normal distribution function, and identifiers from the time."""
import _statistics,sys
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
f=_statistics._normal_dist_inv_cdf
for a in ((0.5,0,1),(0,0,1),(1,0,1),(1e-300,0,1),(0.001,5,2),(0.999999,0,1),(0.3,0,0),(0.3,0,-1),(float('nan'),0,1),(0.3,),('a',1,2),(0.074,0,1),(0.076,0,1),(0.92,1,3),(1-1e-16,0,1),(1,2,3,4),(True,0,1),(0.5,float('inf'),1),(1e-20,0,1),(0.02425,10,2)): t(lambda: f(*a))
t(lambda: f(p=1,mu=2,sigma=3)); print(_statistics.__doc__, f.__doc__, f.__text_signature__)
import uuid
u = uuid.uuid1()
print(u.version, u.variant, u.is_safe, len(u.bytes), u != uuid.uuid1())
