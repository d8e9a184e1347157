# What lies free for the collector's counts after errors, conversions, classes, and exceptions that are shown.
import _abc
import abc
import collections
import gc

gc.disable()
count = gc.get_count


def free_after(action):
    """How many tuples of 1 to 5 items, lists and dicts can be made before they are counted."""
    found = []
    for make in (lambda: (found,), lambda: (found,) * 2, lambda: (found,) * 4, lambda: (found,) * 5, lambda: [], lambda: {}):
        keep = [None] * 30
        gc.collect()
        action()
        count()
        n = 0
        for i in range(30):
            before = count()[0]
            keep[i] = make()
            if count()[0] != before:
                break
            n += 1
        found.append(n)
    return found


def fails(action):
    def attempt():
        try:
            action()
        except Exception:
            pass

    return attempt


def positional(a, b, c):
    pass


def only(a, /, *, b, c):
    pass


class Node:
    def __init__(self, n):
        pass


class Plain:
    pass


class Abstract(metaclass=abc.ABCMeta):
    pass


classes = [type("C", (Plain,), {}) for _ in range(10)]
counter = collections.Counter()
for name, action in {
    "one missing": fails(lambda: Node()),
    "one too many": fails(lambda: Node(1, 2)),
    "three missing": fails(lambda: positional()),
    "keyword missing": fails(lambda: only(1)),
    "positional by name": fails(lambda: only(a=1, b=2, c=3)),
    "int": fails(lambda: int("x")),
    "int of bytes": fails(lambda: int(b"x")),
    "int with base": fails(lambda: int("x", 16)),
    "int of None": fails(lambda: int(None)),
    "int of inf": fails(lambda: int(float("inf"))),
    "float": fails(lambda: float("x")),
    "abc": lambda: abc.ABCMeta("C", (Abstract,), {}),
    "abc_init": lambda: _abc._abc_init(classes.pop()),
    "count": lambda: counter.update([1]),
}.items():
    print(name, free_after(action))


class Fails:
    def __del__(self):
        self.nothing


class FailsElsewhere:
    exec(compile("def __del__(self): 1 / 0", "nofile", "exec"))


for kind in Fails, FailsElsewhere:
    print(kind.__name__, free_after(lambda: kind() and None))


class Items:
    def __init__(self, items):
        self.given = items

    def items(self):
        return self.given


class Flag:
    __isabstractmethod__ = True


class Clears:
    def __init__(self, pair):
        self.pair = pair

    @property
    def __isabstractmethod__(self):
        self.pair.clear()
        return True


pair = ["cleared"]
pair.append(Clears(pair))
for items in ([5], [("a",)], [("a", Flag())], ["ab"], [["n", Flag()]], [iter(["m", Flag()])], 5, [("a", 1, 2)], [pair]):

    class Odd:
        __slots__ = ("_abc_impl", "__abstractmethods__")
        __bases__ = ()
        __dict__ = Items(items)

    try:
        odd = Odd()
        _abc._abc_init(odd)
        print(sorted(odd.__abstractmethods__))
    except TypeError as error:
        print(error)
