"""Bases and classes that are exchanged while objects live; slots that classes define in odd ways."""
import sys


def told(action, *args, **kwargs):
    try:
        return action(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"


class C(A):
    pass


class D(C):
    pass


class Slots:
    __slots__ = ("a",)


class Ints(int):
    pass


d = D()
print(d.who(), [k.__name__ for k in D.__mro__])
C.__bases__ = (B,)
print(d.who(), [k.__name__ for k in D.__mro__], A.__subclasses__(), B.__subclasses__() == [C])
C.__bases__ = (B, A)
print(d.who(), [k.__name__ for k in D.__mro__])
for bases in ((), (3,), (D,), (C,), (Slots,), (Ints,), (int,), (A, A), (object,), 3, (A, object, B), [A], (bool,), (object, A)):
    print(told(setattr, C, "__bases__", bases), [k.__name__ for k in D.__mro__])
print(told(delattr, C, "__bases__"), told(setattr, int, "__bases__", (A,)), told(setattr, A, "__bases__", (B,)))


class Meta(type):
    def mro(cls):
        if fails:
            raise RuntimeError("no order")
        return super().mro()


fails = False


class M1(A, metaclass=Meta):
    pass


class M2(M1):
    pass


fails = True
print(told(setattr, M1, "__bases__", (B,)), [k.__name__ for k in M2.__mro__], M1.__bases__, M2().who())
fails = False
M1.__bases__ = (B,)
print(M2().who(), sys.getrefcount(B) - sys.getrefcount(A))


class Wrong(type):
    def mro(cls):
        return what


for what in (3, [], [int, 3], (object,), [A, object], [Slots, object]):
    print(told(Wrong, "W", (), {}))
what = [object]

print("--- classes")


class E:
    pass


class F:
    pass


class G:
    __slots__ = ("x", "y")


class H:
    __slots__ = ("x", "y")


class I:
    __slots__ = ("y", "x")


e, g = E(), G()
e.value = 1
g.x = 2
for o, cls in ((e, F), (e, G), (e, int), (e, 3), (e, type), (g, H), (g, I), (g, F), (3, bool), ([], E)):
    print(type(o).__name__, told(setattr, o, "__class__", cls), type(o).__name__, vars(o) if hasattr(o, "__dict__") else "")
print(told(delattr, e, "__class__"), g.x, sys.getrefcount(E) > 0)

print("--- odd slots")


class Odd:
    def __getattr__(self, name):
        return f"<{name}>"

    def __len__(self):
        return length

    def __bool__(self):
        return truth

    def __hash__(self):
        return hashed

    def __index__(self):
        return indexed

    def __repr__(self):
        return shown

    def __iter__(self):
        return iterated

    def __contains__(self, x):
        return contained

    def __call__(self, *args, **kw):
        return args, kw


o = Odd()
for length in (3, -1, 10**30, "a", True, None):
    print("len", told(len, o))
for truth in (True, 1, None):
    print("bool", told(bool, o))
for hashed in (1, -1, 2**61 - 1, 2**64, -(2**70), "a", True, None):
    print("hash", told(hash, o))
for indexed in (1, True, "a", None, Ints(4)):
    print("index", told(lambda: [0, 1, 2, 3, 4][o]), told(hex, o), told(range, o))
for shown in ("x", 3, None, type("S", (str,), {})("sub")):
    print("repr", told(repr, o), told(str, o), told(format, o, ""), told("{!r}".format, o))
for iterated in (iter([1]), 3, None, [1]):
    print("iter", told(list, o))
for contained in (True, "", [1], None):
    print("in", told(lambda: 1 in o))
print(o(1, x=2), o.anything, told(lambda: o.__missing__), told(lambda: o[0]), told(lambda: o + 1), told(lambda: -o), told(next, o))


class NotIterable:
    __iter__ = None
    __contains__ = None
    __hash__ = None
    __call__ = None
    __getitem__ = None
    __len__ = None
    __bool__ = None


n = NotIterable()
for action in (lambda: iter(n), lambda: 1 in n, lambda: hash(n), lambda: n(), lambda: n[0], lambda: len(n), lambda: bool(n), lambda: list(n), lambda: {n: 1}, lambda: reversed(n)):
    print(told(action))


class Class:
    @staticmethod
    def __call__(*args):
        return "static", args

    @classmethod
    def __getitem__(cls, i):
        return cls.__name__, i

    __len__ = lambda self: 4
    __iter__ = classmethod(lambda cls: iter([cls.__name__]))

    class __eq__:
        def __init__(self, other):
            self.other = other

    def __del__(self):
        print("gone")


c = Class()
print(c(1), c[2], len(c), list(c), type(c == 3).__name__, told(hash, c))
del c


class Descriptors:
    def __get__(self, instance, owner=None):
        return lambda *args: (instance is not None, owner.__name__, args)


class Special:
    __len__ = Descriptors()
    __getitem__ = Descriptors()
    __enter__ = __exit__ = Descriptors()
    __init_subclass__ = Descriptors()


s = Special()
print(told(len, s), s[1], told(lambda: type("Sub", (Special,), {"x": 1}, y=2).__name__))
with s as entered:
    print(entered)
