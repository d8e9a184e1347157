"""Built-in iterators by their types: subclasses, state, pickling parts, wrong arguments; and who is counted meanwhile."""
import builtins
import copy
import gc
import itertools
import operator
import pickle
import re
import sys


def print(*values, end="\n"):
    builtins.print(*(re.sub("0x[0-9a-f]+", "0x", str(value)) for value in values), end=end)


def told(action, *args, **kwargs):
    try:
        return action(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def subclass(base):
    return type(f"My{base.__name__.capitalize()}", (base,), {})


for base, args in [
    (zip, ([1, 2], "ab")),
    (map, (operator.add, [1, 2], [3, 4])),
    (filter, (None, [0, 1, 2])),
    (enumerate, ("ab", 5)),
    (reversed, ([1, 2, 3],)),
]:
    made = subclass(base)(*args)
    if not isinstance(made, base):
        print(type(made).__name__, list(made))
        made = subclass(base)((3, 2, 1))
    made.note = "kept"
    print(type(made).__name__, sys.getsizeof(made) - sys.getsizeof(base(*args)), gc.is_tracked(made), made.note, list(made))
    print(" ", told(subclass(base), *args, wrong=1))
    print(" ", told(base, *args, wrong=1))
    print(" ", told(base.__new__, int))
    print(" ", told(base.__new__, base) if base is not enumerate else "")

print("--- parts")
for it in [
    zip([1, 2], "ab"),
    zip([1, 2], "ab", strict=True),
    map(str, [1, 2]),
    filter(str, ["", "a"]),
    enumerate("ab"),
    enumerate("ab", 10**30),
    reversed([1, 2, 3]),
    reversed((1, 2)),
    iter(range(5)),
    iter(range(10**20, 10**20 + 4)),
    reversed(range(10**20, 10**20 + 4)),
    iter(range(0, 2**62, 2**60)),
    iter("abc"),
    iter(b"abc"),
    iter(bytearray(b"abc")),
    iter([1, 2]),
    iter((1, 2)),
    iter({1: 2}),
    iter({5}),
    iter(memoryview(b"ab")),
    iter(lambda: 3, 3),
]:
    parts = told(it.__reduce__) if hasattr(it, "__reduce__") else None
    if isinstance(parts, tuple):
        shown = [p.__name__ if callable(p) else [type(x).__name__ for x in p] if isinstance(p, tuple) else p for p in parts]
        print(type(it).__name__, shown)
    else:
        print(type(it).__name__, parts)
    del parts
    print("  ", told(next, it), told(copy.copy, it) is not it, told(lambda: list(copy.copy(it))), told(lambda: list(it)), told(it.__reduce__)[1:] if type(it).__name__ not in ("dict_keyiterator", "set_iterator") else "")

print("--- state")
for source in (range(6), range(10**20, 10**20 + 6), [0, 1, 2, 3, 4, 5], (0, 1, 2, 3, 4, 5), "abcdef", b"abcdef", bytearray(b"abcdef"), range(0, 6 * 2**60, 2**60)):
    for state in (2, -3, 100, 0):
        it = iter(source)
        print(type(it).__name__, state, told(it.__setstate__, state), list(it), told(operator.length_hint, it), end=" | ")
        back = told(reversed, source)
        if hasattr(back, "__setstate__"):
            print(told(back.__setstate__, state), list(back), end="")
        print()
    print(told(iter(source).__setstate__, "x"), told(iter(source).__setstate__, 10**30))
z = zip("ab", "abc")
print(z.__setstate__(1), told(lambda: list(z)))
r = reversed([1, 2, 3])
print(list(r), r.__setstate__(1), list(r), r.__reduce__())

print("--- ends")
owner = Loud("list")
it = iter([owner])
del owner
next(it)
print("taken")
it.__reduce__()
print(next(it, "end"))
del it
it = reversed([Loud("reversed")])
next(it)
print("after reversed", next(it, "end"))
for make in (lambda: zip([Loud("zip")], []), lambda: map(lambda x: 1 / 0, [Loud("map")]), lambda: filter(lambda x: 1 / 0, [Loud("filter")]), lambda: enumerate([Loud("enumerate")])):
    it = make()
    print(told(next, it) if type(it) is not enumerate else next(it)[0])
    del it
reuse = zip([object()], [object()])
row = next(reuse)
print(sys.getrefcount(row), gc.is_tracked(row))
print([pickle.loads(pickle.dumps(i)) is not None for i in (iter(range(3)), zip([1]), enumerate([1]), reversed([1]), itertools.count(3))])
