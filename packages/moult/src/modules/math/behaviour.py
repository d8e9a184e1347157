import math
def t(f):
    try: print(f, '->', repr(eval(f)))
    except Exception as e: print(f,'!!',type(e).__name__,e)
for fn in "acos acosh asin asinh atan atanh ceil cosh degrees erf erfc exp exp2 expm1 fabs floor gamma lgamma log log10 log1p log2 radians sinh sqrt tanh trunc ulp frexp modf isfinite isinf isnan".split():
    for a in ["0.5","1","-0.0","2.5","-3.7","1e300","float('inf')","-math.inf","math.nan","100","10**400","'a'","1e-310"]:
        t(f"math.{fn}({a})")
for f in ["math.gcd()","math.gcd(12,-18)","math.gcd(1.5)","math.lcm(4,6)","math.lcm(0,3)","math.comb(10,3)","math.comb(3,10)","math.comb(-1,2)","math.comb(100,50)","math.perm(5)","math.perm(5,2)","math.perm(5,-1)","math.factorial(20)","math.factorial(100)","math.factorial(-1)","math.factorial(1.5)","math.isqrt(99)","math.isqrt(-1)","math.isqrt(10**40)","math.fsum([.1]*10)","math.fsum([1e308,1e308])","math.fsum([math.inf,-math.inf])","math.prod([1,2,3.5])","math.prod([],start=5)","math.sumprod([1,2],[3,4])","math.sumprod([1.5,2],[3,4])","math.sumprod([1],[1,2])","math.hypot(3,4)","math.hypot()","math.hypot(1,2,3)","math.hypot(1e308,1e308)","math.dist([1,2],[4,6])","math.dist([1],[1,2])","math.pow(2,0.5)","math.pow(-8,1/3)","math.pow(0,-1)","math.pow(10,400)","math.fmod(-7,3)","math.fmod(1,0)","math.fmod(5,math.inf)","math.remainder(7,4)","math.remainder(5,2)","math.remainder(-5,2)","math.remainder(1,0)","math.ldexp(1.5,3)","math.ldexp(1,5000)","math.ldexp(1,-1074)","math.ldexp(0.75,-1074)","math.ldexp(1,1.5)","math.atan2(1,-1)","math.copysign(3,-0.0)","math.nextafter(1,2)","math.nextafter(0,1)","math.nextafter(1,2,steps=5)","math.nextafter(1,2,steps=-1)","math.isclose(1,1+1e-10)","math.isclose(1,2,rel_tol=-1)","math.log(8,2)","math.log(10**400)","math.log(10,1)","math.log(-1)","math.log2(2**100)","math.log10(1000)","math.log2(10**400)","math.pi,math.e,math.tau,math.inf","math.log(2.718),math.exp(1),math.exp(2.5)","math.sqrt(2)","math.gamma(5.5),math.lgamma(100.5)","math.erf(0.3),math.erfc(2.5)","math.floor(1e20)","math.ceil(-0.5)","math.frexp(5e-324)"]: t(f)

# Sums of products by kinds, steps between floats, roots and powers to the last digit.
from fractions import Fraction
for p, q in [([10**18] * 20, [10] * 20), ([1, 2.5], [3, 2]), ([1.0, 10E100, 1.0, -10E100], [1.0] * 4), ([0.1] * 10, [True] * 10),
             ((-5, -5, 10), (1.5, 4611686018427387904, 2305843009213693952)), ([2.5, Fraction(1, 3)], [2, 3]), ([1e300], [1e300]),
             ([1.0, 'ab'], [2, 2]), ([10**400], [1.0]), ([1], [])]:
    try:
        print(repr(math.sumprod(p, iter(q))))
    except Exception as e:
        print(type(e).__name__, e)
for a, b in [(5e-324, -0.0), (-5e-324, 0.0), (0.0, math.nan), (1.0, 2.0)]:
    print([math.nextafter(a, b, steps=s) for s in (None, 0, 1, 2)])
print([math.cbrt(x) for x in (343000.0, 195112.0, 27.0, -8.0, 5e-324, 1e-310, 0.0, -0.0, 2.2338004345804583)])
print([10**-k for k in (3, 145, 207, 246, 303, 307, 323)], [10.0**-k for k in (303, 306, 307, 320)], math.exp(-700.5))
for power in (lambda: (10**400)**-1, lambda: 2**-(10**400), lambda: 2**-5000):
    try:
        print(power())
    except Exception as e:
        print(type(e).__name__, e)
