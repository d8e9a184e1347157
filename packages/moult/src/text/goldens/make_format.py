"""Writes format.json: specifications and percent formats. Run: python3.12 make_format.py [count] [path]"""
import json
import random
import struct
import sys
import warnings
from pathlib import Path

random.seed(31)
warnings.simplefilter('ignore')
count = int(sys.argv[1]) if len(sys.argv) > 1 else 160
out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name('format.json')


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def maybe(options, chance=0.3):
    return random.choice(options) if random.random() < chance else ''


def spec():
    if random.random() < 0.1:
        return ''.join(random.choices('<>=^+-z #0123,_.dxfgs\u0663', k=random.randrange(1, 5)))
    fill = maybe(['*', '0', 'é', '😀', ' ', '<'])
    align = random.choice('<>=^') if fill else maybe('<>=^')
    return (
        fill + align + maybe('+- ') + maybe('z', 0.1) + maybe('#', 0.2) + maybe('0', 0.2)
        + maybe(['5', '12', '20', '30', '1', '٣']) + maybe(',_', 0.25) + maybe(['.0', '.1', '.2', '.5', '.12', '.30', '.'], 0.35)
        + maybe(['d', 'x', 'X', 'b', 'o', 'c', 'n', 'e', 'E', 'f', 'F', 'g', 'G', '%', 's', 'q'], 0.7)
    )


def real():
    pick = random.randrange(6)
    if pick == 0:
        return random.choice([0.0, -0.0, 1.0, 0.5, 1.5, 2.5, -0.04, 1e16, 1e22, 9.5, 99.5, 0.00001, 5e-324, 1.7976931348623157e308, float('inf'), float('-inf'), float('nan'), 999999.5, 1e-4, 100.0])
    if pick == 1:
        return random.randrange(-(2**20), 2**20) / 2 ** random.randrange(12)
    if pick == 2:
        return round(random.uniform(-1000, 1000), random.randrange(4))
    if pick == 3:
        return float(random.randrange(-(10**18), 10**18))
    return struct.unpack('<d', random.randbytes(8))[0]


def whole():
    return random.choice([random.randrange(-300, 300), random.randrange(-(10**9), 10**9), random.randrange(-(10**30), 10**30), 65, 0])


def text():
    return ''.join(random.choices('abc é😀', k=random.randrange(0, 9)))


def number(x):
    return 'nan' if x != x else x.hex()


def percent_spec():
    flags = ''.join(random.choices('#0- +', k=random.randrange(0, 3)))
    return '%' + flags + maybe(['5', '12', '20', '3']) + maybe(['.0', '.1', '.3', '.12', '.30', '.'], 0.4) + maybe('lhL', 0.1)


def row(kind):
    if kind == 'str':
        v = text(); return [v, s := spec(), attempt(lambda: format(v, s))]
    if kind == 'int':
        v = whole(); return [str(v), s := spec(), attempt(lambda: format(v, s))]
    if kind == 'float':
        v = real(); return [number(v), s := spec(), attempt(lambda: format(v, s))]
    if kind == 'complex':
        v = complex(random.choice([real(), 0.0]), real()); return [number(v.real), number(v.imag), s := spec(), attempt(lambda: format(v, s))]
    if kind == 'percent int':
        v = whole(); return [str(v), s := percent_spec() + random.choice('diouxXc'), attempt(lambda: s % v)]
    if kind == 'percent float':
        v = real(); return [number(v), s := percent_spec() + random.choice('eEfFgG'), attempt(lambda: s % v)]
    if kind == 'percent str':
        v = text(); return [v, s := percent_spec() + random.choice('srac'), attempt(lambda: s % v)]


json.dump(
    {kind: [row(kind) for _ in range(count)] for kind in ['str', 'int', 'float', 'complex', 'percent int', 'percent float', 'percent str']},
    out.open('w'),
    separators=(',', ':'),
)
