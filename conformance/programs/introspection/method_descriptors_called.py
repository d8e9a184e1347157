"""Descriptors of built-in methods: called by themselves, through __get__, with spread arguments; super by hand."""
import builtins
import re
import sys


def print(*values):
    builtins.print(*(re.sub("0x[0-9a-f]+", "0x", str(value)) for value in values))


def told(action, *args, **kwargs):
    try:
        return action(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Sub(dict):
    pass


fromkeys = dict.__dict__["fromkeys"]
append = list.__dict__["append"]
lower = str.__dict__["lower"]
add = int.__dict__["__add__"]
call = type(append).__call__
print(told(call, append, [1], 2), told(call, append), told(call, append, 3, 4), told(call, lower, "AB"), told(call, add, 1, 2), told(call, add, "a", 2))
print(told(append, [], 1, 2), told(append, [], x=1), told(lower, "A", 1), told(lower), told(append))
print(told(append.__get__, 5), told(append.__get__, None, list), told(append.__get__, None, None), told(append.__get__, [], list).__name__)
print(told(fromkeys), told(fromkeys, dict, "ab"), told(fromkeys, Sub, "ab", 3), told(fromkeys, list, "a"), told(fromkeys, 3), told(type(fromkeys).__call__, fromkeys, Sub, "a", 1))
print(told(type(fromkeys).__call__, fromkeys), told(fromkeys, dict), told(fromkeys, dict, "a", value=1))
print(told(fromkeys.__get__, None, dict), told(fromkeys.__get__, {}, None).__name__, told(fromkeys.__get__, None, None), told(fromkeys.__get__, None, list), told(fromkeys.__get__, 5, 5), told(fromkeys.__get__, 5))
for d in (append, fromkeys, add, int.__dict__["real"], type.__dict__["__mro__"], str.__dict__["maketrans"]):
    print(type(d).__name__, getattr(d, "__name__", "-"), getattr(d, "__qualname__", "-"), getattr(d, "__objclass__", "-"), getattr(d, "__text_signature__", "-"), repr(d), told(hash, d) != 0)
real = int.__dict__["real"]
print(told(real.__get__, 3), told(real.__get__, "a"), told(real.__set__, 3, 4), told(real.__delete__, 3), told(real.__get__, None, int) is real, told(real.__get__, None, None))
bound = "abc".upper
print(bound.__self__, bound.__name__, bound.__qualname__, bound.__module__, told(bound.__reduce__), bound == "abc".upper, bound == "abd".upper, told(lambda: bound < bound), sys.getsizeof(bound))
slot = (5).__add__
print(slot, slot.__self__, slot.__name__, slot.__objclass__, told(slot, 6), told(slot, "a"), told(slot), told(slot, x=1), slot == (5).__add__, slot == (6).__add__, told(slot.__reduce__)[1], told(lambda: slot < slot))


class A:
    def hello(self):
        return "A.hello"

    @classmethod
    def make(cls):
        return f"A.make of {cls.__name__}"

    @property
    def size(self):
        return 1


class B(A):
    kept = None

    def hello(self):
        return "B." + super().hello()

    @classmethod
    def make(cls):
        return "B." + super().make()

    @property
    def size(self):
        return super().size + 1

    def data(self):
        return super().__dict__, super().__class__, told(lambda: super(B, self).missing)


class MySuper(super):
    pass


b = B()
print(b.hello(), B.make(), b.size, b.data())
B.kept = super(B)
print(b.kept, b.kept.hello(), B.kept, B.kept.__self__, B.kept.__thisclass__, B.kept.__self_class__, b.kept.__self__ is b)
B.kept = MySuper(B)
print(type(b.kept).__name__, b.kept.hello(), told(lambda: b.kept.missing))
print(told(super, B, 3), told(super, 3), told(super, B, A()), told(super, 1, 2, 3), told(super, B, b, x=1), told(super), told(super, B, None))
print(super(B, b), super(B, B), super(B, B).make(), super(type, type), told(lambda: super(B, b)[0]), told(setattr, super(B, b), "x", 1))
s = super.__new__(super)
print(told(repr, s), told(getattr, s, "x"), s.__thisclass__, s.__self__)
s.__init__(B, b)
super.__init__(s, A, b)
print(s.__thisclass__.__name__, sys.getrefcount(b), told(lambda: s.hello))


class C(A):
    def no_cell(self):
        return told(eval, "super()")

    def deleted(self):
        del self
        return super().hello()

    @staticmethod
    def without():
        return super().hello()

    def comprehension(self):
        return [told(lambda: super().hello()) for _ in range(1)]

    def inner(self):
        return [told(super) for _ in range(1)]


c = C()
print(c.no_cell(), told(c.deleted), told(c.without), c.comprehension(), c.inner())


def loose(self):
    return __class__


print(told(loose, 1))
