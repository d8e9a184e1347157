"""Patterns with odd classes, unions and aliases, modules with odd dictionaries, where coroutines come from."""
import builtins
import re
import sys
import types
import typing


def print(*values):
    builtins.print(*(re.sub("0x[0-9a-f]+", "0x", str(value)) for value in values))


def told(action, *args, **kwargs):
    try:
        return action(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class P:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def match(subject, cls):
    match subject:
        case cls(1, y):
            return "one", y
        case cls(a, b):
            return a, b
        case cls(a, b, c):
            return a, b, c


print(told(match, P(1, 2), P), told(match, P(3, 4), P), told(match, 5, int), told(match, 5, 5), told(match, P(1, 2), lambda: 0))
for wrong in (["x"], ("x", 3), "xy", None, ("x",), ("x", "x", "x")):
    P.__match_args__ = wrong
    print(wrong, told(match, P(1, 2), P))
del P.__match_args__
print(told(match, P(1, 2), P))


def keyword(subject, cls):
    match subject:
        case cls(1, x=2):
            return "both"


P.__match_args__ = ("x",)
print(told(keyword, P(1, 2), P))


class Getting(P):
    __match_args__ = ("x",)

    def __getattribute__(self, name):
        if name == "x":
            raise ValueError("x is not to be had")
        return super().__getattribute__(name)


print(told(match, Getting(1, 2), P), told(match, Getting(1, 2), Getting))


def builtin(subject):
    match subject:
        case bool(x):
            return "bool", x
        case int(x) | float(x):
            return "number", x
        case str(x) if len(x) > 2:
            return "long", x
        case str():
            return "short"
        case {"a": x, **rest}:
            return "a", x, rest
        case {1: _, None: y}:
            return "1", y
        case {}:
            return "mapping"
        case [x, *_, y]:
            return "ends", x, y
        case [*_]:
            return "sequence"
        case bytearray(x):
            return "bytearray", x
        case None:
            return "None"
        case frozenset(x):
            return "set", x


class Mapping(dict):
    def get(self, *args):
        return super().get(*args)


class Faulty(dict):
    def __getitem__(self, key):
        raise RuntimeError("no")

    get = __getitem__


for subject in (True, 3, 2.5, "abc", "a", {"a": 1, "b": 2}, {1: 2, None: 3}, {}, [1], (1, 2, 3), [], bytearray(b"x"), b"x", None, frozenset([1]), range(3), Mapping(a=1), Faulty(a=1), types.MappingProxyType({"a": 9}), memoryview(b"ab"), set()):
    print(type(subject).__name__, told(builtin, subject))


def keys(subject, first, second):
    match subject:
        case {first.a: x, second.a: y}:
            return x, y


K = types.SimpleNamespace
print(told(keys, {1: 2, 3: 4}, K(a=1), K(a=3)), told(keys, {1: 2}, K(a=1), K(a=1)), told(keys, {1: 2}, K(a=[]), K(a=1)), told(keys, 3, K(a=[]), K(a=1)))

print("--- unions")
u = int | str
print(u, u == (str | int), hash(u) == hash(str | int), u.__args__, u.__parameters__, int | int, int | None | int, (int | str) | (str | bytes), list[int] | None, told(lambda: int | 3), told(lambda: 3 | int), told(lambda: None | None))
T = typing.TypeVar("T")
V = typing.TypeVar("V")
w = list[T] | dict[str, V] | T
print(w, w.__parameters__, w[int, bytes], told(lambda: w[int]), told(lambda: u[int]), told(lambda: w[1, 2, 3]))
print(isinstance(3, u), isinstance(3.5, u), issubclass(bool, u), told(isinstance, 3, list[int] | int), told(isinstance, [], int | list[int]), told(issubclass, int, int | list[int]), told(isinstance, None, int | None))
print(told(setattr, u, "x", 1), told(getattr, u, "__name__"), u.__class__, sys.getsizeof(u), told(type(u)), told(lambda: u < u), repr(int | typing.Any), T | int, "x" | T if False else "-", told(lambda: T | "x"))
a = list[int]
print(a, a == list[int], a == list[str], hash(a) == hash(list[int]), a.__origin__, a.__args__, a.__parameters__, a(), a((1,)), type(a()), told(setattr, a, "x", 1), a.append, told(getattr, a, "missing"), a.__mro_entries__((a,)), told(isinstance, [], a), told(issubclass, list, a), dir(a)[:2])
print(dict[T, list[V]][int, str], told(lambda: dict[T, T][int, str]), told(lambda: a[int]), list[...], tuple[()], tuple[int, ...], dict[int, "str"], list[[int]], *list[int], told(lambda: next(iter(list[int]))), type[int], list[lambda: 0].__args__[0].__name__)
unpacked = next(iter(tuple[int, str]))
print(unpacked, unpacked.__unpacked__, unpacked == tuple[int, str], tuple[*tuple[int, str], bool], unpacked.__reduce__()[0] is not None, a.__reduce__(), types.GenericAlias(list, ()), types.GenericAlias(int, 3), told(types.GenericAlias, int), told(types.GenericAlias, int, 3, x=1))


class Sub(list[int]):
    pass


print(Sub.__bases__, Sub.__orig_bases__, sys.getsizeof(a))

print("--- modules")
m = types.ModuleType("m", "doc")
print(m, m.__dict__, told(types.ModuleType), told(types.ModuleType, 3), told(getattr, m, "x"), told(delattr, m, "x"), m.__doc__, told(setattr, m, "__dict__", {}))
m.__getattr__ = lambda name: f"got {name}"
print(m.anything, told(getattr, m, "__path__"))
m.__dir__ = lambda: ["b", "a"]
print(dir(m))
m.__getattr__ = 3
print(told(getattr, m, "x"))
del m.__name__
m.__dict__.pop("__getattr__")
print(m, told(getattr, m, "x"))
m.__name__ = 3
print(m, told(getattr, m, "x"))
bare = types.ModuleType.__new__(types.ModuleType)
print(told(repr, bare), bare.__dict__, told(getattr, bare, "x"), told(dir, bare))
bare.x = 1
print(bare.x, bare.__dict__, sys.getsizeof(bare))


class Spec:
    _initializing = True


m2 = types.ModuleType("half")
m2.__spec__ = Spec
print(told(getattr, m2, "x"))
m2.__annotations__ = {"a": 1}
print(m2.__annotations__, told(delattr, m2, "__annotations__"), told(delattr, m2, "__annotations__"), m2.__annotations__)

print("--- origins")


async def coro():
    pass


def make(depth):
    return coro() if depth == 0 else make(depth - 1)


for depth in (0, 1, 3):
    sys.set_coroutine_origin_tracking_depth(depth)
    c = make(2)
    origin = c.cr_origin
    print(depth, sys.get_coroutine_origin_tracking_depth(), origin and [(line - make.__code__.co_firstlineno, name) for _, line, name in origin])
    c.close()
print(told(sys.set_coroutine_origin_tracking_depth, -1), told(sys.set_coroutine_origin_tracking_depth, "a"), told(sys.set_coroutine_origin_tracking_depth))
sys.set_coroutine_origin_tracking_depth(0)
