"""Writes numbers.json: random arithmetic and conversions. Run: python3.12 make_numbers.py [count] [path]"""
import json
import math
import random
import struct
import sys
from fractions import Fraction
from pathlib import Path

random.seed(53)
count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name('numbers.json')


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def big():
    bits = random.choice([3, 8, 31, 53, 64, 130, 400])
    value = random.randrange(-(2**bits), 2**bits)
    return random.choice([value, value, 2**bits, 2**bits - 1, -(2**bits)])


def real():
    pick = random.randrange(6)
    if pick == 0:
        return random.choice([0.0, -0.0, 1.0, 0.5, 1e16, 1e22, 123456789012345680.0, 1e-5, 0.0001, 5e-324, 1.7976931348623157e308, 9999999999999998.0])
    if pick == 1:
        return random.randrange(-(2**20), 2**20) / 2 ** random.randrange(12)
    if pick == 2:
        return round(random.uniform(-1000, 1000), random.randrange(4))
    if pick == 3:
        return float(random.randrange(-(10**18), 10**18))
    while True:
        x = struct.unpack('<d', random.randbytes(8))[0]
        if math.isfinite(x):
            return x


def arithmetic(a, b):
    return [
        str(a), str(b),
        attempt(lambda: str(a // b)), attempt(lambda: str(a % b)), attempt(lambda: repr(a / b)),
        a.bit_length(), a.bit_count(), str(math.isqrt(abs(a))), str(math.gcd(a, b)), a.__sizeof__(),
        attempt(lambda: str(pow(a, b % 1000, 12345 - b))), attempt(lambda: str(pow(a, -3, b))),
        str(a >> (b % 70)), str(a << (b % 70)), attempt(lambda: repr(float(a))), str(round(a, -(b % 9))),
    ]


def places():
    return random.choice([0, 1, 2, 3, 5, 10, 17, 30, 400, -1, -2, -5, -300])


def text_int():
    alphabet = random.choice(['0123456789', '01', '0123456789abcdefxyzXBO_ +-', '0x1_b', '٣1 \u3000', '٣1\x1c'])
    return ''.join(random.choices(alphabet, k=random.randrange(0, 14)))


def text_float():
    pieces = ['1', '0', '23', '.', 'e', 'E', '+', '-', '_', ' ', 'inf', 'nan', 'infinity', '٣', '9' * 20, '5', 'e-3', 'e10', 'e+300', 'j', '(', ')', '\t', '0x']
    return ''.join(random.choices(pieces, k=random.randrange(0, 6)))


def compare(a, b):
    return (a > b) - (a < b)


def midpoint(x):
    """The decimal half way between a float and the next one: hard to round."""
    y = math.nextafter(x, math.inf)
    half = (Fraction(x) + Fraction(y)) / 2
    digits = half.denominator.bit_length() - 1
    scaled = half.numerator * 5**digits
    return f'{scaled + random.choice([-1, 0, 1])}e-{digits}'


floats = [real() for _ in range(count * 3)]
pairs = [(big(), big()) for _ in range(count * 3)]
near = [(int(x) + random.randrange(-1, 2), x) for x in floats if abs(x) < 1e300]
hexes = ['0x1p0', ' -0x1.8p+1 ', 'inf', '-nan', '0x', '.8', '1.', '.', '1p', '0x1p1024', '0x1.fffffffffffff8p1023', '0x1.fffffffffffff7p1023', '0x1p-1075', '0x1.0000001p-1075', '0x0.8p-1074', 'Infinity', 'zz', '0X1P99999999999', '0x0p99999999999', '0x1p-99999999999', '\xa01', '0x1.00000000000008p0', '0x1.00000000000018p0', '0x1.000000000000080001p0']
json.dump(
    {
        'reprs': [[x.hex(), repr(x)] for x in floats],
        'ratios': [[x.hex(), *map(str, x.as_integer_ratio())] for x in floats],
        'rounds': [[x.hex(), n, attempt(lambda: repr(round(x, n)))] for x in floats for n in (places(), places())],
        'integrals': [[x.hex(), str(round(x)), str(int(x))] for x in floats],
        'fromhex': [[h, attempt(lambda: repr(float.fromhex(h)))] for h in hexes],
        'ints': [arithmetic(a, b) for a, b in pairs],
        'compares': [[str(a), x.hex(), compare(a, x)] for a, x in near],
        'bytes': [
            [str(a), n, attempt(lambda: a.to_bytes(n, 'big', signed=False).hex()), attempt(lambda: a.to_bytes(n, 'little', signed=True).hex())]
            for a, _ in pairs for n in [random.randrange(0, 12)]
        ],
        'intparse': [[t, b, attempt(lambda: str(int(t, b)))] for _ in range(count * 6) for t in [text_int()] for b in [random.choice([10, 10, 0, 2, 16, 36, 7, 8, 1])]],
        'floatparse': [[t, attempt(lambda: repr(float(t)))] for t in [text_float() for _ in range(count * 4)] + [midpoint(abs(x)) for x in floats[:count] if 1e-30 < abs(x) < 1e200]],
        'complexparse': [[t, attempt(lambda: repr(complex(t)))] for t in [text_float() + random.choice(['', '+', '-', '']) + text_float() + random.choice(['j', 'J', '', 'j)']) for _ in range(count * 4)]],
        'complexrepr': [[a.hex(), b.hex(), repr(complex(a, b))] for a, b in zip(floats, floats[1:])][: count],
    },
    out.open('w'),
    separators=(',', ':'),
)
