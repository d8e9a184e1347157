# ruins: no
# Random bytes and mutated marshal data; what can be read is written again.
import marshal
import random

SOURCE = "def f(a, b=1, *c, d, **e):\n  x = [i for i in a]\n  return lambda: (x, b, 'x', 2.5, 10**30, -7, ..., None, 1j)\nclass C:\n  '''doc'''\n  y: int = 3"
VALUES = [compile(SOURCE, "f", "exec"), {"a": [1, (2.5, "é", b"x", None)], 2: {"b": "\udc80", "c": ()}}, {1, 2}, frozenset("ab"), [10**40, -(10**9), 1.5, 1e300, 2j, ...]]
GOOD = [marshal.dumps(value, version) for version in range(5) for value in VALUES]
TYPES = b"0NFTS.ilgyIsturc(){<>[zZaA)xf?" + bytes(b | 128 for b in b"ilgysturc({<>[zZaA)")


def mutated(r):
    if r.random() < 0.3:
        data = bytearray(r.choice(TYPES) if r.random() < 0.5 else r.randrange(256) for _ in range(r.randrange(60)))
    else:
        data = bytearray(r.choice(GOOD))
    for _ in range(r.randrange(6)):
        at = r.randrange(len(data) + 1)
        kind = r.randrange(6)
        if kind == 0:
            del data[at : at + r.randrange(1, 5)]
        elif kind == 1:
            data[at:at] = r.randbytes(r.randrange(5))
        elif kind == 2:
            data[at : at + 1] = bytes([r.choice(TYPES)])
        elif kind == 3:
            data[at : at + 4] = r.choice((0, 1, 2, 5, 255, 65536, 2**31 - 1, 2**31, 2**32 - 1)).to_bytes(4, "little")
        elif kind == 4:
            data[at : at + 1] = bytes([r.randrange(256)])
        else:
            other = r.choice(GOOD)
            start = r.randrange(len(other))
            data[at:at] = other[start : start + r.randrange(40)]
    return bytes(data)


def attempt(seed):
    r = random.Random(seed)
    for _ in range(20):
        try:
            value = marshal.loads(mutated(r))
            marshal.dumps(value), repr(value)[:100], hash(value)
        except (ValueError, EOFError, TypeError, MemoryError, OverflowError, RecursionError, SystemError):
            pass
