import gc
import sys

a = 'hello'
b = 'hello'
print(a is b)
c = ''.join(['hel', 'lo'])
print(a is c, sys.intern(c) is a)


def f():
    return ('const', 1000, (1, 2), 1.5, frozenset({1}), b'x')


def g():
    return ('const', 1000, (1, 2), 1.5)


print([x is y for x, y in zip(f(), g())], [x is y for x, y in zip(f(), f())])
print(f.__code__.co_consts, g.__code__.co_consts)
print('a b' is 'a b', 'x' * 20 is 'x' * 20, 'x' * 5000 is 'x' * 5000, 256 is 256, 257 is 257, -5 is -5, -6 is -6)
x = 256
y = 256
print(x is y)
x = 257
y = 257
print(x is y)
x = int('257')
y = int('257')
print(x is y)
x = int('256')
print(x is 256)
print(chr(97) is 'a', 'abc'[0] is 'a', 'é' is 'é', chr(233) is chr(233), chr(300) is chr(300), 'abc'[1:2] is 'b', 'abc'[:] is 'abc')
s = 'some string'
print(s[:] is s, str(s) is s, s.strip() is s, s.replace('q', 'z') is s, s + '' is s, '' + s is s, s * 1 is s, s.lower() is s, '%s' % s is s, f'{s}' is s, '{}'.format(s) is s, s.ljust(3) is s, s.expandtabs() is s, s.encode().decode() is s, ''.join([s]) is s, s.split('q')[0] is s, s.partition('q')[0] is s)
t = (1, 2)
print(t[:] is t, tuple(t) is t, t + () is t, t * 1 is t, () + t is t, (*t,) is t, () is (), tuple([]) is ())
b = b'abc'
print(bytes(b) is b, b[:] is b, b + b'' is b, b.strip() is b, b'' is bytes(), bytes([97]) is b'a', b[0:1] is b'a')
fs = frozenset([1])
print(frozenset(fs) is fs, fs.copy() is fs, frozenset() is frozenset(), fs | fs is fs)
i = 10 ** 20
print(int(i) is i, +i is i, i + 0 is i, i * 1 is i, abs(i) is i, round(i) is i, i.__index__() is i, i | 0 is i)
fl = 1.5
print(float(fl) is fl, +fl is fl, fl + 0 is fl)


class A:

    def m(self):
        pass

    @staticmethod
    def s():
        pass

    @classmethod
    def c(cls):
        pass


a = A()
print(a.m is a.m, a.m == a.m, A.m is A.m, a.s is a.s, A.c is A.c, A.c == A.c, a.__dict__ is a.__dict__, A.__dict__ is A.__dict__, a.__class__ is A, type(a) is A)
print(A.__dict__['m'] is A.m, A.__dict__['s'] is A.s, a.m.__func__ is A.m, a.m.__self__ is a, vars(a) is a.__dict__)
print(list.append is list.append, [].append is [].append, len is __builtins__.len)
k1 = 'key' + str(1)
d = {k1: 1}
print(next(iter(d)) is k1, list(d)[0] is k1)
d['key1'] = 2
print(next(iter(d)) is k1)
print(globals() is globals(), locals() is globals(), sys.modules['__main__'].__dict__ is globals())


def h():
    return locals() is locals()


print(h(), f.__globals__ is globals(), f.__code__ is f.__code__, f.__defaults__ is None)


def cl():
    n = []

    def i():
        return n

    def j():
        return n
    return (i, j)


i, j = cl()
print(i.__closure__[0] is j.__closure__[0], i() is j(), i.__code__.co_freevars)


def df(x=[]):
    return x


print(df() is df(), df.__defaults__[0] is df())
for o in (None, True, False, ..., NotImplemented, (), '', b'', 0, 1, 256, -5, 'a', 'ab', frozenset(), int, type, object, len):
    print(repr(o)[:30], sys.getrefcount(o) == 4294967295, end='; ')
print()
print(sys.getrefcount(257) < 10, sys.getrefcount('a b c') < 10, sys.getrefcount(1.25) < 10)
n = float('nan')
print(n is n, n == n, n in [n], [n] == [n], {n: 1}[n], (n,) == (n,))
print(type(None) is type(None), None.__class__ is type(None), bool(1) is True, (1 == 1) is True, not None is True)
e1 = ValueError
try:
    raise e1
except ValueError as e:
    e2 = e
try:
    raise e2
except ValueError as e:
    print(e is e2)
import math
import math as m2

print(math is m2, sys.modules['math'] is math)
gen = (x for x in [1])
print(iter(gen) is gen, iter(iter([])) is not None)
it = iter([1])
print(iter(it) is it)
z = [[]] * 3
print(z[0] is z[1])
z = [[] for _ in range(3)]
print(z[0] is z[1])
print((lambda: 1) is (lambda: 1), (lambda: 1).__code__ is (lambda: 1).__code__)
print(slice(1) is slice(1), range(3) is range(3), object() is object())
print(str(123) is str(123), str(1) is str(1), repr(5) is repr(5))
print(dict.fromkeys('ab'), {}.__class__ is dict, type({}) is dict)
print(hash('a') == hash('a'), hash(1) == hash(1.0) == hash(True), hash((1, 2)), hash(''), hash('abc'), hash(b'abc'), hash(1.5), hash(2 ** 61 - 1), hash(-1), hash(None), hash(frozenset([1, 2, 3])), hash(1j), hash(range(3)))
print(list({'a', 'b', 'c', 'd', 'e'}), list({3, 1, 2, 10, 8, 16}), list({'x': 1, 'y': 2}), set('hello world'), {(1, 2), (3, 4), 'z'}, frozenset('abcdef'))
