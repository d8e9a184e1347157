import cmath
import math


def test():
    assert math.factorial(50) and math.comb(60, 30) and math.perm(30, 10) and math.gcd(10**30, 6**40) and math.lcm(10**10, 7**20) and math.isqrt(10**41) and math.prod([10**10, 10**12])
    assert math.fsum([0.1] * 10) and math.dist([1, 2], (3, 4)) and math.hypot(3, 4, 5) and math.frexp(10.5) and math.modf(3.7) and math.ldexp(1.5, 10) and math.floor(1e20) and math.ceil(1.5) and math.trunc(2.5)
    assert math.log(10**400) and math.log2(10) and math.sumprod([1, 2], [3.5, 4]) and math.nextafter(1, 2) and math.ulp(1) and math.sin(1) and math.atan2(1, 2) and math.gamma(5.5) and math.erf(0.5)
    assert cmath.sqrt(-1) and cmath.polar(1 + 2j) and cmath.rect(1, 2) and cmath.exp(1j) and cmath.log(2j) and cmath.phase(1j) and cmath.acos(2) and cmath.isclose(1, 1 + 1e-20j)
    for bad in (lambda: math.sqrt(-1), lambda: math.exp(1e10), lambda: math.factorial(-1), lambda: math.log(0), lambda: cmath.log(0), lambda: math.floor("x")):
        try:
            bad()
        except (ValueError, OverflowError, TypeError) as e:
            str(e)
