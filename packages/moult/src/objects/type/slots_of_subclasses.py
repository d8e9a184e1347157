"""Which slots subclasses of built-in types have, and what happens when a special method cannot be fetched."""


class T(tuple):
    def __del__(self):
        print('T dies')


it = reversed(T((1, 2)))
print(list(it), type(it).__name__)
print(next(iter(T()), 'empty'))


class L(list):
    pass


for operation in (lambda: (3,) + L([1]), lambda: [3] + T((1, 2))):
    try:
        operation()
    except TypeError as e:
        print(e)
a = L([1])
a += (2,)
print(a, list(reversed(a)))


class E:
    @property
    def __eq__(self):
        raise AttributeError('no comparing')


e = E()
print(e == e, e == E())


class R:
    @property
    def __repr__(self):
        raise AttributeError('no text')


print(repr(R()).split(' at ')[0])


class Endless:
    pass


Endless.__repr__ = Endless.__str__
try:
    str(Endless())
except RecursionError as e:
    print(str(e)[:32])


class OddKey:
    def __hash__(self):
        return hash('attr')

    def __eq__(self, other):
        if hasattr(C, 'attr'):
            del C.attr
        return 0


class Descriptor:
    def __get__(self, instance, owner=None):
        return 'from the descriptor'


class C:
    attr = Descriptor()


c = C()
c.__dict__[OddKey()] = 0
print(c.attr, hasattr(c, 'attr'))


class Dying:
    def __init__(self, pool):
        self.pool = pool

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.pool.clear()
        return False


pool = []
s = {Dying(pool)}
pool.extend(Dying(pool) for _ in range(3))
s.update(iter(pool))
print(len(s), len(pool))
t = set(s)
t |= {Dying(pool)}
print(len(t))


class Slotted(property):
    __slots__ = ()


def documented(self):
    """text"""


print(Slotted(doc='x').__doc__)
try:
    Slotted(documented)
except AttributeError as e:
    print(e)
p = property(documented)
for args in ((), (int,), (int, 'name')):
    try:
        p.__set_name__(*args)
    except TypeError as e:
        print(e)
print(pow(29, -1, -6), pow(5, -1, 1), pow(3, -2, 7))
r = reversed([1, 2])
list(r)
print(r.__reduce__())
r = reversed([1])
next(r)
print(r.__reduce__())
