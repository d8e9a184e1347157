"""Writes hash.json: random values and their hashes. Run: PYTHONHASHSEED=0 python3.12 make_hash.py [count]"""
import json, random, struct, sys
from pathlib import Path

random.seed(12)
count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name('hash.json')


def text(high):
    return ''.join(chr(random.randrange(1, high)) for _ in range(random.randrange(0, 40)))


def surrogate_free(s):
    return ''.join(c for c in s if not 0xD800 <= ord(c) < 0xE000)


def number():
    return struct.unpack('<d', random.randbytes(8))[0]


def real():
    while True:
        x = random.choice([number, random.random, lambda: random.uniform(-1e20, 1e20), lambda: float(random.randrange(-9, 9)) / 2])()
        if x == x:
            return x


strings = ['', 'a', 'abc', 'self', '\ud800', 'x\udfff\u1234'] + [surrogate_free(text(h)) for h in (128, 256, 0x800, 0x110000) for _ in range(count)]
ints = [0, 1, -1, -2, 2**61 - 1, 2**61, -(2**61) + 1, 2**61 - 2] + [random.randrange(-(2**b), 2**b) for b in (8, 53, 64, 200) for _ in range(count)]
floats = [0.5, 1e300, 5e-324, -5e-324, float('inf'), float('-inf'), 2.0**61, -(2.0**61), 2.0**60] + [real() for _ in range(count * 3)]
tuples = [tuple(random.randrange(-(2**40), 2**40) for _ in range(random.randrange(12))) for _ in range(count)]
complexes = [(real(), real()) for _ in range(count)]
blobs = [random.randbytes(random.randrange(40)) for _ in range(count)]
json.dump(
    {
        'strings': [[s, str(hash(s))] for s in strings],
        'bytes': [[b.hex(), str(hash(b))] for b in blobs],
        'ints': [[str(i), str(hash(i))] for i in ints],
        'floats': [[repr(x), str(hash(x))] for x in floats],
        'complexes': [[repr(a), repr(b), str(hash(complex(a, b)))] for a, b in complexes],
        'tuples': [[list(t), str(hash(t))] for t in tuples],
        'frozensets': [[list(frozenset(t)), str(hash(frozenset(t)))] for t in tuples],
    },
    out.open('w'),
    separators=(',', ':'),
)
