"""list.append, len, unpacking and slices from one place that sees owners change; who is alive when."""
import sys


def append(o, x):
    o.append(x)
    return sys.getrefcount(o), sys.getrefcount(x)


def length(o):
    try:
        return len(o)
    except TypeError as error:
        return str(error)


def unpack(o):
    try:
        a, b, c = o
        return c, b, a
    except (TypeError, ValueError) as error:
        return str(error)


def three(o):
    (a,) = o
    return a


class L(list):
    def append(self, x):
        super().append((x, 'L'))


class Sized:
    def __len__(self):
        return 7


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('dies', self.name, sys._getframe(1).f_code.co_name)


x = 'x' * len(sys.argv)
for o in [[], [], L(), bytearray(), [1], []]:
    try:
        print([append(o, 65 if isinstance(o, bytearray) else x)[0] for i in range(12)], len(o))
    except AttributeError as error:
        print(error)
shared = []
for i in range(20):
    append(shared, [i])
print(shared[-1], sys.getrefcount(shared[3]), sys.getrefcount(list.append) > 1)
for o in [[1], (1, 2), 'abc', {1: 2}, {1, 2}, range(5), b'ab', Sized(), 5, None, [0] * 300, 'y' * 1000, L()]:
    print([length(o) for i in range(3)])


def temporaries():
    for i in range(3):
        [Loud(i)].append(Loud(i + 10))
        print(len([Loud(i + 20)]), len((Loud(i + 30), 1)), len({i: Loud(i + 40)}))


temporaries()
for o in [(1, 2, 3), (1, 2), [1, 2, 3], 'abc', (4, 5, 6), {1, 2}, (1, 2, 3, 4), 5, iter((7, 8, 9))]:
    print([unpack(o) for i in range(2)])


def dying():
    for i in range(3):
        a, b, c = (Loud(i), [], Loud(i + 50))
        del c
        print(a.name)


dying()
for i in range(3):
    print(three((i,)), sys.getrefcount(i))
real = len
for i in range(3):
    if i == 1:
        len = lambda o: 'mine'
    print(length([]), length([1]))
del len
print(length([]))

limits = [None, 0, 1, 2, -1, -2, -9, 9, 2**29, -(2**29), 2**62, -(2**70), 2**80, True]
steps = [None, 1, 2, -1, -2, 3, -9, 2**40, -(2**40), 0]
out = []
for s in ([], [1], list(range(7)), 'abcdefg', (1, 2, 3), b'abc', bytearray(b'xyz')):
    for a in limits:
        for b in limits:
            for c in steps:
                try:
                    out.append(repr(s[a:b:c]))
                    t = list(s)
                    t[a:b:c] = [0] * real(t[a:b:c])
                    del t[b:a:c]
                    out.append(repr(t))
                except ValueError as error:
                    out.append(str(error))
total = 0
for line in out:
    for ch in line:
        total = (total * 31 + ord(ch)) % 1000003
print(real(out), total)


class Index:
    def __init__(self, n, then):
        self.n = n
        self.then = then

    def __index__(self):
        self.then()
        return self.n


items = list(range(9))
print(items[Index(1, items.pop):Index(20, items.pop)], items)
try:
    items['a':2]
except TypeError as error:
    print(error)
