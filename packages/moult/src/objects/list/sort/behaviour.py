"""Sorting: the comparisons made and their order, stability, errors, modification."""
log = []


class K:
    def __init__(self, n, tag=0):
        self.n = n
        self.tag = tag

    def __lt__(self, other):
        log.append((self.n, self.tag, other.n, other.tag))
        return self.n < other.n


def rng(seed):
    while True:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8


def digest():
    n, h = len(log), hash(tuple(log))
    log.clear()
    return n, h


r = rng(1)
for size in (0, 1, 2, 3, 10, 63, 64, 65, 100, 400):
    for limit in (2, 10, 10 ** 6):
        a = [K(next(r) % limit, i) for i in range(size)]
        b = a[:]
        a.sort()
        print(size, limit, digest(), sum(i * x.tag for i, x in enumerate(a)))
        b.sort(reverse=True)
        print(digest(), sum(i * x.tag for i, x in enumerate(b)))
        c = [(x, next(r) % 3) for x in b]
        c.sort(key=lambda p: p[1])
        print(sum(i * p[0].tag for i, p in enumerate(c)))
        c.sort(key=lambda p: p[0], reverse=True)
        print(digest(), sum(i * p[0].tag for i, p in enumerate(c)))

# runs: sorted pieces that gallop
parts = []
for k in range(8):
    start = next(r) % 500
    parts += [K(start + j * (k % 3 + 1), len(parts) + j) for j in range(next(r) % 150)]
    if k % 4 == 3:
        parts += [K(300 - j, len(parts) + j) for j in range(80)]
parts.sort()
print(len(parts), digest(), sum(i * x.tag for i, x in enumerate(parts)))

# quick comparisons agree with slow ones
for make in (lambda n: n, lambda n: n * 2 ** 40, lambda n: float(n), lambda n: str(n), lambda n: chr(900 + n % 50) + str(n), lambda n: (n % 7, str(n)), lambda n: (str(n % 5), n), lambda n: ((n % 3,), n), lambda n: n if n % 2 else float(n)):
    a = [make(next(r) % 1000) for _ in range(400)]
    b = sorted(a)
    print(all(not y < x for x, y in zip(b, b[1:])), b[0], b[-1], hash(tuple(b)))
    print(sorted(a, reverse=True) == b[::-1] or 'stable', hash(tuple(sorted(a, key=lambda x: (str(x)), reverse=True))))


class Bad:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        if self.n == 13:
            raise ValueError('unlucky')
        return self.n < other.n


a = [Bad(next(r) % 40) for _ in range(200)]
a[120].n = 13
before = sorted(x.n for x in a)
try:
    a.sort()
except ValueError as e:
    print(e, len(a), before == sorted(x.n for x in a), [x.n for x in a][:20])


class Odd:
    def __lt__(self, other):
        return NotImplemented


try:
    [Odd(), Odd()].sort()
except TypeError as e:
    print(e)


class Falsy:
    def __lt__(self, other):
        return []


print(len(sorted([Falsy(), Falsy()])))

try:
    [3, 'a', 1].sort()
except TypeError as e:
    print(e)


def modify():
    a = [3, 2, 1]

    def key(x):
        a.append(x)
        return x

    try:
        a.sort(key=key)
    except ValueError as e:
        print(e, a)

    def fail(x):
        print(a, len(a), a.__sizeof__())
        if x == 2:
            raise KeyError(x)
        return x

    try:
        a.sort(key=fail)
    except KeyError as e:
        print('KeyError', e, a)


modify()


class D:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __del__(self):
        print('del', self.n)


a = [3, 1, 2]
a.sort(key=D)
print(a)
a.sort(key=D, reverse=True)
print(a)


def clears(x):
    a.clear()
    return x


a.sort(key=clears)
print(a)
print([1, 2, 3].sort(key=None, reverse=True))
for bad in (lambda: [].sort(1), lambda: [].sort(key=1), lambda: [1].sort(key=1), lambda: [].sort(reverse='x'), lambda: [].sort(cmp=1)):
    try:
        print(bad())
    except TypeError as e:
        print(e)
