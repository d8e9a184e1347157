import gc
import sys

prev = None
d = {}
for i in range(200):
    d[i] = i
    s = sys.getsizeof(d)
    if s != prev:
        print('dict', i, s)
        prev = s
prev = None
d = {}
for i in range(100):
    d[str(i)] = i
    s = sys.getsizeof(d)
    if s != prev:
        print('sdict', i, s)
        prev = s
for i in range(100):
    d.pop(str(i))
print(sys.getsizeof(d))
d.clear()
print(sys.getsizeof(d))
l = []
prev = None
for i in range(200):
    l.append(i)
    s = sys.getsizeof(l)
    if s != prev:
        print('list', i, s)
        prev = s
while l:
    l.pop()
    s = sys.getsizeof(l)
    if s != prev:
        print('pop', len(l), s)
        prev = s
s = set()
prev = None
for i in range(500):
    s.add(i)
    z = sys.getsizeof(s)
    if z != prev:
        print('set', i, z)
        prev = z
for i in range(0, 200, 7):
    print(sys.getsizeof(2 ** i), end=' ')
print()
for t in ['', 'a', 'é', 'ab' * 10, 'ā', '€' * 5, '😀', 'a😀', 'ÿ' * 9]:
    print(sys.getsizeof(t), end=' ')
print()
for t in [b'', b'abc', (), (1,), (1, 2, 3), [], [1], [1, 2, 3], list(range(10)), list((1, 2, 3)), [*range(5)], [x for x in range(10)], {}, {1: 1}, {'a': 1}, dict(a=1, b=2), {i: i for i in range(5)}, {i: i for i in range(6)}, set(), {1}, frozenset(), frozenset([1, 2, 3, 4, 5, 6]), range(3), slice(1), 1.5, 1j, True, None, ..., NotImplemented, object(), type, int, len, print, lambda: 1, (x for x in []), iter([]), iter(()), iter({}), iter(''), enumerate([]), zip(), map(len, []), reversed([]), bytearray(), bytearray(b'abc'), memoryview(b'abc'), property(), staticmethod(len), classmethod(len), Exception(), ValueError('x'), KeyError(1), OSError(1, 'x'), StopIteration(), SystemExit(), ImportError(), UnicodeDecodeError('a', b'', 0, 1, 'x'), SyntaxError(), NameError(), AttributeError(), super(int, 1), type('X', (), {}), type('X', (), {})(), type('Y', (), {'__slots__': ('a', 'b')})(), sys, gc]:
    print(type(t).__name__, sys.getsizeof(t))


class A:

    def __init__(self):
        self.a = 1

    def m(self):
        pass


a = A()
print(sys.getsizeof(a), sys.getsizeof(a.__dict__), sys.getsizeof(a.m), sys.getsizeof(A.m), sys.getsizeof(A.__dict__), sys.getsizeof(A))
b = A()
b.x = 1
b.y = 2
b.z = 3
print(sys.getsizeof(b), sys.getsizeof(vars(b)))
for i in range(40):
    setattr(b, f'q{i}', i)
print(sys.getsizeof(vars(b)))


def f(a, b, *c, d=1, **e):
    x = 1
    y = 2

    def g():
        return x
    return g


print(sys.getsizeof(f), sys.getsizeof(f(1, 2)), sys.getsizeof(f.__code__) > 100, sys.getsizeof(f(1, 2).__closure__), sys.getsizeof(f(1, 2).__closure__[0]))


def gen():
    a = b = c = 1
    yield a


g = gen()
print(sys.getsizeof(g))
next(g)
print(sys.getsizeof(g))


async def co():
    pass


c = co()
print(sys.getsizeof(c))
c.close()


class L(list):
    pass


class D(dict):
    __slots__ = ()


class T(tuple):
    pass


class S(str):
    pass


class I(int):
    pass


class F(float):
    pass


for x in (L(), L([1, 2]), D(), D(a=1), T(), T((1, 2)), S(), S('abc'), I(), I(5), F(2.0)):
    print(type(x).__name__, sys.getsizeof(x), type(x).__basicsize__, type(x).__itemsize__, type(x).__dictoffset__, type(x).__weakrefoffset__)
