# expect: end
import marshal
import random

GOOD = [marshal.dumps(value) for value in (compile("def f(a, b=1): return [a, b, 'x', 2.5, 10**30]", "f", "exec"), {"a": [1, (2.5, "é", b"x", None)]}, {1, 2}, frozenset("ab"))]
r = random.Random(7)
for i in range(4000):
    data = bytearray(r.choice(GOOD)) if i % 2 else bytearray(r.randbytes(r.randrange(40)))
    for _ in range(r.randrange(4)):
        if data:
            data[r.randrange(len(data))] = r.randrange(256)
    try:
        marshal.loads(bytes(data))
    except (ValueError, EOFError, TypeError, MemoryError, OverflowError, RecursionError):
        pass
