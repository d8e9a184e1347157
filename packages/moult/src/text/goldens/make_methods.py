"""Writes methods.json: str and bytes methods on random arguments. Run: python3.12 make_methods.py [count] [path]"""
import json
import random
import sys
from pathlib import Path

random.seed(7)
count = int(sys.argv[1]) if len(sys.argv) > 1 else 25
out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name('methods.json')

# A high surrogate before a low one would become one character in JavaScript.
ALPHABETS = ['ab', 'a b\t', 'a\n\r b\x0b\x1c\x85\u2028', 'a😀b', '😀\ude00', 'aé 中\xa0', '+-0aB', '😀\ud83da']


def text(longest=10):
    return ''.join(random.choices(alphabet, k=random.randrange(longest + 1)))


def blob(longest=10):
    return bytes(random.choices(random.choice([b'ab', b'a b\t\n\r\x0b\x0c', b'aB1z +-\xe9']), k=random.randrange(longest + 1)))


def attempt(action):
    try:
        return shown(action())
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def shown(value):
    if isinstance(value, (bytes, bytearray)):
        return value.decode('latin-1')
    if isinstance(value, (list, tuple)):
        return [shown(v) for v in value]
    return value


def index():
    return random.randrange(-13, 14)


def bounds():
    return random.choice([[], [index()], [index(), index()]])


def calls(kind):
    make = text if kind == 'str' else blob
    global alphabet
    for _ in range(count):
        alphabet = random.choice(ALPHABETS)
        for name in ['find', 'rfind', 'count', 'startswith', 'endswith']:
            yield name, make(), [make(2), *bounds()]
        yield 'replace', make(), [make(2), make(3), random.randrange(-1, 5)]
        for name in ['split', 'rsplit']:
            yield name, make(), [None, random.randrange(-1, 4)]
            yield name, make(), [make(2), random.randrange(-1, 4)]
        for name in ['partition', 'rpartition']:
            yield name, make(), [make(2)]
        yield 'splitlines', make(), [random.choice([True, False])]
        for name in ['strip', 'lstrip', 'rstrip']:
            yield name, make(), [None]
            yield name, make(), [make(3)]
        for name in ['ljust', 'rjust', 'center']:
            yield name, make(), [index(), random.choice('*é') if kind == 'str' else b'*']
        yield 'zfill', make(), [index()]
        yield 'expandtabs', make(), [random.randrange(-1, 9)]
        if kind == 'bytes':
            for name in ['upper', 'lower', 'swapcase', 'capitalize', 'title', 'isalnum', 'isalpha', 'isascii', 'isdigit', 'isspace', 'islower', 'isupper', 'istitle']:
                yield name, make(), []


result = {}
for kind in ['str', 'bytes']:
    rows = result[kind] = {}
    for name, value, args in calls(kind):
        rows.setdefault(name, []).append([shown(value), [shown(a) for a in args], attempt(lambda: getattr(value, name)(*args))])
json.dump(result, out.open('w'), separators=(',', ':'))
